//! Carries facts of the document through progenitor.
//!
//! progenitor names types and fields by rules of its own, so a pass could only guess which field a
//! property has become. But it copies every description into a doc comment. Before generation a
//! marker is therefore appended to the description of each schema that a pass has to find again,
//! and after generation the passes take the markers out of the doc comments.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::document::has_free_keys;

const OPEN: char = '\u{e000}';
const COMPONENTS: &str = "/components/schemas";
const CLOSE: char = '\u{e001}';

/// What a marker says of the schema that it stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    /// `x-sensitive: true`.
    Sensitive,
    /// Only responses contain it.
    ResponseOnly,
    /// An object that a response contains, whether a request contains it or not.
    Response,
    /// An enum of strings that a response contains.
    OpenEnum,
    /// A schema that becomes a type of its own: an object with properties, an enum, a component.
    Type,
}

impl Mark {
    const ALL: [(Self, char); 5] = [
        (Self::Sensitive, 's'),
        (Self::ResponseOnly, 'r'),
        (Self::Response, 'p'),
        (Self::OpenEnum, 'e'),
        (Self::Type, 't'),
    ];

    fn letter(self) -> char {
        Self::ALL.iter().find(|(mark, _)| *mark == self).map_or('?', |(_, letter)| *letter)
    }
}

/// A mark and the JSON pointer of the schema that carries it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Marker {
    pub(crate) mark: Mark,
    pub(crate) pointer: String,
}

/// Appends markers to the descriptions of `document`; gives those that a pass must find again.
pub(crate) fn annotate(document: &mut Value) -> BTreeSet<Marker> {
    let usage = Usage::of(document);
    let mut markers = BTreeSet::new();
    for pointer in usage.requests.union(&usage.responses) {
        let Some(schema) = document.pointer(pointer) else { continue };
        let in_response = usage.responses.contains(pointer);
        let mut add = |mark, pointer: &str| {
            markers.insert(Marker { mark, pointer: pointer.to_owned() });
        };
        if schema.get("x-sensitive") == Some(&Value::Bool(true)) {
            match carrier(pointer) {
                Some(carrier) => add(Mark::Sensitive, carrier),
                // Of a request no value is ever printed; see the pass `redaction`.
                None if in_response => add(Mark::Sensitive, pointer),
                None => {}
            }
        }
        let is_enum = is_string_enum(schema);
        let is_object = schema.get("properties").is_some_and(Value::is_object)
            && !pointer.ends_with("/properties");
        let is_component = pointer.rsplit_once('/').is_some_and(|(parent, _)| parent == COMPONENTS);
        if is_object || is_enum || is_component {
            add(Mark::Type, pointer);
        }
        if in_response && !usage.requests.contains(pointer) && (is_object || is_enum) {
            add(Mark::ResponseOnly, pointer);
        }
        if in_response && is_object {
            add(Mark::Response, pointer);
        }
        if in_response && is_enum {
            add(Mark::OpenEnum, pointer);
        }
    }
    for Marker { mark, pointer } in &markers {
        if let Some(schema) = document.pointer_mut(pointer) {
            let before = schema.get("description").and_then(Value::as_str).unwrap_or_default();
            schema["description"] =
                json!(format!("{before}{OPEN}{}{pointer}{CLOSE}", mark.letter()));
        }
    }
    markers
}

/// The schema that becomes a field or a type of its own and contains the one at `pointer`: a
/// property or a component.
fn carrier(pointer: &str) -> Option<&str> {
    let mut current = pointer;
    while let Some((parent, _)) = current.rsplit_once('/') {
        if parent.ends_with("/properties") || parent == COMPONENTS {
            return Some(current);
        }
        current = parent;
    }
    None
}

fn is_string_enum(schema: &Value) -> bool {
    schema.get("enum").is_some() && schema.get("type").and_then(Value::as_str) == Some("string")
}

