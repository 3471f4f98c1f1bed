//! Other documents than ours: what their clients send and read.
#![recursion_limit = "512"]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

mod bodies;
mod component_alias;
mod kinds;
mod manifest;
mod media_types;
mod mocks;
mod names;
mod optional_body;
mod parameters;
mod path_items;
mod printing;
mod refusals;
mod responses;
mod self_composition;
mod unions;

use std::sync::{Arc, Mutex};

use cx_client_documents::{Client, RetryPolicy};
use cx_client_tests::misbehaving_server::{Fault, MisbehavingServer};

/// The settings of a client of a server.
fn settings(url: String) -> Client {
    Client::builder()
        .credentials("username", "password")
        .base_url(url)
        .proxy_from_env(false)
        .retry(RetryPolicy::never())
        .build()
        .unwrap()
}

/// A server that responds with no body, and settings of a client of it.
async fn empty() -> (MisbehavingServer, Client) {
    let server = MisbehavingServer::always("{}", Fault::EmptySuccess(204)).await.unwrap();
    let client = settings(server.url());
    (server, client)
}

/// A server that responds with `body`, and settings of a client of it.
async fn responding(body: &str) -> (MisbehavingServer, Client) {
    let server = MisbehavingServer::always(body, Fault::None).await.unwrap();
    let client = settings(server.url());
    (server, client)
}

/// What a call gives, and the corrections that it tells of as events: each with path and reading.
fn events<T>(call: impl Future<Output = T>) -> (T, Vec<String>) {
    let corrections = Corrections::default();
    let value = tracing::subscriber::with_default(corrections.clone(), || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(call)
    });
    let events = corrections.0.lock().unwrap().clone();
    (value, events)
}

#[derive(Clone, Default)]
struct Corrections(Arc<Mutex<Vec<String>>>);

impl tracing::Subscriber for Corrections {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        *metadata.level() == tracing::Level::WARN
    }

    fn new_span(&self, _: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, _: &tracing::span::Record<'_>) {}

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.0.lock().unwrap().push(fields.0.join(": "));
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

/// The path of a correction, and its reading.
#[derive(Default)]
struct Fields(Vec<String>);

impl tracing::field::Visit for Fields {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        if matches!(field.name(), "json.path" | "reading") {
            self.0.push(format!("{value:?}").trim_matches('"').to_owned());
        }
    }
}

/// The request lines that the server has seen, without the method, and what came last.
fn last_line(server: &MisbehavingServer) -> String {
    server.seen().last().unwrap().line.clone()
}

fn last_body(server: &MisbehavingServer) -> String {
    String::from_utf8(server.seen().last().unwrap().body.clone()).unwrap()
}
