//! Media types, responses that differ by status, and values of any type.

use cx_client_documents::documents::media_types::types::{
    CreateOrderSuccess, Order, PutNothingSuccess,
};
use cx_client_documents::documents::media_types::{client, mock};
use httpmock::MockServer;
use mock::MockServerExt as _;
use serde_json::{Value, json};

use super::{empty, settings};

fn order() -> Order {
    serde_json::from_value(json!({ "note": "n", "anything": [1], "of_any_type": 7 })).unwrap()
}

#[tokio::test]
async fn each_status_is_read_as_its_own_variant() {
    for (status, body, expected) in [
        (200, json!({ "note": "n" }), json!({ "Ok": { "note": "n" } })),
        (201, json!({ "made": true }), json!({ "Created": { "made": true } })),
        (202, json!(["later"]), json!({ "Accepted": ["later"] })),
        (207, Value::Null, json!("Other")),
    ] {
        let server = MockServer::start_async().await;
        server.mock(|_, then| {
            then.status(status).json_body(body);
        });
        let client = client(&settings(server.base_url()));
        let response = client.create_order().body(order()).send().await.unwrap();
        assert_eq!(response.status(), status);
        assert_eq!(serde_json::to_value(response.into_inner()).unwrap(), expected);
    }
}

/// Whatever the document says of it.
#[tokio::test]
async fn a_response_that_has_no_body_in_http_is_read_as_nothing() {
    let (server, settings) = empty().await;
    let calls = client(&settings);
    let () = calls.get_nothing().send().await.unwrap().into_inner();
    let success = calls.put_nothing().send().await.unwrap().into_inner();
    assert!(matches!(success, PutNothingSuccess::NoContent), "{success:?}");
    assert_eq!(server.seen().len(), 2);

    let server = MockServer::start_async().await;
    let head = server.head_order(|_, then| {
        then.ok();
    });
    let () =
        client(&super::settings(server.base_url())).head_order().send().await.unwrap().into_inner();
    head.assert();
}

#[tokio::test]
async fn the_first_media_type_that_can_be_sent_is_sent() {
    let server = MockServer::start_async().await;
    let placed = server.mock(|when, then| {
        when.header("content-type", "application/vnd.example+json")
            .header("accept", "application/json, application/vnd.example+json")
            .json_body(json!({ "note": "n", "anything": [1], "of_any_type": 7 }));
        then.status(202).json_body(json!([]));
    });
    let client = client(&settings(server.base_url()));
    let response = client.create_order().body(order()).send().await.unwrap();
    assert!(
        matches!(response.into_inner(), CreateOrderSuccess::Accepted(later) if later.is_empty())
    );
    placed.assert();
}

#[tokio::test]
async fn successes_of_one_type_are_of_that_type_and_bytes_go_out_as_they_are() {
    let server = MockServer::start_async().await;
    let put = server.mock(|when, then| {
        when.header("content-type", "image/png").body("png");
        then.status(201).json_body(json!({ "note": "n" }));
    });
    let client = client(&settings(server.base_url()));
    let response = client.put_picture().id(1).body("png").send().await.unwrap();
    assert_eq!(response.note.as_deref(), Some("n"));
    put.assert();
}

#[tokio::test]
async fn a_success_without_a_body_beside_bytes_is_read_too() {
    let server = MockServer::start_async().await;
    server.mock(|_, then| {
        then.status(202);
    });
    let client = client(&settings(server.base_url()));
    let response = client.get_picture().id(1).send().await.unwrap();
    assert_eq!(response.status(), 202);
}

#[tokio::test]
async fn a_value_of_any_type_is_any_json() {
    for value in [json!(null), json!("text"), json!({ "a": [1.5] })] {
        let server = MockServer::start_async().await;
        let placed = server.mock(|when, then| {
            when.header("content-type", "application/json").json_body(value.clone());
            then.status(200).json_body(value.clone());
        });
        let client = client(&settings(server.base_url()));
        let response = client.put_anything().body(value.clone()).send().await.unwrap();
        assert_eq!(response.into_inner(), value);
        placed.assert();
    }
}

#[tokio::test]
async fn what_has_parts_is_json_where_any_media_type_is_documented() {
    let server = MockServer::start_async().await;
    server.get_range(|_, then| {
        then.ok(&order());
    });
    server.put_range(|_, then| {
        then.ok("text");
    });
    let client = client(&settings(server.base_url()));
    let response = client.get_range().send().await.unwrap();
    assert_eq!(response.headers()["content-type"], "application/json");
    assert_eq!(response.note.as_deref(), Some("n"));
    let _: cx_client_documents::ByteStream = client.put_range().send().await.unwrap().into_inner();
}

#[tokio::test]
async fn the_mock_responds_with_each_status_and_its_own_type() {
    let server = MockServer::start_async().await;
    server.create_order(|_, then| {
        then.created(&mock::examples::create_order::response());
    });
    let client = client(&settings(server.base_url()));
    let response = client.create_order().body(order()).send().await.unwrap();
    assert!(matches!(response.into_inner(), CreateOrderSuccess::Created(made) if made.made));
}
