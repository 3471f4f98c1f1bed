//! Schemas say what they mean in one way.

use serde_json::{Map, Value, json};

use super::sites;
use crate::diagnostic::Diagnostic;
use crate::document::Document;

/// What describes a schema and constrains no value.
const ANNOTATIONS: &[&str] = &[
    "title",
    "description",
    "default",
    "nullable",
    "readOnly",
    "writeOnly",
    "example",
    "externalDocs",
    "deprecated",
    "xml",
    "discriminator",
];

/// The schemas that a schema is composed of, besides `not`.
const COMPOSITIONS: &[&str] = &["allOf", "oneOf", "anyOf"];

/// The keywords that constrain values of a type (JSON Schema Validation, draft wright-00).
fn keywords(kind: &str) -> &'static [&'static str] {
    match kind {
        "string" => &["minLength", "maxLength", "pattern", "format", "enum"],
        "integer" | "number" => &[
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "format",
            "enum",
        ],
        "boolean" => &["enum"],
        "array" => &["items", "minItems", "maxItems", "uniqueItems"],
        "object" => {
            &["properties", "required", "additionalProperties", "minProperties", "maxProperties"]
        }
        _ => &[],
    }
}

/// Gives every schema the type that it has without saying so, takes out the keywords that constrain
/// nothing, and makes a schema of no type at all what it is: any JSON value.
///
/// - A keyword of another type than the schema's constrains no value, and progenitor refuses it.
/// - `properties` and `items` without a `type` are an object and an array; an `enum` has the type of
///   its values; any other schema without a type takes every value, also with `nullable`.
/// - `not` cannot be said in a type of Rust, and neither can `enum` of arrays or objects, or of
///   values of several types; such values are not checked.
///
/// # Errors
///
/// Findings about values of an `enum` that are not of the schema's type.
pub(super) fn normalize(document: &Document, json: &mut Value) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    sites::schemas(json, &mut |pointer, schema| {
        if schema.contains_key("$ref") {
            return;
        }
        schema.remove("not");
        if COMPOSITIONS.iter().any(|key| schema.contains_key(*key)) {
            exclusive_bounds(schema);
            return;
        }
        let kind = schema.get("type").and_then(Value::as_str).or_else(|| implied(schema));
        let kind = kind.map(str::to_owned);
        let wanted = kind.as_deref().map_or(&[][..], keywords);
        schema.retain(|key, _| {
            key.starts_with("x-")
                || ANNOTATIONS.contains(&key.as_str())
                || wanted.contains(&key.as_str())
        });
        let Some(kind) = kind else {
            // It takes null too.
            schema.remove("nullable");
            return;
        };
        diagnostics.extend(foreign_enum_values(document, schema, &kind, pointer));
        schema.insert("type".to_owned(), json!(kind));
        exclusive_bounds(schema);
        crates_of_others(schema, &kind);
    });
    diagnostics
}

/// The type that a schema without one has.
fn implied(schema: &Map<String, Value>) -> Option<&'static str> {
    if let Some(values) = schema.get("enum").and_then(Value::as_array) {
        let mut kinds = values.iter().filter(|value| !value.is_null()).map(kind_of);
        let first = kinds.next().flatten()?;
        return kinds.all(|kind| kind == Some(first)).then_some(first);
    }
    let has = |key: &&str| schema.contains_key(*key);
    if ["properties", "additionalProperties"].iter().any(has) {
        return Some("object");
    }
    has(&"items").then_some("array")
}

/// The type of a value that an `enum` may have.
fn kind_of(value: &Value) -> Option<&'static str> {
    match value {
        Value::Bool(_) => Some("boolean"),
        Value::Number(number) if number.is_f64() => Some("number"),
        Value::Number(_) => Some("integer"),
        Value::String(_) => Some("string"),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// An `enum` value of another type is a mistake, which no value can ever be.
fn foreign_enum_values(
    document: &Document,
    schema: &Map<String, Value>,
    kind: &str,
    pointer: &str,
) -> Vec<Diagnostic> {
    let values = schema.get("enum").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let foreign = values.iter().enumerate().filter(|(_, value)| {
        let integral = value.as_f64().is_some_and(|number| number.fract() == 0.0);
        match (kind_of(value), kind) {
            (None, _) => !value.is_null(),
            (Some("integer"), "number") => false,
            (Some("number"), "integer") => !integral,
            (Some(found), kind) => found != kind,
        }
    });
    foreign
        .map(|(index, value)| {
            let pointer = format!("{pointer}/enum/{index}");
            Diagnostic::error(
                "enum-value",
                document.file(),
                document.position(&pointer),
                format!("the enum value `{value}` is not of the schema's type `{kind}`"),
            )
            .pointer(pointer)
            .help("write it as a value of that type (a string in quotes), or correct the type")
        })
        .collect()
}

/// An exclusive bound without the bound says nothing.
fn exclusive_bounds(schema: &mut Map<String, Value>) {
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        if !schema.contains_key(bound) {
            schema.remove(exclusive);
        }
    }
}

/// Dates become strings: their types are in a crate that the client does not depend on, and would
/// refuse what a server writes in another way.
fn crates_of_others(schema: &mut Map<String, Value>, kind: &str) {
    let format = schema.get("format").and_then(Value::as_str);
    if kind == "string" && matches!(format, Some("date" | "date-time")) {
        schema.remove("format");
    }
}
