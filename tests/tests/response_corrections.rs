//! Client error correction: for every required property of every response of `openapi.yaml`, what
//! becomes of a response in which it is `null` or absent.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use cx_client::{Client, Delivery, RetryPolicy};
use cx_client_build::{Document, Node};
use cx_client_tests::every_operation::{CallableOperation, Outcome, operations};
use cx_client_tests::misbehaving_server::{Fault, MisbehavingServer};
use serde_json::{Value, json};

fn document() -> Document {
    Document::load("../openapi.yaml").unwrap()
}

/// The schema and the example of an operation's success.
fn success<'a>(document: &'a Document, id: &str) -> (&'a Node, Value) {
    let paths = document.at("/paths").unwrap().entries();
    let operation = paths
        .iter()
        .flat_map(|path| path.node.entries())
        .find(|entry| entry.node.get("operationId").and_then(Node::as_str) == Some(id))
        .unwrap();
    let responses = operation.node.get("responses").unwrap().entries();
    let response = responses.iter().find(|response| response.key.starts_with('2')).unwrap();
    let media = &document.resolve(&response.node).get("content").unwrap().entries()[0].node;
    let example = media.get("examples").unwrap().entries()[0].node.get("value").unwrap();
    (media.get("schema").unwrap(), example.to_json())
}

/// A required property: its JSON pointer in the example, and its empty value, if it has one that
/// cannot be mistaken for data.
type Required = (String, Option<Value>);

fn required(
    document: &Document,
    schema: &Node,
    value: &Value,
    pointer: &str,
    found: &mut Vec<Required>,
) {
    let schema = document.resolve(schema);
    if let (Some(items), Some(first)) = (schema.get("items"), value.get(0)) {
        required(document, items, first, &format!("{pointer}/0"), found);
    }
    let names: Vec<&str> = schema
        .get("required")
        .map_or(&[][..], Node::items)
        .iter()
        .filter_map(Node::as_str)
        .collect();
    for property in schema.get("properties").map_or(&[][..], Node::entries) {
        let pointer = format!("{pointer}/{}", property.key);
        if names.contains(&property.key.as_str()) {
            found.push((pointer.clone(), empty(document.resolve(&property.node))));
        }
        if let Some(value) = value.get(&property.key) {
            required(document, &property.node, value, &pointer, found);
        }
    }
}

fn empty(schema: &Node) -> Option<Value> {
    if schema.get("nullable").is_some_and(|nullable| nullable.to_json() == true) {
        return Some(Value::Null);
    }
    match schema.get("type").and_then(Node::as_str)? {
        "string" if schema.get("format").is_none() => Some(json!("")),
        "array" => Some(json!([])),
        "object" if schema.get("properties").is_none() => Some(json!({})),
        _ => None,
    }
}

async fn respond(operation: &CallableOperation, body: &Value) -> Outcome {
    let server =
        MisbehavingServer::always(body.to_string(), Fault::OtherSuccess(201)).await.unwrap();
    let client = Client::builder()
        .credentials("username", "password")
        .base_url(server.url())
        .retry(RetryPolicy::never())
        .build()
        .unwrap();
    (operation.send)(client).await
}

/// The same without the properties that are `null`: an `Option` that is `None` may be left out.
fn without_nulls(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(without_nulls).collect(),
        Value::Object(map) => map
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(key, value)| (key, without_nulls(value)))
            .collect(),
        value => value,
    }
}

#[tokio::test]
async fn a_required_property_without_a_value_is_empty_or_leaves_the_body_readable() {
    let document = document();
    let (mut corrected, mut refused) = (0, 0);
    for operation in operations() {
        let (schema, example) = success(&document, operation.id);
        let mut properties = Vec::new();
        required(&document, schema, &example, "", &mut properties);
        assert!(!properties.is_empty(), "{}", operation.id);
        for (pointer, empty) in properties {
            for null in [true, false] {
                let case = format!("{} {pointer} null: {null}", operation.id);
                let mut body = example.clone();
                let (parent, name) = pointer.rsplit_once('/').unwrap();
                let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
                if null {
                    parent.insert(name.to_owned(), Value::Null);
                } else {
                    parent.remove(name);
                }
                let outcome = respond(&operation, &body).await;
                if let Some(empty) = &empty {
                    let mut expected = body.clone();
                    let parent = expected.pointer_mut(pointer.rsplit_once('/').unwrap().0).unwrap();
                    parent[name] = empty.clone();
                    let (status, value) = outcome.unwrap_or_else(|error| panic!("{case}: {error}"));
                    assert_eq!(status, 201, "{case}");
                    assert_eq!(without_nulls(value), without_nulls(expected), "{case}");
                    corrected += 1;
                } else {
                    let error = outcome.expect_err(&case);
                    assert_eq!(error.delivery(), Delivery::Accepted, "{case}");
                    assert!(error.is_decode(), "{case}");
                    assert!(error.to_string().contains(name), "{case}: {error}");
                    assert_eq!(error.body_json::<Value>().unwrap(), body, "{case}");
                    refused += 1;
                }
            }
        }
    }
    assert!(corrected > 0 && refused > 0, "{corrected} {refused}");
}

#[tokio::test]
async fn several_corrections_in_one_response_are_made_together() {
    let document = document();
    for operation in operations() {
        let (schema, example) = success(&document, operation.id);
        let mut properties = Vec::new();
        required(&document, schema, &example, "", &mut properties);
        let (mut body, mut expected) = (example.clone(), example);
        for (index, (pointer, empty)) in properties.into_iter().enumerate() {
            let Some(empty) = empty else { continue };
            let (parent, name) = pointer.rsplit_once('/').unwrap();
            let object = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
            if index % 2 == 0 {
                object.remove(name);
            } else {
                object.insert(name.to_owned(), Value::Null);
            }
            expected.pointer_mut(parent).unwrap()[name] = empty;
        }
        let (_, value) = respond(&operation, &body).await.unwrap();
        assert_eq!(without_nulls(value), without_nulls(expected), "{}", operation.id);
    }
}

#[tokio::test]
async fn one_object_where_a_list_is_documented_is_a_list_of_one() {
    let document = document();
    let mut lists = 0;
    for operation in operations() {
        let (schema, example) = success(&document, operation.id);
        let Some(items) = document.resolve(schema).get("items") else { continue };
        let Some(one) = example.get(0) else { continue };
        lists += 1;
        let (_, value) = respond(&operation, one).await.unwrap();
        assert_eq!(without_nulls(value), without_nulls(json!([one])), "{}", operation.id);
        // Its required properties are corrected like those of a list's items.
        let mut properties = Vec::new();
        required(&document, items, one, "", &mut properties);
        let with_empty = properties.into_iter().find(|(_, empty)| empty == &Some(json!("")));
        if let Some((pointer, _)) = with_empty {
            let (mut absent, mut empty) = (one.clone(), one.clone());
            absent.as_object_mut().unwrap().remove(&pointer[1..]);
            empty[&pointer[1..]] = json!("");
            let (_, value) = respond(&operation, &absent).await.unwrap();
            assert_eq!(without_nulls(value), without_nulls(json!([empty])), "{}", operation.id);
        }
    }
    assert!(lists > 0);
}
