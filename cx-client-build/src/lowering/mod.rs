//! Brings a valid document into a form that progenitor serves.
//!
//! What OpenAPI says in many ways, progenitor takes in one. Where there is no doubt what is meant,
//! the document is rewritten, in memory, before progenitor sees it; what cannot be served at all is
//! refused here, at its place and in the words of OpenAPI. A pass completes what the rewritten
//! document can no longer say, with the help of [`Facts`].

mod media_types;
mod references;
mod responses;
mod schemas;
mod sites;
mod unsupported;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::diagnostic::Error;
use crate::document::Document;

pub use self::media_types::sendable;

/// What the passes must know of the operations and the rewritten document does not say, by path and
/// method (in lower case).
pub(crate) type Facts = BTreeMap<(String, String), OperationFacts>;

/// What is to be known of an operation.
#[derive(Debug, Default)]
pub(crate) struct OperationFacts {
    /// The media type of the request's body, where it is not the one that progenitor would send.
    pub(crate) content_type: Option<String>,
    /// The media types of the answers, where they are not what progenitor would ask for.
    pub(crate) accept: Option<String>,
    /// The variants of the enum of the answers, where they differ by status.
    pub(crate) successes: Vec<Success>,
}

/// An answer that is a variant of the enum of an operation's answers.
#[derive(Debug)]
pub(crate) struct Success {
    /// The status; `None` for all the others of `2XX`.
    pub(crate) status: Option<u16>,
    /// The name of the variant.
    pub(crate) variant: String,
    /// Whether it has a body.
    pub(crate) has_body: bool,
}

/// Rewrites the schemas of `json`, which was made from `document`; every value keeps its place.
///
/// # Errors
///
/// With a finding for each construct that cannot be served.
pub(crate) fn schemas(document: &Document, json: &mut Value) -> Result<(), Error> {
    let mut diagnostics = unsupported::check(document);
    diagnostics.extend(schemas::normalize(document, json));
    Error::check(diagnostics)
}

/// Rewrites requests and answers of `json` for the client, moving schemas to where progenitor looks
/// for them.
///
/// # Errors
///
/// With a finding for each construct that cannot be served.
pub(crate) fn operations(document: &Document, json: &mut Value) -> Result<Facts, Error> {
    references::inline(json);
    references::to_components(json);
    responses::keep_successes(json);
    let mut facts = Facts::new();
    let mut diagnostics = media_types::choose(document, json, &mut facts);
    diagnostics.extend(responses::unite(document, json, &mut facts));
    Error::check(diagnostics)?;
    Ok(facts)
}

/// Rewrites requests and answers of `json` for the mock, which answers with each status by itself;
/// `wanted` says of which.
///
/// # Errors
///
/// As [`operations`].
pub(crate) fn for_mock(
    document: &Document,
    json: &mut Value,
    wanted: impl Fn(&str, &Value) -> bool,
) -> Result<(), Error> {
    references::inline(json);
    references::to_components(json);
    responses::keep_known(json, wanted);
    let mut facts = Facts::new();
    let mut diagnostics = media_types::choose(document, json, &mut facts);
    diagnostics.extend(responses::name_apart(document, json));
    Error::check(diagnostics)
}
