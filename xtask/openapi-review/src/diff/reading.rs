//! The two documents, and which of their keys only describe.

use std::collections::BTreeMap;

use cx_client_build::Document;

pub(super) use crate::reader::{At, same, same_option};

/// The pointer of the schemas that are components.
pub(super) const SCHEMAS: &str = "/components/schemas/";

/// The two documents.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub(super) old: &'a Document,
    pub(super) new: &'a Document,
}

/// The components of a kind, by name.
pub(super) fn components<'a>(document: &'a Document, kind: &str) -> BTreeMap<&'a str, At<'a>> {
    let all = At::root(document).get("components");
    all.into_iter().flat_map(|all| all.entries_of(kind)).collect()
}

/// Whether a key only describes: words, examples, and extensions that the generator does not read.
pub(super) fn is_docs(key: &str) -> bool {
    matches!(key, "description" | "summary" | "example" | "examples" | "externalDocs" | "tags")
        || (key.starts_with("x-") && !GENERATOR_EXTENSIONS.contains(&key))
}

/// The extensions that change the generated code: ours, progenitor's and typify's.
pub(super) const GENERATOR_EXTENSIONS: [&str; 4] =
    ["x-sensitive", "x-rust-type", "x-dropshot-pagination", "x-dropshot-websocket"];
