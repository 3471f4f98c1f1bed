//! HTTP/2.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use cx_client::Delivery;
use cx_client_tests::misbehaving_server::{Code, Fault, Http2Fault, MisbehavingServer, Over};
use cx_client_tests::{documented_response_body, private};
use tokio::task::JoinSet;

use super::{ACCEPTED, NOT_SENT, Outcome, Row, UNKNOWN, call, check, row, server, trusting};

const LOST: &str = "the connection was lost before a response arrived";
const TIME: &str = "no response arrived in time";
const GOAWAY: &str = "shut the connection down before processing the request (GOAWAY)";
const REFUSED: &str = "refused the request before processing it (REFUSED_STREAM)";
const BROKE_OFF: &str = "the server responded with 200 OK, and the body broke off";

const ROWS: &[Row<Http2Fault>] = &[
    // The server says that it did not process the request (RFC 9113 sections 6.8 and 8.7).
    row(Http2Fault::GoAwayAtOnce(Code::NoError), NOT_SENT, 0, ""),
    row(Http2Fault::GoAwayAtOnce(Code::EnhanceYourCalm), NOT_SENT, 0, ""),
    row(Http2Fault::GoAwayBelow(Code::NoError), NOT_SENT, 1, GOAWAY),
    row(Http2Fault::GoAwayBelow(Code::InternalError), NOT_SENT, 1, GOAWAY),
    row(Http2Fault::GoAwayBelow(Code::EnhanceYourCalm), NOT_SENT, 1, GOAWAY),
    row(Http2Fault::Reset(Code::RefusedStream), NOT_SENT, 1, REFUSED),
    row(Http2Fault::ResetUnread(Code::RefusedStream), NOT_SENT, 0, REFUSED),
    // It may have processed it.
    row(Http2Fault::ResetUnread(Code::Cancel), UNKNOWN, 0, LOST),
    row(Http2Fault::ResetUnread(Code::NoError), UNKNOWN, 0, LOST),
    row(Http2Fault::GoAwayWith(Code::NoError), UNKNOWN, 1, LOST),
    row(Http2Fault::GoAwayWith(Code::InternalError), UNKNOWN, 1, LOST),
    row(Http2Fault::GoAwayWith(Code::RefusedStream), UNKNOWN, 1, LOST),
    row(Http2Fault::HalfFrame, UNKNOWN, 1, LOST),
    row(Http2Fault::OtherProtocol, UNKNOWN, 1, LOST),
    row(Http2Fault::InvalidSettings, UNKNOWN, 1, LOST),
    row(Http2Fault::Silent, UNKNOWN, 1, TIME),
    // A success.
    row(Http2Fault::GoAwayGraceful, Outcome::Success, 1, ""),
    row(Http2Fault::GoAwayAfter(Code::NoError), Outcome::Success, 1, ""),
    row(Http2Fault::GoAwayAfter(Code::InternalError), Outcome::Success, 1, ""),
    row(Http2Fault::ShrinkingSettings, Outcome::Success, 1, ""),
    row(Http2Fault::Streams(1), Outcome::Success, 1, ""),
    row(Http2Fault::Streams(10), Outcome::Success, 1, ""),
];

async fn compare(row: &Row<Http2Fault>) {
    let server = server(Over::Http2, Fault::Http2(row.fault)).await;
    let client = trusting(server.url()).build().unwrap();
    check(&client, || server.seen().len(), row).await;
}

#[tokio::test]
async fn every_fault_has_its_delivery() {
    for row in ROWS {
        compare(row).await;
    }
}

#[tokio::test]
async fn of_all_codes_only_refused_stream_says_that_nothing_was_processed() {
    for code in Code::ALL {
        if code != Code::RefusedStream {
            compare(&row(Http2Fault::Reset(code), UNKNOWN, 1, LOST)).await;
        }
        // After the HEADERS of a success. hyper takes NO_ERROR for the end of the body,
        // whose JSON then ends too early.
        let message = match code {
            Code::NoError => "the JSON ends too early",
            _ => BROKE_OFF,
        };
        compare(&row(Http2Fault::ResetInBody(code), ACCEPTED, 1, message)).await;
    }
}

