//! Where a document has schemas, requests and answers.

use serde_json::{Map, Value};

use crate::document::escape_token;
use crate::validate::METHODS;

/// Calls `each` with the pointer of every schema below `json`, the inner ones first.
pub(super) fn schemas(json: &mut Value, each: &mut dyn FnMut(&str, &mut Map<String, Value>)) {
    entries(json, "", "paths", &mut |item, pointer| {
        list(item, pointer, "parameters", &mut |value, pointer| parameter(value, pointer, each));
        for method in METHODS {
            let Some(operation) = item.get_mut(method) else { continue };
            let pointer = format!("{pointer}/{method}");
            list(operation, &pointer, "parameters", &mut |value, pointer| {
                parameter(value, pointer, each);
            });
            field(operation, &pointer, "requestBody", &mut |value, pointer| {
                content(value, pointer, each);
            });
            entries(operation, &pointer, "responses", &mut |value, pointer| {
                content(value, pointer, each);
            });
        }
    });
    field(json, "", "components", &mut |components, pointer| {
        entries(components, pointer, "schemas", &mut |value, pointer| schema(value, pointer, each));
        entries(components, pointer, "parameters", &mut |value, pointer| {
            parameter(value, pointer, each);
        });
        for kind in ["requestBodies", "responses"] {
            entries(components, pointer, kind, &mut |value, pointer| content(value, pointer, each));
        }
    });
}

type Visit<'a> = &'a mut dyn FnMut(&mut Value, &str);
type EachSchema<'a> = &'a mut dyn FnMut(&str, &mut Map<String, Value>);

fn parameter(value: &mut Value, pointer: &str, each: EachSchema<'_>) {
    field(value, pointer, "schema", &mut |value, pointer| schema(value, pointer, each));
    content(value, pointer, each);
}

fn content(value: &mut Value, pointer: &str, each: EachSchema<'_>) {
    entries(value, pointer, "content", &mut |media, pointer| {
        field(media, pointer, "schema", &mut |value, pointer| schema(value, pointer, each));
    });
}

fn schema(value: &mut Value, pointer: &str, each: EachSchema<'_>) {
    entries(value, pointer, "properties", &mut |value, pointer| schema(value, pointer, each));
    for key in ["items", "additionalProperties", "not"] {
        field(value, pointer, key, &mut |value, pointer| schema(value, pointer, each));
    }
    for key in ["allOf", "oneOf", "anyOf"] {
        list(value, pointer, key, &mut |value, pointer| schema(value, pointer, each));
    }
    if let Value::Object(fields) = value {
        each(pointer, fields);
    }
}

fn field(value: &mut Value, pointer: &str, key: &str, visit: Visit<'_>) {
    if let Some(inner) = value.get_mut(key) {
        visit(inner, &format!("{pointer}/{key}"));
    }
}

fn entries(value: &mut Value, pointer: &str, key: &str, visit: Visit<'_>) {
    let Some(map) = value.get_mut(key).and_then(Value::as_object_mut) else { return };
    for (name, inner) in map {
        visit(inner, &format!("{pointer}/{key}/{}", escape_token(name)));
    }
}

fn list(value: &mut Value, pointer: &str, key: &str, visit: Visit<'_>) {
    let Some(items) = value.get_mut(key).and_then(Value::as_array_mut) else { return };
    for (index, inner) in items.iter_mut().enumerate() {
        visit(inner, &format!("{pointer}/{key}/{index}"));
    }
}

/// Calls `each` with the path, the method, the pointer and the value of every operation.
pub(super) fn operations(json: &mut Value, each: &mut dyn FnMut(&str, &str, &mut Value)) {
    let Some(paths) = json.get_mut("paths").and_then(Value::as_object_mut) else { return };
    for (path, item) in paths {
        for method in METHODS {
            if let Some(operation) = item.get_mut(method) {
                each(path, method, operation);
            }
        }
    }
}

/// The pointer of an operation.
pub(super) fn operation_pointer(path: &str, method: &str) -> String {
    format!("/paths/{}/{method}", escape_token(path))
}
