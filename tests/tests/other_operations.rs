//! The runtime serves operations that it has never seen: the same sources, other documents.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::time::Duration;

use cx_client_documents::documents::kinds;
use cx_client_documents::documents::parameters::{Client, client, types};
use cx_client_documents::documents::values::types as values;
use cx_client_documents::{Delivery, RetryPolicy};
use cx_client_tests::ID;
use cx_client_tests::misbehaving_server::{Fault, MisbehavingServer};
use serde_json::json;

const CALL: &str = r#"{"id":"123e4567-e89b-12d3-a456-426614174000","note":"n"}"#;

async fn with(fault: Fault) -> (MisbehavingServer, Client) {
    let server = MisbehavingServer::always(CALL, fault).await.unwrap();
    let settings = cx_client_documents::Client::builder()
        .credentials("username", "password")
        .base_url(server.url() + "/v2")
        .proxy_from_env(false)
        .timeout(Duration::from_millis(1000))
        .max_response_bytes(10_000)
        .retry(RetryPolicy::default().base_delay(Duration::from_millis(1)))
        .build()
        .unwrap();
    let client = client(&settings);
    (server, client)
}

#[tokio::test]
async fn parameters_go_where_the_document_says() {
    let (server, client) = with(Fault::None).await;
    let call = client
        .get_call()
        .call_id(ID)
        .verbose(true)
        .label(vec!["a b".to_owned(), "c&d".to_owned()])
        .x_trace("trace")
        .send()
        .await
        .unwrap();
    assert_eq!((call.id, call.note.as_deref()), (ID, Some("n")));
    assert_eq!(
        server.seen()[0].line,
        format!("GET /v2/calls/{ID}?verbose=true&label=a%20b&label=c%26d")
    );
    client.get_call().call_id(ID).send().await.unwrap();
    assert_eq!(server.seen()[1].line, format!("GET /v2/calls/{ID}"));
}

#[tokio::test]
async fn idempotent_methods_are_sent_again_where_a_post_is_not() {
    for (fault, requests, delivery) in [
        (Fault::Status(500), 3, Delivery::Unknown),
        (Fault::HtmlError(502), 3, Delivery::Unknown),
        (Fault::Status(503), 3, Delivery::Unknown),
        (Fault::RetryAfter(503, 0), 3, Delivery::Unknown),
        (Fault::RetryAfter(503, 3600), 1, Delivery::Unknown),
        (Fault::Status(504), 3, Delivery::Unknown),
        (Fault::Status(501), 1, Delivery::Unknown),
        (Fault::Status(408), 3, Delivery::Rejected),
        (Fault::Status(429), 3, Delivery::Rejected),
        (Fault::Status(404), 1, Delivery::Rejected),
        (Fault::Redirect(307), 1, Delivery::Rejected),
        (Fault::Reset, 3, Delivery::Unknown),
        (Fault::NoResponse, 3, Delivery::Unknown),
        (Fault::CloseMidHeader, 3, Delivery::Unknown),
        (Fault::Garbage, 3, Delivery::Unknown),
        (Fault::CloseMidBody, 1, Delivery::Accepted),
        (Fault::TruncatedJson, 1, Delivery::Accepted),
    ] {
        let (server, client) = with(fault).await;
        let error = client.get_call().call_id(ID).send().await.unwrap_err();
        assert_eq!((server.seen().len(), error.delivery()), (requests, delivery), "GET {fault:?}");
        assert_eq!(error.attempts() as usize, requests, "GET {fault:?}");

        let call: types::Call = serde_json::from_str(CALL).unwrap();
        let error = client.replace_call().call_id(ID).body(call).send().await.unwrap_err();
        assert_eq!(server.seen().len(), 2 * requests, "PUT {fault:?}: {error}");
    }
}

#[tokio::test]
async fn a_body_is_sent_again_whole_and_a_stream_once() {
    let streamed = reqwest::Response::from(http::Response::new("abc"));
    let bodies: [(reqwest::Body, usize); 3] =
        [("abc".into(), 3), (vec![b'a'; 100_000].into(), 3), (streamed.into(), 1)];
    for (body, requests) in bodies {
        let server = MisbehavingServer::always("{}", Fault::RetryAfter(429, 0)).await.unwrap();
        let settings = cx_client_documents::Client::builder()
            .credentials("username", "password")
            .base_url(server.url())
            .proxy_from_env(false)
            .build()
            .unwrap();
        let whole = body.as_bytes().unwrap_or(b"abc").to_vec();
        let error = kinds::client(&settings).patch_bytes().body(body).send().await.unwrap_err();
        let seen = server.seen();
        assert_eq!((seen.len(), error.attempts() as usize), (requests, requests), "{error}");
        assert!(seen.iter().all(|seen| seen.body == whole));
        assert!(seen[0].head.contains("content-type: application/octet-stream"));
    }
}

#[tokio::test]
async fn an_operation_without_a_body_is_read_as_such() {
    let (server, client) = with(Fault::EmptySuccess(204)).await;
    let response = client.delete_call().call_id(ID).send().await.unwrap();
    assert_eq!(response.status(), 204);
    assert_eq!(server.seen()[0].line, format!("DELETE /v2/calls/{ID}"));
}

