//! What is changed in progenitor's output, one pass per need.

mod doc_comments;
mod document_facts;
mod equality;
mod given_values;
mod json_schema;
mod media_types;
mod one_error_type;
mod open_enums;
mod parsed_base_url;
mod plain_code;
mod private_constructors;
mod property_order;
mod redaction;
mod room_to_grow;
mod success_by_status;
pub(crate) mod syntax;
mod undocumented_headers;

use std::collections::BTreeSet;
use std::fmt;

use openapiv3::OpenAPI;

use crate::document::Document;
use crate::lowering::Facts;
use crate::markers::Marker;

/// What a pass may look at besides the code.
pub(crate) struct Context<'a> {
    pub(crate) document: &'a Document,
    pub(crate) spec: &'a OpenAPI,
    /// What the document that progenitor saw does not say.
    pub(crate) facts: &'a Facts,
    /// The markers that were put into the document.
    pub(crate) markers: &'a BTreeSet<Marker>,
    /// The names of the properties of all schemas.
    pub(crate) property_names: &'a BTreeSet<String>,
}

/// progenitor's output does not have the shape that a pass expects.
#[derive(Debug)]
pub(crate) struct Shape {
    pass: &'static str,
    expected: String,
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the pass `{}` does not find what it changes in progenitor's output: {}",
            self.pass, self.expected,
        )
    }
}

type Pass = fn(&mut syn::File, &Context<'_>) -> Result<(), String>;

/// In this order: `json_schema` finds the types by the derives that `open_enums` replaces, and
/// `doc_comments` takes out the markers that the passes before it need.
const PASSES: &[(&str, Pass)] = &[
    ("undocumented_headers", undocumented_headers::run),
    ("one_error_type", one_error_type::run),
    ("success_by_status", success_by_status::run),
    ("media_types", media_types::run),
    ("parsed_base_url", parsed_base_url::run),
    ("private_constructors", private_constructors::run),
    ("document_facts", document_facts::run),
    ("property_order", property_order::run),
    ("json_schema", json_schema::run),
    ("open_enums", open_enums::run),
    ("room_to_grow", room_to_grow::run),
    ("redaction", redaction::run),
    ("equality", equality::run),
    ("given_values", given_values::run),
    ("doc_comments", doc_comments::run),
    ("plain_code", plain_code::run),
];

/// Runs every pass over `file`, and calls `done` with its name after each.
pub(crate) fn run(
    file: &mut syn::File,
    context: &Context<'_>,
    done: &mut dyn FnMut(&'static str),
) -> Result<(), Shape> {
    for (pass, run) in PASSES {
        run(file, context).map_err(|expected| Shape { pass, expected })?;
        done(pass);
    }
    Ok(())
}
