//! The documented request goes out as documented, and the documented response comes back typed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use cx_client::types::{Channel, CreateCallRequest};
use cx_client::{Client, Delivery};
use cx_client_tests::{ID, documented_request, documented_request_body, documented_response_body};
use httpmock::prelude::*;
use serde_json::{Value, json};

fn client(server: &MockServer) -> Client {
    Client::builder()
        .credentials("username", "password")
        .base_url(server.base_url())
        .build()
        .unwrap()
}

/// What a server saw of a request.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    method: String,
    target: String,
    headers: BTreeMap<String, String>,
    body: Value,
}

/// A mock that responds as documented and keeps what it sees.
async fn recording(server: &MockServer) -> Arc<Mutex<Vec<Seen>>> {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    server
        .mock_async(|when, then| {
            when.is_true(move |request| {
                let headers = request
                    .headers()
                    .iter()
                    .map(|(name, value)| {
                        (name.as_str().to_owned(), value.to_str().unwrap().to_owned())
                    })
                    .collect();
                log.lock().unwrap().push(Seen {
                    method: request.method().to_string(),
                    target: request.uri().to_string(),
                    headers,
                    body: serde_json::from_slice(&request.body_vec()).unwrap(),
                });
                true
            });
            then.status(200)
                .header("content-type", "application/json")
                .json_body(documented_response_body());
        })
        .await;
    seen
}

#[tokio::test]
async fn the_request_equals_the_documented_one_for_every_channel() {
    let server = MockServer::start_async().await;
    let seen = recording(&server).await;
    let client = client(&server);
    for (channel, text) in [
        (Channel::Call, "call"),
        (Channel::Sms, "sms"),
        (Channel::Whatsapp, "whatsapp"),
        (Channel::Webchat, "webchat"),
    ] {
        let request = CreateCallRequest { channel, ..documented_request() };
        client.create_call().body(request).send().await.unwrap();

        let seen = seen.lock().unwrap().pop().unwrap();
        let mut body = documented_request_body();
        body["channel"] = json!(text);
        assert_eq!(seen.method, "POST");
        assert!(seen.target.ends_with("/api/v1/calls"), "{}", seen.target);
        assert_eq!(seen.body, body);
        assert_eq!(seen.headers["authorization"], "Basic dXNlcm5hbWU6cGFzc3dvcmQ=");
        assert_eq!(seen.headers["content-type"], "application/json");
        assert_eq!(seen.headers["user-agent"], concat!("cx-client/", env!("CARGO_PKG_VERSION")));
        // Beyond the documented two: what HTTP needs (RFC 9110 sections 7.2 and 8.6), what the
        // client can read, and who it is.
        let names: Vec<&str> = seen.headers.keys().map(String::as_str).collect();
        let allowed =
            ["accept", "authorization", "content-length", "content-type", "host", "user-agent"];
        assert_eq!(names, allowed);
        assert!(!seen.headers.contains_key("api-version"));
    }
}

#[tokio::test]
async fn the_body_is_the_documented_one_to_the_byte() {
    let server = MockServer::start_async().await;
    let exact = server
        .mock_async(|when, then| {
            when.body(concat!(
                r#"{"agentId":"123e4567-e89b-12d3-a456-426614174000","channel":"call","#,
                r#""skillId":"123e4567-e89b-12d3-a456-426614174000","#,
                r#""customerName":"John Does","customerPhone":"+1234567890"}"#,
            ));
            then.status(200).json_body(documented_response_body());
        })
        .await;
    client(&server).create_call().body(documented_request()).send().await.unwrap();
    exact.assert_async().await;
}

#[tokio::test]
async fn the_documented_response_comes_back_typed() {
    let server = MockServer::start_async().await;
    recording(&server).await;
    let response = client(&server).create_call().body(documented_request()).send().await.unwrap();
    assert_eq!(response.status(), 200);
    let call = response.into_inner();
    assert_eq!(call.id, ID);
    assert_eq!(call.status, "in-progress");
    assert_eq!(call.agent_phone, "+1234567890");
    assert_eq!(call.customer_phone, "+1234567890");
    assert_eq!(call.agent_id, ID);
    assert_eq!(call.customer_id, ID);
    assert_eq!(call.skill_id, ID);
    assert_eq!(call.customer_name, "John Doe");
    assert_eq!(call.transcription, "Hello, how can I help you?");
    assert_eq!(call.recording_url, "https://example.com/recording.wav");
}

