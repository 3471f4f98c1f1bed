//! What is wrong with a body, without quoting it.

use std::error::Error as StdError;
use std::fmt;

/// Where a body does not have the documented form, and what was expected there.
///
/// serde's messages quote the value that does not fit, which can be a name or a phone number.
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
