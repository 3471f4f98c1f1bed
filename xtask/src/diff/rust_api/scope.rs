//! Leaves out of large documents what is generated alike from both.
//!
//! Generating a document takes a thousand times longer than comparing it. Of a large document only
//! the part is generated that can differ:
//!
//! - the operations and components whose meaning differs, or that only one document has;
//! - the components that requests or responses use in one document only, since that decides
//!   `#[non_exhaustive]` and the variant for unknown values;
//! - what refers to them, unless it refers to a plain object in both, whose type is the same to
//!   those that refer to it whatever is inside;
//! - what all of these refer to.
//!
//! What is left out is in both documents the same, so its items are.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use cx_client_build::{Document, Node, Value, escape_token};
use serde_json::{Map, json};

use super::super::operations::OperationPair;
use super::super::reading::{GENERATOR_EXTENSIONS, METHODS, is_docs, same, same_number};

/// Documents with fewer operations are generated as they are.
const SMALL: usize = 40;

/// An operation by its path and method, or a component by its JSON pointer.
type Name = String;

/// The parts of both documents that have to be generated; `None` if that is all of them.
pub(super) fn parts(
    old: &Document,
    new: &Document,
    pairs: &[OperationPair<'_>],
) -> Option<(Document, Document)> {
    if pairs.len() < SMALL {
        return None;
    }
    let (old, new) = (Graph::of(old)?, Graph::of(new)?);
    let mut wanted = BTreeSet::new();
    for name in old.nodes.keys().chain(new.nodes.keys()) {
        let differs = match (old.nodes.get(name), new.nodes.get(name)) {
            (Some(a), Some(b)) => {
                !same_meaning(a.node, b.node, Keys::Keywords)
                    || !same_parameters(a.item, b.item)
                    || old.uses.get(name) != new.uses.get(name)
            }
            _ => true,
        };
        if differs {
            wanted.insert(name.clone());
        }
    }
    for graph in [&old, &new] {
        graph.add_users(&mut wanted, &[&old, &new]);
    }
    let part = |graph: &Graph<'_>| -> Option<Document> {
        let text = serde_json::to_string(&graph.part(&wanted)).ok()?;
        Document::parse(graph.document.file(), &text).ok()
    };
    Some((part(&old)?, part(&new)?))
}

/// Whether the documents can differ in what is generated.
pub(super) fn same_documents(old: &Document, new: &Document) -> bool {
    let (old, new) = (old.root(), new.root());
    ["paths", "components"].into_iter().all(|key| match (old.get(key), new.get(key)) {
        (Some(a), Some(b)) => same_meaning(a, b, Keys::Names(2)),
        (None, None) => true,
        _ => false,
    })
}

struct Part<'a> {
    node: &'a Node,
    /// The Path Item of an operation.
    item: Option<&'a Node>,
    /// The operation's path and method.
    operation: Option<(&'a str, &'static str)>,
    refers: Vec<Name>,
}

struct Graph<'a> {
    document: &'a Document,
    nodes: BTreeMap<Name, Part<'a>>,
    users: HashMap<Name, Vec<Name>>,
    /// Whether requests and responses use a component.
    uses: HashMap<Name, (bool, bool)>,
}

impl<'a> Graph<'a> {
    /// `None` if a reference names something else than a component.
    fn of(document: &'a Document) -> Option<Self> {
        let mut nodes = BTreeMap::new();
        let root = document.root();
        for kind in root.get("components").map(Node::entries).unwrap_or_default() {
            for entry in kind.node.entries() {
                let name = format!("/components/{}/{}", kind.key, escape_token(&entry.key));
                let mut refers = Vec::new();
                references(&entry.node, &mut refers)?;
                nodes.insert(name, Part { node: &entry.node, item: None, operation: None, refers });
            }
        }
        let mut roots = Vec::new();
        for path in root.get("paths").map(Node::entries).unwrap_or_default() {
            for method in METHODS {
                let Some(node) = path.node.get(method) else { continue };
                let name = format!("{method} {}", path.key);
                let mut refers = Vec::new();
                let (mut sent, mut received) = (Vec::new(), Vec::new());
                if let Some(parameters) = path.node.get("parameters") {
                    references(parameters, &mut sent)?;
                }
                for entry in node.entries() {
                    match entry.key.as_str() {
                        "parameters" | "requestBody" => references(&entry.node, &mut sent)?,
                        "responses" => references(&entry.node, &mut received)?,
                        _ => references(&entry.node, &mut refers)?,
                    }
                }
                roots.push((sent.clone(), received.clone()));
                refers.extend(sent);
                refers.extend(received);
                let operation = Some((path.key.as_str(), method));
                nodes.insert(name, Part { node, item: Some(&path.node), operation, refers });
            }
        }
        let mut users: HashMap<Name, Vec<Name>> = HashMap::new();
        for (name, part) in &nodes {
            for target in &part.refers {
                users.entry(target.clone()).or_default().push(name.clone());
            }
        }
        let mut graph = Self { document, nodes, users, uses: HashMap::new() };
        graph.note_uses(roots);
        Some(graph)
    }

