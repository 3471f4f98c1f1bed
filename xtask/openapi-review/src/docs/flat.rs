//! Schemas without references and `allOf`.

use std::borrow::Cow;

use cx_client_build::{Document, Node, escape_token};
use serde_json::Value as Json;

/// How deep compositions may nest; real ones stay below 5.
const MAX_DEPTH: usize = 32;
/// How many values a schema may have that is written out; schemas that refer to each other can grow
/// without bound.
const MAX_VALUES: usize = 100_000;

/// The schema that `node` stands for, its `allOf` merged into it; what its parts refer to stays
/// where it is.
pub(super) fn flat<'a>(document: &'a Document, node: &'a Node) -> Cow<'a, Node> {
    flat_to(document, node, 0)
}

fn flat_to<'a>(document: &'a Document, node: &'a Node, depth: usize) -> Cow<'a, Node> {
    let own = document.resolve(node);
    let members = own.get("allOf").map_or(&[][..], Node::items);
    if members.is_empty() || depth > MAX_DEPTH {
        return Cow::Borrowed(own);
    }
    let mut merged = own.clone();
    merged.remove("allOf");
    for member in members {
        for entry in flat_to(document, member, depth + 1).entries() {
            match (entry.key.as_str(), merged.get_mut(&entry.key)) {
                ("properties", Some(known)) => {
                    for property in entry.node.entries() {
                        if known.get(&property.key).is_none() {
                            known.set(&property.key, property.node.clone());
                        }
                    }
                }
                ("required", Some(known)) => {
                    let names = entry.node.items().iter().cloned();
                    known.items_mut().into_iter().for_each(|all| all.extend(names.clone()));
                }
                // What stands beside an `allOf` says more than what is in it.
                (_, Some(_)) => {}
                (_, None) => merged.set(&entry.key, entry.node.clone()),
            }
        }
    }
    Cow::Owned(merged)
}

/// A schema as JSON with all its references written out and every `allOf` merged; what would grow
/// beyond measure, or without end, is left open.
pub(super) fn written_out(document: &Document, node: &Node) -> Json {
    let mut left = MAX_VALUES;
    write(document, node, &mut left, 0)
}

fn write(document: &Document, node: &Node, left: &mut usize, depth: usize) -> Json {
    if *left == 0 || depth > MAX_DEPTH {
        return Json::Object(serde_json::Map::new());
    }
    *left -= 1;
    let schema = flat(document, node);
    let mut out = serde_json::Map::new();
    for entry in schema.entries() {
        let value = match entry.key.as_str() {
            "properties" => Json::Object(
                entry
                    .node
                    .entries()
                    .iter()
                    .map(|one| (one.key.clone(), write(document, &one.node, left, depth + 1)))
                    .collect(),
            ),
            "items" | "not" | "additionalProperties" if !entry.node.entries().is_empty() => {
                write(document, &entry.node, left, depth + 1)
            }
            "anyOf" | "oneOf" => {
                let parts = entry.node.items().iter();
                parts.map(|part| write(document, part, left, depth + 1)).collect()
            }
            _ => entry.node.to_json(),
        };
        out.insert(entry.key.clone(), value);
    }
    Json::Object(out)
}

/// The places below a schema that a JSON pointer into its values leads to, as far as the schema
/// names them.
pub(super) fn below(document: &Document, schema: &Node, pointer: &str, instance: &str) -> String {
    let mut node = schema.clone();
    let mut place = pointer.to_owned();
    for token in instance.split('/').skip(1) {
        let schema = flat(document, &node).into_owned();
        let key = cx_client_build::unescape_token(token);
        if let Some(next) = schema.get("properties").and_then(|all| all.get(&key)) {
            place = format!("{place}/properties/{}", escape_token(&key));
            node = next.clone();
        } else if let Some(next) = schema.get("items") {
            place.push_str("/items");
            node = next.clone();
        } else if let Some(next) = schema.get("additionalProperties") {
            place.push_str("/additionalProperties");
            node = next.clone();
        } else {
            break;
        }
    }
    place
}
