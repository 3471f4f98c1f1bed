//! Every kind of schema and operation goes out and comes back as it is.

use cx_client_documents::documents::kinds::mock::MockServerExt as _;
use cx_client_documents::documents::kinds::{client, types};
use cx_client_tests::ID;
use httpmock::MockServer;
use serde_json::{Value, json};

use super::{empty, last_body, last_line, responding, settings};

fn everything() -> Value {
    json!({
        "level": "low", "limited": "abc", "nullable_level": null, "nullable_node": { "name": "n" },
        "alias": { "name": "a", "next": { "name": "b", "other": { "node": { "name": "c" },
            "extended": { "name": "e", "deep": { "name": "f" } } } } },
        "numbers": [1.0, 2.5], "grid": [[1], []], "anything": { "x": [1] }, "free": { "k": 1 },
        "null": null, "list": ["a", null], "nested": { "shape": "Disc", "radius": 2 },
        "inline": { "a": { "b": "x" } }, "text": "t", "count": 4, "ratio": 0.25, "flag": false,
        "mood": "bad", "tags": ["t"], "type": "t", "Self": "s", "": "e", "@id": "i",
        "$ref-like": "r", "123": "n", "with space": "w", "naïve": "n", "-": "m", "small": -1,
        "unsigned": 7, "float": 0.5, "truth": true, "rate": 0.5, "untyped_object": { "a": "b" },
        "untyped_array": ["a"], "untyped_enum": "b", "only_description": [1], "wrapped": "high",
        "scalars": "abc", "numbers_or_strings": [1.5, "ab"], "not_a_string": 5, "exclusive": 3,
        "same_twice": "2030-01-02", "one": "low", "none": "high",
        "deep_ref": { "a": { "b": "x" } },
    })
}

#[tokio::test]
async fn every_kind_is_sent_and_read() {
    let (server, settings) = responding(&everything().to_string()).await;
    let body: types::Kinds = serde_json::from_value(everything()).unwrap();
    let client = client(&settings);
    let request = client
        .post_kinds()
        .number(7)
        .truth(true)
        .id(ID)
        .level(types::Level::Low)
        .day("2030-01-02T03:04:05+06:00")
        .ids(vec![ID])
        .levels(vec![types::Level::High, types::Level::Low])
        .any(json!("a&b"))
        .limit(1)
        .codes(vec![2])
        .x_level(types::Level::High)
        .named("abc")
        .body(body.clone());
    let response = request.send().await.unwrap().into_inner();
    assert_eq!(response, body);
    assert_eq!(
        last_line(&server),
        format!(
            "POST /kinds/7/true/{ID}/low/2030-01-02T03%3A04%3A05%2B06%3A00?ids={ID}&levels=high\
             &levels=low&any=a%26b&limit=1&codes=2&named=abc"
        )
    );
    let sent: Value = serde_json::from_str(&last_body(&server)).unwrap();
    for (key, value) in everything().as_object().unwrap() {
        assert_eq!(&sent[key], value, "{key}");
    }
    assert_eq!(response.none, Some(types::Level::High));
    assert!(matches!(response.nested, Some(types::Nested::Shape(types::Shape::Disc(_)))));
}

#[tokio::test]
async fn every_kind_of_body_is_sent() {
    let (server, settings) = empty().await;
    let client = client(&settings);
    let _ = client.put_text().body("some text").send().await;
    assert_eq!(last_body(&server), "some text");
    let _ = client.patch_bytes().body(vec![1_u8, 2]).send().await;
    assert_eq!(server.seen().last().unwrap().body, [1, 2]);
    client.delete_optional().send().await.unwrap();
    assert_eq!(last_body(&server), "");
    client.delete_optional().body_map(|body| body.why("so")).send().await.unwrap();
    assert_eq!(last_body(&server), r#"{"why":"so"}"#);
    let node = types::Node {
        name: "n".to_owned(),
        next: None,
        other: None,
        children: None,
        by_name: None,
    };
    let _ = client.options_union().body(types::OptionsUnionBody::from(node.clone())).send().await;
    assert_eq!(last_body(&server), r#"{"name":"n"}"#);
    let _ = client.put_vendor().body(node.clone()).send().await;
    assert_eq!(last_body(&server), r#"{"name":"n"}"#);
    // An empty list is another thing than none.
    let empty = types::Node { children: Some(Vec::new()), ..node };
    let _ = client.put_vendor().body(empty).send().await;
    assert_eq!(last_body(&server), r#"{"name":"n","children":[]}"#);
    let array = vec![types::PostArrayBodyItem::from(1), types::PostArrayBodyItem::from("a")];
    let _ = client.post_array().body(array).send().await;
    assert_eq!(last_body(&server), r#"[1,"a"]"#);
}

#[tokio::test]
async fn the_media_type_is_the_documents() {
    let server = MockServer::start_async().await;
    let client = client(&settings(server.base_url()));
    let node: types::Node = serde_json::from_value(json!({ "name": "n" })).unwrap();
    let mock = server.put_vendor(|when, then| {
        let when = when.body(&node).into_inner();
        when.header("content-type", "application/vnd.example+json")
            .header("accept", "application/json; charset=utf-8");
        then.ok(&node);
    });
    assert_eq!(client.put_vendor().body(node.clone()).send().await.unwrap().into_inner(), node);
    mock.assert();
    let mock = server.patch_bytes(|when, then| {
        when.body([1_u8, 2]).into_inner().header("content-type", "application/octet-stream");
        then.default_response(200, &"text".to_owned());
    });
    assert_eq!(client.patch_bytes().body(vec![1_u8, 2]).send().await.unwrap().as_str(), "text");
    mock.assert();
}
