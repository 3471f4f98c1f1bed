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
mod printing;
mod refusals;
mod responses;
mod self_composition;
mod unions;

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

/// A server that answers with no body, and settings of a client of it.
async fn empty() -> (MisbehavingServer, Client) {
    let server = MisbehavingServer::always("{}", Fault::EmptySuccess(204)).await.unwrap();
    let client = settings(server.url());
    (server, client)
}

/// A server that answers with `body`, and settings of a client of it.
async fn answering(body: &str) -> (MisbehavingServer, Client) {
    let server = MisbehavingServer::always(body, Fault::None).await.unwrap();
    let client = settings(server.url());
    (server, client)
}

/// The request lines that the server has seen, without the method, and what came last.
fn last_line(server: &MisbehavingServer) -> String {
    server.seen().last().unwrap().line.clone()
}

fn last_body(server: &MisbehavingServer) -> String {
    String::from_utf8(server.seen().last().unwrap().body.clone()).unwrap()
}
