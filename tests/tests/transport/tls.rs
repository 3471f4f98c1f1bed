//! TLS.

use std::time::Duration;

use cx_client::Delivery;
use cx_client_tests::certificates::Certificate;
use cx_client_tests::misbehaving_server::{
    Cut, Fault, HANDSHAKE_FAILURE, MisbehavingServer, Moment, Over, TlsFault, Version,
};
use cx_client_tests::{documented_response_body, private};

use super::{
    ACCEPTED, NOT_SENT, NOT_SENT_OR_UNKNOWN, Outcome, Row, UNKNOWN, call, check, row, server,
    trusting,
};

const REACHED: &str = "the server could not be reached";
const LOST: &str = "the connection was lost before a response arrived";
const BROKE_OFF: &str = "the server responded with 200 OK, and the body broke off";

const fn cut(version: Version, flight: usize, after: usize, outcome: Outcome) -> Row<TlsFault> {
    row(TlsFault::Cut(version, Cut { flight, after, stall: false }), outcome, 0, REACHED)
}

const fn stall(version: Version, flight: usize, after: usize) -> Row<TlsFault> {
    let fault = TlsFault::Cut(version, Cut { flight, after, stall: true });
    row(fault, NOT_SENT, 0, "connecting to the server took too long")
}

/// Faults of the connection, before a request is read.
const CONNECTIONS: &[Row<TlsFault>] = &[
    row(TlsFault::Certificate(Certificate::UnknownRoot), NOT_SENT, 0, "UnknownIssuer"),
    row(TlsFault::Certificate(Certificate::OtherName), NOT_SENT, 0, "not valid for name"),
    row(TlsFault::Certificate(Certificate::Expired), NOT_SENT, 0, "certificate expired"),
    row(TlsFault::Certificate(Certificate::NotYetValid), NOT_SENT, 0, "certificate not valid yet"),
    // The handshake is cut: the client has sent nothing that is encrypted for the server.
    cut(Version::V13, 1, 0, NOT_SENT),
    cut(Version::V13, 1, 3, NOT_SENT),
    cut(Version::V13, 1, 60, NOT_SENT),
    cut(Version::V13, 1, 400, NOT_SENT),
    cut(Version::V12, 1, 0, NOT_SENT),
    cut(Version::V12, 1, 60, NOT_SENT),
    cut(Version::V12, 1, usize::MAX, NOT_SENT),
    cut(Version::V12, 2, 0, NOT_SENT),
    cut(Version::V12, 2, 10, NOT_SENT),
    stall(Version::V13, 1, 0),
    stall(Version::V13, 1, 400),
    stall(Version::V12, 1, 60),
    stall(Version::V12, 2, 0),
    row(TlsFault::Alert(HANDSHAKE_FAILURE), NOT_SENT, 0, "HandshakeFailure"),
    row(TlsFault::ClientCertificate(Version::V12), NOT_SENT, 0, "CertificateRequired"),
    // Over TLS 1.3 the client is done after the server's first flight, and the request goes with
    // its own last one: what the server makes of that is not known.
    cut(Version::V13, 1, usize::MAX, NOT_SENT_OR_UNKNOWN),
    row(TlsFault::ClientCertificate(Version::V13), NOT_SENT_OR_UNKNOWN, 0, LOST),
    row(TlsFault::CloseAfterHandshake { notify: true }, NOT_SENT_OR_UNKNOWN, 0, LOST),
    row(TlsFault::CloseAfterHandshake { notify: false }, NOT_SENT_OR_UNKNOWN, 0, LOST),
    row(TlsFault::ForgottenSession, Outcome::Success, 1, ""),
    row(TlsFault::RefusedSession, Outcome::Success, 1, ""),
];

/// Faults of the response.
const RESPONSES: &[Row<TlsFault>] = &[
    row(TlsFault::Unannounced(Moment::Before), UNKNOWN, 1, LOST),
    row(TlsFault::Unannounced(Moment::Middle), ACCEPTED, 1, BROKE_OFF),
    // The length says that the response is whole (RFC 9112 section 9.8).
    row(TlsFault::Unannounced(Moment::After), Outcome::Success, 1, ""),
    row(TlsFault::Corrupt(Moment::Before), UNKNOWN, 1, LOST),
    row(TlsFault::Corrupt(Moment::Middle), ACCEPTED, 1, BROKE_OFF),
    row(TlsFault::EndByClose { notify: true }, Outcome::Success, 1, ""),
    row(TlsFault::EndByClose { notify: false }, ACCEPTED, 1, BROKE_OFF),
];

