//! Reading an OpenAPI document: values that know their JSON pointer, what references name, and the
//! operations.

mod operations;

use std::rc::Rc;

use cx_client_build::{Document, Node, Value, escape_token};

pub(crate) use operations::{Operation, parameter_key, path_items};

/// No valid document has a longer chain of references.
const MAX_REFERENCES: usize = 1_000;

/// The keys of values that are data.
const DATA: [&str; 5] = ["example", "examples", "default", "enum", "mapping"];

/// The keys of objects whose own keys are names.
const NAMED: [&str; 12] = [
    "paths",
    "responses",
    "content",
    "headers",
    "encoding",
    "properties",
    "schemas",
    "parameters",
    "requestBodies",
    "securitySchemes",
    "callbacks",
    "links",
];

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

    /// The value that a JSON pointer names.
    pub(crate) fn of(document: &'a Document, pointer: &str) -> Option<Self> {
        Some(Self { node: document.at(pointer)?, pointer: Rc::from(pointer) })
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

    /// The entries of the mapping under a key.
    pub(crate) fn entries_of(&self, key: &str) -> impl Iterator<Item = (&'a str, Self)> + use<'a> {
        self.get(key).into_iter().flat_map(|at| at.entries())
    }

    /// The items of the sequence under a key.
    pub(crate) fn items_of(&self, key: &str) -> impl Iterator<Item = Self> + use<'a> {
        self.get(key).into_iter().flat_map(|at| at.items())
    }

    /// The objects at and below a value, in the order of the document, but for those that are data.
    pub(crate) fn objects(&self) -> Vec<Self> {
        let mut found = Vec::new();
        self.gather_objects(None, &mut found);
        found
    }

    /// `names_of` is the key of a value whose own keys are names, such as `properties`.
    fn gather_objects(&self, names_of: Option<&str>, found: &mut Vec<Self>) {
        if names_of != Some("properties") && matches!(self.node.value, Value::Mapping(_)) {
            found.push(self.clone());
        }
        for (key, inner) in self.entries() {
            let is_data = match names_of {
                None => DATA.contains(&key) || key.starts_with("x-"),
                Some("paths" | "responses") => key.starts_with("x-"),
                Some(_) => false,
            };
            if !is_data {
                let has_names = names_of.is_none() && NAMED.contains(&key);
                inner.gather_objects(has_names.then_some(key), found);
            }
        }
        self.items().for_each(|item| item.gather_objects(None, found));
    }

    pub(crate) fn below(&self, key: &str) -> Rc<str> {
        Rc::from(format!("{}/{}", self.pointer, escape_token(key)))
    }

    /// The text of a key's value.
    pub(crate) fn text(&self, key: &str) -> Option<&'a str> {
        self.node.get(key).and_then(Node::as_str)
    }

    /// Whether a key's value is a text that says something.
    pub(crate) fn says(&self, key: &str) -> bool {
        self.text(key).is_some_and(|text| !text.trim().is_empty())
    }

    /// Whether a key's value is `true`.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.node.get(key).and_then(Node::as_bool) == Some(true)
    }

    /// What a reference points to.
    pub(crate) fn reference(&self) -> Option<&'a str> {
        self.text("$ref")
    }

    /// The value itself, behind any references, at the place where it is written out. A reference
    /// that leads nowhere stands for itself.
    pub(crate) fn resolve(mut self, document: &'a Document) -> Self {
        for _ in 0..MAX_REFERENCES {
            let target = self.reference().and_then(|target| target.strip_prefix('#'));
            match target.and_then(|pointer| Self::of(document, pointer)) {
                Some(next) => self = next,
                None => break,
            }
        }
        self
    }

    /// The value of a key, behind any references.
    pub(crate) fn resolved(&self, key: &str, document: &'a Document) -> Option<Self> {
        self.get(key).map(|at| at.resolve(document))
    }
}

/// Puts a value at a JSON pointer, with objects for what is not there on the way; in a list, at its
/// end where the index is none of it.
pub(crate) fn put(document: &mut Document, pointer: &str, node: Node) {
    let Some((parent, token)) = pointer.rsplit_once('/') else { return };
    if document.at(parent).is_none() {
        put(document, parent, Node::object(node.position));
    }
    let Some(parent) = document.at_mut(parent) else { return };
    let key = cx_client_build::unescape_token(token);
    match parent.items_mut() {
        Some(items) => match key.parse::<usize>().ok().filter(|at| *at < items.len()) {
            Some(at) => items[at] = node,
            None => items.push(node),
        },
        None => parent.set(&key, node),
    }
}

/// Whether two values are the same but for the order of keys.
pub(crate) fn same(old: &Node, new: &Node) -> bool {
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
fn same_number(a: &serde_json::Number, b: &serde_json::Number) -> bool {
    a == b || (a.is_f64() || b.is_f64()) && a.as_f64() == b.as_f64()
}

/// Whether two optional values are the same but for the order of keys.
pub(crate) fn same_option(old: Option<&At<'_>>, new: Option<&At<'_>>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => same(old.node, new.node),
        (None, None) => true,
        _ => false,
    }
}
