//! Decoding a body, and saying what is wrong with it without quoting it.

use std::error::Error as StdError;
use std::fmt;

use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::error::Category;

use crate::lenient;

/// Where a body does not have the documented form, and what was expected there.
///
/// serde's messages quote the value that they complain of, which can be a name or a phone number.
/// This one has the path (RFC 9535) and the kinds of values only.
#[derive(Debug)]
pub(crate) struct DecodeError {
    pub(crate) path: Option<String>,
    pub(crate) problem: String,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{path}: ")?;
        }
        f.write_str(&self.problem)
    }
}

impl StdError for DecodeError {}

/// Decodes JSON, and corrects what is not as documented where nothing has to be invented for it;
/// `report` is called with the path and the reading of each correction.
pub(crate) fn corrected<T: DeserializeOwned>(
    body: &[u8],
    report: impl Fn(&str, &str),
) -> Result<T, DecodeError> {
    // A body that is as documented costs nothing more.
    serde_json::from_slice(body).or_else(|_| {
        let (value, corrections) = lenient::corrected(&parse(body)?)?;
        corrections.iter().for_each(|correction| report(&correction.path, correction.reading));
        Ok(value)
    })
}

/// Decodes JSON as it is.
pub(crate) fn exact<T: DeserializeOwned>(body: &[u8]) -> Result<T, DecodeError> {
    serde_json::from_slice(body).or_else(|_| lenient::exact(&parse(body)?))
}

/// Parses JSON without a type. A byte order mark is passed over, and the last value of a repeated
/// key counts (RFC 8259 sections 8.1 and 4).
#[cold]
fn parse(body: &[u8]) -> Result<Value, DecodeError> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    serde_json::from_slice(body).map_err(|error| {
        let place = format!("line {} column {}", error.line(), error.column());
        let problem = match error.classify() {
            _ if body.is_empty() => "expected JSON, found an empty body".to_owned(),
            Category::Eof => format!("the JSON ends too early, at {place}"),
            _ => format!("expected JSON, and this is none at {place}"),
        };
        DecodeError { path: None, problem }
    })
}
