//! Reads the text of a documentation page.
//!
//! The layout is that of an API reference that is generated from an OpenAPI document, copied from
//! the browser as plain text: method and path, a curl command, sample responses, then sections
//! with a block of lines per field. Pages are copied by hand, so that line ends, spaces, what
//! stands before the method and what is folded away differ from copy to copy.

mod blocks;
mod bodies;
mod curl;
mod fields;
mod heading;
mod json;
mod labels;
pub(super) mod lines;
mod nesting;
mod operation;
mod request;
mod schemas;
mod sections;
mod types;

use super::page::{Contradiction, Note, Page, PageError, Problem};
use bodies::{Content, Response};
use fields::Field;
use lines::Lines;
use sections::{Kind, Section};

/// What the sections of a page say.
#[derive(Default)]
struct Sections {
    authorizations: Vec<Field>,
    /// Each with its location.
    parameters: Vec<(&'static str, Field)>,
    body: Option<Content>,
    /// `None` where the page ends before the section.
    responses: Option<Vec<Response>>,
}

/// A page that is read, and what is found on the way.
struct Reader<'a> {
    text: &'a Lines,
    problems: Vec<Problem>,
    contradictions: Vec<Contradiction>,
    notes: Vec<Note>,
    /// The line on which the page breaks off, where it does.
    truncated: Option<usize>,
}

/// Reads a page; `file` is the name that messages show.
pub(super) fn parse(file: &str, text: &Lines) -> Result<Page, PageError> {
    let mut problems = Vec::new();
    let found = sections::find(text, &mut problems);
    refuse_nameless(text, &found, &mut problems);
    let first_section = found.first().map_or(text.len(), |section| section.heading);
    let heading = heading::parse(text, first_section, &mut problems);
    let (contradictions, notes) = (Vec::new(), Vec::new());
    let mut reader = Reader { text, problems, contradictions, notes, truncated: None };
    let mut said = Sections::default();
    for section in &found {
        reader.section(section, &mut said);
    }
    let page = match heading {
        Some(heading) => operation::page(file, heading, said, reader),
        None => Err(reader.problems),
    };
    page.map_err(|mut problems| {
        for problem in &mut problems {
            // What is missing at the end is missing after the last line.
            problem.line = problem.line.min(text.last_number());
        }
        PageError::new(file, problems)
    })
}

/// Refuses a page in the layout whose text has the types of fields and not their names.
fn refuse_nameless(text: &Lines, sections: &[Section], problems: &mut Vec<Problem>) {
    for section in sections {
        let mut named = 0;
        let mut nameless = Vec::new();
        let mut index = section.first;
        while index < section.end {
            if fields::begins(text, index, section.end) && !fields::is_type_line(text.line(index)) {
                named += 1;
                index += 1;
            } else if fields::is_type_line(text.line(index)) {
                nameless.push(index + 1);
            }
            index += 1;
        }
        if let Some(line) = nameless.first().filter(|_| nameless.len() > named.max(1)) {
            let message = "the fields have types here and no names: this layout loses them when \
                           it is copied as text";
            problems.clear();
            problems.push(Problem::new(*line, message, sections::AS_MARKDOWN));
            return;
        }
    }
}

impl Reader<'_> {
    fn section(&mut self, section: &Section, said: &mut Sections) {
        match section.kind {
            Kind::Authorizations | Kind::Parameters(_) => {
                let listed = self.fields(section.first, section.end, |_| false).0;
                bodies::refuse_statuses(&listed, &mut self.problems);
                let listed = nesting::nest(listed, None, &mut self.problems);
                match section.kind {
                    Kind::Parameters(location) => {
                        said.parameters.extend(listed.into_iter().map(|field| (location, field)));
                    }
                    _ => said.authorizations = listed,
                }
            }
            Kind::Body => {
                let body = self.content(section.heading, section, |_| false).0;
                bodies::refuse_statuses(&body.fields, &mut self.problems);
                said.body = Some(body);
            }
            Kind::Response => said.responses = Some(self.responses(section)),
        }
    }
}
