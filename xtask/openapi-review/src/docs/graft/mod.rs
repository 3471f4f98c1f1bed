//! Puts what a page states into a copy of the document, in the place of what was there.
//!
//! What the page leaves unstated stays, and so does what the document infers (`x-inferred`) or
//! records as a deviation (`x-deviation`). A schema that the document refers to is changed where it
//! stands, in the components; where two uses of it state different things, those that change it get
//! a component of their own. In the copy, every value that the page states stands on its line of the
//! page, and every other one on line 0.

mod examples;
mod keywords;
mod objects;
mod operation;
mod schema;
mod security;
mod settle;
mod state;
mod uses;

use std::collections::BTreeMap;

use cx_client_build::{Document, Node, escape_token};

use super::deviations::Coverage;
use super::facts::{FactName, Kind};
use super::page::Page;
use crate::reader::{At, Operation};

pub(super) use examples::example;
pub(super) use schema::is_required;
pub(super) use state::{Decided, EXAMPLE_CHANGED, Edit};
use state::{Graft, NOWHERE};

/// The document with what a page states.
pub(super) struct Grafted {
    /// The operation of the document, as a JSON pointer.
    pub(super) operation: String,
    pub(super) document: Document,
    pub(super) decided: Vec<Decided>,
    pub(super) edits: Vec<Edit>,
    /// From places of the page's document to those of the document that they speak of.
    pub(super) places: BTreeMap<String, String>,
}

/// Puts what the page states into an operation of the document.
pub(super) fn graft(
    document: &Document,
    page: &Page,
    operation: &Operation<'_>,
    coverage: &mut Coverage,
) -> Grafted {
    let mut document = document.clone();
    document.at_mut("").into_iter().for_each(|root| root.replace_positions(&|_| NOWHERE));
    let mut graft = Graft::new(&document, page, coverage);
    graft.operation(operation);
    graft.settle_uses();
    let shown = graft.shown;
    let is_of_shared =
        |one: &Decided| one.id == EXAMPLE_CHANGED && shown.contains(&one.edit.fact.pointer);
    graft.decided.retain(|one| !is_of_shared(one));
    Grafted {
        operation: operation.at.pointer.to_string(),
        document: graft.edited,
        decided: graft.decided,
        edits: graft.edits,
        places: graft.places,
    }
}

/// Whether a schema of the page states nothing but what a component of the document says.
pub(super) fn agrees(document: &Document, page: &Page, component: &str, schema: &Node) -> bool {
    let pointer = format!("/components/schemas/{}", escape_token(component));
    let Some(node) = document.at(&pointer) else { return false };
    let mut coverage = Coverage::default();
    let mut graft = Graft::new(document, page, &mut coverage);
    let theirs = At { node: schema, pointer: "".into() };
    graft.merge(Kind::Schema, &At { node, pointer: pointer.into() }, &theirs);
    // What is shown as an example does not make it another type.
    graft.edits.iter().all(|edit| edit.fact.name == FactName::Keyword("example"))
}
