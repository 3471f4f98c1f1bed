//! What was given for a request, and what to say where it is missing or not valid.

use std::any::type_name;
use std::fmt;

/// The value, or why there is none; an empty message says that none was given.
#[allow(dead_code, reason = "used where a request has required values")]
pub(crate) fn supplied<T>(value: Result<T, String>, what: &str) -> Result<T, String> {
    value.map_err(|message| match message.as_str() {
        "" => format!("{what} was not given: set it"),
        _ => message,
    })
}

/// The message of a body that cannot be converted to its type.
///
/// An error of the generated types, `Ours`, names what is missing, and quotes no value. One of
/// another type may quote it.
#[allow(dead_code, reason = "used where a request has a body")]
pub(crate) fn invalid_body<Ours, E: fmt::Display>(ty: &str, error: &E) -> String {
    if type_name::<E>() == type_name::<Ours>() {
        format!("the body is not a valid `{ty}`: {error}")
    } else {
        format!("the body is not a valid `{ty}`")
    }
}
