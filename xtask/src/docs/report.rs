//! What `docs` reports, and its three views.

mod render;

use cx_client_build::Document;
use serde::Serialize;

use super::compare::{self, Comparison, Difference, Edit, Inference};
use super::edit;
use super::page::Page;
use super::spec;
use crate::diff::{self, Change, Impact, Level, Location};

pub use render::render;

/// What comparing pages with the document finds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The document, as it was named.
    pub spec: String,
    /// The pages, in the order in which they were named.
    pub pages: Vec<PageSummary>,
    /// Where pages and document differ, in the order of the pages.
    pub differences: Vec<Finding>,
    /// What the document says beyond the pages, with its reasons.
    pub inferences: Vec<Inferred>,
    /// What is to be known of how the pages were read.
    pub notes: Vec<Note>,
    /// The operations of the document that no page describes. Pages come one at a time, so this is
    /// no difference.
    pub not_documented: Vec<String>,
}

/// A page and whether the document agrees with it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PageSummary {
    /// The file.
    pub page: String,
    /// The operation that it describes.
    pub operation: String,
    /// Whether the document says the same.
    pub agrees: bool,
}

/// A change that would make the document say what the page says, and where each says it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// The change, from the document as it is to one that agrees with the page.
    #[serde(flatten)]
    pub change: Change,
    /// Where the page says it.
    pub page: PagePlace,
    /// Where the document says it, or would.
    pub spec: SpecPlace,
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

/// Something that the document says beyond the pages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inferred {
    /// A JSON pointer into the document.
    pub pointer: String,
    /// What is inferred, such as `format: uuid`; empty where it is the whole object.
    pub what: String,
    /// The text of `x-inferred`.
    pub reason: String,
    /// Where it stands.
    pub spec: SpecPlace,
}

/// Something to know of how a page was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    /// The note.
    pub message: String,
    /// What it is about.
    pub page: PagePlace,
}

impl Report {
    /// Whether the document says what every page says.
    pub fn agrees(&self) -> bool {
        self.differences.is_empty()
    }

    /// Compares pages with a valid document.
    pub fn new(document: &Document, pages: &[Page]) -> Self {
        let mut report = Self {
            spec: document.file().to_owned(),
            pages: Vec::new(),
            differences: Vec::new(),
            inferences: Vec::new(),
            notes: Vec::new(),
            not_documented: Vec::new(),
        };
        let mut described = Vec::new();
        let mut judge = Judge { document, json: document.to_json(), judged: Vec::new() };
        for page in pages {
            let comparison = compare::compare(document, page);
            described.extend(comparison.operation.clone());
            report.add(&mut judge, page, comparison);
        }
        let operations = spec::operations(document);
        report.not_documented = operations
            .iter()
            .map(spec::Operation::label)
            .filter(|label| !described.contains(label))
            .collect();
        report
    }

    fn add(&mut self, judge: &mut Judge<'_>, page: &Page, comparison: Comparison) {
        let operation = comparison
            .operation
            .unwrap_or_else(|| format!("{} {}", page.method.value, page.path.value));
        self.pages.push(PageSummary {
            page: page.file.clone(),
            agrees: comparison.differences.is_empty(),
            operation: operation.clone(),
        });
        let page_place = |line| PagePlace { file: page.file.clone(), line };
        for difference in comparison.differences {
            self.differences.push(Finding {
                page: page_place(difference.line),
                spec: judge.place(difference.position),
                change: judge.change(page, &operation, difference),
            });
        }
        for Inference { pointer, position, what, reason } in comparison.inferences {
            let inferred = Inferred { pointer, what, reason, spec: judge.place(position) };
            if !self.inferences.contains(&inferred) {
                self.inferences.push(inferred);
            }
        }
        self.notes.extend(
            comparison
                .notes
                .into_iter()
                .map(|note| Note { message: note.value, page: page_place(note.line) }),
        );
    }
}

/// Judges differences with the engine of `diff`.
struct Judge<'a> {
    document: &'a Document,
    json: serde_json::Value,
    /// What is known already: pages that share a schema differ from it alike.
    judged: Vec<(Vec<Edit>, Vec<Change>)>,
}

impl Judge<'_> {
    fn place(&self, position: cx_client_build::Position) -> SpecPlace {
        SpecPlace {
            file: self.document.file().to_owned(),
            line: position.line,
            column: position.column,
        }
    }

    /// The change of the document that makes it agree with the page: what it means on the wire and
    /// in Rust is what `diff` says of the document before and after it.
    fn change(&mut self, page: &Page, operation: &str, difference: Difference) -> Change {
        let (id, level, rust) = match self.judged(&difference.edits) {
            [] => {
                let (level, rust) = by_kind(&difference);
                (difference.id.into(), level, rust)
            }
            [only] => (only.id.clone(), only.level, only.rust),
            several => (
                difference.id.into(),
                several.iter().map(|change| change.level).min().unwrap_or(Level::Warning),
                several.iter().map(|change| change.rust).min().unwrap_or(Impact::None),
            ),
        };
        let line = cx_client_build::Position { line: difference.line, column: 1 };
        Change {
            id,
            level,
            rust,
            operation: operation.to_owned(),
            pointer: difference.pointer,
            old: difference.old,
            new: difference.new,
            message: difference.message,
            operations: vec![operation.to_owned()],
            old_at: Some(Location {
                file: self.document.file().to_owned(),
                position: difference.position,
            }),
            new_at: Some(Location { file: page.file.clone(), position: line }),
        }
    }

    /// As [`judge`](Self::judge), once for the same edits.
    fn judged(&mut self, edits: &[Edit]) -> &[Change] {
        let known = self.judged.iter().position(|(known, _)| known == edits);
        let at = known.unwrap_or_else(|| {
            let changes = self.judge(edits);
            self.judged.push((edits.to_vec(), changes));
            self.judged.len() - 1
        });
        &self.judged[at].1
    }

    /// What `diff` says of edits; nothing if there are none, or if they would leave no document that
    /// can be compared.
    fn judge(&self, edits: &[Edit]) -> Vec<Change> {
        let Some(json) = edit::apply(&self.json, edits) else { return Vec::new() };
        // On lines of its own, since the YAML parser is slow on a long one.
        let Ok(text) = serde_json::to_string_pretty(&json) else { return Vec::new() };
        let Ok(edited) = Document::parse(self.document.file(), &text) else { return Vec::new() };
        // An edit alone may leave a reference without its target, or a path without its parameter.
        if !cx_client_build::validate(&edited).is_empty() {
            return Vec::new();
        }
        diff::compare(self.document, &edited)
    }
}

/// What a difference means that no single edit removes.
fn by_kind(difference: &Difference) -> (Level, Impact) {
    match difference.id.as_str() {
        "endpoint-added" => (Level::Compatible, Impact::Compatible),
        id if id.contains("-sample-") => (Level::Docs, Impact::None),
        "page-contradiction" => (Level::Warning, Impact::None),
        // The method or the path of every request changes.
        "path-changed" | "method-changed" => (Level::Breaking, Impact::Breaking),
        "security-added" | "security-changed" => (Level::Breaking, Impact::None),
        _ => (Level::Warning, Impact::None),
    }
}
