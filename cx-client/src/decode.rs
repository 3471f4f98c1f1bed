//! Decoding a body, and saying what is wrong with it without quoting it.

use std::error::Error as StdError;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

/// Where a body does not have the documented form, and what was expected there.
///
/// serde's messages quote the value that they complain of, which can be a name or a phone number.
/// This one has the place and the kinds of values only.
#[derive(Debug)]
pub(crate) struct DecodeError {
    path: String,
    problem: String,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.path.is_empty() {
            f.write_str(&self.problem)
        } else {
            write!(f, "{}: {}", self.path, self.problem)
        }
    }
}

impl StdError for DecodeError {}

/// Decodes JSON.
pub(crate) fn from_slice<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    // Following the path costs time, and is done only when there is something to explain.
    serde_json::from_slice(body).map_err(|error| explain::<T>(body, &error))
}

#[cold]
fn explain<T: DeserializeOwned>(body: &[u8], error: &serde_json::Error) -> DecodeError {
    let place = format!("line {} column {}", error.line(), error.column());
    match error.classify() {
        Category::Data => {}
        // These messages are about the syntax, and quote nothing.
        _ if body.is_empty() => {
            return DecodeError {
                path: String::new(),
                problem: "expected JSON, found an empty body".to_owned(),
            };
        }
        Category::Eof => {
            let problem = format!("the JSON ends too early, at {place}");
            return DecodeError { path: String::new(), problem };
        }
        _ => {
            let problem = format!("expected JSON, and this is none at {place}");
            return DecodeError { path: String::new(), problem };
        }
    }
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let Err(error) = serde_path_to_error::deserialize::<_, T>(&mut deserializer) else {
        let problem = format!("something follows the JSON value at {place}");
        return DecodeError { path: String::new(), problem };
    };
    let found = serde_json::from_slice(body).ok().and_then(|value| kind_at(value, error.path()));
    let problem = problem(&error.inner().to_string(), found, &place);
    DecodeError { path: display(error.path()), problem }
}

/// What a message of serde says, without the value that it quotes.
fn problem(message: &str, found: Option<&'static str>, place: &str) -> String {
    // `missing field` and `duplicate field` quote names of the Rust type only.
    for start in ["missing field `", "duplicate field `"] {
        if let Some(name) =
            message.strip_prefix(start).and_then(|rest| rest.split_once('`')).map(|(name, _)| name)
        {
            return format!("{start}{name}`");
        }
    }
    let found = found.unwrap_or("something else");
    // The text after the last `expected` is a constant of the type, and what is before it can be a
    // value of the body.
    let expected = message
        .rsplit_once(", expected ")
        .map(|(_, expected)| expected.split(" at line ").next().unwrap_or(expected));
    if message.starts_with("unknown variant") {
        let expected = expected.unwrap_or("a documented value");
        return format!("expected {expected}, found another value at {place}");
    }
    if message.starts_with("UUID parsing failed") {
        return format!("expected a UUID, found {found} that is none at {place}");
    }
    match expected {
        Some(expected) => format!("expected {expected}, found {found} at {place}"),
        None => format!("expected the documented form, found {found} without it at {place}"),
    }
}

/// The path in the manner of JavaScript. A key that no schema names can be data, and is left out.
fn display(path: &Path) -> String {
    let mut text = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => text.push_str(&format!("[{index}]")),
            Segment::Map { key } if crate::api::PROPERTY_NAMES.binary_search(&&**key).is_ok() => {
                if !text.is_empty() {
                    text.push('.');
                }
                text.push_str(key);
            }
            Segment::Enum { .. } => {}
            Segment::Map { .. } | Segment::Unknown => text.push_str("[…]"),
        }
    }
    text
}

fn kind_at(mut value: serde_json::Value, path: &Path) -> Option<&'static str> {
    for segment in path {
        value = match segment {
            Segment::Seq { index } => value.get_mut(index)?.take(),
            Segment::Map { key } => value.get_mut(key)?.take(),
            Segment::Enum { .. } => value,
            Segment::Unknown => return None,
        };
    }
    Some(match value {
        serde_json::Value::Null => "null",
        serde_json::Value::Bool(_) => "a boolean",
        serde_json::Value::Number(_) => "a number",
        serde_json::Value::String(_) => "a string",
        serde_json::Value::Array(_) => "an array",
        serde_json::Value::Object(_) => "an object",
    })
}
