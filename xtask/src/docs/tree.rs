//! JSON whose objects keep the order in which their fields were written.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

/// A JSON value whose objects keep their order: a draft reads like the page it is made from.
#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    /// Anything but an array or an object.
    Scalar(Value),
    /// An array.
    List(Vec<Tree>),
    /// An object; a key that is written twice keeps its last value.
    Map(Vec<(String, Tree)>),
}

impl Tree {
    /// An object without fields.
    pub fn object() -> Self {
        Self::Map(Vec::new())
    }

    /// The value of a field.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.fields().iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The value of a field, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Self> {
        let Self::Map(fields) = self else { return None };
        fields.iter_mut().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// The fields of an object; empty for anything else.
    pub fn fields(&self) -> &[(String, Self)] {
        match self {
            Self::Map(fields) => fields,
            _ => &[],
        }
    }

    /// The items of an array; empty for anything else.
    pub fn items(&self) -> &[Self] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// The text of a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Scalar(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// Sets a field of an object, in its old place or at the end; anything else stays as it is.
    pub fn set(&mut self, key: &str, value: impl Into<Self>) {
        let Self::Map(fields) = self else { return };
        let value = value.into();
        match fields.iter_mut().find(|(name, _)| name == key) {
            Some((_, old)) => *old = value,
            None => fields.push((key.to_owned(), value)),
        }
    }

    /// Takes a field out of an object.
    pub fn remove(&mut self, key: &str) -> Option<Self> {
        let Self::Map(fields) = self else { return None };
        let index = fields.iter().position(|(name, _)| name == key)?;
        Some(fields.remove(index).1)
    }

    /// The same value as plain JSON.
    pub fn to_value(&self) -> Value {
        match self {
            Self::Scalar(value) => value.clone(),
            Self::List(items) => items.iter().map(Self::to_value).collect(),
            Self::Map(fields) => Value::Object(
                fields.iter().map(|(key, value)| (key.clone(), value.to_value())).collect(),
            ),
        }
    }

    /// How many levels of arrays and objects there are.
    pub fn depth(&self) -> usize {
        match self {
            Self::Scalar(_) => 0,
            Self::List(items) => 1 + items.iter().map(Self::depth).max().unwrap_or(0),
            Self::Map(fields) => {
                1 + fields.iter().map(|(_, value)| value.depth()).max().unwrap_or(0)
            }
        }
    }
}

impl From<&str> for Tree {
    fn from(text: &str) -> Self {
        Self::Scalar(text.into())
    }
}

impl From<String> for Tree {
    fn from(text: String) -> Self {
        Self::Scalar(text.into())
    }
}

impl From<bool> for Tree {
    fn from(value: bool) -> Self {
        Self::Scalar(value.into())
    }
}

impl From<u64> for Tree {
    fn from(value: u64) -> Self {
        Self::Scalar(value.into())
    }
}

impl From<Number> for Tree {
    fn from(value: Number) -> Self {
        Self::Scalar(Value::Number(value))
    }
}

impl From<&Value> for Tree {
    fn from(value: &Value) -> Self {
        match value {
            Value::Array(items) => Self::List(items.iter().map(Self::from).collect()),
            Value::Object(fields) => Self::Map(
                fields.iter().map(|(key, value)| (key.clone(), Self::from(value))).collect(),
            ),
            scalar => Self::Scalar(scalar.clone()),
        }
    }
}

impl<const N: usize> From<[(&str, Tree); N]> for Tree {
    fn from(fields: [(&str, Self); N]) -> Self {
        Self::Map(fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Tree, E> {
        Ok(Tree::Scalar(Value::Null))
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.into()))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.into()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.into()))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Scalar(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Tree, A::Error> {
        let mut fields: Vec<(String, Tree)> = Vec::new();
        let mut places = std::collections::HashMap::new();
        while let Some((key, value)) = access.next_entry::<String, Tree>()? {
            match places.get(&key) {
                Some(&at) => {
                    let slot: &mut (String, Tree) = &mut fields[at];
                    slot.1 = value;
                }
                None => {
                    places.insert(key.clone(), fields.len());
                    fields.push((key, value));
                }
            }
        }
        Ok(Tree::Map(fields))
    }
}
