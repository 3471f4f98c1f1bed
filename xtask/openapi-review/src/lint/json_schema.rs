//! OpenAPI 3.0 schemas as JSON Schema (2020-12), so that values can be checked against them.

use serde_json::{Map, Value, json};

use super::sites::{Direction, Sites};

/// The address that converted references begin with.
pub(crate) const BASE: &str = "openapi:/document";

/// The schemas of a document, each converted and at its own JSON pointer.
///
/// `direction` decides on `readOnly` and `writeOnly`: a request need not have a required property
/// that only the server writes, nor a response one that only the client does.
pub(super) fn skeleton(document: &Value, sites: &Sites<'_>, direction: Direction) -> Value {
    let mut root = Value::Object(Map::new());
    // Outer schemas before inner ones: a schema is converted with all that it contains.
    for site in &sites.schemas {
        let inside = site.role.is_inside_a_schema();
        if let (false, Some(schema)) = (inside, document.pointer(&site.at.pointer)) {
            place(&mut root, &site.at.pointer, convert(schema, direction));
        }
    }
    root
}

/// Puts `value` at `pointer`, with objects for every token on the way.
pub(crate) fn place(root: &mut Value, pointer: &str, value: Value) {
    let mut at = root;
    for token in pointer.split('/').skip(1) {
        if !at.is_object() {
            *at = Value::Object(Map::new());
        }
        let Value::Object(fields) = at else { return };
        at = fields.entry(cx_client_build::unescape_token(token)).or_insert(Value::Null);
    }
    *at = value;
}

/// Keywords that mean the same in both.
const SAME: [&str; 12] = [
    "multipleOf",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "maxProperties",
    "minProperties",
    "format",
    "maximum",
    "minimum",
];

/// One schema with all that it contains.
pub(crate) fn convert(schema: &Value, direction: Direction) -> Value {
    let Some(fields) = schema.as_object() else { return schema.clone() };
    // Beside a reference everything else is ignored (OpenAPI 3.0.4 section 4.7.23).
    if let Some(target) = fields.get("$ref").and_then(Value::as_str) {
        return json!({ "$ref": format!("{BASE}{}", encode(target)) });
    }
    let mut out = Map::new();
    for key in SAME {
        if let Some(value) = fields.get(key) {
            out.insert(key.to_owned(), value.clone());
        }
    }
    for (flag, limit) in [("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")] {
        if fields.get(flag) == Some(&Value::Bool(true))
            && let Some(bound) = out.remove(limit)
        {
            out.insert(flag.to_owned(), bound);
        }
    }
    if let Some(format) = fields.get("format").and_then(Value::as_str) {
        let (least, greatest) = integer_bounds(format);
        for (limit, bound) in [("minimum", least), ("maximum", greatest)] {
            if let Some(bound) = bound {
                out.entry(limit).or_insert(bound);
            }
        }
    }
    let each = |value: &Value| convert(value, direction);
    for key in ["items", "not", "additionalProperties"] {
        if let Some(value) = fields.get(key) {
            out.insert(key.to_owned(), each(value));
        }
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        if let Some(members) = fields.get(key).and_then(Value::as_array) {
            out.insert(key.to_owned(), members.iter().map(each).collect());
        }
    }
    if let Some(properties) = fields.get("properties").and_then(Value::as_object) {
        let properties =
            properties.iter().map(|(name, property)| (name.clone(), each(property))).collect();
        out.insert("properties".to_owned(), Value::Object(properties));
    }
    if let Some(required) = fields.get("required").and_then(Value::as_array) {
        // A name that stands twice would fail every value; it has a finding of its own.
        let mut names: Vec<Value> = Vec::new();
        for name in required.iter().filter(|name| is_sent(fields, name, direction)) {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        out.insert("required".to_owned(), Value::Array(names));
    }
    for key in ["type", "enum"] {
        if let Some(value) = fields.get(key) {
            out.insert(key.to_owned(), value.clone());
        }
    }
    if fields.get("nullable") == Some(&Value::Bool(true)) { nullable(out) } else { out.into() }
}

/// Lets a schema take null as well, which is what the generated code does too.
fn nullable(mut schema: Map<String, Value>) -> Value {
    if let Some(kind) = schema.get_mut("type") {
        *kind = json!([kind.take(), "null"]);
    }
    if let Some(values) = schema.get_mut("enum").and_then(Value::as_array_mut)
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
    }
    for key in ["oneOf", "anyOf"] {
        if let Some(members) = schema.get_mut(key).and_then(Value::as_array_mut) {
            members.push(json!({ "type": "null" }));
        }
    }
    if schema.contains_key("allOf") {
        return json!({ "anyOf": [schema, { "type": "null" }] });
    }
    schema.into()
}

/// The least and the greatest number of an integer format of OpenAPI.
fn integer_bounds(format: &str) -> (Option<Value>, Option<Value>) {
    match format {
        "int32" => (Some(i32::MIN.into()), Some(i32::MAX.into())),
        "int64" => (Some(i64::MIN.into()), Some(i64::MAX.into())),
        "uint32" => (Some(0.into()), Some(u32::MAX.into())),
        "uint64" => (Some(0.into()), None),
        _ => (None, None),
    }
}

/// Whether a required property is sent in this direction.
fn is_sent(schema: &Map<String, Value>, name: &Value, direction: Direction) -> bool {
    let property = name
        .as_str()
        .and_then(|name| schema.get("properties").and_then(|properties| properties.get(name)));
    let is =
        |key: &str| property.and_then(|property| property.get(key)) == Some(&Value::Bool(true));
    match direction {
        Direction::Request => !is("readOnly"),
        Direction::Response => !is("writeOnly"),
        Direction::Either => !is("readOnly") && !is("writeOnly"),
    }
}

/// A JSON pointer as the fragment of a URI (RFC 6901 section 6).
pub(crate) fn encode(pointer: &str) -> String {
    let mut out = String::new();
    for byte in pointer.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' | b'#' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