    /// In the way of the generator: what no operation uses counts as sent.
    fn note_uses(&mut self, roots: Vec<(Vec<Name>, Vec<Name>)>) {
        let mut mark = |start: Vec<Name>, response: bool| {
            let mut stack = start;
            while let Some(name) = stack.pop() {
                let uses = self.uses.entry(name.clone()).or_default();
                let flag = if response { &mut uses.1 } else { &mut uses.0 };
                if !std::mem::replace(flag, true)
                    && let Some(part) = self.nodes.get(&name)
                {
                    stack.extend(part.refers.iter().cloned());
                }
            }
        };
        for (sent, received) in roots {
            mark(sent, false);
            mark(received, true);
        }
        let unused: Vec<Name> = self
            .nodes
            .iter()
            .filter(|(name, part)| {
                name.starts_with("/components/schemas/")
                    && part.operation.is_none()
                    && !self.uses.contains_key(*name)
            })
            .flat_map(|(_, part)| part.refers.clone())
            .collect();
        for name in unused {
            self.uses.entry(name).or_default().0 = true;
        }
    }

    /// Adds what refers to the wanted parts and can differ because of them.
    fn add_users(&self, wanted: &mut BTreeSet<Name>, graphs: &[&Self]) {
        let opaque = |name: &Name| {
            graphs.iter().all(|graph| {
                graph.nodes.get(name).is_some_and(|part| {
                    part.operation.is_some()
                        || (part.node.get("properties").is_some()
                            && part.node.get("type").and_then(Node::as_str) == Some("object")
                            && ["nullable", "allOf", "oneOf", "anyOf", "x-rust-type"]
                                .iter()
                                .all(|key| part.node.get(key).is_none()))
                })
            })
        };
        let mut stack: Vec<Name> = wanted.iter().filter(|name| !opaque(name)).cloned().collect();
        let mut seen: BTreeSet<Name> = stack.iter().cloned().collect();
        while let Some(name) = stack.pop() {
            for user in self.users.get(&name).into_iter().flatten() {
                wanted.insert(user.clone());
                if !opaque(user) && seen.insert(user.clone()) {
                    stack.push(user.clone());
                }
            }
        }
    }

    /// A document of the wanted parts and of what they refer to.
    fn part(&self, wanted: &BTreeSet<Name>) -> serde_json::Value {
        let mut kept: BTreeSet<&Name> = BTreeSet::new();
        let mut stack: Vec<&Name> = wanted.iter().collect();
        while let Some(name) = stack.pop() {
            if let Some(part) = self.nodes.get(name)
                && kept.insert(name)
            {
                stack.extend(&part.refers);
            }
        }
        let mut paths = Map::new();
        let mut components = Map::new();
        let (mut sent, mut received) = (Map::new(), Map::new());
        let insert = |map: &mut Map<String, serde_json::Value>, key: &str, inner: &str, value| {
            let entry = map.entry(key.to_owned()).or_insert_with(|| json!({}));
            if let Some(entry) = entry.as_object_mut() {
                entry.insert(inner.to_owned(), value);
            }
        };
        for (index, name) in kept.into_iter().enumerate() {
            let Some(part) = self.nodes.get(name) else { continue };
            let mut value = part.node.to_json();
            if let Some((path, method)) = part.operation {
                if let Some(fields) = value.as_object_mut() {
                    fields.remove("security");
                }
                insert(&mut paths, path, method, value);
                if let Some(parameters) = part.item.and_then(|item| item.get("parameters")) {
                    insert(&mut paths, path, "parameters", parameters.to_json());
                }
                continue;
            }
            let mut tokens = name.split('/').skip(2);
            if let (Some(kind), Some(name)) = (tokens.next(), tokens.next()) {
                insert(&mut components, kind, &cx_client_build::unescape_token(name), value);
            }
            if name.starts_with("/components/schemas/") {
                let uses = self.uses.get(name).copied().unwrap_or_default();
                let reference = json!({ "$ref": format!("#{name}") });
                if uses.0 {
                    sent.insert(format!("p{index}"), reference.clone());
                }
                if uses.1 {
                    received.insert(format!("p{index}"), reference);
                }
            }
        }
        if !(sent.is_empty() && received.is_empty()) {
            paths.insert("/__uses".to_owned(), uses(sent, received));
        }
        json!({
            "openapi": "3.0.4",
            "info": { "title": "part", "version": "part" },
            "paths": paths,
            "components": components,
        })
    }
}

