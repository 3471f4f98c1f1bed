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
mod responses;
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
    /// Sections that list nothing.
    empty: Vec<Kind>,
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
    if found.is_empty() && problems.is_empty() {
        unread(text, &mut problems);
    }
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

/// Refuses a page that has no section: it would state that there is nothing to send or to receive.
fn unread(text: &Lines, problems: &mut Vec<Problem>) {
    let line = heading::method(text, text.len()).map(|(index, ..)| index + 1);
    problems.extend(line.map(|line| {
        let message = "the operation that begins here is followed by no section that can be read";
        let expected = format!(
            "a heading such as `Authorizations`, `Query Parameters`, `Body` or `Response`, in \
             English, with the fields below it; or {}",
            sections::AS_MARKDOWN
        );
        Problem::new(line, message, expected)
    }));
}

/// Refuses a page in the layout whose text has the types of fields and not their names.
fn refuse_nameless(text: &Lines, sections: &[Section], problems: &mut Vec<Problem>) {
    for section in sections {
        let mut named = 0;
        let mut nameless = Vec::new();
        let mut index = section.first;
        while index < section.end {
            if fields::begins(text, index, section.end) {
                // The word of a type can be a name, or the type of a field whose name is lost.
                named += usize::from(!fields::is_type_line(text.line(index)));
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
    /// Takes the header `Authorization` for the authentication: OpenAPI ignores a parameter of that
    /// name (3.0.4 section 4.7.12.2).
    fn credential(&mut self, listed: &mut Vec<Field>, said: &mut Sections) {
        let is_it = |field: &mut Field| field.name.value.eq_ignore_ascii_case("authorization");
        for mut field in listed.extract_if(.., is_it) {
            let message = format!(
                "the header `{}` is read as the authentication, since it is no parameter in OpenAPI",
                field.name.value
            );
            self.note(field.name.line, message);
            if said.authorizations.is_empty() {
                field.location = None;
                said.authorizations.push(field);
            }
        }
    }

    /// Refuses a section of which the text has less than the page, or has it in a form that is lost.
    fn refuse_lossy(&mut self, section: &Section) {
        let text = self.text;
        let found = (section.first..section.end).find_map(|index| {
            let line = text.line(index);
            let next = || text.next_word(index + 1, section.end).map_or("", |at| text.line(at));
            if line == "Option 1" && next() == "Option 2" {
                return Some((
                    index,
                    "these are alternatives, of which the text has one".to_owned(),
                ));
            }
            let is_glued = line.ends_with("required")
                && fields::is_glued(line)
                && !fields::begins(text, index, section.end);
            is_glued.then(|| (index, format!("`{line}` is a name and a type with nothing between")))
        });
        self.problems.extend(
            found.map(|(index, what)| Problem::new(index + 1, what, sections::AS_MARKDOWN)),
        );
    }

    fn section(&mut self, section: &Section, said: &mut Sections) {
        if section.first >= section.end {
            let heading = self.text.line(section.heading);
            let message = format!("the section `{heading}` lists nothing");
            self.note(section.heading + 1, message);
            said.empty.push(section.kind);
            return;
        }
        self.refuse_lossy(section);
        match section.kind {
            Kind::Authorizations | Kind::Parameters(_) => {
                let listed = self.fields(section.first, section.end, |_| false).0;
                bodies::refuse_statuses(&listed, &mut self.problems);
                let mut listed = nesting::nest(listed, None, &mut self.problems);
                match section.kind {
                    Kind::Parameters(location) => {
                        if location == "header" {
                            self.credential(&mut listed, said);
                        }
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
