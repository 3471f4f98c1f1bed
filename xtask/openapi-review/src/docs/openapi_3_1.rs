//! OpenAPI 3.1 as OpenAPI 3.0, where 3.0 can say the same; what it cannot is a note.

use std::collections::HashMap;

use cx_client_build::{Document, Node, Value};

use super::page::{Note, free_name, type_of};
use crate::reader::{At, put};

/// Keywords of JSON Schema 2020-12 that OpenAPI 3.0 lacks.
const LACKING: [&str; 21] = [
    "if",
    "then",
    "else",
    "prefixItems",
    "contains",
    "minContains",
    "maxContains",
    "patternProperties",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "dependentSchemas",
    "dependentRequired",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "$dynamicRef",
    "$dynamicAnchor",
    "$defs",
    "$anchor",
    "$id",
];

/// Brings a document to OpenAPI 3.0; gives what was left out, each thing with its line. One of 3.0,
/// which is none of a later version, can have such keywords, too.
pub(super) fn to_3_0(document: &mut Document, is_later: bool) -> Vec<Note> {
    let mut notes = Vec::new();
    definitions(document);
    let Some(root) = document.at_mut("") else { return notes };
    let position = root.get("openapi").map_or(root.position, |node| node.position);
    root.set("openapi", Node::text(position, "3.0.3"));
    for key in ["jsonSchemaDialect", "webhooks"] {
        root.remove(key);
    }
    if let Some(info) = root.get_mut("info") {
        info.remove("summary");
    }
    let objects = At::root(document).objects();
    let outer = objects.iter().filter_map(|at| at.get("schema"));
    let shared = At::of(document, "/components/schemas").into_iter().flat_map(|all| all.entries());
    let schemas = outer.chain(shared.map(|(_, schema)| schema)).map(|at| at.pointer.to_string());
    for schema in schemas.collect::<Vec<_>>() {
        let node = document.at_mut(&schema).into_iter();
        node.for_each(|node| convert(node, &REWRITES[usize::from(!is_later)..], &mut notes));
    }
    notes.sort_by_key(|note| note.line);
    notes.dedup();
    notes
}

type Rewrite = fn(&mut Node);

/// The first is of later versions alone: what stands beside a reference is ignored in 3.0.
const REWRITES: [Rewrite; 7] = [reference, null_choice, types, constant, bounds, examples, formats];

/// Where a reference leads: `#/$defs/NAME` is, in a schema that holds its own definitions, what the
/// nearest schema around it defines.
fn target(document: &Document, at: &At<'_>) -> Option<String> {
    let pointer = at.reference()?.strip_prefix('#')?;
    let ends = at.pointer.match_indices('/').map(|(end, _)| end).chain([at.pointer.len()]);
    let around = ends.rev().map(|end| format!("{}{pointer}", &at.pointer[..end]));
    let is_own = pointer.starts_with("/$defs/") && document.at(pointer).is_none();
    let own = around.filter(|_| is_own).find(|one| document.at(one).is_some());
    Some(own.unwrap_or_else(|| pointer.to_owned()))
}

/// Moves the definitions within schemas that are referred to, to the components.
fn definitions(document: &mut Document) {
    let objects = At::root(document).objects();
    let mut references: Vec<(String, String)> = objects
        .iter()
        .filter_map(|at| Some((target(document, at)?, at.pointer.to_string())))
        .filter(|(target, _)| target.contains("/$defs/"))
        .collect();
    references.sort_unstable();
    let mut moved: HashMap<String, String> = HashMap::new();
    for (target, at) in &references {
        if !moved.contains_key(target) && document.at(target).is_some() {
            let name = target.rsplit('/').next().unwrap_or_default();
            let free = format!("/components/schemas/{name}");
            moved.insert(
                target.clone(),
                free_name(free, |at| {
                    document.at(at).is_some() || moved.values().any(|to| to == at)
                }),
            );
        }
        if let (Some(to), Some(node)) = (moved.get(target), document.at_mut(at)) {
            node.set("$ref", Node::text(node.position, format!("#{to}")));
        }
    }
    // The innermost first: what is moved takes none of the others along.
    for (target, _) in references.iter().rev() {
        let Some((parent, name)) = target.rsplit_once('/') else { continue };
        let Some(node) = document.at_mut(parent).and_then(|all| all.remove(name)) else { continue };
        moved.get(target).into_iter().for_each(|to| put(document, to, node.clone()));
        if let Some((schema, _)) = parent.rsplit_once('/')
            && document.at(parent).is_some_and(|all| all.entries().is_empty())
        {
            document.at_mut(schema).and_then(|one| one.remove("$defs"));
        }
    }
}