/// An operation that uses the components as the operations do that are left out.
fn uses(
    sent: Map<String, serde_json::Value>,
    received: Map<String, serde_json::Value>,
) -> serde_json::Value {
    let content = |properties: Map<String, serde_json::Value>| json!({ "application/json": { "schema": { "type": "object", "properties": properties } } });
    let mut post = json!({
        "operationId": "xtask_uses_of_the_parts_left_out",
        "responses": { "200": { "description": "" } },
    });
    if !sent.is_empty() {
        post["requestBody"] = json!({ "content": content(sent), "required": true });
    }
    if !received.is_empty() {
        post["responses"]["200"]["content"] = content(received);
    }
    json!({ "post": post })
}

/// Collects the components that a value refers to; `None` if it refers to anything else.
fn references(node: &Node, found: &mut Vec<Name>) -> Option<()> {
    match &node.value {
        Value::Sequence(items) => items.iter().try_for_each(|item| references(item, found))?,
        Value::Mapping(_) => {
            if let Some(target) = node.get("$ref").and_then(Node::as_str) {
                let pointer = target.strip_prefix('#')?;
                (pointer.starts_with("/components/") && pointer.matches('/').count() == 3)
                    .then_some(())?;
                found.push(pointer.to_owned());
                return Some(());
            }
            for entry in node.entries() {
                let data = matches!(entry.key.as_str(), "example" | "default" | "enum" | "value")
                    || entry.key.starts_with("x-");
                if !data
                    || matches!(entry.node.value, Value::Mapping(_))
                        && entry.node.get("type").is_some()
                {
                    references(&entry.node, found)?;
                }
            }
        }
        _ => {}
    }
    Some(())
}

#[derive(Clone, Copy, PartialEq)]
enum Keys {
    Keywords,
    /// Names, down to this many levels.
    Names(usize),
}

fn same_parameters(old: Option<&Node>, new: Option<&Node>) -> bool {
    let parameters = |item: Option<&'_ Node>| item.and_then(|item| item.get("parameters").cloned());
    match (parameters(old), parameters(new)) {
        (Some(a), Some(b)) => same_meaning(&a, &b, Keys::Keywords),
        (None, None) => true,
        _ => false,
    }
}

/// Whether two values are the same but for words, and for the order of keys.
fn same_meaning(old: &Node, new: &Node, keys: Keys) -> bool {
    match (&old.value, &new.value) {
        (Value::Mapping(a), Value::Mapping(b)) => {
            let counts = |key: &str| match keys {
                Keys::Keywords => !is_docs(key) || GENERATOR_EXTENSIONS.contains(&key),
                Keys::Names(_) => true,
            };
            a.entries().iter().filter(|e| counts(&e.key)).count()
                == b.entries().iter().filter(|e| counts(&e.key)).count()
                && a.entries().iter().filter(|e| counts(&e.key)).all(|entry| {
                    let Some(other) = new.get(&entry.key) else { return false };
                    match (keys, entry.key.as_str()) {
                        (Keys::Keywords, "default" | "enum") => same(&entry.node, other),
                        (Keys::Keywords, "properties" | "headers" | "content") => {
                            same_meaning(&entry.node, other, Keys::Names(1))
                        }
                        (Keys::Keywords, _) | (Keys::Names(0 | 1), _) => {
                            same_meaning(&entry.node, other, Keys::Keywords)
                        }
                        (Keys::Names(levels), _) => {
                            same_meaning(&entry.node, other, Keys::Names(levels - 1))
                        }
                    }
                })
        }
        (Value::Sequence(a), Value::Sequence(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_meaning(a, b, keys))
        }
        (Value::Number(a), Value::Number(b)) => same_number(a, b),
        (a, b) => a == b,
    }
}
