//! Schemas without references and `allOf`, and what they say without words.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use cx_client_build::{Document, Entry, Node, escape_token};
use serde_json::{Map, Value as Json, json};

use crate::reader::same;

/// What a wrapper around one `allOf` member says for itself.
pub(super) const OF_WRAPPER: [&str; 6] =
    ["nullable", "deprecated", "readOnly", "writeOnly", "default", "example"];

/// The schema that `node` stands for, its `allOf` merged into it; what its parts refer to stays
/// where it is.
pub(super) fn flat<'a>(document: &'a Document, node: &'a Node) -> Cow<'a, Node> {
    merge(document, node, &mut HashSet::new())
}

/// The keyword of the schemas that all hold for the values of a schema: `allOf`, or that of a choice
/// of one.
pub(super) fn composition(node: &Node) -> Option<&'static str> {
    let count = |key: &str| node.get(key).map_or(0, |all| all.items().len());
    let choices = ["anyOf", "oneOf"].into_iter().find(|key| count(key) == 1);
    if count("allOf") > 0 { Some("allOf") } else { choices }
}

/// Merges each component once: that is enough, and ends where one is composed of itself.
fn merge<'a>(
    document: &'a Document,
    node: &'a Node,
    merged_in: &mut HashSet<&'a str>,
) -> Cow<'a, Node> {
    let own = document.resolve(node);
    let Some(key) = composition(own) else { return Cow::Borrowed(own) };
    let mut merged = own.clone();
    merged.remove(key);
    for member in own.get(key).map_or(&[][..], Node::items) {
        let target = member.get("$ref").and_then(Node::as_str);
        if target.is_some_and(|target| !merged_in.insert(target)) {
            continue;
        }
        for entry in merge(document, member, merged_in).entries() {
            match (entry.key.as_str(), merged.get_mut(&entry.key)) {
                ("properties", Some(known)) => {
                    for property in entry.node.entries() {
                        match known.get_mut(&property.key) {
                            Some(known) => narrow(known, &property.node),
                            None => known.set(&property.key, property.node.clone()),
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

/// Adds to a property what another part of an `allOf` says of it, as where a part says which
/// kind it is.
fn narrow(property: &mut Node, other: &Node) {
    if property.get("$ref").is_some() || other.get("$ref").is_some() {
        return;
    }
    for entry in other.entries() {
        let Some(known) = property.get_mut(&entry.key) else {
            property.set(&entry.key, entry.node.clone());
            continue;
        };
        if let ("enum", Some(values)) = (entry.key.as_str(), known.items_mut()) {
            values.retain(|one| entry.node.items().iter().any(|other| same(one, other)));
        }
    }
}

/// The alternatives of a schema.
pub(super) fn alternatives(schema: &Node) -> impl Iterator<Item = &Node> {
    ["oneOf", "anyOf"].into_iter().filter_map(|key| schema.get(key)).flat_map(Node::items)
}

/// The values that an alternative without a name lists of the property of a discriminator.
pub(super) fn listed<'n>(discriminator: &Node, choice: &'n Node) -> impl Iterator<Item = &'n str> {
    let property = discriminator.get("propertyName").and_then(Node::as_str);
    let property = property.and_then(|name| choice.get("properties")?.get(name)?.get("enum"));
    property.map_or(&[][..], Node::items).iter().filter_map(Node::as_str)
}

/// The discriminator of a schema with all the values that it tells apart: an alternative that no
/// value is mapped to has its component's name for one (OpenAPI 3.0.4 section 4.7.25), and one that
/// is none has what it lists itself.
pub(super) fn discriminator(schema: &Node) -> Option<Node> {
    let mut out = schema.get("discriminator")?.clone();
    let mut mapping = Node::object(out.position);
    for entry in out.get("mapping").map_or(&[][..], Node::entries) {
        let target = entry.node.as_str().unwrap_or_default();
        let is_name = !target.contains(['#', '/', '.']);
        let before = if is_name { "#/components/schemas/" } else { "" };
        mapping.set(&entry.key, Node::text(entry.node.position, format!("{before}{target}")));
    }
    for choice in alternatives(schema) {
        let Some(target) = choice.get("$ref") else {
            listed(&out, choice)
                .for_each(|value| mapping.set(value, Node::text(choice.position, "")));
            continue;
        };
        let is_it = |one: &Entry| one.node.as_str() == target.as_str();
        let name = target.as_str().and_then(|target| target.rsplit('/').next());
        if let (false, Some(name)) = (mapping.entries().iter().any(is_it), name) {
            mapping.set(name, target.clone());
        }
    }
    if !mapping.entries().is_empty() {
        out.set("mapping", mapping);
    }
    Some(out)
}

/// What tells a schema that can be part of itself: its reference, or what it is composed of.
pub(super) fn origin(node: &Node) -> Option<String> {
    let composed = || composition(node).map(|_| node.to_json().to_string());
    node.get("$ref").and_then(Node::as_str).map(str::to_owned).or_else(composed)
}

/// A schema as JSON with every `allOf` merged, and what it refers to as its `$defs`.
pub(super) fn written_out(document: &Document, node: &Node) -> Json {
    let mut writer = Writer { document, names: HashMap::new(), definitions: Map::new() };
    let mut schema = writer.write(node);
    if let Json::Object(fields) = &mut schema {
        fields.insert("$defs".to_owned(), writer.definitions.into());
    }
    schema
}

struct Writer<'a> {
    document: &'a Document,
    /// The names of definitions, by what they were made of.
    names: HashMap<String, String>,
    definitions: Map<String, Json>,
}

impl Writer<'_> {
    fn write(&mut self, node: &Node) -> Json {
        let Some(origin) = origin(node) else { return self.write_own(node) };
        let next = self.names.len().to_string();
        let name = match self.names.get(&origin) {
            Some(name) => name.clone(),
            None => {
                self.names.insert(origin, next.clone());
                let schema = self.write_own(self.document.resolve(node));
                self.definitions.insert(next.clone(), schema);
                next
            }
        };
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    fn write_own(&mut self, node: &Node) -> Json {
        let mut out = Map::new();
        for entry in flat(self.document, node).entries() {
            let parts = entry.node.entries().iter();
            let value = match entry.key.as_str() {
                "$ref" => continue,
                "properties" => parts
                    .map(|one| (one.key.clone(), self.write(&one.node)))
                    .collect::<Map<_, _>>()
                    .into(),
                "items" | "not" | "additionalProperties" if parts.len() > 0 => {
                    self.write(&entry.node)
                }
                "anyOf" | "oneOf" => {
                    entry.node.items().iter().map(|part| self.write(part)).collect()
                }
                _ => entry.node.to_json(),
            };
            out.insert(entry.key.clone(), value);
        }
        out.into()
    }
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
