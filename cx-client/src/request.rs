//! What the generated code says of the values that a request is built from.

use std::any::type_name;
use std::fmt;

use serde::Serialize;

/// The value, or why there is none; an empty message says that none was given.
#[allow(dead_code, reason = "used where a request has required values")]
pub(crate) fn supplied<T>(value: Result<T, String>, name: &str) -> Result<T, String> {
    value.map_err(|message| match (message.as_str(), name) {
        ("", "body") => "the body was not given: set it with `body`".to_owned(),
        ("", _) => format!("`{name}` was not given: set it"),
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

/// The request with the body as JSON, if there is one.
#[allow(dead_code, reason = "used where a request has a body that may be left out")]
pub(crate) fn optional_json<T: Serialize>(
    request: reqwest::RequestBuilder,
    body: Option<&T>,
) -> reqwest::RequestBuilder {
    match body {
        Some(body) => request.json(body),
        None => request,
    }
}
