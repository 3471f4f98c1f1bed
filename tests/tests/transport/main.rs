//! For each way in which TLS, HTTP/2, a proxy and DNS can fail: what the client claims, how often it
//! sent, and that its message is clean.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test may panic and print"
)]

mod dns;
mod http2;
mod proxy;
mod tls;

use cx_client::{Client, ClientBuilder, Delivery, Error};
use cx_client_tests::misbehaving_server::{Fault, MisbehavingServer, Over};
use cx_client_tests::{certificates, documented_response_body, private};

/// What is to become of a call.
#[derive(Debug, Clone, Copy)]
enum Outcome {
    Success,
    /// One of these, by the moment at which the client notices; the first is what it claims where
    /// nothing else is said.
    Fails(&'static [Delivery]),
}

const NOT_SENT: Outcome = Outcome::Fails(&[Delivery::NotSent]);
const UNKNOWN: Outcome = Outcome::Fails(&[Delivery::Unknown]);
const ACCEPTED: Outcome = Outcome::Fails(&[Delivery::Accepted]);
/// The client may notice before it hands the request over, or afterwards.
const NOT_SENT_OR_UNKNOWN: Outcome = Outcome::Fails(&[Delivery::Unknown, Delivery::NotSent]);

struct Row<F> {
    fault: F,
    outcome: Outcome,
    /// Complete requests that the server read in each attempt.
    requests: usize,
    /// A part of the message, or of its sources.
    message: &'static str,
}

const fn row<F>(fault: F, outcome: Outcome, requests: usize, message: &'static str) -> Row<F> {
    Row { fault, outcome, requests, message }
}

async fn server(over: Over, fault: Fault) -> MisbehavingServer {
    let success = documented_response_body().to_string();
    MisbehavingServer::always_over(over, success, fault).await.unwrap()
}

fn trusting(url: impl Into<String>) -> ClientBuilder {
    certificates::trust(private::builder(url)).unwrap()
}

async fn call(client: &Client) -> Result<(), Error> {
    client.create_call().body(private::request()).send().await.map(|_| ())
}

/// Places a call and compares; `seen` counts the requests at the server.
async fn check<F: std::fmt::Debug>(client: &Client, seen: impl Fn() -> usize, row: &Row<F>) {
    let Row { fault, outcome, requests, message } = row;
    let before = seen();
    let result = call(client).await;
    let sent = seen() - before;
    match (outcome, result) {
        (Outcome::Success, Ok(())) => assert_eq!(sent, *requests, "{fault:?}"),
        (Outcome::Success, Err(error)) => panic!("{fault:?}: {error:?}"),
        (Outcome::Fails(_), Ok(())) => panic!("{fault:?}: a success"),
        (Outcome::Fails(deliveries), Err(error)) => {
            let text = error.to_string();
            assert!(deliveries.contains(&error.delivery()), "{fault:?}: {error:?}");
            // What was not sent is sent again, and nothing else.
            let again = error.delivery() == Delivery::NotSent;
            assert_eq!(error.attempts(), if again { 3 } else { 1 }, "{fault:?}: {error:?}");
            assert_eq!(sent, requests * error.attempts() as usize, "{fault:?}: {error:?}");
            assert!(text.contains(message) || deliveries.len() > 1, "{fault:?}: {error:?}");
            assert_eq!(text.lines().count(), 1, "{fault:?}: {error:?}");
            assert_eq!(private::printed_secret(&error), None, "{fault:?}: {error:?}");
        }
    }
}
