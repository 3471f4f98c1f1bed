//! Where a page and the document differ, with both places.

use cx_client_build::{Document, Position};
use serde::Serialize;

use super::facts::Fact;
use crate::diff::Change;

/// A change that would make the document say what the page says, and where each says it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageDifference {
    /// The change, from the document as it is to one that agrees with the page.
    #[serde(flatten)]
    pub change: Change,
    /// Where the page says it.
    pub page: PagePlace,
    /// Where the document says it, or would.
    pub spec: SpecPlace,
    /// The fact by which `x-deviation`, at the object that the pointer names, would record that the
    /// page is wrong here.
    pub fact: Option<Fact>,
}

/// A line of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PagePlace {
    /// The file.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
}

/// A place in the document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpecPlace {
    /// The file.
    pub file: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, counted from 1.
    pub column: usize,
}

/// Something to know of how a page was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The note.
    pub message: String,
    /// What it is about.
    pub page: PagePlace,
}

pub(super) fn spec_place(document: &Document, position: Position) -> SpecPlace {
    SpecPlace { file: document.file().to_owned(), line: position.line, column: position.column }
}
