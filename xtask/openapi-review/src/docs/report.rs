//! What `docs` reports, and its three views.

use cx_client_build::Document;
use serde::Serialize;

use super::comparison::PageComparison;
use super::deviations::Coverage;
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
        let summary = |(page, operation): (String, String)| PageSummary {
            agrees: !differences.iter().any(|finding| finding.page.file == page),
            page,
            operation,
        };
        Self {
            spec: document.file().to_owned(),
            pages: summaries.into_iter().map(summary).collect(),
            inferences: inferences(document, &comparison.coverage),
            deviations: deviations(document, &comparison.coverage),
            notes,
            not_documented: missing.map(|(_, one)| one.name()).collect(),
            differences,
        }
    }
}

/// What the document infers where the pages speak, and of itself.
fn inferences(document: &Document, coverage: &Coverage) -> Vec<Inferred> {
    let of_pages = coverage.inferred.iter().flat_map(|(pointer, covered)| {
        let is_told = |what: &&String| what.as_str() != "names and types" || covered.len() == 1;
        covered.iter().filter(is_told).map(move |what| (pointer.as_str(), what.clone()))
    });
    let all = std::iter::once(("/info", String::new())).chain(of_pages);
    let mut found: Vec<Inferred> = all
        .filter_map(|(pointer, what)| {
            let reason = text_of(document, &format!("{pointer}/x-inferred"))?;
            let spec = spec_place(document, document.position(pointer));
            Some(Inferred { pointer: pointer.to_owned(), what, reason, spec })
        })
        .collect();
    found.sort_by_key(|one| (one.spec.line, one.spec.column));
    found
}

fn deviations(document: &Document, coverage: &Coverage) -> Vec<Inferred> {
    let covered = coverage.deviations.iter().filter(|(_, covers)| **covers);
    covered
        .map(|(fact, _)| {
            let record = fact.record();
            let said = text_of(document, &format!("{record}/page"));
            let said = said.map(|said| format!(", which the page says is {said}"));
            Inferred {
                pointer: fact.pointer.clone(),
                what: format!("{}{}", fact.name, said.unwrap_or_default()),
                reason: text_of(document, &format!("{record}/reason")).unwrap_or_default(),
                spec: spec_place(document, document.position(&record)),
            }
        })
        .collect()
}

fn text_of(document: &Document, pointer: &str) -> Option<String> {
    let node = document.at(pointer)?;
    Some(node.as_str().map_or_else(|| node.to_json().to_string(), str::to_owned))
}
