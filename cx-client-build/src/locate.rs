//! Where in a document progenitor finds what it does not take; its own errors do not say.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::diagnostic::{Diagnostic, Error};
use crate::document::Document;
use crate::node::escape_token;
use crate::validate::METHODS;

/// The schemas that are inside a schema, by keyword.
const INNER: &[&str] = &["items", "additionalProperties", "allOf", "oneOf", "anyOf"];
const COMPOSITIONS: &[&str] = &["allOf", "oneOf", "anyOf"];

/// Findings for what `takes` refuses, which it did for `json` as a whole.
///
/// Each schema and each operation is tried alone. Of the schemas that it names, only those that it
/// is composed of are looked into; the others stand for any value. So the time grows with the
/// document, and not with its square.
///
/// `original` gives the pointer into the document for one into `json`.
pub(crate) fn locate(
    document: &Document,
    json: &Value,
    takes: &dyn Fn(&Value) -> bool,
    original: &dyn Fn(&str) -> String,
) -> Error {
    let trial = Trial { document, json, takes, original };
    let mut diagnostics = Vec::new();
    let refused = trial.refused_schemas();
    for name in &refused {
        let pointer = format!("/components/schemas/{}", escape_token(name));
        if let Some(schema) = json.pointer(&pointer) {
            diagnostics.push(trial.narrow(schema, &pointer, &refused));
        }
    }
    for (path, item) in json["paths"].as_object().into_iter().flatten() {
        for method in METHODS {
            if item.get(method).is_some() {
                diagnostics.extend(trial.operation(path, item, method, &refused));
            }
        }
    }
    if diagnostics.is_empty() {
        diagnostics.push(trial.together());
    }
    match Error::check(diagnostics) {
        Err(error) => error,
        Ok(()) => trial.finding("/paths", "the document").into(),
    }
}

struct Trial<'a> {
    document: &'a Document,
    json: &'a Value,
    takes: &'a dyn Fn(&Value) -> bool,
    original: &'a dyn Fn(&str) -> String,
}

