//! A request that is not complete or not valid: nothing is sent, and the message says what is wrong
//! without the value.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use cx_client::{Client, Delivery, Error, types};
use cx_client_documents::documents::parameters;
use cx_client_tests::misbehaving_server::{Fault, MisbehavingServer};
use cx_client_tests::{ID, documented_request, documented_response_body};

async fn server() -> MisbehavingServer {
    MisbehavingServer::always(documented_response_body().to_string(), Fault::None).await.unwrap()
}

#[track_caller]
fn assert_invalid(error: &Error, problem: &str) {
    assert!(error.is_invalid_request(), "{error}");
    assert_eq!((error.delivery(), error.attempts()), (Delivery::NotSent, 0), "{error}");
    let text = format!("{error} {error:?}");
    assert!(text.contains(problem), "{text}");
    assert!(!text.contains("hunter2") && !text.contains("::"), "{text}");
}

#[tokio::test]
async fn a_body_must_be_given_whole() {
    let server = server().await;
    let client = Client::builder()
        .credentials("username", "password")
        .base_url(server.url())
        .build()
        .unwrap();
    let error = client.create_call().send().await.unwrap_err();
    assert_invalid(&error, "the body was not given: set it");

    let partial = || types::CreateCallRequest::builder().agent_id(ID);
    let error = client.create_call().body(partial()).send().await.unwrap_err();
    assert_invalid(&error, "the body is not a valid `CreateCallRequest`: `channel` was not given");
    let error = client.create_call().body_map(|_| partial()).send().await.unwrap_err();
    assert_invalid(&error, "`channel` was not given");

    let wrong = |request: types::builder::CreateCallRequest| request.agent_id("hunter2".to_owned());
    let error = client.create_call().body_map(wrong).send().await.unwrap_err();
    assert_invalid(&error, "`agent_id` is not a valid `Uuid`");
    let error = client.create_call().body(wrong(partial())).send().await.unwrap_err();
    assert_invalid(&error, "`agent_id` is not a valid `Uuid`");

    /// A body of the user's own, whose conversion quotes a value.
    struct Own;
    impl TryFrom<Own> for types::CreateCallRequest {
        type Error = String;
        fn try_from(_: Own) -> Result<Self, String> {
            Err("there is no agent hunter2".to_owned())
        }
    }
    let error = client.create_call().body(Own).send().await.unwrap_err();
    assert_invalid(&error, "the body is not a valid `CreateCallRequest`");

    assert!(server.seen().is_empty());
    let complete = documented_request();
    client.create_call().body_map(|_| complete.clone().into()).send().await.unwrap();
    client.create_call().body(complete.clone()).body_map(|body| body).send().await.unwrap();
    assert_eq!(server.seen()[0].body, server.seen()[1].body);
    assert_eq!(server.seen()[0].body, serde_json::to_vec(&complete).unwrap());
}

#[tokio::test]
async fn a_parameter_is_named_with_its_type() {
    let server = server().await;
    let settings = cx_client_documents::Client::builder()
        .credentials("username", "password")
        .base_url(server.url())
        .build()
        .unwrap();
    let client = parameters::client(&settings);
    let invalid = |error: cx_client_documents::Error, problem: &str| {
        assert!(error.is_invalid_request(), "{error}");
        let text = format!("{error} {error:?}");
        assert!(text.contains(problem), "{text}");
        assert!(!text.contains("hunter2") && !text.contains("::"), "{text}");
    };
    let error = client.get_call().call_id("hunter2".to_owned()).send().await.unwrap_err();
    invalid(error, "the parameter `call_id` is not a valid `Uuid`");
    let error = client.get_call().send().await.unwrap_err();
    invalid(error, "`call_id` was not given: set it");
    let error = client.list_calls().limit(u64::MAX).send().await.unwrap_err();
    invalid(error, "the parameter `limit` is not a valid `i32`");
    let error = client.list_calls().limit(0).send().await.unwrap_err();
    invalid(error, "`limit` cannot be sent, since it is less than 1");
    let error = client.list_calls().limit(1).order("hunter2").send().await.unwrap_err();
    invalid(error, "the parameter `order` is not a valid `ListCallsOrder`");
    assert!(server.seen().is_empty());
}