#[tokio::test]
async fn a_request_can_be_built_by_its_builder() {
    let server = MockServer::start_async().await;
    let seen = recording(&server).await;
    client(&server)
        .create_call()
        .body_map(|body| {
            body.agent_id(ID)
                .channel(Channel::Call)
                .skill_id(ID)
                .customer_name("John Does")
                .customer_phone("+1234567890")
        })
        .send()
        .await
        .unwrap();
    assert_eq!(seen.lock().unwrap()[0].body, documented_request_body());
}

#[tokio::test]
async fn text_of_every_kind_survives_the_round_trip() {
    let server = MockServer::start_async().await;
    let echo = server
        .mock_async(|when, then| {
            when.method(POST);
            then.respond_with(|request: &HttpMockRequest| {
                let sent: Value = serde_json::from_slice(&request.body_vec()).unwrap();
                let mut body = documented_response_body();
                body["customerName"] = sent["customerName"].clone();
                body["transcription"] = sent["customerPhone"].clone();
                HttpMockResponse::builder()
                    .status(200)
                    .header("content-type", "application/json")
                    .body(body.to_string())
                    .build()
            });
        })
        .await;
    let client = client(&server);
    let texts = [
        "",
        "Zoë Łukasz 李小龍 محمد",
        "🦀 e\u{301} \u{200f}",
        "\"quoted\" \\ 'single'",
        "line\nbreak\r\n\ttab \u{0} \u{1f}",
        "</script>&amp;%20",
    ];
    for text in texts {
        let request = CreateCallRequest {
            customer_name: text.to_owned(),
            customer_phone: text.to_owned(),
            ..documented_request()
        };
        let call = client.create_call().body(request).send().await.unwrap().into_inner();
        assert_eq!(call.customer_name, text);
        assert_eq!(call.transcription, text);
    }
    echo.assert_calls_async(texts.len()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_call_can_be_spawned() {
    let server = MockServer::start_async().await;
    recording(&server).await;
    let client = client(&server);
    let task = tokio::spawn(async move {
        client.create_call().body(documented_request()).send().await.map(|call| call.id)
    });
    assert_eq!(task.await.unwrap().unwrap(), ID);
}

#[tokio::test]
async fn a_missing_value_is_an_error_before_anything_is_sent() {
    let server = MockServer::start_async().await;
    let seen = recording(&server).await;
    let client = client(&server);
    let incomplete = client.create_call().body_map(|body| {
        body.agent_id(ID).channel(Channel::Sms).skill_id(ID).customer_name("John Does")
    });
    let error = incomplete.send().await.unwrap_err();
    assert!(error.is_invalid_request());
    assert_eq!(error.delivery(), Delivery::NotSent);
    assert_eq!(error.attempts(), 0);
    assert!(error.to_string().contains("customer_phone"), "{error}");
    assert_eq!(seen.lock().unwrap().len(), 0);
}

#[tokio::test]
async fn a_value_that_cannot_be_converted_is_named_and_not_quoted() {
    let server = MockServer::start_async().await;
    let seen = recording(&server).await;
    let client = client(&server);
    let wrong =
        client.create_call().body_map(|body| body.agent_id("John Does").channel("carrier pigeon"));
    let error = wrong.send().await.unwrap_err();
    assert!(error.to_string().contains("agent_id"), "{error}");
    assert!(!format!("{error} {error:?}").contains("John"), "{error:?}");
    assert_eq!(seen.lock().unwrap().len(), 0);
}

#[test]
fn the_base_url_is_the_one_of_the_document() {
    let document = cx_client_build::Document::load("../openapi.yaml").unwrap();
    let url = document.at("/servers/0/url").and_then(|url| url.as_str());
    assert!(url.is_some());
    assert_eq!(cx_client::BASE_URL, url);
}
