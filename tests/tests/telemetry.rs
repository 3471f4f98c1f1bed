//! A span for each operation and an event for each attempt, with the names of OpenTelemetry.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cx_client::{Client, RetryPolicy};
use cx_client_tests::misbehaving_server::{Fault, MisbehavingServer};
use cx_client_tests::{documented_request, documented_response_body};
use tracing::field::{Field, Visit};
use tracing::span;

type Fields = BTreeMap<String, String>;

#[derive(Clone, Default)]
struct Capture {
    span: Arc<Mutex<Fields>>,
    events: Arc<Mutex<Vec<Fields>>>,
}

struct Collect<'a>(&'a mut Fields);

impl Visit for Collect<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}").trim_matches('"').to_owned());
    }
}

impl tracing::Subscriber for Capture {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target() == "cx_client"
    }

    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        let mut fields = self.span.lock().unwrap();
        assert!(fields.is_empty(), "more than one span");
        span.record(&mut Collect(&mut fields));
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut Collect(&mut self.span.lock().unwrap()));
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let mut fields = Fields::new();
        event.record(&mut Collect(&mut fields));
        fields.insert("level".to_owned(), event.metadata().level().to_string());
        self.events.lock().unwrap().push(fields);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

/// The fields of the span and of the events of one operation.
fn observe(fault: Fault) -> (Fields, Vec<Fields>, u16) {
    let capture = Capture::default();
    let port = tracing::subscriber::with_default(capture.clone(), || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let body = documented_response_body().to_string();
            let server = MisbehavingServer::always(body, fault).await.unwrap();
            let client = Client::builder()
                .credentials("username", "password")
                .base_url(server.url())
                .proxy_from_env(false)
                .timeout(Duration::from_millis(1000))
                .retry(RetryPolicy::default().base_delay(Duration::from_millis(1)))
                .build()
                .unwrap();
            let _ = client.create_call().body(documented_request()).send().await;
            server.url().rsplit(':').next().unwrap().parse().unwrap()
        })
    });
    let span = capture.span.lock().unwrap().clone();
    let events = capture.events.lock().unwrap().clone();
    (span, events, port)
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_success() {
    let (span, events, port) = observe(Fault::None);
    assert_eq!(
        span,
        fields(&[
            ("http.request.method", "POST"),
            ("http.response.status_code", "200"),
            ("operation.id", "create_call"),
            ("otel.kind", "client"),
            ("server.address", "127.0.0.1"),
            ("server.port", &port.to_string()),
            ("url.template", "/api/v1/calls"),
        ])
    );
    assert_eq!(
        events,
        [fields(&[
            ("http.request.resend_count", "0"),
            ("http.response.status_code", "200"),
            ("level", "DEBUG"),
            ("message", "attempt succeeded"),
        ])]
    );
}

#[test]
fn a_refusal_that_is_tried_again() {
    let (span, events, _) = observe(Fault::Status(429));
    assert_eq!(span["http.request.resend_count"], "2");
    assert_eq!(span["http.response.status_code"], "429");
    assert_eq!(span["error.type"], "429");
    let resends: Vec<&str> =
        events.iter().map(|event| event["http.request.resend_count"].as_str()).collect();
    assert_eq!(resends, ["0", "1", "2"]);
    assert!(events[0].contains_key("retry_in_ms") && !events[2].contains_key("retry_in_ms"));
    assert!(events.iter().all(|event| event["delivery"] == "rejected"));
}

#[test]
fn failures_have_a_type() {
    for (fault, kind, delivery) in [
        (Fault::NoResponse, "timeout", "unknown"),
        (Fault::Reset, "connection", "unknown"),
        (Fault::HtmlError(502), "502", "unknown"),
        (Fault::CloseMidBody, "body", "accepted"),
        (Fault::TruncatedJson, "decode", "accepted"),
        (Fault::EmptySuccess(204), "decode", "accepted"),
        (Fault::Redirect(303), "303", "unknown"),
    ] {
        let (span, events, _) = observe(fault);
        assert_eq!(span["error.type"], kind, "{fault:?}");
        assert_eq!(events.last().unwrap()["error.type"], kind, "{fault:?}");
        assert_eq!(events.last().unwrap()["delivery"], delivery, "{fault:?}");
        assert_eq!(events.last().unwrap()["level"], "WARN", "{fault:?}");
    }
}

#[test]
fn each_correction_is_an_event() {
    for (fault, corrections) in [
        (Fault::None, &[][..]),
        (Fault::LastMember("null"), &[("$.transcription", "an empty string")]),
        (Fault::MissingMember, &[("$.transcription", "an empty string")]),
    ] {
        let (_, events, _) = observe(fault);
        let seen: Vec<(&str, &str)> = events
            .iter()
            .filter(|event| event["message"] == "response corrected")
            .inspect(|event| assert_eq!(event["level"], "WARN"))
            .inspect(|event| assert_eq!(event["operation.id"], "create_call"))
            .map(|event| (event["json.path"].as_str(), event["reading"].as_str()))
            .collect();
        assert_eq!(seen, corrections, "{fault:?}");
    }
}