/// Whether a text of a doc comment has a marker.
pub(crate) fn is_in(text: &str) -> bool {
    text.contains(OPEN)
}

/// Takes the markers out of a text of a doc comment.
pub(crate) fn strip(text: &str) -> (String, Vec<Marker>) {
    let mut plain = String::new();
    let mut markers = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OPEN) {
        plain.push_str(before);
        let Some((marker, after)) = after.split_once(CLOSE) else { break };
        let mut chars = marker.chars();
        let letter = chars.next();
        if let Some((mark, _)) = Mark::ALL.iter().find(|(_, known)| Some(*known) == letter) {
            markers.push(Marker { mark: *mark, pointer: chars.as_str().to_owned() });
        }
        rest = after;
    }
    plain.push_str(rest);
    (plain, markers)
}

/// The markers that the descriptions of `json` have.
pub(crate) fn present(json: &Value) -> BTreeSet<Marker> {
    let mut markers = BTreeSet::new();
    let mut values = vec![json];
    while let Some(value) = values.pop() {
        match value {
            Value::Array(items) => values.extend(items),
            Value::Object(fields) => {
                let description = fields.get("description").and_then(Value::as_str);
                if let Some(text) = description.filter(|text| is_in(text)) {
                    markers.extend(strip(text).1);
                }
                values.extend(fields.values());
            }
            _ => {}
        }
    }
    markers
}

/// The schemas that requests and responses contain, as JSON pointers.
#[derive(Default)]
struct Usage {
    requests: BTreeSet<String>,
    responses: BTreeSet<String>,
}

impl Usage {
    fn of(document: &Value) -> Self {
        let mut usage = Self::default();
        let empty = serde_json::Map::new();
        let paths = document.get("paths").and_then(Value::as_object).unwrap_or(&empty);
        for (path, item) in paths {
            let path = format!("/paths/{}", crate::escape_token(path));
            for (key, operation) in item.as_object().unwrap_or(&empty) {
                let pointer = format!("{path}/{key}");
                if key == "parameters" {
                    collect(document, operation, &pointer, &mut usage.requests);
                    continue;
                }
                for (part, value) in operation.as_object().unwrap_or(&empty) {
                    let pointer = format!("{pointer}/{part}");
                    match part.as_str() {
                        "parameters" | "requestBody" => {
                            collect(document, value, &pointer, &mut usage.requests);
                        }
                        "responses" => collect(document, value, &pointer, &mut usage.responses),
                        _ => {}
                    }
                }
            }
        }
        // A component that no operation uses can still be named by a user of the types.
        if let Some(schemas) = document.pointer("/components/schemas").and_then(Value::as_object) {
            for (name, schema) in schemas {
                let pointer = format!("/components/schemas/{}", crate::escape_token(name));
                if !usage.requests.contains(&pointer) && !usage.responses.contains(&pointer) {
                    collect(document, schema, &pointer, &mut usage.requests);
                }
            }
        }
        usage
    }
}

/// Collects every object below `value`, through references, except what is data.
fn collect(document: &Value, value: &Value, pointer: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                collect(document, item, &format!("{pointer}/{index}"), found);
            }
        }
        Value::Object(fields) => {
            if let Some(target) = fields.get("$ref").and_then(Value::as_str) {
                let Some(target) = target.strip_prefix('#') else { return };
                if let (false, Some(value)) = (found.contains(target), document.pointer(target)) {
                    collect(document, value, target, found);
                }
                return;
            }
            if !found.insert(pointer.to_owned()) {
                return;
            }
            let free = has_free_keys(pointer);
            for (key, field) in fields {
                let data = matches!(key.as_str(), "example" | "examples" | "default" | "enum")
                    || key.starts_with("x-");
                if free || !data {
                    let pointer = format!("{pointer}/{}", crate::escape_token(key));
                    collect(document, field, &pointer, found);
                }
            }
        }
        _ => {}
    }
}
