//! What is changed in progenitor's output, one pass per need.

mod absent_recursion;
mod context;
mod doc_comments;
mod document_facts;
mod equality;
mod from_text;
mod given_values;
mod json_schema;
mod limits;
mod must_use;
mod one_error_type;
mod open_enums;
mod operation_examples;
mod private_constructors;
mod redaction;
mod requests;
mod room_to_grow;
pub(crate) use requests::styles as form_styles;
mod stand_ins;
pub(crate) mod syntax;
mod unions;
mod wire_names;

use std::fmt;

pub(crate) use context::Context;

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

/// In this order: `json_schema` finds the types by the derives that `open_enums` and `unions`
/// replace, which rely on the names that `wire_names` has set.
const PASSES: &[(&str, Pass)] = &[
    ("one_error_type", one_error_type::run),
    ("private_constructors", private_constructors::run),
    ("document_facts", document_facts::run),
    ("stand_ins", stand_ins::run),
    ("wire_names", wire_names::run),
    ("absent_recursion", absent_recursion::run),
    ("json_schema", json_schema::run),
    ("open_enums", open_enums::run),
    ("unions", unions::run),
    ("from_text", from_text::run),
    ("room_to_grow", room_to_grow::run),
    ("redaction", redaction::run),
    ("equality", equality::run),
    ("given_values", given_values::run),
    ("operation_examples", operation_examples::run),
    ("doc_comments", doc_comments::run),
    ("limits", limits::run),
    ("must_use", must_use::run),
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
