//! For each way in which a server can fail: what the client claims, how often it sent, and that
//! its message is clean.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may panic and print"
)]

use std::error::Error as _;
use std::time::{Duration, Instant};

use cx_client::Delivery::{self, Accepted, NotSent, Rejected, Unknown};
use cx_client::types::CreateCallRequest;
use cx_client::{Client, ClientBuilder, Error, RetryPolicy};
use cx_client_tests::misbehaving_server::{Fault, MisbehavingServer};
use cx_client_tests::soak::{self, Over, Plan};
use cx_client_tests::{ID, documented_response_body, private};

fn builder(url: String) -> ClientBuilder {
    private::builder(url)
        .connect_timeout(Duration::from_millis(1000))
        .timeout(Duration::from_millis(1500))
        .max_response_bytes(10_000)
}

/// A server that always fails in one way, and a client of it.
async fn with(fault: Fault) -> (MisbehavingServer, Client) {
    let server =
        MisbehavingServer::always(documented_response_body().to_string(), fault).await.unwrap();
    let client = builder(server.url()).build().unwrap();
    (server, client)
}

async fn fail(client: &Client) -> Error {
    client.create_call().body(private::request()).send().await.expect_err("the call should fail")
}

#[track_caller]
fn assert_clean(error: &Error) {
    assert_eq!(private::printed_secret(error), None, "{error:?}");
    assert_eq!(error.to_string().lines().count(), 1);
}

struct Row {
    fault: Fault,
    delivery: Delivery,
    /// Complete requests that the server saw; the attempts are the same unless said otherwise.
    requests: usize,
    status: Option<u16>,
    /// A part of the message.
    message: &'static str,
}

const fn row(
    fault: Fault,
    delivery: Delivery,
    requests: usize,
    status: Option<u16>,
    message: &'static str,
) -> Row {
    Row { fault, delivery, requests, status, message }
}

const DONE: &str = "it was carried out: do not send it again";
const PERHAPS: &str = "it may have been carried out: check before sending it again";
const REFUSED: &str = "the server refused it, and carried nothing out";

