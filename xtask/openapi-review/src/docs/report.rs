//! What `docs` reports, and its three views.

use cx_client_build::{Document, Node};
use serde::Serialize;

use super::comparison::PageComparison;
use super::coverage::Coverage;
use super::differences::spec_place;
use super::operations;
use super::page::Page;
use crate::reader::Operation;

pub use super::differences::{Note, PageDifference, PagePlace, SpecPlace};

/// What comparing pages with the document finds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The document, as it was named.
    pub spec: String,
    /// The pages, in the order in which they were named.
    pub pages: Vec<PageSummary>,
    /// Where pages and document differ, in the order of the pages.
    pub differences: Vec<PageDifference>,
    /// What the document says beyond the pages, with its reasons.
    pub inferences: Vec<Inferred>,
    /// Where the document deviates from the pages, with its reasons.
    pub deviations: Vec<Inferred>,
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

/// Something that the document says beyond the pages, or against them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inferred {
    /// A JSON pointer into the document.
    pub pointer: String,
    /// What is inferred, such as `format: uuid`, or the fact that deviates; empty where it is the
    /// whole object.
    pub what: String,
    /// The reason that the document gives.
    pub reason: String,
    /// Where it stands.
    pub spec: SpecPlace,
}

impl Report {
    /// Whether the document says what every page says, but for what it records.
    pub fn agrees(&self) -> bool {
        self.differences.is_empty()
    }

    /// Compares pages with a valid document.
    pub fn new(document: &Document, pages: &[Page]) -> Self {
        Self::make(document, pages, true)
    }

    /// As [`new`](Self::new), without asking [`diff`](crate::diff) what the differences mean, which
    /// takes most of the time: each fact that differs is a finding.
    pub fn unjudged(document: &Document, pages: &[Page]) -> Self {
        Self::make(document, pages, false)
    }

    fn make(document: &Document, pages: &[Page], judges: bool) -> Self {
        let coverage = Coverage::default();
        let mut comparison = PageComparison { document, coverage, findings: Vec::new(), judges };
        let operations: Vec<Operation<'_>> = Operation::all(document).collect();
        let matched = operations::of_pages(document, &operations, pages);
        let mut notes = Vec::new();
        let mut summaries = Vec::new();
        for (page, found) in pages.iter().zip(&matched) {
            let operation = found.map(|at| &operations[at]);
            comparison.page(page, operation, &mut notes);
            let label = operation.map_or_else(|| page.label(), Operation::name);
            summaries.push((page.file().to_owned(), label));
        }
        comparison.stale(pages, &operations, &matched);
        comparison.unused(&mut notes);
        let missing = operations.iter().enumerate().filter(|(at, _)| !matched.contains(&Some(*at)));
        let differences = comparison.findings;
        let place = |pointer: &str| spec_place(document, document.position(pointer));
        let summary = |(page, operation): (String, String)| PageSummary {
            agrees: !differences.iter().any(|finding| finding.page.file == page),
            page,
            operation,
        };
        Self {
            spec: document.file().to_owned(),
            pages: summaries.into_iter().map(summary).collect(),
            inferences: inferences(document, &comparison.coverage),
            deviations: deviations(document, &comparison.coverage, place),
            notes,
            not_documented: missing.map(|(_, one)| one.name()).collect(),
            differences,
        }
    }
}

/// What the document infers where the pages speak, and of itself.
fn inferences(document: &Document, coverage: &Coverage) -> Vec<Inferred> {
    let mut found = Vec::new();
    let whole = ["/info"].into_iter().map(|pointer| (pointer.to_owned(), String::new()));
    let of_pages = coverage.inferred.iter().flat_map(|(pointer, covered)| {
        let is_told = |what: &&String| what.as_str() != "names and types" || covered.len() == 1;
        covered.iter().filter(is_told).map(|what| (pointer.clone(), what.clone()))
    });
    for (pointer, what) in whole.chain(of_pages) {
        let reason = document.at(&pointer).and_then(|node| node.get("x-inferred"));
        let Some(reason) = reason.map(text_of) else { continue };
        let spec = spec_place(document, document.position(&pointer));
        found.push(Inferred { pointer, what, reason, spec });
    }
    found.sort_by_key(|one| (one.spec.line, one.spec.column));
    found
}

fn deviations(
    document: &Document,
    coverage: &Coverage,
    place: impl Fn(&str) -> SpecPlace,
) -> Vec<Inferred> {
    let covered = coverage.deviations.iter().filter(|(_, covers)| **covers);
    covered
        .map(|(fact, _)| {
            let record = fact.record();
            let reason = document.at(&record).and_then(|node| node.get("reason")).map(text_of);
            let said = document.at(&record).and_then(|node| node.get("page")).map(text_of);
            Inferred {
                pointer: fact.pointer.clone(),
                what: match said {
                    Some(said) => format!("{}, which the page says is {said}", fact.name),
                    None => fact.name.to_string(),
                },
                reason: reason.unwrap_or_default(),
                spec: place(&record),
            }
        })
        .collect()
}

fn text_of(node: &Node) -> String {
    node.as_str().map_or_else(|| node.to_json().to_string(), str::to_owned)
}
