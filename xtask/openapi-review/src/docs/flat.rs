//! Schemas without references and `allOf`.

use std::borrow::Cow;
use std::collections::HashSet;

use cx_client_build::{Document, Node, escape_token};
use serde_json::{Map, Value as Json, json};

/// The schema that `node` stands for, its `allOf` merged into it; what its parts refer to stays
/// where it is.
pub(super) fn flat<'a>(document: &'a Document, node: &'a Node) -> Cow<'a, Node> {
    merge(document, node, &mut HashSet::new())
}

/// Merges each component once: that is enough, and ends where one is composed of itself.
fn merge<'a>(
    document: &'a Document,
    node: &'a Node,
    merged_in: &mut HashSet<&'a str>,
) -> Cow<'a, Node> {
    let own = document.resolve(node);
    let members = own.get("allOf").map_or(&[][..], Node::items);
    if members.is_empty() {
        return Cow::Borrowed(own);
    }
    let mut merged = own.clone();
    merged.remove("allOf");
    for member in members {
        let target = member.get("$ref").and_then(Node::as_str);
        if target.is_some_and(|target| !merged_in.insert(target)) {
            continue;
        }
        for entry in merge(document, member, merged_in).entries() {
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

/// A schema as JSON with every `allOf` merged, and what it refers to as its `$defs`.
pub(super) fn written_out(document: &Document, node: &Node) -> Json {
    let mut components = Map::new();
    let mut schema = write(document, node, &mut components);
    if let Json::Object(fields) = &mut schema {
        fields.insert("$defs".to_owned(), components.into());
    }
    schema
}

fn write(document: &Document, node: &Node, components: &mut Map<String, Json>) -> Json {
    if let Some(target) = node.get("$ref").and_then(Node::as_str) {
        let target = target.trim_start_matches('#');
        if !components.contains_key(target) {
            components.insert(target.to_owned(), Json::Null);
            let schema = write_own(document, document.resolve(node), components);
            components.insert(target.to_owned(), schema);
        }
        return json!({ "$ref": format!("#/$defs/{}", escape_token(target)) });
    }
    write_own(document, node, components)
}

fn write_own(document: &Document, node: &Node, components: &mut Map<String, Json>) -> Json {
    let mut out = Map::new();
    for entry in flat(document, node).entries() {
        let parts = entry.node.entries().iter();
        let value = match entry.key.as_str() {
            "$ref" => continue,
            "properties" => parts
                .map(|one| (one.key.clone(), write(document, &one.node, components)))
                .collect::<Map<_, _>>()
                .into(),
            "items" | "not" | "additionalProperties" if parts.len() > 0 => {
                write(document, &entry.node, components)
            }
            "anyOf" | "oneOf" => {
                let parts = entry.node.items().iter();
                parts.map(|part| write(document, part, components)).collect()
            }
            _ => entry.node.to_json(),
        };
        out.insert(entry.key.clone(), value);
    }
    out.into()
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
