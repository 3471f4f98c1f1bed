//! What can differ from call to call.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::time::{Duration, Instant};

use cx_client::{Client, Delivery, Error, RequestOptions, RetryPolicy};
use cx_client_tests::misbehaving_server::{Fault, MisbehavingServer};
use cx_client_tests::{documented_request, documented_response_body};

async fn with(fault: Fault) -> (MisbehavingServer, Client) {
    let body = documented_response_body().to_string();
    let server = MisbehavingServer::always(body, fault).await.unwrap();
    let client = Client::builder()
        .credentials("username", "password")
        .base_url(server.url())
        .retry(RetryPolicy::default().base_delay(Duration::from_millis(1)))
        .build()
        .unwrap();
    (server, client)
}

async fn send(client: &Client) -> Result<(), Error> {
    client.create_call().body(documented_request()).send().await.map(|_| ())
}

#[tokio::test]
async fn headers_go_with_every_attempt_and_in_no_message() {
    let (server, client) = with(Fault::Status(429)).await;
    let client = client
        .with_options(RequestOptions::new().header("Idempotency-Key", "hunter2").header("x-a", "1"))
        .with_options(RequestOptions::new().header("X-A", "2").header("user-agent", "mine"));
    let error = send(&client).await.unwrap_err();
    let seen = server.seen();
    assert_eq!(seen.len(), 3);
    for request in seen {
        let head = request.head.to_lowercase();
        assert_eq!(head.matches("idempotency-key: hunter2").count(), 1, "{head}");
        assert!(head.contains("x-a: 2") && !head.contains("x-a: 1"), "{head}");
        assert!(head.contains("user-agent: mine"), "{head}");
        assert!(head.contains("authorization: basic "), "{head}");
    }
    let text = format!("{client:?} {client:#?} {error} {error:?}");
    assert!(!text.contains("hunter2"), "{text}");
    assert!(text.contains("idempotency-key"), "{text}");
}

#[tokio::test]
async fn a_wrong_header_fails_every_operation_before_anything_is_sent() {
    let (server, client) = with(Fault::None).await;
    for (name, value, problem) in [
        ("Authorization", "Basic hunter2", "the header `authorization` is set by the client"),
        ("content-type", "text/plain", "the header `content-type` is set by the client"),
        ("Content-Length", "0", "is set by the client"),
        ("Transfer-Encoding", "chunked", "is set by the client"),
        ("Host", "elsewhere.example", "is set by the client"),
        ("hunter2 x", "1", "a header has a name that HTTP does not allow"),
        ("", "1", "a header has a name that HTTP does not allow"),
        ("x-key", "hunter2\r\nx-other: 1", "the header `x-key` has a value"),
    ] {
        let client = client.with_options(RequestOptions::new().header(name, value));
        // Options that are given later do not hide it.
        let later = client.with_options(RequestOptions::new().header("x-b", "1"));
        for client in [client, later] {
            let error = send(&client).await.unwrap_err();
            assert!(error.is_config(), "{name}: {error}");
            assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 0), "{name}");
            assert_eq!(error.operation(), Some("create_call"), "{name}");
            let text = format!("{error} {error:?} {client:?}");
            assert!(text.contains(problem) && !text.contains("hunter2"), "{name}: {text}");
        }
    }
    assert!(server.seen().is_empty());
    send(&client).await.unwrap();
}

#[tokio::test]
async fn each_part_takes_the_place_of_the_clients_own_and_the_others_stay() {
    let (server, client) = with(Fault::Status(429)).await;
    let never = client.with_options(RequestOptions::new().retry(RetryPolicy::never()));
    assert_eq!(send(&never).await.unwrap_err().attempts(), 1);
    let kept = never.with_options(RequestOptions::new().timeout(Duration::from_secs(9)));
    assert_eq!(send(&kept).await.unwrap_err().attempts(), 1);
    let again = kept.with_options(
        RequestOptions::new()
            .retry(RetryPolicy::default().max_retries(1).base_delay(Duration::ZERO)),
    );
    assert_eq!(send(&again).await.unwrap_err().attempts(), 2);
    assert_eq!(send(&client).await.unwrap_err().attempts(), 3);
    assert_eq!(server.seen().len(), 1 + 1 + 2 + 3);
}

#[tokio::test]
async fn a_timeout_of_the_options_bounds_an_attempt_and_a_deadline_all_of_them() {
    let (_server, client) = with(Fault::NoResponse).await;
    let started = Instant::now();
    let short = client.with_options(RequestOptions::new().timeout(Duration::from_millis(50)));
    let error = send(&short).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.delivery(), Delivery::Unknown);
    // The deadline cuts off an attempt that the timeout would let go on.
    let long = RequestOptions::new().timeout(Duration::from_secs(50));
    let both = client.with_options(long.deadline(Duration::from_millis(50)));
    assert!(send(&both).await.unwrap_err().is_timeout());
    // The client's own timeout is a minute.
    assert!(started.elapsed() < Duration::from_secs(40));
}

/// A wait that ends after the deadline, because the process slept longer than it meant to, must not
/// replace what is known by "nothing was sent".
#[tokio::test]
async fn a_deadline_that_passes_in_a_wait_gives_the_last_error() {
    let (server, client) = with(Fault::Status(503)).await;
    let policy = RetryPolicy::default()
        .max_retries(1000)
        .base_delay(Duration::from_millis(3))
        .max_delay(Duration::from_millis(3))
        .resend_at_risk_of_duplicates(true);
    let client = client
        .with_options(RequestOptions::new().retry(policy).deadline(Duration::from_millis(80)));
    for _ in 0..20 {
        let error = send(&client).await.unwrap_err();
        assert_eq!(error.delivery(), Delivery::Unknown, "{error}");
        assert!(!error.to_string().contains("before the request was sent"), "{error}");
    }
    assert!(server.seen().len() > 20);
}
