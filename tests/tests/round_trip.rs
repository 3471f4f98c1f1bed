//! What the generated types say of themselves is what the documents say: nothing lost, nothing
//! gained.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use cx_client_build::Document;
use openapi_review::round_trip::{RoundTrip, TypeDifference, compare};
use serde_json::{Value, json};

fn owned<T: serde::Serialize>(schemas: Vec<(&'static str, T)>) -> Vec<(String, Value)> {
    schemas.into_iter().map(|(pointer, schema)| (pointer.to_owned(), json!(schema))).collect()
}

fn load(path: &str) -> Document {
    Document::load(path).unwrap()
}

#[track_caller]
fn assert_same(round_trip: &RoundTrip, at_least: usize) {
    let differences: Vec<String> = round_trip.differences.iter().map(ToString::to_string).collect();
    assert_eq!(differences, [""; 0]);
    assert!(round_trip.compared >= at_least, "only {} compared", round_trip.compared);
}

#[test]
fn of_our_document() {
    let types = owned(cx_client::json_schemas());
    let document = load("../openapi.yaml");
    // Every component, and every property of one.
    let schemas = document.at("/components/schemas").unwrap().entries().iter();
    let properties = |schema: &cx_client_build::Node| {
        schema.get("properties").map_or(0, |properties| properties.entries().len())
    };
    let count: usize = schemas.map(|schema| 1 + properties(&schema.node)).sum();
    assert_same(&compare(&document, &types), count);
}

#[test]
fn of_richer_documents() {
    let types = owned(cx_client_documents::documents::values::json_schemas());
    assert_same(&compare(&load("documents/values.yaml"), &types), 20);
    let types = owned(cx_client_documents::documents::parameters::json_schemas());
    assert_same(&compare(&load("documents/parameters.yaml"), &types), 5);
}

/// Each change of the document alone is found, with both sides.
#[test]
fn every_kind_of_difference_is_found() {
    let types = owned(cx_client_documents::documents::values::json_schemas());
    let text = std::fs::read_to_string("documents/values.yaml").unwrap();
    let cases = [
        ("id: { type: string, format: uuid }", "id: { type: string }", "id"),
        ("id: { type: string, format: uuid }", "id: { type: string, format: date }", "id"),
        ("required: [id, kind,", "required: [kind,", "id"),
        ("required: [name, kind]", "required: [name, kind, mood]", "mood"),
        ("score: { type: number, format: double }", "score: { type: string }", "score"),
        ("score: { type: number, format: double }", "points: { type: number }", "points"),
        ("born: { type: string, nullable: true,", "born: { type: string,", "born"),
        (
            "friends: { type: array, items: { $ref: '#/components/schemas/Person' } }",
            "friends: { type: array, items: { type: string } }",
            "friends",
        ),
        (
            "additionalProperties: { type: string }",
            "additionalProperties: { type: boolean }",
            "labels",
        ),
        ("enum: [customer, agent]", "enum: [customer]", "Kind"),
        ("enum: [good, bad]", "enum: [good, bad, ugly]", "mood"),
        ("email: { type: string, x-sensitive: true }", "mail: { type: string }", "mail"),
        ("    Phone:\n", "    Telephone:\n      type: string\n    Phone:\n", "Telephone"),
    ];
    for (from, to, name) in cases {
        assert!(text.contains(from), "{from}");
        let document = Document::parse("changed", &text.replacen(from, to, 1)).unwrap();
        let differences = compare(&document, &types).differences;
        assert!(
            differences.iter().any(|TypeDifference { pointer, .. }| pointer.ends_with(name)),
            "{to}: {differences:?}"
        );
        assert!(differences.iter().all(|difference| difference.document != difference.generated));
    }
}