#[tokio::test]
async fn every_fault_of_a_connection_has_its_delivery() {
    let mut rows = tokio::task::JoinSet::new();
    for row in CONNECTIONS {
        rows.spawn(async move {
            let server = server(Over::Tls, Fault::Tls(row.fault)).await;
            let client = trusting(server.url()).build().unwrap();
            check(&client, || server.seen().len(), row).await;
        });
    }
    while let Some(row) = rows.join_next().await {
        row.unwrap();
    }
}

#[tokio::test]
async fn every_fault_of_a_response_has_its_delivery() {
    for row in RESPONSES {
        let server = server(Over::Tls, Fault::Tls(row.fault)).await;
        let client = trusting(server.url()).build().unwrap();
        check(&client, || server.seen().len(), row).await;
    }
}

/// Every fault of HTTP/1.1 that there is has its own table; here, that TLS changes none of it.
#[tokio::test]
async fn faults_of_http_are_the_same_over_tls() {
    for (fault, delivery) in [
        (Fault::NoResponse, Delivery::Unknown),
        (Fault::Reset, Delivery::Unknown),
        (Fault::Status(500), Delivery::Unknown),
        (Fault::Status(400), Delivery::Rejected),
        (Fault::CloseMidBody, Delivery::Accepted),
        (Fault::HtmlSuccess, Delivery::Accepted),
    ] {
        let server = server(Over::Tls, fault).await;
        let error = call(&trusting(server.url()).build().unwrap()).await.unwrap_err();
        assert_eq!((error.delivery(), server.seen().len()), (delivery, 1), "{fault:?}: {error:?}");
        assert_eq!(private::printed_secret(&error), None, "{fault:?}: {error:?}");
    }
}

/// A client as users build it trusts the roots of the operating system, and not ours.
#[tokio::test]
async fn without_the_root_nothing_is_sent() {
    let server = server(Over::Tls, Fault::None).await;
    let error = call(&private::builder(server.url()).build().unwrap()).await.unwrap_err();
    assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 3), "{error:?}");
    assert!(error.to_string().contains("invalid peer certificate"), "{error}");
    assert!(server.seen().is_empty());
}

/// Each call makes a connection of its own, which offers to resume the session of an earlier one.
#[tokio::test]
async fn a_session_that_is_refused_costs_an_attempt_and_no_call() {
    for fault in [TlsFault::ForgottenSession, TlsFault::RefusedSession] {
        let success = documented_response_body().to_string();
        let server =
            MisbehavingServer::start_at([127, 0, 0, 1].into(), Over::Tls, success, move |body| {
                match body {
                    None => Fault::Tls(fault),
                    Some(_) => Fault::CloseAfterResponse,
                }
            })
            .await
            .unwrap();
        let client = trusting(server.url()).build().unwrap();
        let mut refused = 0;
        for calls in 1..=6 {
            // The close arrives, so that the connection is not taken again.
            tokio::time::sleep(Duration::from_millis(20)).await;
            match call(&client).await {
                Ok(()) => {}
                Err(error) => {
                    assert_eq!(error.delivery(), Delivery::NotSent, "{fault:?}: {error:?}");
                    refused += 1;
                }
            }
            assert_eq!(server.seen().len(), calls - refused, "{fault:?}");
        }
        println!("{fault:?}: {refused} of 6 calls found only refused sessions");
        assert!(refused < 6 && (refused == 0 || fault == TlsFault::RefusedSession));
    }
}

/// The server closes an idle connection at every moment around that at which the client uses it.
#[tokio::test]
async fn a_connection_that_closes_while_idle_sends_no_call_twice() {
    for fault in [Fault::CloseAfterResponse, Fault::Tls(TlsFault::Unannounced(Moment::After))] {
        let server = server(Over::Tls, fault).await;
        let client = trusting(server.url()).build().unwrap();
        let mut unknown = 0;
        for calls in 1..=100_u64 {
            match call(&client).await {
                Ok(()) => {}
                Err(error) => {
                    assert_eq!((error.delivery(), error.attempts()), (Delivery::Unknown, 1));
                    unknown += 1;
                }
            }
            let seen = server.seen().len() as u64;
            assert!(seen <= calls && seen + unknown >= calls, "{fault:?}: {seen} of {calls}");
            tokio::time::sleep(Duration::from_micros(20 * (calls % 50))).await;
        }
    }
}