impl Trial<'_> {
    fn schemas(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.json.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten()
    }

    /// The components that are refused by themselves, not for one that they are composed of.
    fn refused_schemas(&self) -> BTreeSet<&str> {
        let alone = |schema: &Value, any: &BTreeSet<&str>| {
            let schemas = self.named_by(schema, any);
            (self.takes)(&self.document(schemas, Some(schema), &json!({})))
        };
        let none = BTreeSet::new();
        let suspects: BTreeSet<&str> = self
            .schemas()
            .filter(|(_, schema)| !alone(schema, &none))
            .map(|(name, _)| name.as_str())
            .collect();
        let of_others = |(name, schema): (&String, &Value)| {
            let mut others = suspects.clone();
            others.remove(name.as_str());
            alone(schema, &others)
        };
        let inherited: BTreeSet<&str> = self
            .schemas()
            .filter(|(name, _)| suspects.contains(name.as_str()))
            .filter(|entry| of_others(*entry))
            .map(|(name, _)| name.as_str())
            .collect();
        suspects.difference(&inherited).copied().collect()
    }

    /// The innermost schema of `schema` that is refused.
    fn narrow(&self, schema: &Value, pointer: &str, any: &BTreeSet<&str>) -> Diagnostic {
        let (mut schema, mut pointer) = (schema, pointer.to_owned());
        loop {
            let refused = inner(schema).into_iter().find(|(_, inner)| {
                let schemas = self.named_by(inner, any);
                !(self.takes)(&self.document(schemas, Some(inner), &json!({})))
            });
            let Some((token, inner)) = refused else { break };
            schema = inner;
            pointer = format!("{pointer}/{token}");
        }
        let keywords: Vec<String> = schema
            .as_object()
            .into_iter()
            .flat_map(Map::keys)
            .filter(|key| !matches!(key.as_str(), "description" | "title" | "example"))
            .filter(|key| !key.starts_with("x-"))
            .map(|key| format!("`{key}`"))
            .collect();
        let what = format!("a schema of {}", keywords.join(", "));
        self.finding(&pointer, &what)
    }

    /// The finding about an operation that is refused.
    fn operation(
        &self,
        path: &str,
        item: &Value,
        method: &str,
        any: &BTreeSet<&str>,
    ) -> Option<Diagnostic> {
        let pointer = format!("/paths/{}/{method}", escape_token(path));
        let takes = |operation: &Value, shared: &Value| {
            let paths = json!({ path: { method: operation, "parameters": shared } });
            let schemas = self.named_by(&paths, any);
            (self.takes)(&self.document(schemas, None, &paths))
        };
        let shared = item.get("parameters").cloned().unwrap_or_else(|| json!([]));
        let operation = &item[method];
        if takes(operation, &shared) {
            return None;
        }
        let mut bare = operation.clone();
        for (key, what) in [("requestBody", "this request body"), ("responses", "this response")] {
            let Some(part) = operation.get(key) else { continue };
            if let Some(fields) = bare.as_object_mut() {
                match key {
                    "responses" => fields.insert(key.to_owned(), json!({})),
                    _ => fields.remove(key),
                };
            }
            if takes(&bare, &shared) {
                return Some(self.narrow_body(part, &format!("{pointer}/{key}"), what));
            }
        }
        Some(self.finding(&pointer, "this operation with its parameters"))
    }

    /// The finding about a schema in a request or a response, or about the whole of it.
    fn narrow_body(&self, part: &Value, pointer: &str, what: &str) -> Diagnostic {
        let none = BTreeSet::new();
        let mut bodies = vec![(pointer.to_owned(), part)];
        for (status, response) in part.as_object().into_iter().flatten() {
            bodies.push((format!("{pointer}/{status}"), response));
        }
        for (pointer, body) in bodies {
            for (name, media) in
                body.get("content").and_then(Value::as_object).into_iter().flatten()
            {
                let Some(schema) = media.get("schema") else { continue };
                let schemas = self.named_by(schema, &none);
                if !(self.takes)(&self.document(schemas, Some(schema), &json!({}))) {
                    let pointer = format!("{pointer}/content/{}/schema", escape_token(name));
                    return self.narrow(schema, &pointer, &none);
                }
            }
        }
        self.finding(pointer, what)
    }

    /// The finding about what is taken in parts, and refused together: the shortest beginning of the
    /// operations that is refused ends with the one to name.
    fn together(&self) -> Diagnostic {
        let operations: Vec<(&String, &str)> = self.json["paths"]
            .as_object()
            .into_iter()
            .flatten()
            .flat_map(|(path, item)| {
                METHODS
                    .iter()
                    .filter(|method| item.get(**method).is_some())
                    .map(move |m| (path, *m))
            })
            .collect();
        let takes = |count: usize| {
            let mut paths = Map::new();
            for (path, method) in &operations[..count] {
                let item = &self.json["paths"][*path];
                let entry = paths.entry((*path).clone()).or_insert_with(
                    || json!({"parameters": item.get("parameters").unwrap_or(&json!([]))}),
                );
                entry[*method] = item[*method].clone();
            }
            let mut json = self.json.clone();
            json["paths"] = Value::Object(paths);
            (self.takes)(&json)
        };
        if !takes(0) {
            return self.finding("/components/schemas", "these schemas together");
        }
        let (mut taken, mut refused) = (0, operations.len());
        while refused - taken > 1 {
            let middle = usize::midpoint(taken, refused);
            if takes(middle) {
                taken = middle;
            } else {
                refused = middle;
            }
        }
        let pointer = operations.get(taken).map_or_else(
            || "/paths".to_owned(),
            |(path, method)| format!("/paths/{}/{method}", escape_token(path)),
        );
        self.finding(&pointer, "this operation beside those before it")
    }

    /// The components that `value` names: as they are where it is composed of them, and otherwise,
    /// and where they are in `any`, as a schema that takes any value.
    fn named_by(&self, value: &Value, any: &BTreeSet<&str>) -> Map<String, Value> {
        let mut schemas = Map::new();
        let mut pending = vec![(value, true)];
        while let Some((value, whole)) = pending.pop() {
            match value {
                Value::Array(items) => pending.extend(items.iter().map(|item| (item, whole))),
                Value::Object(fields) => {
                    if let Some(name) = component(value) {
                        let known =
                            self.json.pointer("/components/schemas").and_then(|all| all.get(name));
                        let Some(schema) = known.filter(|_| whole && !any.contains(name)) else {
                            schemas.entry(name.to_owned()).or_insert_with(|| json!({}));
                            continue;
                        };
                        let before = schemas.insert(name.to_owned(), schema.clone());
                        if before.as_ref() != Some(schema) {
                            pending.push((schema, true));
                        }
                        continue;
                    }
                    for (key, field) in fields {
                        let composed = COMPOSITIONS.contains(&key.as_str());
                        pending.push((field, whole && (composed || is_outside_of_schemas(key))));
                    }
                }
                _ => {}
            }
        }
        schemas
    }

    fn finding(&self, pointer: &str, what: &str) -> Diagnostic {
        let pointer = (self.original)(pointer);
        let position = self.document.position(&pointer);
        let message = format!("the generator cannot turn {what} into Rust");
        Diagnostic::error("unsupported", self.document.file(), position, message)
            .pointer(pointer)
            .help(
                "it may well be valid OpenAPI: say the same in another way, or with fewer keywords",
            )
    }

    /// A document of these schemas and paths, with `schema` as a component of its own.
    fn document(
        &self,
        mut schemas: Map<String, Value>,
        schema: Option<&Value>,
        paths: &Value,
    ) -> Value {
        if let Some(schema) = schema {
            schemas.insert("Candidate".to_owned(), schema.clone());
        }
        json!({
            "openapi": self.json["openapi"],
            "info": self.json["info"],
            "paths": paths,
            "components": { "schemas": schemas },
        })
    }
}

/// Whether a key leads from an operation to its schemas, not from a schema to one of its values.
fn is_outside_of_schemas(key: &str) -> bool {
    !matches!(key, "properties" | "items" | "additionalProperties")
}

/// The component that a reference names.
fn component(value: &Value) -> Option<&str> {
    value.get("$ref").and_then(Value::as_str)?.strip_prefix("#/components/schemas/")
}

/// The schemas inside a schema, with the rest of their pointers.
fn inner(schema: &Value) -> Vec<(String, &Value)> {
    let mut found = Vec::new();
    for (name, property) in
        schema.get("properties").and_then(Value::as_object).into_iter().flatten()
    {
        found.push((format!("properties/{}", escape_token(name)), property));
    }
    for key in INNER {
        match schema.get(key) {
            Some(Value::Array(items)) => {
                let items = items.iter().enumerate();
                found.extend(items.map(|(index, item)| (format!("{key}/{index}"), item)));
            }
            Some(inner @ Value::Object(_)) => found.push(((*key).to_owned(), inner)),
            _ => {}
        }
    }
    found.retain(|(_, inner)| component(inner).is_none());
    found
}
