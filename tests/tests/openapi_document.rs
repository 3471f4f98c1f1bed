//! `openapi.yaml` is sound, and says what it infers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use cx_client_build::Document;
use cx_client_tests::{documented_request_body, documented_response_body};
use serde_json::{Value, json};

fn document() -> Value {
    Document::load("../openapi.yaml").unwrap().to_json()
}

/// The schema at `pointer` as JSON Schema: references resolved against the components.
fn validator(document: &Value, pointer: &str) -> jsonschema::Validator {
    let schema = json!({
        "$schema": "http://json-schema.org/draft-04/schema#",
        "allOf": [{ "$ref": format!("#{pointer}") }],
        "components": document["components"],
        "paths": document["paths"],
    });
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

#[track_caller]
fn assert_valid(validator: &jsonschema::Validator, example: &Value) {
    let problems: Vec<String> =
        validator.iter_errors(example).map(|error| error.to_string()).collect();
    assert!(problems.is_empty(), "{example}: {problems:?}");
}

#[test]
fn it_is_valid_by_our_rules_and_by_openapiv3() {
    let loaded = Document::load("../openapi.yaml").unwrap();
    assert_eq!(cx_client_build::validate(&loaded), []);
    let spec: openapiv3::OpenAPI = serde_json::from_value(loaded.to_json()).unwrap();
    assert_eq!(spec.operations().count(), 1);
}

#[test]
fn every_example_fits_its_schema() {
    let document = document();
    let mut checked = 0;
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        let at = format!("/components/schemas/{name}");
        if let Some(example) = schema.get("example") {
            assert_valid(&validator(&document, &at), example);
            checked += 1;
        }
        for (property, schema) in schema["properties"].as_object().into_iter().flatten() {
            if let Some(example) = schema.get("example") {
                assert_valid(
                    &validator(&document, &format!("{at}/properties/{property}")),
                    example,
                );
                checked += 1;
            }
        }
    }
    let operation = &document["paths"]["/api/v1/calls"]["post"];
    for media in [&operation["requestBody"], &operation["responses"]["200"]] {
        let media = &media["content"]["application/json"];
        let reference = media["schema"]["$ref"].as_str().unwrap();
        for example in media["examples"].as_object().unwrap().values() {
            let validator = validator(&document, reference.strip_prefix('#').unwrap());
            assert_valid(&validator, &example["value"]);
            assert!(!validator.is_valid(&json!({})), "{reference} accepts anything");
            checked += 1;
        }
    }
    // One per property, one for the enum in its own schema, and the two samples.
    assert_eq!(checked, 4 + 10 + 1 + 2);
}

#[test]
fn the_examples_are_the_documented_ones() {
    let document = document();
    let operation = &document["paths"]["/api/v1/calls"]["post"];
    let example = |media: &Value| {
        media["content"]["application/json"]["examples"]["documented"]["value"].clone()
    };
    assert_eq!(example(&operation["requestBody"]), documented_request_body());
    assert_eq!(example(&operation["responses"]["200"]), documented_response_body());
}

#[test]
fn every_format_is_marked_as_inferred() {
    fn visit(value: &Value, formats: &mut usize) {
        if let Value::Object(fields) = value {
            if fields.get("format").is_some_and(Value::is_string) {
                *formats += 1;
                let reason = fields.get("x-inferred").and_then(Value::as_str).unwrap_or_default();
                assert!(!reason.is_empty(), "{value}");
            }
            fields.values().for_each(|value| visit(value, formats));
        }
    }
    let mut formats = 0;
    visit(&document()["components"]["schemas"], &mut formats);
    assert_eq!(formats, 6);
}