const ROWS: &[Row] = &[
    // The connection.
    row(Fault::NoResponse, Unknown, 1, None, "no response arrived in time"),
    row(Fault::Reset, Unknown, 1, None, "the connection was lost before a response arrived"),
    row(Fault::CloseMidHeader, Unknown, 1, None, PERHAPS),
    row(Fault::Garbage, Unknown, 1, None, "something that is not valid HTTP"),
    row(Fault::ManyHeaders, Unknown, 1, None, "more headers than an HTTP client takes"),
    // A success that cannot be used.
    row(Fault::CloseMidBody, Accepted, 1, Some(200), "the body broke off"),
    row(Fault::Drip, Accepted, 1, Some(200), "the body did not arrive in time"),
    row(Fault::EndlessBody(200), Accepted, 1, Some(200), "more than 10000 bytes"),
    row(Fault::LengthTooShort, Accepted, 1, Some(200), "the JSON ends too early"),
    row(Fault::TruncatedJson, Accepted, 1, Some(200), "the JSON ends too early"),
    row(Fault::HtmlSuccess, Accepted, 1, Some(200), "expected JSON, and this is none"),
    row(Fault::EmptySuccess(200), Accepted, 1, Some(200), "found an empty body"),
    row(Fault::EmptySuccess(204), Accepted, 1, Some(204), "found an empty body"),
    row(Fault::EmptySuccess(201), Accepted, 1, Some(201), DONE),
    row(Fault::InvalidUtf8, Accepted, 1, Some(200), DONE),
    row(
        Fault::LastMember("[\"wav\"]"),
        Accepted,
        1,
        Some(200),
        "$.transcription: expected a string, found an array",
    ),
    row(
        Fault::LastMember("7"),
        Accepted,
        1,
        Some(200),
        "$.transcription: expected a string, found a number",
    ),
    // A redirection, with which servers also respond to a POST that they carried out, and a refusal.
    row(Fault::Redirect(301), Unknown, 1, Some(301), PERHAPS),
    row(Fault::Redirect(302), Unknown, 1, Some(302), PERHAPS),
    row(Fault::Redirect(303), Unknown, 1, Some(303), PERHAPS),
    row(Fault::Redirect(307), Rejected, 1, Some(307), "a redirect, which is never followed"),
    row(Fault::Redirect(308), Rejected, 1, Some(308), REFUSED),
    row(Fault::Status(400), Rejected, 1, Some(400), "the server responded with 400 Bad Request"),
    row(Fault::Status(401), Rejected, 1, Some(401), REFUSED),
    row(Fault::Status(402), Rejected, 1, Some(402), REFUSED),
    row(Fault::Status(403), Rejected, 1, Some(403), REFUSED),
    row(Fault::Status(404), Rejected, 1, Some(404), REFUSED),
    row(Fault::Status(405), Rejected, 1, Some(405), REFUSED),
    row(Fault::Status(408), Rejected, 1, Some(408), REFUSED),
    row(Fault::Status(409), Rejected, 1, Some(409), REFUSED),
    row(Fault::Status(413), Rejected, 1, Some(413), REFUSED),
    row(Fault::Status(415), Rejected, 1, Some(415), REFUSED),
    row(Fault::Status(422), Rejected, 1, Some(422), REFUSED),
    row(Fault::HtmlError(403), Rejected, 1, Some(403), REFUSED),
    row(Fault::EndlessBody(400), Rejected, 1, Some(400), REFUSED),
    row(Fault::RetryAfter(400, 0), Rejected, 1, Some(400), REFUSED),
    // Safe to send again: the server says that it did nothing.
    row(Fault::Status(429), Rejected, 3, Some(429), "(3 attempts)"),
    row(Fault::RetryAfter(429, 0), Rejected, 3, Some(429), "(3 attempts)"),
    row(Fault::RetryAfterDate(429, 0), Rejected, 3, Some(429), "(3 attempts)"),
    // Longer than the longest delay: not waited for.
    row(Fault::RetryAfter(429, 3600), Rejected, 1, Some(429), REFUSED),
    row(Fault::RetryAfterDate(429, 3600), Rejected, 1, Some(429), REFUSED),
    row(Fault::RetryAfter(429, u64::MAX), Rejected, 1, Some(429), REFUSED),
    // Nobody knows.
    row(
        Fault::Status(500),
        Unknown,
        1,
        Some(500),
        "the server responded with 500 Internal Server Error",
    ),
    row(Fault::Status(501), Unknown, 1, Some(501), PERHAPS),
    row(Fault::Status(502), Unknown, 1, Some(502), PERHAPS),
    row(Fault::HtmlError(502), Unknown, 1, Some(502), "the server responded with 502 Bad Gateway"),
    row(Fault::Status(503), Unknown, 1, Some(503), PERHAPS),
    row(Fault::RetryAfter(503, 0), Unknown, 1, Some(503), PERHAPS),
    row(Fault::Status(504), Unknown, 1, Some(504), PERHAPS),
    row(Fault::Status(599), Unknown, 1, Some(599), PERHAPS),
    row(Fault::EndlessBody(500), Unknown, 1, Some(500), PERHAPS),
];

#[tokio::test]
async fn every_fault_has_its_delivery() {
    for Row { fault, delivery, requests, status, message } in ROWS {
        let (server, client) = with(*fault).await;
        let error = fail(&client).await;
        let text = error.to_string();
        assert_eq!(error.delivery(), *delivery, "{fault:?}: {text}");
        assert_eq!(server.seen().len(), *requests, "{fault:?}: {text}");
        assert_eq!(error.attempts() as usize, (*requests).max(1), "{fault:?}: {text}");
        assert_eq!(error.status().map(|status| status.as_u16()), *status, "{fault:?}: {text}");
        assert_eq!(error.body().is_some(), status.is_some(), "{fault:?}: {text}");
        assert_eq!(error.headers().is_some(), status.is_some(), "{fault:?}: {text}");
        assert!(text.starts_with("create_call (POST /api/v1/calls): "), "{fault:?}: {text}");
        assert!(text.contains(message), "{fault:?}: {text}");
        assert_eq!(
            error.is_timeout(),
            matches!(fault, Fault::NoResponse | Fault::Drip),
            "{fault:?}: {text}"
        );
        assert!(!error.is_connect() && !error.is_config(), "{fault:?}: {text}");
        assert_eq!(error.operation(), Some("create_call"), "{fault:?}: {text}");
        let refused = status.is_some_and(|status| status >= 300);
        assert_eq!(error.is_status(), refused, "{fault:?}: {text}");
        let too_large = matches!(fault, Fault::EndlessBody(200));
        assert_eq!(error.is_body_too_large(), too_large, "{fault:?}: {text}");
        let broke_off = matches!(fault, Fault::CloseMidBody | Fault::Drip);
        assert_eq!(error.is_body_incomplete(), broke_off, "{fault:?}: {text}");
        assert_clean(&error);
        assert!(server.seen().iter().all(|seen| seen.line == "POST /api/v1/calls"), "{fault:?}");
    }
}

