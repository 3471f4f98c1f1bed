//! References lead to components.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::sites;
use crate::document::unescape_token;

const COMPONENTS: &str = "#/components/schemas/";

/// Makes components of the schemas that references name elsewhere: inside of other schemas, in
/// parameters, in answers. progenitor looks for schemas among the components only.
pub(super) fn to_components(json: &mut Value) {
    let mut names = Names::of(json);
    let mut moved: BTreeMap<String, String> = BTreeMap::new();
    loop {
        let mut wanted: BTreeMap<String, String> = BTreeMap::new();
        sites::schemas(json, &mut |_, schema| {
            let Some(Value::String(target)) = schema.get_mut("$ref") else { return };
            let inner = target.strip_prefix(COMPONENTS);
            if inner.is_some_and(|name| !name.contains('/')) {
                return;
            }
            let name = moved.entry(target.clone()).or_insert_with(|| {
                let name = names.unique(&suggestion(target));
                wanted.insert(target.clone(), name.clone());
                name
            });
            *target = format!("{COMPONENTS}{name}");
        });
        if wanted.is_empty() {
            return;
        }
        for (target, name) in wanted {
            let pointer = target.trim_start_matches('#');
            let Some(schema) = json.pointer(pointer).cloned() else { continue };
            add_component(json, &name, schema);
        }
    }
}

/// Puts what the references of parameters, requests and answers name in their place, and leaves no
/// components but schemas.
pub(super) fn inline(json: &mut Value) {
    let original = json.clone();
    let resolve = |value: &mut Value| {
        // A circle is refused before.
        while let Some(target) = value.get("$ref").and_then(Value::as_str) {
            let Some(found) = target.strip_prefix('#').and_then(|at| original.pointer(at)) else {
                return;
            };
            *value = found.clone();
        }
    };
    let parameters = |holder: &mut Value| {
        let list = holder.get_mut("parameters").and_then(Value::as_array_mut);
        list.into_iter().flatten().for_each(resolve);
    };
    if let Some(paths) = json.get_mut("paths").and_then(Value::as_object_mut) {
        paths.values_mut().for_each(parameters);
    }
    sites::operations(json, &mut |_, _, operation| {
        parameters(operation);
        operation.get_mut("requestBody").into_iter().for_each(resolve);
        let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
        responses.into_iter().flat_map(Map::values_mut).for_each(resolve);
    });
    if let Some(components) = json.get_mut("components").and_then(Value::as_object_mut) {
        components.retain(|kind, _| kind == "schemas");
    }
}

/// A name for the schema that a pointer names: its last tokens that are names.
fn suggestion(target: &str) -> String {
    let tokens: Vec<String> = target
        .split('/')
        .skip(1)
        .filter(|token| {
            !matches!(*token, "components" | "schemas" | "paths" | "properties" | "content")
        })
        .map(|token| {
            let token = unescape_token(token);
            token.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
        })
        .collect();
    tokens.join("-")
}

/// Adds a component of this name.
pub(super) fn add_component(json: &mut Value, name: &str, schema: Value) {
    let Some(root) = json.as_object_mut() else { return };
    let components = root.entry("components").or_insert_with(|| json!({}));
    let Some(components) = components.as_object_mut() else { return };
    let schemas = components.entry("schemas").or_insert_with(|| json!({}));
    if let Some(schemas) = schemas.as_object_mut() {
        schemas.insert(name.to_owned(), schema);
    }
}

/// The names of the components, by what makes them one name in Rust.
pub(super) struct Names(std::collections::BTreeSet<String>);

impl Names {
    pub(super) fn of(json: &Value) -> Self {
        let schemas = json.pointer("/components/schemas").and_then(Value::as_object);
        Self(schemas.into_iter().flat_map(Map::keys).map(|name| plain(name)).collect())
    }

    /// `name`, or one like it that no component has.
    pub(super) fn unique(&mut self, name: &str) -> String {
        let mut candidate = name.to_owned();
        let mut number = 2;
        while !self.0.insert(plain(&candidate)) {
            candidate = format!("{name}{number}");
            number += 1;
        }
        candidate
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}