/// Converts a schema, and before it those that it is made of.
fn convert(node: &mut Node, rewrites: &[Rewrite], notes: &mut Vec<Note>) {
    if let Value::Bool(allows) = node.value {
        if !allows {
            notes.push(note(node, "a schema that allows nothing"));
        }
        *node = Node::object(node.position);
        return;
    }
    let keys: Vec<String> = node.entries().iter().map(|entry| entry.key.clone()).collect();
    for key in keys {
        let Some(inner) = node.get_mut(&key) else { continue };
        match key.as_str() {
            "additionalProperties" if inner.as_bool().is_some() => {}
            "items" | "not" | "additionalProperties" => convert(inner, rewrites, notes),
            "properties" => {
                let names: Vec<String> =
                    inner.entries().iter().map(|entry| entry.key.clone()).collect();
                for property in names.iter() {
                    inner
                        .get_mut(property)
                        .into_iter()
                        .for_each(|one| convert(one, rewrites, notes));
                }
            }
            "allOf" | "anyOf" | "oneOf" => {
                let all = inner.items_mut().into_iter().flatten();
                all.for_each(|one| convert(one, rewrites, notes));
            }
            _ => {}
        }
    }
    rewrites.iter().for_each(|rewrite| rewrite(node));
    for keyword in LACKING {
        if let Some(value) = node.remove(keyword) {
            notes.push(note(&value, &format!("`{keyword}`")));
        }
    }
}

fn note(node: &Node, what: &str) -> Note {
    Note::new(node.position.line, format!("{what} cannot be said in OpenAPI 3.0, and is left out"))
}

/// What stands beside a reference counts in 3.1; in 3.0 it takes an `allOf`.
fn reference(schema: &mut Node) {
    let says_more = schema
        .entries()
        .iter()
        .any(|entry| !matches!(entry.key.as_str(), "$ref" | "description" | "summary" | "title"));
    if says_more && let Some(target) = schema.remove("$ref") {
        let mut inner = Node::object(target.position);
        inner.set("$ref", target);
        schema.set("allOf", Node::array(inner.position, vec![inner]));
    }
}

fn set_nullable(schema: &mut Node, node: &Node) {
    schema.set("nullable", Node::from_json(node.position, &true.into()));
}

/// `anyOf` with an alternative of the type null.
fn null_choice(schema: &mut Node) {
    for key in ["anyOf", "oneOf"] {
        let Some(choices) = schema.get(key).cloned() else { continue };
        // An alternative that is null alone has been brought to `nullable` already.
        let is_null = |one: &Node| {
            one.get("nullable").is_some()
                && one.get("type").is_none()
                && one
                    .entries()
                    .iter()
                    .all(|entry| matches!(entry.key.as_str(), "nullable" | "enum"))
        };
        let mut rest: Vec<Node> =
            choices.items().iter().filter(|one| !is_null(one)).cloned().collect();
        if rest.len() == choices.items().len() {
            continue;
        }
        set_nullable(schema, &choices);
        match rest.len() {
            1 => {
                schema.remove(key);
                let only = rest.remove(0);
                if only.get("$ref").is_some() {
                    schema.set("allOf", Node::array(only.position, vec![only]));
                } else {
                    for entry in only.entries() {
                        if schema.get(&entry.key).is_none() {
                            schema.set(&entry.key, entry.node.clone());
                        }
                    }
                }
            }
            _ => schema.set(key, Node::array(choices.position, rest)),
        }
    }
}

