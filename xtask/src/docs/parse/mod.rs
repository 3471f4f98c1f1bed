//! Reads the text of a documentation page.
//!
//! The layout is that of an API reference that is generated from an OpenAPI document, copied from
//! the browser as plain text: method and path, a curl command, sample responses, then sections
//! with a block of lines per field. Pages are copied by hand, so that line ends, spaces, what
//! stands before the method and what is folded away differ from copy to copy.

mod curl;
mod fields;
mod heading;
mod json;
mod nesting;
mod sections;
mod text;
mod types;

use std::fmt;

use super::page::{Content, Page, Response};
use fields::Reader;
use sections::{Kind, Section};
use text::Text;

/// Why a page cannot be understood: one problem or more, in the order of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageError {
    file: String,
    problems: Vec<Problem>,
}

impl PageError {
    /// What cannot be understood, in the order of the page; never empty.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            let Problem { line, message, expected } = problem;
            write!(f, "{}:{line}: {message}; expected {expected}", self.file)?;
        }
        Ok(())
    }
}

impl std::error::Error for PageError {}

/// One thing of a page that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line of the page, counted from 1.
    pub line: usize,
    /// What is there.
    pub message: String,
    /// What should be there.
    pub expected: String,
}

impl Problem {
    fn new(line: usize, message: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { line, message: message.into(), expected: expected.into() }
    }
}

/// Reads a page; `file` is the name that messages show.
///
/// # Errors
///
/// If the text has no method and path, or if a part of it cannot be read: an unfinished curl
/// command, a sample that is not JSON, a fact without its value. Every problem names its line.
pub fn parse(file: &str, raw: &str) -> Result<Page, PageError> {
    let text = Text::new(raw);
    let mut problems = Vec::new();
    let sections = sections::find(&text, &mut problems);
    let first_section = sections.first().map_or(text.len(), |section| section.heading);
    let heading = heading::parse(&text, first_section, &mut problems);
    let mut page = heading.map(|heading| Page {
        file: file.to_owned(),
        title: heading.title,
        method: heading.method,
        path: heading.path,
        deprecated: heading.deprecated,
        curl: heading.curl,
        samples: heading.samples,
        authorizations: Vec::new(),
        parameters: Vec::new(),
        body: None,
        responses: None,
        truncated: None,
        notes: heading.notes,
    });
    for section in &sections {
        read_section(&text, section, page.as_mut(), &mut problems);
    }
    for problem in &mut problems {
        // What is missing at the end is missing after the last line.
        problem.line = problem.line.min(text.last_number());
    }
    problems.sort_by_key(|problem| problem.line);
    match page {
        Some(page) if problems.is_empty() => Ok(page),
        _ => Err(PageError { file: file.to_owned(), problems }),
    }
}

/// Reads a section into the page; where there is none, only for what is wrong with it.
fn read_section(
    text: &Text,
    section: &Section,
    page: Option<&mut Page>,
    problems: &mut Vec<Problem>,
) {
    let mut truncated = None;
    let mut reader = Reader { text, problems, truncated: &mut truncated };
    match section.kind {
        Kind::Authorizations | Kind::Parameters(_) => {
            let blocks = reader.blocks(section.first, section.end, |_| false).0;
            sections::refuse_statuses(&blocks, problems);
            let listed = nesting::nest(blocks, None, problems);
            let Some(page) = page else { return };
            page.truncated = page.truncated.or(truncated);
            match section.kind {
                Kind::Parameters(location) => page.parameters.extend(
                    listed.into_iter().map(|field| super::page::Parameter { location, field }),
                ),
                _ => page.authorizations = listed,
            }
        }
        Kind::Body => {
            let (part, _) = sections::content(&mut reader, section.heading, section, |_| false);
            part.refuse_statuses(problems);
            let sample = page
                .as_ref()
                .and_then(|page| page.curl.as_ref()?.body.as_ref())
                .map(|sample| sample.tree.clone());
            let body = part.into_content(sample.as_ref(), problems, &mut truncated, text);
            let Some(page) = page else { return };
            page.truncated = page.truncated.or(truncated);
            page.body = Some(body);
        }
        Kind::Response => {
            let parts = sections::responses(&mut reader, section);
            let mut responses: Vec<Response> = Vec::new();
            for (status, part) in parts {
                let known = responses.iter().position(|one| one.status.value == status.value);
                // A row of tabs names every status before the one that is open.
                if let Some(at) = known
                    && !responses[at].is_bare()
                {
                    if !part.is_bare() {
                        problems.push(Problem::new(
                            status.line,
                            format!(
                                "the status {} stands on line {} already",
                                status.value, responses[at].status.line
                            ),
                            "each status once",
                        ));
                    }
                    continue;
                }
                let sample = page
                    .as_ref()
                    .and_then(|page| page.sample_of(&status.value))
                    .map(|found| found.sample.tree.clone());
                let content: Content =
                    part.into_content(sample.as_ref(), problems, &mut truncated, text);
                let response = Response { status, content };
                match known {
                    Some(at) => responses[at] = response,
                    None => responses.push(response),
                }
            }
            let Some(page) = page else { return };
            page.truncated = page.truncated.or(truncated);
            page.responses = Some(responses);
        }
    }
}

impl Page {
    /// The sample response that belongs to a status: the one that stands under it, or the first
    /// that stands under none, where the status is the first that says success.
    pub fn sample_of(&self, status: &str) -> Option<&super::page::ResponseSample> {
        self.samples
            .iter()
            .find(|sample| sample.status.as_ref().is_some_and(|shown| shown.value == status))
            .or_else(|| {
                let first =
                    self.responses.iter().flatten().find(|one| one.status.value.starts_with('2'));
                let is_first =
                    first.map_or(status.starts_with('2'), |one| one.status.value == status);
                self.samples.iter().find(|sample| sample.status.is_none() && is_first)
            })
    }
}
