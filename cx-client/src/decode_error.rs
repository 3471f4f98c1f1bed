//! What is wrong with a body, without quoting it.

use std::error::Error as StdError;
use std::fmt;

use serde::de::{self, Expected, Unexpected};

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

/// What is wrong with a value, without the value: the error of the deserializer that reads leniently.
#[derive(Debug, Default)]
pub(crate) struct Problem {
    pub(crate) path: Option<String>,
    found: &'static str,
    expected: Option<String>,
    pub(crate) missing: Option<&'static str>,
}

impl Problem {
    fn expected(text: impl fmt::Display) -> Self {
        Self { expected: Some(text.to_string()), ..Self::default() }
    }

    /// The innermost location is kept.
    pub(crate) fn at(mut self, path: &impl fmt::Display, found: &'static str) -> Self {
        if self.path.is_none() {
            self.path = Some(path.to_string());
            self.found = found;
        }
        self
    }
}

impl de::Error for Problem {
    fn custom<T: fmt::Display>(message: T) -> Self {
        // The message may quote the value.
        if message.to_string().starts_with("UUID parsing failed") {
            return Self::expected("a UUID");
        }
        Self::default()
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::expected(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::expected(expected)
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self::expected(expected)
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        let names: Vec<String> = expected.iter().map(|name| format!("`{name}`")).collect();
        Self::expected(format!("one of {}", names.join(", ")))
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self::expected("documented properties only")
    }

    fn missing_field(field: &'static str) -> Self {
        Self { missing: Some(field), ..Self::default() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = self.found;
        match (&self.expected, self.missing) {
            (_, Some(field)) => write!(f, "missing field `{field}`"),
            (Some(expected), _) => write!(f, "expected {expected}, found {found}"),
            (None, None) => write!(f, "expected the documented form, found {found} without it"),
        }
    }
}

impl StdError for Problem {}

impl From<Problem> for DecodeError {
    fn from(problem: Problem) -> Self {
        let text = problem.to_string();
        Self { path: problem.path.filter(|path| path != "$"), problem: text }
    }
}