/// A list of types, of which null is one or not.
fn types(schema: &mut Node) {
    let Some(kind) = schema.get("type").cloned() else { return };
    let names: Vec<Node> = match &kind.value {
        Value::Sequence(items) => items.clone(),
        Value::String(text) if text == "null" => vec![kind.clone()],
        _ => return,
    };
    let (nulls, mut rest): (Vec<Node>, Vec<Node>) =
        names.into_iter().partition(|name| name.as_str() == Some("null"));
    if !nulls.is_empty() {
        set_nullable(schema, &kind);
    }
    schema.remove("type");
    match rest.len() {
        0 => {}
        1 => schema.set("type", rest.remove(0)),
        _ => {
            let choices = rest.into_iter().map(|name| {
                let mut choice = Node::object(name.position);
                let is_array = name.as_str() == Some("array");
                choice.set("type", name);
                if is_array {
                    let items = schema.remove("items");
                    choice.set("items", items.unwrap_or_else(|| Node::object(kind.position)));
                }
                choice
            });
            let choices: Vec<Node> = choices.collect();
            schema.set("anyOf", Node::array(kind.position, choices));
        }
    }
    if let Some(values) = schema.get_mut("enum").and_then(Node::items_mut)
        && !nulls.is_empty()
    {
        values.retain(|value| value.value != Value::Null);
    }
}

fn constant(schema: &mut Node) {
    let Some(value) = schema.remove("const") else { return };
    if schema.get("type").is_none()
        && schema.get("allOf").is_none()
        && let Some(kind) = type_of(&value)
    {
        schema.set("type", Node::text(value.position, kind));
    }
    if value.value == Value::Null {
        return set_nullable(schema, &value);
    }
    schema.set("enum", Node::array(value.position, vec![value]));
}

/// Numeric exclusive bounds; where both are there, the stricter one counts.
fn bounds(schema: &mut Node) {
    for (exclusive, inclusive, is_least) in
        [("exclusiveMinimum", "minimum", true), ("exclusiveMaximum", "maximum", false)]
    {
        let Some(bound) = schema.get(exclusive).cloned() else { continue };
        let Value::Number(number) = &bound.value else { continue };
        let value = number.as_f64();
        let other = schema.get(inclusive).and_then(|node| node.to_json().as_f64());
        let is_stricter = match (value, other) {
            (Some(value), Some(other)) if is_least => value >= other,
            (Some(value), Some(other)) => value <= other,
            _ => true,
        };
        if is_stricter {
            schema.set(exclusive, Node::from_json(bound.position, &true.into()));
            schema.set(inclusive, bound);
        } else {
            schema.remove(exclusive);
        }
    }
}

/// A list of examples, of which 3.0 has one.
fn examples(schema: &mut Node) {
    let Some(examples) = schema.remove("examples") else { return };
    if let (Some(first), None) = (examples.items().first(), schema.get("example")) {
        schema.set("example", first.clone());
    }
}

/// What 3.0 calls a format (OpenAPI 3.1.1 section 4.7.14.2), and arrays of anything.
fn formats(schema: &mut Node) {
    for (keyword, value, format) in [
        ("contentMediaType", "application/octet-stream", "binary"),
        ("contentEncoding", "base64", "byte"),
    ] {
        if schema.get(keyword).and_then(Node::as_str) == Some(value) {
            schema.remove(keyword);
            schema.set("format", Node::text(schema.position, format));
        }
    }
    if schema.get("type").and_then(Node::as_str) == Some("array") && schema.get("items").is_none() {
        schema.set("items", Node::object(schema.position));
    }
}
