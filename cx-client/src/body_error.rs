//! The error of a body that cannot be read as a type of the user's.

use std::error::Error as StdError;
use std::fmt;

use crate::decode_error::DecodeError;

/// Why [`Error::body_json`](crate::Error::body_json) gives no value: no response arrived, or its body does not have the form
/// that was asked for.
///
/// It makes no claim about the operation; that is [`Error::delivery`](crate::Error::delivery).
pub struct BodyError(Option<DecodeError>);

impl BodyError {
    pub(crate) fn missing() -> Self {
        Self(None)
    }

    pub(crate) fn decode(error: DecodeError) -> Self {
        Self(Some(error))
    }

    /// Whether there is no body because no response arrived.
    pub fn is_missing(&self) -> bool {
        self.0.is_none()
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            None => f.write_str("no response arrived, so there is no body to decode"),
            Some(error) => {
                write!(f, "the body does not have the form that was asked for: {error}")
            }
        }
    }
}

impl fmt::Debug for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("BodyError").field(&self.0).finish()
    }
}

impl StdError for BodyError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.as_ref().map(|error| error as _)
    }
}