#[tokio::test]
async fn a_stream_arrives_whole_and_beyond_the_limit() {
    let long = format!("{{\"sound\":\"{}\"}}", "x".repeat(50_000));
    let server = MisbehavingServer::always(long.clone(), Fault::None).await.unwrap();
    let settings = cx_client_documents::Client::builder()
        .credentials("username", "password")
        .base_url(server.url())
        .proxy_from_env(false)
        .max_response_bytes(10)
        .build()
        .unwrap();
    let client = client(&settings);
    let response = client.get_recording().call_id("a/b c").number(7).send().await.unwrap();
    assert_eq!(server.seen()[0].line, "GET /calls/a%2Fb%20c/recordings/7");
    let mut stream = response.into_inner();
    let mut received = Vec::new();
    while let Some(chunk) = stream.chunk().await.unwrap() {
        received.extend_from_slice(&chunk);
    }
    assert_eq!(received, long.as_bytes());
}

#[tokio::test]
async fn a_path_parameter_cannot_change_the_path() {
    let (server, client) = with(Fault::None).await;
    for id in ["..", ".", "", "%2e%2e", "../..", "a/../b"] {
        let result = client.get_recording().call_id(id).number(7).send().await;
        for seen in server.seen() {
            let segments: Vec<&str> = seen.line.split('/').collect();
            assert_eq!(segments.len(), 6, "{id}: {}", seen.line);
            assert!(seen.line.ends_with("/recordings/7"), "{id}: {}", seen.line);
        }
        if let Err(error) = result {
            assert_eq!(error.delivery(), Delivery::NotSent, "{id}: {error}");
            assert!(error.to_string().contains("would change the path"), "{error}");
        }
    }
    let refused = client.get_recording().call_id("..").number(7).send().await;
    assert!(refused.is_err_and(|error| error.is_invalid_request()));
}

#[test]
fn unknown_values_of_a_response_are_kept() {
    let text = r#"{"id":"123e4567-e89b-12d3-a456-426614174000","kind":"robot","state":"dreaming",
        "born":null,"contact":{"email":"e"}}"#;
    let person: values::Person = serde_json::from_str(text).unwrap();
    assert_eq!(person.kind, values::Kind::Unknown("robot".to_owned()));
    assert_eq!(person.state.to_string(), "dreaming");
    assert_eq!(json!(person)["state"], "dreaming");
    let known: values::Person = serde_json::from_str(&text.replace("dreaming", "unknown")).unwrap();
    assert_eq!(known.state, values::PersonState::Unknown);
    let not_text = serde_json::from_str::<values::Person>(&text.replace("\"robot\"", "7"));
    assert!(not_text.is_err());
}

#[test]
fn personal_data_is_redacted_wherever_it_stands() {
    let person: values::Person = serde_json::from_value(json!({
        "id": ID, "kind": "customer", "state": "active", "born": "secret-date", "score": 1.5,
        "phone": "secret-phone", "labels": {"a": "b"},
        "contact": {"email": "secret-email", "verified": true},
        "friends": [{"id": ID, "kind": "agent", "state": "asleep", "born": "secret-friend",
                     "contact": {"email": "secret-email"}}],
    }))
    .unwrap();
    let body: values::CreatePersonBody = serde_json::from_value(json!({
        "name": "secret-name", "kind": "agent", "nickname": "secret-nick",
        "phones": ["secret-phone"], "mood": "good",
    }))
    .unwrap();
    let builder =
        values::CreatePersonBody::builder().name("secret-name").nickname("secret-nick".to_owned());
    let text = format!("{person:?} {person:#?} {body:?} {body:#?} {builder:?}");
    assert!(!text.contains("secret"), "{text}");
    assert!(text.contains("born: [redacted]") && text.contains("score: Some(1.5)"), "{text}");
    assert!(text.contains("Phone([redacted])"), "{text}");
}

/// A value in the path or the query can be personal data; reqwest's errors quote the URL.
#[tokio::test]
async fn no_error_quotes_the_url() {
    for fault in [Fault::Reset, Fault::NoResponse, Fault::Status(404), Fault::CloseMidBody] {
        let (_server, client) = with(fault).await;
        let result = client.get_call().call_id(ID).label(vec!["+4915112345678".to_owned()]).send();
        let error = result.await.unwrap_err();
        let mut text = String::new();
        let mut next: Option<&dyn std::error::Error> = Some(&error);
        while let Some(error) = next {
            text.push_str(&format!("{error} {error:?}\n"));
            next = error.source();
        }
        assert!(text.contains("get_call (GET /calls/{callId})"), "{text}");
        for private in ["15112345678", "123e4567", "127.0.0.1"] {
            assert!(!text.contains(private), "{fault:?}: {private} in {text}");
        }
    }
}

/// A parameter can have the name of a variable of the generated code.
#[tokio::test]
async fn parameters_can_have_any_name() {
    let (server, client) = with(Fault::EmptySuccess(204)).await;
    let operation = client.names_of_the_generated_code().client("c").url("u").request("q");
    operation.response("p").result("r").send().await.unwrap();
    let line = &server.seen()[0].line;
    assert!(line.starts_with("POST /v2/names/c?"), "{line}");
    for pair in ["url=u", "request=q", "response=p", "result=r"] {
        assert!(line.contains(pair), "{line}");
    }
}
