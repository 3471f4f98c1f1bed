//! Reads the text of a documentation page.
//!
//! The layout is that of an API reference that is generated from an OpenAPI document, copied from
//! the browser as plain text: method and path, a curl command, sample responses, then sections
//! with a block of lines per field. Pages are copied by hand, so that line ends, spaces, what
//! stands before the method and what is folded away differ from copy to copy.

mod blocks;
mod bodies;
mod contradictions;
mod curl;
mod fields;
mod heading;
mod json;
mod labels;
pub(super) mod lines;
mod marks;
mod nesting;
mod operation;
mod reader;
mod request;
mod responses;
mod samples;
mod sections;
mod types;

use cx_client_build::Document;

use super::page::{Form, Note, Page, PageError, Problem};
use heading::Heading;
use lines::Lines;
use reader::Reader;
use sections::{AS_MARKDOWN, Kind, Section};

/// Reads a page; `file` is the name that messages show.
pub(super) fn parse(file: &str, text: &Lines) -> Result<Page, PageError> {
    let mut text = text.clone();
    text.is_spaced = sections::are_spaced(&text);
    let text = &text;
    let mut problems = Vec::new();
    let mut sections = sections::find(text, &mut problems);
    let samples = sections::cut_samples(text, &mut sections);
    refuse_nameless(text, &sections, &mut problems);
    let first_section = sections.first().map_or(text.len(), |section| section.heading);
    let heading = Heading::read(text, first_section, samples, &mut problems);
    if sections.is_empty() && problems.is_empty() {
        // It would state that there is nothing to send or to receive.
        let message = "the operation that begins here is followed by no section that can be read";
        let expected = format!(
            "a heading such as `Authorizations`, `Query Parameters`, `Body` or `Response`, in \
             English, with the fields below it; or {AS_MARKDOWN}"
        );
        problems.push(Problem::new(heading.method.line, message, expected));
    }
    let mut reader = Reader::new(text, heading, problems);
    sections.iter().for_each(|section| reader.section(section));
    reader.page(file)
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
                named += usize::from(!marks::is_type_line(text.line(index)));
                index = text.below(index);
            } else if marks::is_type_line(text.line(index)) {
                nameless.push(index + 1);
            }
            index += 1;
        }
        if let Some(line) = nameless.first().filter(|_| nameless.len() > named.max(1)) {
            let message = "the fields have types here and no names: this layout loses them when \
                           it is copied as text";
            problems.clear();
            problems.push(Problem::new(*line, message, AS_MARKDOWN));
            return;
        }
    }
}

impl Reader<'_> {
    fn section(&mut self, section: &Section) {
        if section.first >= section.end {
            let heading = self.text.line(section.heading);
            self.note(section.heading + 1, format!("the section `{heading}` lists nothing"));
            return self.empty.push(section.kind);
        }
        self.refuse_lossy(section);
        self.in_responses = section.kind == Kind::Response;
        match section.kind {
            Kind::Authorizations | Kind::Parameters(_) => {
                let listed = self.fields(section.first, section.end).0;
                let listed = self.nested(listed);
                match section.kind {
                    Kind::Parameters(place) => self.parameters(place, listed),
                    _ => self.authorizations = listed,
                }
            }
            Kind::Body => {
                let body = self.content(section.heading, section.first, section.end).0;
                self.request_body(body);
            }
            Kind::Response => {
                let listed = self.responses(section);
                self.documented(listed);
            }
        }
    }

    /// Refuses a section of which the text has less than the page, or has it in a form that is lost.
    fn refuse_lossy(&mut self, section: &Section) {
        let (text, end) = (self.text, section.end);
        let found = (section.first..end).find_map(|index| {
            let line = text.line(index);
            let next = || text.next_word(index + 1, end).map_or("", |at| text.line(at));
            let is_glued = || fields::is_glued(line) && !self.begins(index, end);
            let message = if line == "Option 1" && next() == "Option 2" {
                "these are alternatives, of which the text has one".to_owned()
            } else {
                is_glued().then(|| format!("`{line}` is a name and a type with nothing between"))?
            };
            Some((index, message))
        });
        if let Some((index, message)) = found {
            self.refuse(index, message, AS_MARKDOWN);
        }
    }

    /// The page, or what of it cannot be understood.
    fn page(mut self, file: &str) -> Result<Page, PageError> {
        let root = self.root();
        if !self.problems.is_empty() {
            for problem in &mut self.problems {
                // What is missing at the end is missing after the last line.
                problem.line = problem.line.min(self.text.last_number());
            }
            return Err(PageError::new(file, self.problems));
        }
        let mut document = Document::new(file, root);
        let contradictions = self.contradictions.settle(&mut document);
        let Heading { title, method, path, notes: of_heading, .. } = self.heading;
        let mut notes = self.notes;
        notes.extend(of_heading);
        notes.extend(self.truncated.map(|line| Note::new(line, "the page breaks off here")));
        notes.sort_by_key(|note| note.line);
        Ok(Page {
            form: Form::Text,
            title,
            method: method.value,
            path: path.value,
            document,
            contradictions,
            notes,
        })
    }
}
