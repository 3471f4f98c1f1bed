//! `openapi.yaml` is sound, whatever operations it has: all that is expected of it is read from it.
//! That it says what the documentation says is a test of `xtask`, by the saved pages.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::collections::BTreeSet;

use cx_client_build::{Document, escape_token};
use serde_json::{Value, json};

fn document() -> Value {
    Document::load("../openapi.yaml").unwrap().to_json()
}

#[test]
fn it_is_valid_by_our_rules_and_by_openapiv3() {
    let loaded = Document::load("../openapi.yaml").unwrap();
    assert_eq!(cx_client_build::validate(&loaded), []);
    assert_eq!(openapi_review::lint::check(&loaded).findings, []);
    let spec: openapiv3::OpenAPI = serde_json::from_value(loaded.to_json()).unwrap();
    let paths = loaded.at("/paths").unwrap().entries().iter();
    let operations = paths.flat_map(|path| path.node.entries());
    let ids: BTreeSet<&str> = operations
        .filter_map(|operation| operation.node.get("operationId").and_then(|id| id.as_str()))
        .collect();
    let read: BTreeSet<&str> = spec
        .operations()
        .map(|(_, _, operation)| operation.operation_id.as_deref().unwrap())
        .collect();
    assert_eq!(ids, read);
    assert!(!ids.is_empty());
}

/// The value at a pointer, and the schema that it must fit.
struct Example {
    at: String,
    value: Value,
    schema: String,
}

/// Every example of a document, wherever one may stand (OpenAPI 3.0.4, sections 4.7.12, 4.7.14,
/// 4.7.24).
fn examples(value: &Value, at: &str, found: &mut Vec<Example>) {
    let Value::Object(fields) = value else {
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            examples(item, &format!("{at}/{index}"), found);
        }
        return;
    };
    // A parameter or a media type has a schema; what has examples and no schema is one.
    let schema = if fields.contains_key("schema") { format!("{at}/schema") } else { at.to_owned() };
    let mut add = |at: String, value: &Value| {
        found.push(Example { at, value: value.clone(), schema: schema.clone() });
    };
    if let Some(example) = fields.get("example") {
        add(format!("{at}/example"), example);
    }
    for (name, example) in fields.get("examples").and_then(Value::as_object).into_iter().flatten() {
        add(format!("{at}/examples/{}", escape_token(name)), &example["value"]);
    }
    for (key, child) in fields {
        // Values are not looked into; names of properties are no keywords.
        if matches!(key.as_str(), "example" | "examples" | "default" | "enum") {
            continue;
        }
        let below = format!("{at}/{}", escape_token(key));
        match (key.as_str(), child.as_object()) {
            ("properties", Some(properties)) => {
                for (name, child) in properties {
                    examples(child, &format!("{below}/{}", escape_token(name)), found);
                }
            }
            _ => examples(child, &below, found),
        }
    }
}

/// `nullable` as JSON Schema says it.
fn with_null(value: &mut Value) {
    if value.get("nullable") == Some(&Value::Bool(true))
        && let Some(kind) = value.get("type").cloned().filter(Value::is_string)
    {
        value["type"] = json!([kind, "null"]);
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(with_null),
        Value::Object(fields) => fields.values_mut().for_each(with_null),
        _ => {}
    }
}

/// The schema at `pointer` as JSON Schema: references resolved against the document.
fn validator(document: &Value, pointer: &str) -> jsonschema::Validator {
    let schema = json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "allOf": [document.pointer(pointer)],
        "components": document["components"],
        "paths": document["paths"],
    });
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

#[test]
fn every_example_fits_its_schema() {
    let mut document = document();
    with_null(&mut document);
    let mut found = Vec::new();
    examples(&document, "", &mut found);
    // Each schema that a request or a response has an example of, and each property's.
    assert!(!found.is_empty());
    for Example { at, value, schema } in found {
        let validator = validator(&document, &schema);
        let problems: Vec<String> =
            validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(problems.is_empty(), "{at}: {value}: {problems:?}");
        let anything = [json!({}), json!([]), json!(""), json!(true), Value::Null];
        assert!(anything.iter().any(|one| !validator.is_valid(one)), "{schema} takes anything");
    }
}

/// The examples are what the mock responds with and what users copy: each body has one.
#[test]
fn every_body_has_an_example() {
    let document = document();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let responses = operation["responses"].as_object().into_iter().flatten();
            let successes = responses.filter(|(status, _)| status.starts_with('2'));
            let bodies =
                successes.map(|(_, response)| response).chain(operation.get("requestBody"));
            for media in bodies.flat_map(|body| body["content"].as_object()).flatten() {
                let has = media.1.get("example").is_some() || media.1.get("examples").is_some();
                assert!(has, "{method} {path}: {} has no example", media.0);
            }
        }
    }
}
