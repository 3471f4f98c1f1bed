//! Leaves out of large documents what is generated alike from both.
//!
//! Generating a document takes a thousand times longer than comparing it. Of a large document only
//! the part is generated that can differ:
//!
//! - the operations and components whose meaning differs, or that only one document has;
//! - the components that requests or responses use in one document only, since that decides
//!   `#[non_exhaustive]` and the variant for unknown values;
//! - the components that refer to each other in a circle in one document only, and their users;
//! - what refers to them, unless it refers to a plain object in both, whose type is the same to
//!   those that refer to it whatever is inside;
//! - what all of these refer to, where it is a plain object in both documents only as a type of
//!   that name.
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

/// The parts of both documents that have to be generated; `None` if that is all of them, or nearly.
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
    let graphs = [&old, &new];
    add_circles(&mut wanted, &graphs);
    add_users(&mut wanted, &graphs);
    // Writing and reading parts takes longer than generating the little that they would leave out.
    if wanted.len() * 10 > old.nodes.len().max(new.nodes.len()) * 9 {
        return None;
    }
    let part = |graph: &Graph<'_>| -> Option<Document> {
        // On lines of its own, since the YAML parser is slow on a long one.
        let text = serde_json::to_string_pretty(&graph.part(&wanted, &graphs)).ok()?;
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

/// How the operations use a component.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Uses {
    sent: bool,
    received: bool,
    /// In the response `default`: an error, unless it is the only one.
    received_by_default: bool,
}

