//! The values of a document, each with its place.

use std::collections::HashMap;

use crate::position::Position;

/// A value of the document and the place where it begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// The value itself.
    pub value: Value,
    /// Where the value begins.
    pub position: Position,
}

/// What a [`Node`] holds, by the YAML 1.2 core schema (section 10.3).
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// An integer or a finite floating-point number.
    Number(serde_json::Number),
    /// A string.
    String(String),
    /// A sequence.
    Sequence(Vec<Node>),
    /// A mapping; no key stands twice.
    Mapping(Mapping),
}

/// The entries of a mapping in the order of the document, found by key in constant time.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mapping {
    pub(crate) entries: Vec<Entry>,
    /// Where the entry of each key is, if there are many.
    index: HashMap<String, usize>,
}

/// How many keys are sooner compared one by one than found by their hash.
const FEW: usize = 8;

impl Mapping {
    /// The entries in the order of the document.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub(crate) fn position(&self, key: &str) -> Option<usize> {
        if self.entries.len() > FEW {
            return self.index.get(key).copied();
        }
        self.entries.iter().position(|entry| entry.key == key)
    }

    /// Adds the entry, or gives the entry that has its key already.
    pub(crate) fn insert(&mut self, entry: Entry) -> Result<(), &Entry> {
        if let Some(at) = self.position(&entry.key) {
            return Err(&self.entries[at]);
        }
        self.push(entry);
        Ok(())
    }

    /// Adds an entry whose key is new.
    pub(crate) fn push(&mut self, entry: Entry) {
        self.entries.push(entry);
        self.complete_index();
    }

    /// Takes out the entry at a position.
    pub(crate) fn take(&mut self, at: usize) -> Entry {
        let entry = self.entries.remove(at);
        self.index.clear();
        self.complete_index();
        entry
    }

    fn complete_index(&mut self) {
        if self.entries.len() > FEW {
            let added = self.entries.iter().enumerate().skip(self.index.len());
            self.index.extend(added.map(|(at, entry)| (entry.key.clone(), at)));
        }
    }
}

/// A key of a mapping with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key as it is written: a number such as `200` is its text.
    pub key: String,
    /// Where the key begins.
    pub key_position: Position,
    /// The value of the key.
    pub node: Node,
}

impl Node {
    /// The value of `key`, where this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The entry of `key`, where this is a mapping that has it.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Mapping(mapping) => mapping.position(key).map(|at| &mapping.entries[at]),
            _ => None,
        }
    }

    /// The entries of a mapping; empty for anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.value {
            Value::Mapping(mapping) => &mapping.entries,
            _ => &[],
        }
    }

    /// The items of a sequence; empty for anything else.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The text of a string; `None` for anything else.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The truth value of a boolean; `None` for anything else.
    pub fn as_bool(&self) -> Option<bool> {
        match &self.value {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The value as JSON, without the places.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value) => (*value).into(),
            Value::Number(number) => number.clone().into(),
            Value::String(text) => text.as_str().into(),
            Value::Sequence(items) => items.iter().map(Node::to_json).collect(),
            Value::Mapping(_) => serde_json::Value::Object(
                self.entries()
                    .iter()
                    .map(|entry| (entry.key.clone(), entry.node.to_json()))
                    .collect(),
            ),
        }
    }

    /// What kind of value this is, in the words of JSON.
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Sequence(_) => "an array",
            Value::Mapping(_) => "an object",
        }
    }
}

/// The value that a JSON pointer (RFC 6901) names below `root`, and the place of its key; where there is
/// none, the place of its nearest ancestor.
pub(crate) fn walk<'a>(root: &'a Node, pointer: &str) -> (Position, Option<&'a Node>) {
    let mut node = root;
    let mut position = root.position;
    for token in pointer.split('/').skip(1) {
        let token = unescape_token(token);
        let next = match &node.value {
            Value::Mapping(_) => node.entry(&token).map(|entry| (entry.key_position, &entry.node)),
            Value::Sequence(items) => token
                .parse::<usize>()
                .ok()
                .and_then(|index| items.get(index))
                .map(|item| (item.position, item)),
            _ => None,
        };
        match next {
            Some((at, child)) => (position, node) = (at, child),
            None => return (position, None),
        }
    }
    (position, Some(node))
}

/// Escapes a key for use as a token of a JSON pointer (RFC 6901 section 3).
pub fn escape_token(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The key that a token of a JSON pointer stands for (RFC 6901 section 4).
pub fn unescape_token(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}
