//! Which schemas requests and responses contain.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::document::has_free_keys;

/// The schemas that requests and responses contain, as JSON pointers.
#[derive(Default)]
pub(super) struct Usage {
    pub(super) requests: BTreeSet<String>,
    pub(super) responses: BTreeSet<String>,
}

impl Usage {
    /// Notes that what contains the schema at `pointer` contains the one at `other`.
    pub(super) fn extend(&mut self, document: &Value, pointer: &str, other: &str) {
        let Some(value) = document.pointer(other) else { return };
        for found in [&mut self.requests, &mut self.responses] {
            if found.contains(pointer) {
                collect(document, value, other, found);
            }
        }
    }

    pub(super) fn of(document: &Value) -> Self {
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
                // A component can be a reference to another.
                found.insert(pointer.to_owned());
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
