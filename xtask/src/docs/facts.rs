//! The facts of one operation, in one shape for a page and for an OpenAPI document, so that the
//! two can be compared.
//!
//! ```text
//! method, path, deprecated
//! servers       by URL
//! security      schemes by kind, and whether none is needed either
//! parameters    by location and name: required, deprecated, schema
//! requestBody   required, content by media type: schema, example
//! responses     by status: content by media type: schema, example
//! ```
//!
//! Schemas are those of OpenAPI 3.0 with every reference resolved, every `allOf` merged, and
//! `oneOf` written as `anyOf`, which are one thing on a page. What says false (`nullable`,
//! `deprecated`, …) is left out, and so are words.

use super::tree::Tree;

/// Marks a schema that a page shows by a sample only.
pub(super) const FROM_SAMPLE: &str = "x-page-sample";

/// Marks a value of which a page does not say what it is.
pub(super) const UNKNOWN: &str = "x-page-unknown";

/// The key of a parameter.
pub(super) fn parameter_key(location: &str, name: &str) -> String {
    // The names of headers do not differ by case (RFC 9110 section 5.1).
    match location {
        "header" => format!("{location} {}", name.to_ascii_lowercase()),
        _ => format!("{location} {name}"),
    }
}

/// A scheme of authentication.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Scheme {
    /// `type: http` with its scheme in small letters: `basic`, `bearer`.
    Http(String),
    /// `type: apiKey`: location and name.
    ApiKey(String, String),
    /// `type: oauth2` or `type: openIdConnect`, which look the same in a request.
    OAuth2,
}

impl Scheme {
    /// The key in the facts, in words.
    pub(super) fn key(&self) -> String {
        match self {
            Self::Http(scheme) => format!("http {scheme}"),
            Self::ApiKey(location, name) => {
                format!("apiKey {}", parameter_key(location, name))
            }
            Self::OAuth2 => "oauth2".to_owned(),
        }
    }

    /// The Security Scheme Object, as far as a page tells it.
    pub(super) fn to_tree(&self) -> Tree {
        match self {
            Self::Http(scheme) => {
                Tree::from([("type", "http".into()), ("scheme", scheme.as_str().into())])
            }
            Self::ApiKey(location, name) => Tree::from([
                ("type", "apiKey".into()),
                ("in", location.as_str().into()),
                ("name", name.as_str().into()),
            ]),
            // A page does not tell the flow; what a request carries is a bearer token.
            Self::OAuth2 => Tree::from([
                ("type", "http".into()),
                ("scheme", "bearer".into()),
                (
                    "x-inferred",
                    "The documentation speaks of OAuth 2.0 and states no flow; a request carries a \
                     bearer token."
                        .into(),
                ),
            ]),
        }
    }
}