#[tokio::test]
async fn what_was_not_processed_is_sent_again_until_it_is() {
    for fault in [
        Http2Fault::Reset(Code::RefusedStream),
        Http2Fault::GoAwayBelow(Code::NoError),
        Http2Fault::GoAwayBelow(Code::InternalError),
    ] {
        let count = AtomicUsize::new(0);
        let success = documented_response_body().to_string();
        let choose = move |body: Option<&[u8]>| match body {
            Some(_) if count.fetch_add(1, Ordering::SeqCst) < 2 => Fault::Http2(fault),
            _ => Fault::None,
        };
        let server =
            MisbehavingServer::start_at([127, 0, 0, 1].into(), Over::Http2, success, choose)
                .await
                .unwrap();
        call(&trusting(server.url()).build().unwrap()).await.unwrap();
        assert_eq!(server.seen().len(), 3, "{fault:?}");
    }
}

/// A request that was refused, then lost: the loss decides.
#[tokio::test]
async fn a_later_doubt_outweighs_an_earlier_refusal() {
    let count = AtomicUsize::new(0);
    let success = documented_response_body().to_string();
    let choose = move |body: Option<&[u8]>| match body {
        None => Fault::None,
        Some(_) if count.fetch_add(1, Ordering::SeqCst) == 0 => {
            Fault::Http2(Http2Fault::Reset(Code::RefusedStream))
        }
        Some(_) => Fault::Http2(Http2Fault::Reset(Code::InternalError)),
    };
    let server = MisbehavingServer::start_at([127, 0, 0, 1].into(), Over::Http2, success, choose)
        .await
        .unwrap();
    let error = call(&trusting(server.url()).build().unwrap()).await.unwrap_err();
    assert_eq!((error.delivery(), error.attempts()), (Delivery::Unknown, 2), "{error:?}");
    assert_eq!(server.seen().len(), 2);
}

/// The body never leaves, so that the server cannot have a complete request. But the error of a time
/// limit does not tell what of the attempt took too long.
#[tokio::test]
async fn a_window_that_never_opens_leaves_doubt() {
    let server = server(Over::Http2, Fault::Http2(Http2Fault::ClosedWindow)).await;
    let builder = trusting(server.url()).timeout(Duration::from_millis(500));
    let client = builder.build().unwrap();
    call(&client).await.unwrap();
    let error = call(&client).await.unwrap_err();
    assert_eq!((error.delivery(), error.attempts()), (Delivery::Unknown, 1));
    assert!(error.is_timeout() && error.to_string().contains(TIME), "{error}");
    assert_eq!(server.seen().len(), 1);
}

/// PING is sent if the user asks for it; without a response the connection is given up.
#[tokio::test]
async fn a_ping_without_a_response_leaves_doubt() {
    let server = server(Over::Http2, Fault::Http2(Http2Fault::Silent)).await;
    let client = trusting(server.url())
        .configure_http(|http| {
            http.http2_keep_alive_interval(Duration::from_millis(100))
                .http2_keep_alive_timeout(Duration::from_millis(100))
        })
        .build()
        .unwrap();
    let started = std::time::Instant::now();
    let error = call(&client).await.unwrap_err();
    println!("given up after {:?}: {error:?}", started.elapsed());
    assert_eq!((error.delivery(), error.attempts()), (Delivery::Unknown, 1));
    assert_eq!(server.seen().len(), 1);
    assert_eq!(private::printed_secret(&error), None, "{error:?}");
}

#[tokio::test]
async fn a_thousand_streams_over_a_limit_of_ten_all_succeed_once() {
    let server = server(Over::Http2, Fault::Http2(Http2Fault::Streams(10))).await;
    let client = trusting(server.url())
        .connect_timeout(Duration::from_secs(60))
        .timeout(Duration::from_secs(60))
        .build()
        .unwrap();
    let mut calls = JoinSet::new();
    for _ in 0..1000 {
        let client = client.clone();
        calls.spawn(async move { call(&client).await });
    }
    while let Some(result) = calls.join_next().await {
        result.unwrap().unwrap();
    }
    assert_eq!(server.seen().len(), 1000);
}
