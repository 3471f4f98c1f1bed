//! Every kind of success and failure, with all that our crate and the crates below it log, and
//! every way to print what comes out: no credential and no personal data.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cx_client::{Client, RetryPolicy};
use cx_client_tests::misbehaving_server::{Fault, MisbehavingServer};
use cx_client_tests::{documented_request, private};
use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span;

/// What must appear nowhere.
const SECRETS: &[&str] = &[
    "secret-user",
    "hunter2",
    "c2VjcmV0LXVzZXI6aHVudGVyMg",
    "+4915112345678",
    "Grace",
    "Hopper",
    "private words",
    "recordings/77",
];

/// Keeps everything that is logged, of every level, by `tracing` and by `log`.
#[derive(Clone, Default)]
struct Capture(Arc<Mutex<String>>);

impl Capture {
    fn take(&self) -> String {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Visit for &Capture {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0.lock().unwrap(), " {}={value:?}", field.name()).unwrap();
    }
}

impl tracing::Subscriber for Capture {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        write!(self.0.lock().unwrap(), "\nspan {}", span.metadata().target()).unwrap();
        span.record(&mut &*self);
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut &*self);
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let metadata = event.metadata();
        write!(self.0.lock().unwrap(), "\n{} {}", metadata.level(), metadata.target()).unwrap();
        event.record(&mut &*self);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

impl log::Log for Capture {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        writeln!(self.0.lock().unwrap(), "\n{} {}", record.target(), record.args()).unwrap();
    }

    fn flush(&self) {}
}

/// Besides one fault of every kind: private data where the document expects something else.
const MORE: &[Fault] =
    &[Fault::LastMember("\"private words\""), Fault::LastMember("{\"Grace\":\"Hopper\"}")];

#[tokio::test]
async fn nothing_private_is_logged_or_printed() {
    let capture = Capture::default();
    tracing::subscriber::set_global_default(capture.clone()).unwrap();
    log::set_boxed_logger(Box::new(capture.clone())).unwrap();
    log::set_max_level(log::LevelFilter::Trace);

    // A response in which each value is private, or has the wrong form.
    let bodies = [
        json!({
            "id": "123e4567-e89b-12d3-a456-426614174000", "status": "in-progress",
            "agentPhone": "+4915112345678", "customerPhone": "+4915112345678",
            "agentId": "123e4567-e89b-12d3-a456-426614174000",
            "customerId": "123e4567-e89b-12d3-a456-426614174000",
            "skillId": "123e4567-e89b-12d3-a456-426614174000",
            "customerName": "Grace Hopper", "transcription": "private words",
            "recordingUrl": "https://example.com/recordings/77",
        }),
        json!({ "id": "Grace Hopper", "agentPhone": "+4915112345678" }),
        json!({ "id": { "Grace Hopper": "private words" } }),
        json!(["private words"]),
        json!("private words, expected Hopper"),
    ];
    let mut everything = String::new();
    let mut failures = 0;
    for body in &bodies {
        for fault in Fault::EVERY_KIND.iter().chain(MORE) {
            let server = MisbehavingServer::always(body.to_string(), *fault).await.unwrap();
            let client = Client::builder()
                .credentials("secret-user", "hunter2")
                .base_url(server.url())
                .proxy_from_env(false)
                .timeout(Duration::from_millis(100))
                .max_response_bytes(10_000)
                .retry(RetryPolicy::default().base_delay(Duration::from_millis(1)))
                .build()
                .unwrap();
            let request = private::request();
            writeln!(everything, "{client:?} {request:?} {request:#?}").unwrap();
            let operation = client.create_call().body(request);
            writeln!(everything, "{operation:?} {operation:#?}").unwrap();
            match operation.send().await {
                Ok(response) => writeln!(everything, "{response:?} {response:#?}").unwrap(),
                Err(error) => {
                    failures += 1;
                    let mut next: Option<&dyn std::error::Error> = Some(&error);
                    while let Some(error) = next {
                        writeln!(everything, "{error} {error:#} {error:?} {error:#?}").unwrap();
                        next = error.source();
                    }
                }
            }
        }
    }
    // TLS, redirects to another host and name resolution log too.
    let server = MisbehavingServer::always("{}", Fault::CloseAtOnce).await.unwrap();
    for url in [server.tls_url(), "https://no-such-host.invalid".to_owned()] {
        let client = Client::builder().credentials("secret-user", "hunter2").base_url(url);
        let client = client.retry(RetryPolicy::never()).proxy_from_env(false).build().unwrap();
        let error = client.create_call().body(documented_request()).send().await.unwrap_err();
        writeln!(everything, "{error} {error:?}").unwrap();
    }

    let logged = capture.take();
    // The capture works: our spans are there, and what the crates below us log.
    for expected in ["span cx_client", "WARN cx_client", "DEBUG cx_client", "hyper_util"] {
        assert!(logged.contains(expected), "no {expected} in what was logged");
    }
    assert!(failures > 80, "{failures}");
    everything.push_str(&logged);
    for secret in SECRETS {
        let at = everything.find(secret);
        assert!(
            at.is_none(),
            "{secret}: {}",
            &everything[at.unwrap_or(0).saturating_sub(300)..][..400]
        );
    }
}
