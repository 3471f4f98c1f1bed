//! Which alternative of a `oneOf` or `anyOf` a value is.
#![allow(dead_code, reason = "a document uses some of this")]

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::lenient;

/// What is known of an alternative before it is decoded.
#[derive(Debug)]
pub(crate) struct Alternative {
    /// The kind of JSON value that it is.
    pub(crate) kind: Kind,
    /// Properties with the values that they have in this alternative: what tells it apart.
    pub(crate) tags: &'static [(&'static str, &'static [&'static str])],
    /// The properties that it must have.
    pub(crate) required: &'static [&'static str],
    /// The properties that it can have.
    pub(crate) known: &'static [&'static str],
    /// The values that it can have, as JSON, where they are listed.
    pub(crate) values: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Any,
    Object,
    Array,
    String,
    Integer,
    Number,
    Boolean,
}

impl Alternative {
    fn fits(&self, value: &Value) -> bool {
        let kind = match value {
            Value::Object(_) => self.kind == Kind::Object,
            Value::Array(_) => self.kind == Kind::Array,
            Value::String(_) => self.kind == Kind::String,
            Value::Number(number) => match self.kind {
                Kind::Integer => {
                    !number.is_f64() || number.as_f64().is_some_and(|number| number.fract() == 0.0)
                }
                kind => kind == Kind::Number,
            },
            Value::Bool(_) => self.kind == Kind::Boolean,
            Value::Null => false,
        };
        let listed = || self.values.is_empty() || self.values.contains(&&*value.to_string());
        let tagged = || {
            self.tags.iter().all(|(name, values)| {
                value.get(name).is_some_and(|value| values.contains(&&*value.to_string()))
            })
        };
        (kind || self.kind == Kind::Any) && listed() && tagged()
    }

    /// What speaks for this alternative, more first: all that it requires is there, its number of
    /// known properties that the value has, and that it is not the one that takes anything.
    fn rank(&self, value: &Value) -> (bool, usize, bool) {
        let has = |name: &&&str| value.get(**name).is_some();
        (
            self.required.iter().all(|name| value.get(name).is_some()),
            self.known.iter().filter(has).count(),
            self.kind != Kind::Any && !(self.kind == Kind::Number && value.is_i64()),
        )
    }
}

/// The indices of the alternatives that `value` can be, the likeliest first. One whose tag is
/// another, or that is another kind of JSON value, is not among them.
pub(crate) fn candidates(value: &Value, alternatives: &[Alternative]) -> Vec<usize> {
    let mut fitting: Vec<usize> =
        (0..alternatives.len()).filter(|index| alternatives[*index].fits(value)).collect();
    // Stable: among equals the document's order decides.
    fitting.sort_by_key(|index| std::cmp::Reverse(alternatives[*index].rank(value)));
    fitting
}

/// The value as one alternative; as a response that is not quite as documented, where its tag says
/// that it is this one.
pub(crate) fn read<T: DeserializeOwned>(value: &Value, alternative: &Alternative) -> Option<T> {
    match T::deserialize(value) {
        Ok(read) => Some(read),
        Err(_) if alternative.tags.is_empty() => None,
        Err(_) => lenient::corrected(value).ok().map(|(read, _)| read),
    }
}
