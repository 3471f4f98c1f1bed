//! Making and changing documents whose values keep their places.

use super::Document;
use crate::node::{Entry, Mapping, Node, Value, unescape_token};
use crate::position::Position;

impl Mapping {
    /// Sets the value of the entry's key: in the place of the value that it had, or at the end.
    pub fn set(&mut self, entry: Entry) {
        match self.position(&entry.key) {
            Some(at) => self.entries[at] = entry,
            None => self.push(entry),
        }
    }

    /// Takes out the entry of `key`.
    pub fn remove(&mut self, key: &str) -> Option<Entry> {
        self.position(key).map(|at| self.take(at))
    }
}

impl Node {
    /// A string.
    pub fn text(position: Position, text: impl Into<String>) -> Self {
        Self { value: Value::String(text.into()), position }
    }

    /// A mapping without entries.
    pub fn object(position: Position) -> Self {
        Self { value: Value::Mapping(Mapping::default()), position }
    }

    /// A sequence.
    pub fn array(position: Position, items: Vec<Self>) -> Self {
        Self { value: Value::Sequence(items), position }
    }

    /// A JSON value, all of which stands at `position`.
    pub fn from_json(position: Position, json: &serde_json::Value) -> Self {
        let value = match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(value) => Value::Bool(*value),
            serde_json::Value::Number(number) => Value::Number(number.clone()),
            serde_json::Value::String(text) => Value::String(text.clone()),
            serde_json::Value::Array(items) => {
                Value::Sequence(items.iter().map(|item| Self::from_json(position, item)).collect())
            }
            serde_json::Value::Object(fields) => {
                let mut node = Self::object(position);
                for (key, value) in fields {
                    node.set(key, Self::from_json(position, value));
                }
                return node;
            }
        };
        Self { value, position }
    }

    /// Sets the value of `key` in a mapping, its key standing where the value does; does nothing to
    /// anything else.
    pub fn set(&mut self, key: &str, node: Self) {
        let key_position = node.position;
        if let Value::Mapping(mapping) = &mut self.value {
            mapping.set(Entry { key: key.to_owned(), key_position, node });
        }
    }

    /// Takes the value of `key` out of a mapping.
    pub fn remove(&mut self, key: &str) -> Option<Self> {
        match &mut self.value {
            Value::Mapping(mapping) => mapping.remove(key).map(|entry| entry.node),
            _ => None,
        }
    }

    /// The entry of `key`, to be changed, where this is a mapping that has it.
    pub fn entry_mut(&mut self, key: &str) -> Option<&mut Entry> {
        match &mut self.value {
            Value::Mapping(mapping) => {
                let at = mapping.position(key)?;
                mapping.entries.get_mut(at)
            }
            _ => None,
        }
    }

    /// The value of `key`, to be changed, where this is a mapping that has it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        self.entry_mut(key).map(|entry| &mut entry.node)
    }

    /// The items of a sequence, to be changed.
    pub fn items_mut(&mut self) -> Option<&mut Vec<Self>> {
        match &mut self.value {
            Value::Sequence(items) => Some(items),
            _ => None,
        }
    }

    /// Gives every value and key below and at this one the place that `place` makes of it.
    pub fn replace_positions(&mut self, place: &impl Fn(Position) -> Position) {
        self.position = place(self.position);
        match &mut self.value {
            Value::Sequence(items) => items.iter_mut().for_each(|one| one.replace_positions(place)),
            Value::Mapping(mapping) => {
                for entry in &mut mapping.entries {
                    entry.key_position = place(entry.key_position);
                    entry.node.replace_positions(place);
                }
            }
            _ => {}
        }
    }
}

impl Document {
    /// A document made of values; `file` is the name that findings about it show.
    pub fn new(file: impl Into<String>, root: Node) -> Self {
        Self { file: file.into(), root }
    }

    /// The value that a JSON pointer (RFC 6901) names, to be changed.
    pub fn at_mut(&mut self, pointer: &str) -> Option<&mut Node> {
        let mut node = &mut self.root;
        for token in pointer.split('/').skip(1) {
            let token = unescape_token(token);
            node = if matches!(node.value, Value::Sequence(_)) {
                node.items_mut()?.get_mut(token.parse::<usize>().ok()?)?
            } else {
                node.get_mut(&token)?
            };
        }
        Some(node)
    }
}