struct Graph<'a> {
    document: &'a Document,
    nodes: BTreeMap<Name, Part<'a>>,
    users: HashMap<Name, Vec<Name>>,
    /// How the operations use a component.
    uses: HashMap<Name, Uses>,
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
                references(&entry.node, Keys::Keywords, &mut refers)?;
                nodes.insert(name, Part { node: &entry.node, item: None, operation: None, refers });
            }
        }
        let mut roots = Vec::new();
        for path in root.get("paths").map(Node::entries).unwrap_or_default() {
            for method in METHODS {
                let Some(node) = path.node.get(method) else { continue };
                let name = format!("{method} {}", path.key);
                let mut refers = Vec::new();
                let [mut sent, mut received, mut by_default] = [const { Vec::new() }; 3];
                if let Some(parameters) = path.node.get("parameters") {
                    references(parameters, Keys::Keywords, &mut sent)?;
                }
                for entry in node.entries() {
                    let found = match entry.key.as_str() {
                        "parameters" | "requestBody" => &mut sent,
                        "responses" => continue,
                        _ => &mut refers,
                    };
                    references(&entry.node, Keys::Keywords, found)?;
                }
                for response in node.get("responses").map(Node::entries).unwrap_or_default() {
                    let found =
                        if response.key == "default" { &mut by_default } else { &mut received };
                    references(&response.node, Keys::Keywords, found)?;
                }
                refers.extend([&sent, &received, &by_default].into_iter().flatten().cloned());
                roots.push([sent, received, by_default]);
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

    /// What no operation uses counts as sent, as it does for the generator.
    fn note_uses(&mut self, roots: Vec<[Vec<Name>; 3]>) {
        let flags: [fn(&mut Uses) -> &mut bool; 3] = [
            |uses| &mut uses.sent,
            |uses| &mut uses.received,
            |uses| &mut uses.received_by_default,
        ];
        for lists in roots {
            for (list, flag) in lists.into_iter().zip(flags) {
                self.mark(list, flag);
            }
        }
        let unused: Vec<Name> = self
            .nodes
            .iter()
            .filter(|(name, _)| name.starts_with("/components/schemas/"))
            .filter(|(name, _)| !self.uses.contains_key(*name))
            .flat_map(|(_, part)| part.refers.clone())
            .collect();
        self.mark(unused, flags[0]);
    }

    /// Notes a use of the named parts and of what they refer to.
    fn mark(&mut self, mut names: Vec<Name>, flag: fn(&mut Uses) -> &mut bool) {
        while let Some(name) = names.pop() {
            let known = std::mem::replace(flag(self.uses.entry(name.clone()).or_default()), true);
            if !known && let Some(part) = self.nodes.get(&name) {
                names.extend(part.refers.iter().cloned());
            }
        }
    }

    fn refers(&self, name: &Name) -> BTreeSet<&Name> {
        self.nodes.get(name).map(|part| part.refers.iter().collect()).unwrap_or_default()
    }

    /// Everything that a part refers to, directly or not.
    fn reach(&self, name: &Name) -> BTreeSet<Name> {
        let mut found = BTreeSet::new();
        let mut stack: Vec<&Name> = self.refers(name).into_iter().collect();
        while let Some(name) = stack.pop() {
            if found.insert(name.clone()) {
                stack.extend(self.refers(name));
            }
        }
        found
    }

    /// What is to be generated: in full, and as a type of its name only.
    fn closure<'x>(
        &'x self,
        wanted: &'x BTreeSet<Name>,
        graphs: &[&Self],
    ) -> (BTreeSet<&'x Name>, BTreeSet<&'x Name>) {
        let mut kept: BTreeSet<&Name> = BTreeSet::new();
        let mut names: BTreeSet<&Name> = BTreeSet::new();
        let mut stack: Vec<&Name> = wanted.iter().collect();
        while let Some(name) = stack.pop() {
            let Some(part) = self.nodes.get(name) else { continue };
            if !kept.insert(name) {
                continue;
            }
            for target in &part.refers {
                if !wanted.contains(target) && is_plain_object(graphs, target) {
                    names.insert(target);
                } else {
                    stack.push(target);
                }
            }
        }
        (kept, names)
    }

    /// A document of the wanted parts and of what they refer to.
    fn part(&self, wanted: &BTreeSet<Name>, graphs: &[&Self]) -> serde_json::Value {
        let (kept, names) = self.closure(wanted, graphs);
        let mut paths = Map::new();
        let mut components = Map::new();
        let [mut sent, mut received, mut by_default] = [(); 3].map(|()| Map::new());
        let insert = |map: &mut Map<String, serde_json::Value>, key: &str, inner: &str, value| {
            let entry = map.entry(key.to_owned()).or_insert_with(|| json!({}));
            if let Some(entry) = entry.as_object_mut() {
                entry.insert(inner.to_owned(), value);
            }
        };
        for (index, name) in kept.into_iter().chain(names.iter().copied()).enumerate() {
            let Some(part) = self.nodes.get(name) else { continue };
            let mut value = if names.contains(name) {
                json!({ "type": "object", "properties": { "any": { "type": "string" } } })
            } else {
                part.node.to_json()
            };
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
                let key = format!("p{index}");
                if uses.sent {
                    sent.insert(key.clone(), reference.clone());
                }
                if uses.received {
                    received.insert(key.clone(), reference.clone());
                }
                if uses.received_by_default {
                    by_default.insert(key, reference);
                }
            }
        }
        paths.insert("/__uses".to_owned(), uses(sent, received, by_default));
        json!({
            "openapi": "3.0.4",
            "info": { "title": "part", "version": "part" },
            "paths": paths,
            "components": components,
        })
    }
}

