//! Reading a document through its references.

use std::rc::Rc;

use cx_client_build::{Document, Node, Value, escape_token};

/// The methods of a Path Item, in the order of the specification.
pub(crate) const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// No valid document has a longer chain of references.
const MAX_REFERENCES: usize = 1_000;

/// A value and the JSON pointer under which it was found.
#[derive(Debug, Clone)]
pub(crate) struct At<'a> {
    pub(crate) node: &'a Node,
    pub(crate) pointer: Rc<str>,
}

impl<'a> At<'a> {
    pub(crate) fn root(document: &'a Document) -> Self {
        Self { node: document.root(), pointer: Rc::from("") }
    }

    /// The value of a key; a reference is given as it stands.
    pub(crate) fn get(&self, key: &str) -> Option<Self> {
        let node = self.node.get(key)?;
        Some(Self { node, pointer: self.below(key) })
    }

    /// The entries of a mapping; references are given as they stand.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&'a str, Self)> + use<'a> {
        let pointer = Rc::clone(&self.pointer);
        self.node.entries().iter().map(move |entry| {
            let pointer = Rc::from(format!("{pointer}/{}", escape_token(&entry.key)));
            (entry.key.as_str(), Self { node: &entry.node, pointer })
        })
    }

    /// The items of a sequence; references are given as they stand.
    pub(crate) fn items(&self) -> impl Iterator<Item = Self> + use<'a> {
        let pointer = Rc::clone(&self.pointer);
        self.node.items().iter().enumerate().map(move |(index, node)| Self {
            node,
            pointer: Rc::from(format!("{pointer}/{index}")),
        })
    }

    pub(crate) fn below(&self, key: &str) -> Rc<str> {
        Rc::from(format!("{}/{}", self.pointer, escape_token(key)))
    }

    /// The text of a key's value.
    pub(crate) fn text(&self, key: &str) -> Option<&'a str> {
        self.node.get(key).and_then(Node::as_str)
    }

    /// Whether a key's value is `true`.
    pub(super) fn flag(&self, key: &str) -> bool {
        self.node.get(key).and_then(Node::as_bool) == Some(true)
    }

    /// What a reference points to.
    pub(crate) fn reference(&self) -> Option<&'a str> {
        self.text("$ref")
    }

    /// The value itself, behind any references.
    pub(crate) fn resolve(mut self, document: &'a Document) -> Self {
        for _ in 0..MAX_REFERENCES {
            let Some(pointer) = self.reference().and_then(|target| target.strip_prefix('#')) else {
                break;
            };
            let Some(node) = document.at(pointer) else { break };
            self = Self { node, pointer: Rc::from(pointer) };
        }
        self
    }

    /// The value of a key, behind any references.
    pub(crate) fn resolved(&self, key: &str, document: &'a Document) -> Option<Self> {
        self.get(key).map(|at| at.resolve(document))
    }
}

/// The two documents.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub(super) old: &'a Document,
    pub(super) new: &'a Document,
}

/// Whether a key only describes: words, examples, and extensions that the generator does not read.
pub(super) fn is_docs(key: &str) -> bool {
    matches!(key, "description" | "summary" | "example" | "examples" | "externalDocs" | "tags")
        || (key.starts_with("x-") && !GENERATOR_EXTENSIONS.contains(&key))
}

/// The extensions that change the generated code: ours, progenitor's and typify's.
pub(super) const GENERATOR_EXTENSIONS: [&str; 4] =
    ["x-sensitive", "x-rust-type", "x-dropshot-pagination", "x-dropshot-websocket"];

/// Whether two values are the same but for the order of keys.
pub(super) fn same(old: &Node, new: &Node) -> bool {
    match (&old.value, &new.value) {
        (Value::Mapping(a), Value::Mapping(b)) => {
            a.entries().len() == b.entries().len()
                && a.entries()
                    .iter()
                    .all(|entry| new.get(&entry.key).is_some_and(|other| same(&entry.node, other)))
        }
        (Value::Sequence(a), Value::Sequence(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Number(a), Value::Number(b)) => same_number(a, b),
        (a, b) => a == b,
    }
}

/// `1` and `1.0` are the same number.
pub(super) fn same_number(a: &serde_json::Number, b: &serde_json::Number) -> bool {
    a == b || (a.is_f64() || b.is_f64()) && a.as_f64() == b.as_f64()
}

/// Whether two optional values are the same but for the order of keys.
pub(super) fn same_option(old: Option<&At<'_>>, new: Option<&At<'_>>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => same(old.node, new.node),
        (None, None) => true,
        _ => false,
    }
}
