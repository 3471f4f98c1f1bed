//! Whether a value keeps to what the document says of what is sent.
//!
//! The keywords mean what OpenAPI 3.0.4 section 4.7.24 takes from JSON Schema Validation (draft Wright 00,
//! section 5): each restricts the values of its own kind, and `null` is restricted by none.
#![allow(dead_code, reason = "a document uses some of this")]

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;
use serde_json::Value;

use crate::error::Error;
use crate::json_path::Path;
use crate::union::{Alternative, candidates};

/// What a value must keep to: all of these.
#[derive(Debug)]
pub(crate) struct Limits(pub(crate) &'static [Limit]);

/// A keyword that restricts values.
#[derive(Debug)]
pub(crate) enum Limit {
    Minimum(f64),
    ExclusiveMinimum(f64),
    Maximum(f64),
    ExclusiveMaximum(f64),
    MultipleOf(f64),
    MinLength(usize),
    MaxLength(usize),
    MinItems(usize),
    MaxItems(usize),
    UniqueItems,
    MinProperties(usize),
    MaxProperties(usize),
    /// The values of `enum`, as JSON.
    Values(&'static [&'static str]),
    /// Of each item of an array.
    Items(&'static Limits),
    /// Of the property of this name.
    Property(&'static str, &'static Limits),
    /// Of each property but these.
    OtherProperties(&'static [&'static str], &'static Limits),
    /// A value that can be some of these alternatives keeps to the limits of one.
    Alternatives(&'static [(Alternative, &'static Limits)]),
}

/// Where a value does not keep to what. It never quotes the value.
struct Violation {
    at: String,
    problem: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at.as_str() {
            "$" => write!(f, "it {}", self.problem),
            at => write!(f, "`{at}` {}", self.problem),
        }
    }
}

/// Refuses a value of a request, the parameter or body `name`, that does not keep to `limits`.
pub(crate) fn check<T: Serialize + ?Sized>(
    name: &str,
    value: &T,
    limits: &Limits,
) -> Result<(), Error> {
    // A value that is no JSON is refused where it is written. Through text, as it is sent: the number
    // nearest to an `f32` has other digits as an `f64`.
    let text = serde_json::to_vec(value).unwrap_or_default();
    let Ok(value) = serde_json::from_slice(&text) else { return Ok(()) };
    limits.check(&value, &Path::Root).map_err(|violation| {
        Error::invalid_request(format!("`{name}` cannot be sent, since {violation}"))
    })
}

impl Limits {
    fn check(&self, value: &Value, at: &Path<'_>) -> Result<(), Violation> {
        self.0.iter().try_for_each(|limit| limit.check(value, at))
    }
}

impl Limit {
    fn check(&self, value: &Value, at: &Path<'_>) -> Result<(), Violation> {
        match (self, value) {
            (_, Value::Null) => Ok(()),
            (Self::Items(limits), Value::Array(items)) => items
                .iter()
                .enumerate()
                .try_for_each(|(index, item)| limits.check(item, &Path::Index(at, index))),
            (Self::Property(name, limits), Value::Object(members)) => match members.get(*name) {
                Some(member) => limits.check(member, &Path::Documented(at, name)),
                None => Ok(()),
            },
            (Self::OtherProperties(known, limits), Value::Object(members)) => members
                .iter()
                .filter(|(name, _)| !known.contains(&name.as_str()))
                .try_for_each(|(name, member)| limits.check(member, &Path::Property(at, name))),
            (Self::Alternatives(alternatives), value) => one_of(alternatives, value, at),
            _ => match self.problem(value) {
                Some(problem) => Err(Violation { at: at.to_string(), problem }),
                None => Ok(()),
            },
        }
    }

    /// What is wrong with a value itself.
    fn problem(&self, value: &Value) -> Option<String> {
        let number = value.as_f64();
        let length = value.as_str().map(|text| text.chars().count());
        let items = value.as_array().map(Vec::len);
        let properties = value.as_object().map(serde_json::Map::len);
        match self {
            Self::Minimum(least) if number? < *least => Some(format!("is less than {least}")),
            Self::Maximum(most) if number? > *most => Some(format!("is more than {most}")),
            Self::ExclusiveMinimum(limit) if number? <= *limit => {
                Some(format!("is not more than {limit}"))
            }
            Self::ExclusiveMaximum(limit) if number? >= *limit => {
                Some(format!("is not less than {limit}"))
            }
            Self::MultipleOf(step) if !is_multiple(number?, *step) => {
                Some(format!("is not a multiple of {step}"))
            }
            Self::MinLength(least) if length? < *least => {
                Some(format!("has fewer characters than {least}"))
            }
            Self::MaxLength(most) if length? > *most => {
                Some(format!("has more characters than {most}"))
            }
            Self::MinItems(least) if items? < *least => {
                Some(format!("has fewer items than {least}"))
            }
            Self::MaxItems(most) if items? > *most => Some(format!("has more items than {most}")),
            Self::UniqueItems if has_equal_items(value.as_array()?) => {
                Some("has equal items".to_owned())
            }
            Self::MinProperties(least) if properties? < *least => {
                Some(format!("has fewer properties than {least}"))
            }
            Self::MaxProperties(most) if properties? > *most => {
                Some(format!("has more properties than {most}"))
            }
            Self::Values(values) if !values.iter().any(|text| is_value(text, value)) => {
                Some("is none of the documented values".to_owned())
            }
            _ => None,
        }
    }
}

/// A value that no alternative knows is not for us to judge: the type of the request lets it be.
fn one_of(
    alternatives: &[(Alternative, &Limits)],
    value: &Value,
    at: &Path<'_>,
) -> Result<(), Violation> {
    let mut first = Ok(());
    for index in candidates(value, alternatives.iter().map(|(alternative, _)| alternative)) {
        let outcome = alternatives[index].1.check(value, at);
        if outcome.is_ok() {
            return outcome;
        }
        first = first.and(outcome);
    }
    first
}

/// Whether a number is a multiple of another, as far as floating point can tell: `0.3` of `0.1`.
fn is_multiple(number: f64, step: f64) -> bool {
    let quotient = number / step;
    (quotient - quotient.round()).abs() <= 1e-9 * quotient.abs().max(1.0)
}

fn has_equal_items(items: &[Value]) -> bool {
    let mut seen = BTreeSet::new();
    !items.iter().all(|item| seen.insert(item.to_string()))
}

/// Whether a value is the one of this JSON text. `1.0` is `1`; and so is `"1"`, where a document lists
/// numbers as the values of a string, which in YAML is a matter of quotes.
fn is_value(text: &str, value: &Value) -> bool {
    let Ok(listed) = serde_json::from_str::<Value>(text) else { return false };
    match (&listed, value) {
        (Value::Number(listed), Value::Number(number)) => listed.as_f64() == number.as_f64(),
        (Value::String(listed), Value::String(text)) => listed == text,
        (Value::String(bare), other) | (other, Value::String(bare)) => {
            serde_json::from_str::<Value>(bare).is_ok_and(|bare| bare == *other)
        }
        _ => listed == *value,
    }
}
