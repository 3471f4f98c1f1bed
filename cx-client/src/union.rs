//! Which alternative of a `oneOf` or `anyOf` a value is.
#![allow(dead_code, reason = "a document uses some of this")]

use std::cell::RefCell;
use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize as _;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde_json::Value;

use crate::correction::Correction;
use crate::lenient;

/// What is known of an alternative before it is decoded.
#[derive(Debug)]
pub(crate) struct Alternative {
    /// The kind of JSON value that it is.
    pub(crate) kind: Kind,
    /// What distinguishes it.
    pub(crate) tags: &'static [Tag],
    /// The properties that it must have.
    pub(crate) required: &'static [&'static str],
    /// The properties that it can have.
    pub(crate) known: &'static [&'static str],
    /// The values that it can have, as JSON, where they are listed.
    pub(crate) values: &'static [&'static str],
}

/// A property with the values that it has in an alternative.
#[derive(Debug)]
pub(crate) struct Tag {
    /// The JSON pointer (RFC 6901) in the value.
    pub(crate) at: &'static str,
    /// The values, as JSON.
    pub(crate) values: &'static [&'static str],
    /// Whether the alternative must have it.
    pub(crate) required: bool,
}

impl Tag {
    fn is_in(&self, value: &Value) -> bool {
        value.pointer(self.at).is_some_and(|value| is_one_of(value, self.values))
    }

    fn allows(&self, value: &Value) -> bool {
        let is_absent = value.pointer(self.at).is_none_or(Value::is_null);
        self.is_in(value) || (is_absent && !self.required)
    }
}

/// Whether a value is one of these, which are JSON; `1.0` is the integer `1`.
fn is_one_of(value: &Value, listed: &[&str]) -> bool {
    let is_it = |text: &&str| {
        let number = value.as_f64().filter(|_| value.is_f64());
        number.is_some_and(|number| text.parse() == Ok(number))
    };
    listed.contains(&&*value.to_string()) || listed.iter().any(is_it)
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
        let listed = || self.values.is_empty() || is_one_of(value, self.values);
        let tagged = || self.tags.iter().all(|tag| tag.allows(value));
        (kind || self.kind == Kind::Any) && listed() && tagged()
    }

    /// Whether a value that fits says itself that it is this alternative.
    fn is_named_by(&self, value: &Value) -> bool {
        self.tags.iter().any(|tag| tag.is_in(value))
    }

    /// What is in favour of this alternative, the stronger first: all that it requires is there, the
    /// value has its tag, its number of known properties that the value has, and that it is not the
    /// one that takes anything.
    fn rank(&self, value: &Value) -> (bool, bool, usize, bool) {
        let has = |name: &&&str| value.get(**name).is_some();
        (
            self.required.iter().all(|name| value.get(name).is_some()),
            self.is_named_by(value),
            self.known.iter().filter(has).count(),
            self.kind != Kind::Any && !(self.kind == Kind::Number && value.is_i64()),
        )
    }
}

/// An enum of alternatives.
pub(crate) trait Union: Sized {
    /// The alternatives in the order of the document.
    const ALTERNATIVES: &'static [Alternative];
    /// Keeps a value that is none of them, where a response contains the enum.
    const UNKNOWN: Option<fn(Value) -> Self>;

    /// The value as the alternative of this index.
    fn read(alternative: usize, value: Reading<'_>) -> Option<Self>;
}

/// A value that is to be read as an alternative.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reading<'a> {
    value: &'a Value,
    alternative: &'a Alternative,
}

impl Reading<'_> {
    /// The value as it is; or, in a response, with what is not quite as documented corrected, where
    /// its tag says that it is this alternative.
    pub(crate) fn read<T: DeserializeOwned>(self) -> Option<T> {
        // As it is means all of it: what corrects the parts has to know their place.
        let outer = CORRECTIONS.take();
        let exact = lenient::exact(self.value);
        CORRECTIONS.set(outer);
        if exact.is_ok() || !self.alternative.is_named_by(self.value) || !corrects() {
            return exact.ok();
        }
        let (read, found) = lenient::corrected(self.value).ok()?;
        CORRECTIONS.with_borrow_mut(|all| all.get_or_insert_default().extend(found));
        Some(read)
    }

    /// The value as one of the alternatives of a union that is an alternative itself.
    pub(crate) fn read_union<T: Union>(self) -> Option<T> {
        known(self.value)
    }
}

thread_local! {
    /// What has been corrected in the alternative at hand, where corrections are wanted.
    static CORRECTIONS: RefCell<Option<Vec<Correction>>> = const { RefCell::new(None) };
}

/// The name under which a union asks to be read: [`lenient`] knows by it where one begins.
pub(crate) const NAME: &str = "cx_client::union";

fn corrects() -> bool {
    CORRECTIONS.with_borrow(Option::is_some)
}

/// Reads with corrections, and gives those that were made.
pub(crate) fn correcting<T>(read: impl FnOnce() -> T) -> (T, Vec<Correction>) {
    let before = CORRECTIONS.replace(Some(Vec::new()));
    let read = read();
    (read, CORRECTIONS.replace(before).unwrap_or_default())
}

/// Reads the alternative that a value is. One whose tag says that it is a certain alternative, and
/// which is not as documented, is an error where nothing is corrected.
pub(crate) fn deserialize<'de, T: Union, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_newtype_struct(NAME, Alternatives(PhantomData))
}

struct Alternatives<T>(PhantomData<T>);

impl<'de, T: Union> Visitor<'de> for Alternatives<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("one of the documented alternatives")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        let value = Value::deserialize(deserializer)?;
        if let Some(known) = known(&value) {
            return Ok(known);
        }
        let tagged =
            |alternative: &Alternative| alternative.fits(&value) && alternative.is_named_by(&value);
        match T::UNKNOWN {
            Some(keep) if corrects() || !T::ALTERNATIVES.iter().any(tagged) => Ok(keep(value)),
            _ => Err(D::Error::custom("the value is none of the documented alternatives")),
        }
    }
}

/// The value as the likeliest of the alternatives that it can be.
fn known<T: Union>(value: &Value) -> Option<T> {
    candidates(value, T::ALTERNATIVES)
        .into_iter()
        .find_map(|index| T::read(index, Reading { value, alternative: &T::ALTERNATIVES[index] }))
}

/// The indices of the alternatives that `value` can be, the likeliest first. One whose tag is
/// another, or that is another kind of JSON value, is not among them.
pub(crate) fn candidates<'a>(
    value: &Value,
    alternatives: impl IntoIterator<Item = &'a Alternative>,
) -> Vec<usize> {
    let fits = |(_, alternative): &(usize, &Alternative)| alternative.fits(value);
    let mut fitting: Vec<_> = alternatives.into_iter().enumerate().filter(fits).collect();
    // Stable: among equals the document's order decides.
    fitting.sort_by_key(|(_, alternative)| std::cmp::Reverse(alternative.rank(value)));
    fitting.into_iter().map(|(index, _)| index).collect()
}
