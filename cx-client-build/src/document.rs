//! A YAML or JSON document whose every value knows where it stands.

mod edit;
mod path_items;

use std::collections::HashMap;
use std::path::Path;

use crate::diagnostic::{Diagnostic, Error};
use crate::loader::{Loader, MAX_DEPTH};
use crate::position::Position;
use crate::surrogate_pairs::Joined;

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
    entries: Vec<Entry>,
    index: HashMap<String, usize>,
}

impl Mapping {
    /// The entries in the order of the document.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Adds the entry, or gives the entry that has its key already.
    pub(crate) fn insert(&mut self, entry: Entry) -> Result<(), &Entry> {
        use std::collections::hash_map::Entry as Slot;
        match self.index.entry(entry.key.clone()) {
            Slot::Occupied(slot) => Err(&self.entries[*slot.get()]),
            Slot::Vacant(slot) => {
                slot.insert(self.entries.len());
                self.entries.push(entry);
                Ok(())
            }
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
            Value::Mapping(mapping) => mapping.index.get(key).map(|at| &mapping.entries[*at]),
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

/// A parsed YAML or JSON document.
///
/// JSON is read as the subset of YAML that it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    file: String,
    root: Node,
}

impl Document {
    /// Reads and parses the file at `path`.
    ///
    /// # Errors
    ///
    /// If the file cannot be read, is not UTF-8, or is not one YAML document. The error says where
    /// and what to do.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let file = path.display().to_string();
        let fail = |message: String, help: &str| {
            Diagnostic::error("unreadable", &file, Position::START, message).help(help).into()
        };
        if path.is_dir() {
            return Err(fail(
                "this is a directory, not a file".to_owned(),
                "name the OpenAPI document itself, for example openapi.yaml",
            ));
        }
        let bytes = std::fs::read(path).map_err(|error| {
            fail(
                format!("cannot read the file: {error}"),
                "check the path, and that you may read the file",
            )
        })?;
        Self::parse_bytes(&file, &bytes)
    }

    /// Parses bytes that stand for the file named `file`; see [`Document::parse`].
    ///
    /// # Errors
    ///
    /// As [`Document::parse`], and if the bytes are not UTF-8.
    pub fn parse_bytes(file: impl Into<String>, bytes: &[u8]) -> Result<Self, Error> {
        let file = file.into();
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::parse(file, text),
            Err(error) => {
                let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
                Err(Diagnostic::error(
                    "unreadable",
                    &file,
                    end_of(&valid),
                    format!("byte {} is not UTF-8", error.valid_up_to()),
                )
                .help("save the document as UTF-8 text")
                .into())
            }
        }
    }

    /// Parses `text`; `file` is the name that errors will show.
    ///
    /// # Errors
    ///
    /// If `text` is not YAML, holds no document or more than one, repeats a key in a mapping, is
    /// nested deeper than 128 levels, or grows beyond four million values by its aliases.
    pub fn parse(file: impl Into<String>, text: &str) -> Result<Self, Error> {
        let file = file.into();
        if let Some(offset) = text.find('\0') {
            return Err(Diagnostic::error(
                "yaml-syntax",
                &file,
                end_of(&text[..offset]),
                "there is a NUL byte here",
            )
            .help("remove it; an OpenAPI document is plain text")
            .into());
        }
        let text = Joined::new(text);
        let mut root = Loader::new(&file, &text).document()?;
        path_items::put_in_place(&mut root);
        Ok(Self { file, root })
    }

    /// The name of the file, as it was given.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The outermost value.
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// The whole document as JSON, without the places.
    pub fn to_json(&self) -> serde_json::Value {
        self.root.to_json()
    }

    /// The value that a JSON pointer (RFC 6901) names.
    pub fn at(&self, pointer: &str) -> Option<&Node> {
        walk(&self.root, pointer).1
    }

    /// The value that `node` stands for: what its `$ref` names inside this document, and so on; or
    /// `node` itself, if it has none or one that leads nowhere.
    pub fn resolve<'a>(&'a self, mut node: &'a Node) -> &'a Node {
        // A circle is at most as long as the references that there are.
        for _ in 0..MAX_DEPTH {
            let target = node.get("$ref").and_then(Node::as_str);
            match target.and_then(|target| self.at(target.strip_prefix('#')?)) {
                Some(next) => node = next,
                None => break,
            }
        }
        node
    }

    /// Where the value of a JSON pointer (RFC 6901) stands: the place of its key, or of its
    /// nearest ancestor where the document does not have it.
    pub fn position(&self, pointer: &str) -> Position {
        walk(&self.root, pointer).0
    }
}

fn walk<'a>(root: &'a Node, pointer: &str) -> (Position, Option<&'a Node>) {
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

/// Whether the keys of the object at `pointer` are names that the document chooses, such as those of
/// properties, and not fields of OpenAPI: there a key `default` or `example` holds no data.
pub(crate) fn has_free_keys(pointer: &str) -> bool {
    let last = pointer.rsplit('/').next().unwrap_or_default();
    matches!(last, "properties" | "responses")
        || pointer.strip_prefix("/components/").is_some_and(|kind| !kind.contains('/'))
}

/// Escapes a key for use as a token of a JSON pointer (RFC 6901 section 3).
pub fn escape_token(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// The key that a token of a JSON pointer stands for (RFC 6901 section 4).
pub fn unescape_token(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

fn end_of(text: &str) -> Position {
    let line = text.matches('\n').count() + 1;
    let column = text.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
    Position { line, column }
}