/// Adds the types that contain each other in a circle in one document only, with what uses them:
/// the fields that hold them are boxed.
///
/// Such a circle goes through a component that refers to something else than before.
fn add_circles(wanted: &mut BTreeSet<Name>, graphs: &[&Graph<'_>; 2]) {
    let [old, new] = graphs;
    let mut circles = BTreeSet::new();
    for name in wanted.iter().filter(|name| old.refers(name) != new.refers(name)) {
        for graph in graphs {
            let reach = graph.reach(name);
            if reach.contains(name) {
                circles.extend(reach);
            }
        }
    }
    for name in circles {
        for graph in graphs {
            wanted.extend(graph.users.get(&name).into_iter().flatten().cloned());
        }
        wanted.insert(name);
    }
}

/// Adds what refers to the wanted parts and can differ because of them.
fn add_users(wanted: &mut BTreeSet<Name>, graphs: &[&Graph<'_>; 2]) {
    let ends = |name: &Name| is_operation(graphs, name) || is_plain_object(graphs, name);
    let mut stack: Vec<Name> = wanted.iter().filter(|name| !ends(name)).cloned().collect();
    let mut seen: BTreeSet<Name> = stack.iter().cloned().collect();
    while let Some(name) = stack.pop() {
        for graph in graphs {
            for user in graph.users.get(&name).into_iter().flatten() {
                wanted.insert(user.clone());
                if !ends(user) && seen.insert(user.clone()) {
                    stack.push(user.clone());
                }
            }
        }
    }
}

/// Whether one of the documents has an operation of this name.
fn is_operation(graphs: &[&Graph<'_>], name: &Name) -> bool {
    graphs.iter().any(|graph| graph.nodes.get(name).is_some_and(|part| part.operation.is_some()))
}

/// Whether a component is an object with properties, and nothing else, in both documents.
fn is_plain_object(graphs: &[&Graph<'_>], name: &Name) -> bool {
    // Whether an error counts as received is for the generator to say, of the component itself.
    let only_by_default = Uses { received_by_default: true, ..Uses::default() };
    graphs.iter().all(|graph| {
        graph.uses.get(name) != Some(&only_by_default)
            && graph.nodes.get(name).is_some_and(|part| {
                part.node
                    .get("properties")
                    .is_some_and(|properties| !properties.entries().is_empty())
                    && part.node.get("type").and_then(Node::as_str) == Some("object")
                    && [
                        "nullable",
                        "allOf",
                        "oneOf",
                        "anyOf",
                        "not",
                        "enum",
                        "default",
                        "x-rust-type",
                    ]
                    .iter()
                    .all(|key| part.node.get(key).is_none())
            })
    })
}

/// The id of the operation that is added to parts, and how its types begin.
const ADDED: (&str, &str) = ("xtask_uses_of_parts_left_out", "XtaskUsesOfPartsLeftOut");

/// Takes out of an API what was added to the part of the document that it was generated from.
pub(super) fn remove_added(api: &mut super::model::Api) {
    api.types.retain(|name, _| !name.starts_with(ADDED.1));
}

/// An operation that uses the components as the operations do that are left out.
fn uses(
    sent: Map<String, serde_json::Value>,
    received: Map<String, serde_json::Value>,
    by_default: Map<String, serde_json::Value>,
) -> serde_json::Value {
    let content = |properties: Map<String, serde_json::Value>| {
        let schema = json!({ "type": "object", "properties": properties });
        json!({ "application/json": { "schema": schema } })
    };
    let mut post = json!({
        "operationId": ADDED.0,
        "responses": { "200": { "description": "" } },
    });
    if !sent.is_empty() {
        post["requestBody"] = json!({ "content": content(sent), "required": true });
    }
    if !received.is_empty() {
        post["responses"]["200"]["content"] = content(received);
    }
    if !by_default.is_empty() {
        post["responses"]["default"] = json!({ "description": "", "content": content(by_default) });
    }
    json!({ "post": post })
}

/// Collects the components that a value refers to; `None` if it refers to anything else.
fn references(node: &Node, keys: Keys, found: &mut Vec<Name>) -> Option<()> {
    match &node.value {
        Value::Sequence(items) => {
            items.iter().try_for_each(|item| references(item, keys, found))?;
        }
        Value::Mapping(_) => {
            let names = keys != Keys::Keywords;
            if !names && let Some(target) = node.get("$ref").and_then(Node::as_str) {
                let pointer = target.strip_prefix('#')?;
                (pointer.starts_with("/components/") && pointer.matches('/').count() == 3)
                    .then_some(())?;
                found.push(pointer.to_owned());
                return Some(());
            }
            for entry in node.entries() {
                let key = entry.key.as_str();
                let data = matches!(key, "example" | "default" | "enum" | "value" | "mapping")
                    || key.starts_with("x-");
                match (names, key) {
                    (true, _) => references(&entry.node, Keys::Keywords, found)?,
                    (false, "properties" | "headers" | "responses" | "examples" | "links") => {
                        references(&entry.node, Keys::Names(1), found)?;
                    }
                    (false, _) if data => {}
                    (false, _) => references(&entry.node, Keys::Keywords, found)?,
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
                        (Keys::Keywords, "properties" | "headers" | "content" | "responses") => {
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
