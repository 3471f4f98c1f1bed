//! A page and a document that say the same in other words agree.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use cx_client_build::Document;
use openapi_review::docs::read::read;
use openapi_review::docs::report::Report;
use serde_json::{Value, json};

/// A document whose one operation sends and answers an object with the property `p`.
fn document(version: &str, p: &Value) -> Value {
    let schema = json!({ "type": "object", "properties": { "p": p } });
    let content = json!({ "application/json": { "schema": schema } });
    json!({
        "openapi": version,
        "info": { "title": "Parcels", "version": "1" },
        "security": [],
        "paths": { "/parcels": { "post": {
            "operationId": "send_parcel",
            "requestBody": { "required": true, "content": content },
            "responses": { "200": { "description": "Sent", "content": content } },
        } } },
        "components": { "schemas": {
            "Label": { "type": "object", "properties": { "text": { "type": "string" } } },
        } },
    })
}

/// The report on a page that has the property as `theirs`.
fn report(ours: &Value, version: &str, theirs: &Value) -> Report {
    let spec = Document::parse("spec.json", &document("3.0.3", ours).to_string()).unwrap();
    let block = serde_json::to_string_pretty(&document(version, theirs)).unwrap();
    let page = format!("# Send a parcel\n\n```yaml post /parcels\n{block}\n```\n");
    Report::new(&spec, &[read("page.md", &page).unwrap()])
}

fn object(name: &str) -> Value {
    json!({ "type": "object", "properties": { name: { "type": "string" } } })
}

#[test]
fn equal_schemas_in_other_words_agree() {
    let label = || json!({ "$ref": "#/components/schemas/Label" });
    let sizes = json!({ "type": "string", "enum": ["s", "m"] });
    let single = |size: &str| json!({ "type": "string", "enum": [size] });
    let nullable = json!({ "allOf": [label()], "nullable": true });
    let (text, whole) = (json!({ "type": "string" }), json!({ "type": "integer" }));
    let both = json!({ "type": "object", "properties": {
        "a": { "type": "string" }, "b": { "type": "string" },
    } });
    for (one, other) in [
        (label(), object("text")),
        (label(), json!({ "allOf": [label()] })),
        (label(), json!({ "anyOf": [label()] })),
        (label(), json!({ "oneOf": [label()] })),
        (sizes.clone(), json!({ "type": "string", "enum": ["m", "s"] })),
        (sizes, json!({ "oneOf": [single("s"), single("m")] })),
        (json!({ "oneOf": [text, whole] }), json!({ "anyOf": [whole, text] })),
        (
            json!({ "oneOf": [object("a"), object("b")] }),
            json!({ "oneOf": [object("b"), object("a")] }),
        ),
        (both, json!({ "allOf": [object("b"), object("a")] })),
        (
            json!({ "type": "integer", "minimum": 1 }),
            json!({ "type": "integer", "minimum": 0, "exclusiveMinimum": true }),
        ),
        (whole, json!({ "type": "integer", "maxLength": 5 })),
    ] {
        for (ours, theirs) in [(&one, &other), (&other, &one)] {
            let differences = report(ours, "3.0.3", theirs).differences;
            assert!(differences.is_empty(), "{ours} and {theirs}: {differences:#?}");
        }
    }
    let null = json!({ "anyOf": [label(), { "type": "null" }] });
    let older = report(
        &nullable,
        "3.0.3",
        &json!({ "oneOf": [label(), { "nullable": true, "enum": [null] }] }),
    );
    assert!(older.agrees(), "{:#?}", older.differences);
    let own = json!({ "$ref": "#/$defs/Own", "$defs": { "Own": object("text") } });
    for (ours, theirs) in [(nullable, null), (label(), own), (object("text"), object("text"))] {
        let differences = report(&ours, "3.1.0", &theirs).differences;
        assert!(differences.is_empty(), "{ours} and {theirs}: {differences:#?}");
    }
}

/// What is only another form is a note; beside it, another meaning is found.
#[test]
fn another_form_hides_no_other_meaning() {
    let same = report(
        &json!({ "type": "integer" }),
        "3.0.3",
        &json!({ "minLength": 1, "type": "integer" }),
    );
    assert!(same.notes.iter().any(|note| note.message.contains("`minLength` in other words")));
    let other = report(
        &json!({ "type": "integer" }),
        "3.0.3",
        &json!({ "minLength": 1, "type": "string" }),
    );
    assert!(!other.agrees());
    let choice = report(
        &json!({ "oneOf": [object("a"), object("b")] }),
        "3.0.3",
        &json!({ "oneOf": [object("b"), object("c")] }),
    );
    assert!(!choice.agrees());
}