#[tokio::test]
async fn a_success_that_can_be_read_is_a_success() {
    for (fault, status) in [
        (Fault::None, 200),
        (Fault::ExtraMember, 200),
        (Fault::ContinueFirst, 200),
        (Fault::OtherSuccess(201), 201),
        (Fault::OtherSuccess(202), 202),
        (Fault::OtherSuccess(299), 299),
        (Fault::ByteOrderMark, 200),
        (Fault::RepeatedMember, 200),
        (Fault::MissingMember, 200),
        (Fault::LastMember("null"), 200),
    ] {
        let (server, client) = with(fault).await;
        let call = client.create_call().body(private::request()).send().await.unwrap();
        assert_eq!((call.id, call.status().as_u16()), (ID, status), "{fault:?}");
        assert_eq!(server.seen().len(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn without_a_connection_nothing_was_sent_and_it_is_tried_again() {
    let refusing = MisbehavingServer::refusing().await.unwrap();
    let error = fail(&builder(refusing).build().unwrap()).await;
    assert_eq!((error.delivery(), error.attempts()), (NotSent, 3));
    assert!(error.is_connect() && !error.is_timeout());
    assert_clean(&error);
    let mut last = error.source().unwrap();
    while let Some(cause) = last.source() {
        last = cause;
    }
    assert!(last.is::<std::io::Error>(), "the chain is cut: {error:?}");

    let no_such_host = "http://no-such-host.invalid".to_owned();
    let client = builder(no_such_host).allow_insecure_http(true).build().unwrap();
    let error = fail(&client).await;
    assert_eq!((error.delivery(), error.attempts()), (NotSent, 3));
    assert!(error.is_connect());
    assert_clean(&error);
}

/// If the connection closes before the request is handed to it, the request was not sent; if it
/// closes while the request is on its way, who knows.
#[tokio::test]
async fn a_connection_that_closes_at_once_rings_no_phone() {
    let (server, client) = with(Fault::CloseAtOnce).await;
    for _ in 0..50 {
        let error = fail(&client).await;
        assert!(matches!(error.delivery(), NotSent | Unknown), "{error}");
        assert_eq!(error.attempts() > 1, error.delivery() == NotSent, "{error}");
        assert_clean(&error);
    }
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn a_handshake_without_a_response_sends_nothing() {
    let server = MisbehavingServer::always("{}", Fault::NoResponse).await.unwrap();
    let error = fail(&builder(server.tls_url()).build().unwrap()).await;
    assert_eq!((error.delivery(), error.attempts()), (NotSent, 3));
    assert!(error.is_connect() && error.is_timeout());
    assert!(server.seen().is_empty());
    assert_clean(&error);
}

#[tokio::test]
async fn a_server_without_tls_sends_nothing() {
    let server = MisbehavingServer::always("{}", Fault::CloseAtOnce).await.unwrap();
    let error = fail(&builder(server.tls_url()).build().unwrap()).await;
    assert_eq!((error.delivery(), error.attempts()), (NotSent, 3));
    assert!(error.is_connect());
    assert_clean(&error);
}

#[tokio::test]
async fn the_body_stays_readable() {
    let whole = documented_response_body().to_string();
    let body = |error: &Error| String::from_utf8_lossy(error.body().unwrap()).into_owned();

    let error = fail(&with(Fault::Status(400)).await.1).await;
    assert_eq!(body(&error), r#"{"error":"unwelcome"}"#);
    assert_eq!(error.headers().unwrap()["content-type"], "application/json");
    let decoded: serde_json::Value = error.body_json().unwrap();
    assert_eq!(decoded["error"], "unwelcome");

    let error = fail(&with(Fault::HtmlError(502)).await.1).await;
    assert_eq!(body(&error), "<html><h1>Bad gateway</h1></html>");
    let undecodable = error.body_json::<serde_json::Value>().unwrap_err();
    assert!(!undecodable.is_missing() && undecodable.source().is_some());
    let text = format!("{undecodable} {undecodable:?}");
    assert!(text.contains("expected JSON") && !text.contains("gateway"), "{text}");

    let error = fail(&with(Fault::NoResponse).await.1).await;
    assert!(error.body_json::<serde_json::Value>().unwrap_err().is_missing());

    let error = fail(&with(Fault::LastMember("7")).await.1).await;
    assert!(error.is_decode());
    assert!(body(&error).contains("\"recordingUrl\":\"https://example.com/recording.wav\""));

    // What arrived before the connection broke, with the identifier of the call.
    let error = fail(&with(Fault::CloseMidBody).await.1).await;
    assert_eq!(body(&error), whole[..whole.len() / 2]);

    let error = fail(&with(Fault::Redirect(307)).await.1).await;
    assert_eq!(error.headers().unwrap()["location"], "/elsewhere");
}

#[tokio::test]
async fn the_limit_holds_for_every_kind_of_body() {
    for (fault, delivery) in [
        (Fault::EndlessBody(200), Accepted),
        (Fault::EndlessBody(400), Rejected),
        (Fault::EndlessBody(500), Unknown),
    ] {
        let (_server, client) = with(fault).await;
        let error = fail(&client).await;
        assert_eq!(error.delivery(), delivery);
        assert_eq!(error.body().unwrap().len(), 10_000, "{fault:?}");
    }
    // With a length, and exactly at the limit.
    let whole = documented_response_body().to_string();
    let server = MisbehavingServer::always(whole.clone(), Fault::None).await.unwrap();
    let limited = |limit| builder(server.url()).max_response_bytes(limit).build().unwrap();
    let length = whole.len() as u64;
    assert!(limited(length).create_call().body(private::request()).send().await.is_ok());
    let error = fail(&limited(length - 1)).await;
    assert_eq!(error.delivery(), Accepted);
    assert_eq!(error.body().unwrap(), &whole.as_bytes()[..whole.len() - 1]);
    let error = fail(&limited(0)).await;
    assert_eq!(error.body().unwrap(), b"");
}

#[tokio::test]
async fn the_wait_that_the_server_asks_for_is_honoured() {
    for fault in [Fault::RetryAfter(429, 1), Fault::RetryAfterDate(429, 2)] {
        let (server, client) = with(fault).await;
        let started = Instant::now();
        let error = fail(&client).await;
        // Two waits of about a second: an HTTP date has whole seconds only.
        assert!(started.elapsed() > Duration::from_millis(1500), "{fault:?}");
        assert_eq!(server.seen().len(), 3);
        let wait = error.retry_after().unwrap();
        assert!(wait <= Duration::from_secs(2), "{wait:?}");
    }
    let (_server, client) = with(Fault::RetryAfter(429, 3600)).await;
    assert_eq!(fail(&client).await.retry_after(), Some(Duration::from_secs(3600)));
    let (_server, client) = with(Fault::Status(429)).await;
    assert_eq!(fail(&client).await.retry_after(), None);
}

#[tokio::test]
async fn a_policy_says_how_often_and_never_whether() {
    let (server, _) = with(Fault::Status(429)).await;
    let policy = |policy| builder(server.url()).retry(policy).build().unwrap();
    let error = fail(&policy(RetryPolicy::never())).await;
    assert_eq!((error.attempts(), server.seen().len()), (1, 1));
    let eager = RetryPolicy::default().max_retries(5).base_delay(Duration::ZERO);
    let error = fail(&policy(eager.clone())).await;
    assert_eq!((error.attempts(), server.seen().len()), (6, 7));

    for fault in [Fault::NoResponse, Fault::Reset, Fault::Status(503), Fault::CloseMidBody] {
        let (server, _) = with(fault).await;
        let client = builder(server.url()).retry(eager.clone()).build().unwrap();
        assert_eq!(fail(&client).await.attempts(), 1, "{fault:?}");
        assert_eq!(server.seen().len(), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn only_the_explicit_choice_sends_again_at_a_risk() {
    let risky = RetryPolicy::default()
        .base_delay(Duration::from_millis(1))
        .resend_at_risk_of_duplicates(true);
    for (fault, requests) in [
        (Fault::Reset, 3),
        (Fault::Status(503), 3),
        (Fault::Status(400), 1),
        (Fault::CloseMidBody, 1),
    ] {
        let (server, _) = with(fault).await;
        let client = builder(server.url()).retry(risky.clone()).build().unwrap();
        fail(&client).await;
        assert_eq!(server.seen().len(), requests, "{fault:?}");
    }
}

#[tokio::test]
async fn a_wait_that_would_pass_the_deadline_is_not_begun() {
    let (server, client) = with(Fault::RetryAfter(429, 20)).await;
    let started = Instant::now();
    let error = fail(&client.with_deadline(Duration::from_secs(10))).await;
    assert!(started.elapsed() < Duration::from_secs(10));
    assert_eq!((error.delivery(), error.attempts(), server.seen().len()), (Rejected, 1, 1));
    assert_eq!(error.retry_after(), Some(Duration::from_secs(20)));
}

#[tokio::test]
async fn an_attempt_ends_at_the_deadline() {
    let (server, client) = with(Fault::NoResponse).await;
    let error = fail(&client.with_deadline(Duration::from_millis(50))).await;
    assert_eq!((error.delivery(), server.seen().len()), (Unknown, 1));
    assert!(error.is_timeout());

    let error = fail(&client.with_deadline(Duration::ZERO)).await;
    assert_eq!((error.delivery(), error.attempts(), server.seen().len()), (NotSent, 0, 1));
    assert!(error.is_timeout());
}

/// A server can close an idle connection at the moment at which the client uses it. Whether the
/// request was read is unknown then; hyper may send it again only if it had not been written.
#[tokio::test]
async fn a_reused_connection_that_breaks_sends_no_call_twice() {
    let count = std::sync::atomic::AtomicUsize::new(0);
    let server =
        MisbehavingServer::start(documented_response_body().to_string(), move |body| match body {
            None => Fault::None,
            // Every second request on a connection finds it broken after it was read.
            Some(_) if count.fetch_add(1, std::sync::atomic::Ordering::SeqCst) % 2 == 1 => {
                Fault::Reset
            }
            Some(_) => Fault::None,
        })
        .await
        .unwrap();
    let client = builder(server.url()).build().unwrap();
    for call in 0..40 {
        let request =
            CreateCallRequest { customer_name: format!("call {call}"), ..private::request() };
        let result = client.create_call().body(request).send().await;
        assert_eq!(result.is_ok(), call % 2 == 0, "call {call}");
        if let Err(error) = result {
            assert_eq!((error.delivery(), error.attempts()), (Unknown, 1));
        }
    }
    assert_eq!(server.seen().len(), 40);
}

#[tokio::test]
async fn a_connection_that_closes_while_idle_sends_no_call_twice() {
    let (server, client) = with(Fault::CloseAfterResponse).await;
    for call in 1..=200 {
        match client.create_call().body(private::request()).send().await {
            Ok(_) => {}
            Err(error) => assert_eq!((error.delivery(), error.attempts()), (Unknown, 1)),
        }
        assert!(server.seen().len() <= call);
    }
    assert!(server.seen().len() > 100);
}

#[tokio::test]
async fn a_client_is_cheap_to_clone_and_shares_its_connections() {
    let connections = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counter = std::sync::Arc::clone(&connections);
    let server = MisbehavingServer::start(documented_response_body().to_string(), move |body| {
        if body.is_none() {
            counter.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        }
        Fault::None
    })
    .await
    .unwrap();
    let client = builder(server.url()).build().unwrap();
    for _ in 0..5 {
        let clone = client.clone().with_deadline(Duration::from_secs(5));
        clone.create_call().body(private::request()).send().await.unwrap();
    }
    assert_eq!(connections.load(std::sync::atomic::Ordering::SeqCst), 1);
}

/// `CX_SOAK_SEED` sets the seed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_claim_contradicts_the_server_and_no_call_rings_twice() {
    let seed = std::env::var("CX_SOAK_SEED")
        .map_or_else(|_| fastrand::u64(..), |text| text.parse().unwrap());
    println!("CX_SOAK_SEED={seed}");
    let report = soak::run(Plan::of_faults(Over::Http, 1000, 100, seed)).await.unwrap();
    assert_eq!(report.contradictions, [""; 0]);
    assert_eq!(report.rung_twice, [""; 0]);
    assert_eq!(report.panics, 0);
    // The run has seen what it is there to see.
    for claim in ["success", "Rejected", "Accepted", "Unknown"] {
        assert!(report.outcomes.keys().any(|(_, text)| text == claim), "no {claim}");
    }
    assert!(report.requests_per_call.keys().any(|requests| *requests > 1));
}
