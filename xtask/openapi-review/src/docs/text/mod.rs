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

use super::page::{Page, PageError, Problem};
use blocks::Reader;
use bodies::{Content, Response};
use cx_client_build::Node;
use fields::Field;
use heading::Heading;
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
    let mut said = Sections::default();
    for section in &found {
        read_section(text, section, heading.as_ref(), &mut said, &mut problems);
    }
    for problem in &mut problems {
        // What is missing at the end is missing after the last line.
        problem.line = problem.line.min(text.last_number());
    }
    match heading {
        Some(heading) if problems.is_empty() => Ok(operation::page(file, heading, said)),
        _ => Err(PageError::new(file, problems)),
    }
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

/// Reads a section; without a heading of the page, only for what is wrong with it.
fn read_section(
    text: &Lines,
    section: &Section,
    heading: Option<&Heading>,
    said: &mut Sections,
    problems: &mut Vec<Problem>,
) {
    let mut reader = Reader { text, problems, truncated: &mut said.truncated };
    match section.kind {
        Kind::Authorizations | Kind::Parameters(_) => {
            let listed = reader.fields(section.first, section.end, |_| false).0;
            bodies::refuse_statuses(&listed, reader.problems);
            let listed = nesting::nest(listed, None, reader.problems);
            match section.kind {
                Kind::Parameters(location) => {
                    said.parameters.extend(listed.into_iter().map(|field| (location, field)));
                }
                _ => said.authorizations = listed,
            }
        }
        Kind::Body => {
            let mut body = bodies::content(&mut reader, section.heading, section, |_| false).0;
            bodies::refuse_statuses(&body.fields, reader.problems);
            body.nest(heading.and_then(Heading::sent), &mut reader);
            said.body = Some(body);
        }
        Kind::Response => said.responses = Some(read_responses(&mut reader, section, heading)),
    }
}

fn read_responses(
    reader: &mut Reader<'_>,
    section: &Section,
    heading: Option<&Heading>,
) -> Vec<Response> {
    let mut responses: Vec<Response> = Vec::new();
    for mut response in bodies::responses(reader, section) {
        let code = response.code().map(str::to_owned);
        let known = responses.iter().position(|one| one.code() == code.as_deref());
        // A row of tabs names every status before the one that is open.
        if let Some(at) = known.filter(|at| !responses[*at].content.is_bare()) {
            if !response.content.is_bare() {
                reader.problems.push(Problem::new(
                    response.content.line,
                    format!(
                        "the status {} stands on line {} already",
                        code.unwrap_or_default(),
                        responses[at].content.line
                    ),
                    "each status once",
                ));
            }
            continue;
        }
        let is_first = !responses.iter().any(Response::is_success);
        let sample = heading.and_then(|heading| heading.shown.sample(code.as_deref(), is_first));
        response.content.nest(sample, reader);
        match known {
            Some(at) => responses[at] = response,
            None => responses.push(response),
        }
    }
    responses
}

impl Response {
    fn code(&self) -> Option<&str> {
        self.status.as_ref().map(|status| status.value.as_str())
    }

    /// Whether it is the response to a request that succeeds.
    fn is_success(&self) -> bool {
        self.status.as_ref().is_none_or(|status| status.value.starts_with('2'))
    }
}

impl Heading {
    /// The body that the curl command sends.
    fn sent(&self) -> Option<&Node> {
        Some(&self.shown.curl.as_ref()?.body.as_ref()?.node)
    }
}

impl heading::Shown {
    /// The sample response that belongs to a status: the one that stands under it, or the first that
    /// stands under none, where the status is the first that says success.
    fn sample(&self, status: Option<&str>, is_first: bool) -> Option<&Node> {
        let under = |(shown, _): &&(Option<super::page::Located<String>>, _)| {
            shown.as_ref().is_some_and(|shown| Some(shown.value.as_str()) == status)
        };
        let success = status.is_none_or(|status| status.starts_with('2')) && is_first;
        let found = self.responses.iter().find(under);
        let found = found.or_else(|| {
            self.responses
                .iter()
                .find(|(shown, _)| success && (shown.is_none() || status.is_none()))
        })?;
        Some(&found.1.node)
    }
}
