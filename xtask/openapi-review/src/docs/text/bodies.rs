//! The bodies of a page: what the sections of the request body and of the responses describe.

use cx_client_build::Node;

use super::super::page::{Located, text as string};
use super::curl::Sample;
use super::fields::{self, Field};
use super::json;
use super::reader::Reader;
use super::sections::{self, Section, media_type, sentence, sentence_type, statuses};
use super::types;

/// A request body, or a documented response.
#[derive(Default)]
pub(super) struct Content {
    /// The line of the section's or status's heading.
    pub(super) line: usize,
    /// The code of a response, a range such as `4XX`, or `default`; `None` where the page states
    /// none.
    pub(super) status: Option<Located<String>>,
    pub(super) media_type: Option<Located<String>>,
    /// The words before the first field.
    pub(super) description: Option<Node>,
    /// The schema of the type of the whole body, where the page states it.
    pub(super) body_type: Option<Node>,
    /// The first sample before the first field.
    pub(super) sample: Option<Sample>,
    pub(super) fields: Vec<Field>,
}

impl Content {
    /// Whether the page says of it that there is something.
    pub(super) fn has_body(&self) -> bool {
        self.media_type.is_some()
            || self.body_type.is_some()
            || self.sample.is_some()
            || !self.fields.is_empty()
    }

    /// Whether the page says nothing of it but that it is there.
    pub(super) fn is_bare(&self) -> bool {
        !self.has_body() && self.description.is_none()
    }

    pub(super) fn code(&self) -> Option<&str> {
        self.status.as_ref().map(|status| status.value.as_str())
    }

    /// Whether it is the response to a request that succeeds.
    pub(super) fn is_success(&self) -> bool {
        self.code().is_none_or(|code| code.starts_with('2'))
    }

    /// Reads a line before the first field; gives the type that it names and that is none.
    fn line<'t>(&mut self, line: &'t str, number: usize) -> Option<&'t str> {
        let at_start = self.description.is_none() && self.body_type.is_none();
        let media_type = media_type(line).filter(|_| at_start && self.media_type.is_none());
        let own_type = || types::parse(line, number).filter(|_| at_start);
        let kind = sentence_type(line, number).filter(|_| self.body_type.is_none());
        if let Some(name) = media_type {
            self.media_type = Some(Located::new(name.to_owned(), number));
        } else if let Some(kind) = kind {
            self.body_type = Some(kind);
        } else if let Some(word) = sentence(line) {
            return Some(word);
        } else if let Some(kind) = own_type() {
            self.body_type = Some(kind);
        } else if !matches!(line, "" | "required") {
            let (before, at) = self
                .description
                .as_ref()
                .map_or((None, number), |words| (words.as_str(), words.position.line));
            let words: Vec<&str> = before.into_iter().chain([line]).collect();
            self.description = Some(string(at, &words.join(" ")));
        }
        None
    }
}

impl Reader<'_> {
    /// Whether the line at `index` ends what is before it: the status of the next response. `default`
    /// can be the name of a field as well.
    pub(super) fn stops(&self, index: usize) -> bool {
        let line = self.text.line(index);
        self.in_responses
            && !statuses(line).is_empty()
            && !(line == "default" && self.begins(index, self.text.len()))
    }

    /// Reads a body from the line at `index` on: media type, words and fields. Gives the index after
    /// it.
    pub(super) fn content(
        &mut self,
        heading: usize,
        mut index: usize,
        end: usize,
    ) -> (Content, usize) {
        let mut content = Content { line: heading + 1, ..Content::default() };
        while index < end && !self.begins(index, end) && !self.stops(index) {
            let line = self.text.line(index);
            if fields::is_fact(line) {
                let message =
                    format!("`{line}` stands with no field: this layout loses the names of fields");
                self.refuse(index, message, sections::AS_MARKDOWN);
                return (content, end);
            }
            if line.starts_with(['{', '['])
                && let rest = self.text.after_indent(index)
                && let Ok((node, length)) = json::prefix(rest, index + 1)
            {
                content.sample.get_or_insert(Sample { node, structured: true });
                index += 1 + rest[..length].matches('\n').count();
                continue;
            }
            if let Some(word) = content.line(line, index + 1) {
                let message = format!("`{word}` is not a type");
                self.refuse(index, message, "a type such as `object` or `object[]`");
            }
            index += 1;
        }
        (content.fields, index) = self.fields(index, end);
        (content, index)
    }

    /// The responses of the section, each status once.
    pub(super) fn responses(&mut self, section: &Section) -> Vec<Content> {
        let (text, end) = (self.text, section.end);
        let mut responses = Vec::new();
        let mut index = section.first;
        while let Some(at) = text.next_word(index, end) {
            let mut row = Vec::new();
            while let Some(at) = text.next_word(index, end)
                && let found = statuses(text.line(at))
                && !found.is_empty()
            {
                index = at + 1;
                let is_last = found.last().is_some_and(|(_, media_type)| media_type.is_some());
                row.extend(found.into_iter().map(|status| Located::new(status, index)));
                if is_last {
                    break;
                }
            }
            if row.is_empty() && !responses.is_empty() {
                break;
            }
            let heading = if row.is_empty() { section.heading } else { at };
            let (content, next) = self.content(heading, index, end);
            index = next;
            if row.is_empty() {
                responses.push(content);
                continue;
            }
            let owner = owner(&row);
            let mut content = Some(content);
            for (place, Located { value: (code, media_type), line }) in row.into_iter().enumerate()
            {
                let own = if place == owner { content.take() } else { None };
                let mut own = Content { line, ..own.unwrap_or_default() };
                let code = match code {
                    "default" => code.to_owned(),
                    code => code.to_ascii_uppercase(),
                };
                own.status = Some(Located::new(code, line));
                let media_type = media_type.map(|name| Located::new(name.to_owned(), line));
                own.media_type = media_type.or(own.media_type);
                self.keep(&mut responses, own);
            }
        }
        responses
    }

    /// Adds a response, unless its status is there: a row of tabs names every status before the one
    /// that is open.
    fn keep(&mut self, responses: &mut Vec<Content>, response: Content) {
        let known = responses.iter_mut().find(|one| one.code() == response.code());
        match known {
            None => responses.push(response),
            Some(known) if known.is_bare() => *known = response,
            Some(_) if response.is_bare() => {}
            // The tab of a sample that a page has at its end.
            Some(_) if !response.has_body() => {
                let message = "the sample that follows is below the sections, and is left out";
                self.note(response.line, message);
            }
            Some(known) => {
                let code = response.code().unwrap_or_default();
                let message = format!("the status {code} stands on line {} already", known.line);
                self.refuse(response.line - 1, message, "each status once");
            }
        }
    }

    /// Sees whether the end of the page cuts off a field: its last line is a name that the sample has
    /// and the list has not, or the beginning of one, or below such a name the beginning of a type.
    pub(super) fn see_end(&mut self, content: &mut Content, sample: &Node) {
        const TYPES: [&str; 7] =
            ["string", "integer", "number", "boolean", "object", "array", "enum<"];
        let text = self.text;
        let listed = |name: &str| content.fields.iter().any(|field| field.name.value == name);
        let words = content.fields.last().map_or(&[][..], |field| &field.words);
        let Some(end) = words.last().filter(|end| text.next_word(**end, text.len()).is_none())
        else {
            return;
        };
        let (word, name) = (text.line(end - 1), text.line(end.saturating_sub(2)));
        let shown = sample.entries().iter().map(|entry| entry.key.as_str());
        let mut missing = shown.filter(|name| !listed(name));
        let is_cut_type = TYPES.iter().any(|kind| kind.starts_with(word) && *kind != word);
        let line = if word.len() > 1
            && fields::is_name(word)
            && missing.clone().any(|name| name.starts_with(word))
        {
            *end
        } else if is_cut_type && words.contains(&(end - 1)) && missing.any(|one| one == name) {
            end - 1
        } else {
            return;
        };
        self.truncated.get_or_insert(line);
        let schema = content.fields.last_mut().map(|field| &mut field.schema);
        if let Some(schema) = schema
            && schema.get("description").is_some_and(|words| words.position.line >= line)
        {
            schema.remove("description");
        }
    }
}

/// Whether a response of this status never has a body (RFC 9110 sections 15.3.5, 15.3.6 and
/// 15.4.5).
pub(super) fn is_bodiless(status: &str) -> bool {
    matches!(status, "204" | "205" | "304")
}

/// Which status of a row the content below it belongs to. A row of more than one is a row of tabs,
/// of which the first is open, unless one says otherwise.
fn owner(row: &[Located<(&str, Option<&str>)>]) -> usize {
    let last = row.len() - 1;
    let (code, media_type) = row[last].value;
    let is_repeated = row[..last].iter().any(|status| status.value.0.eq_ignore_ascii_case(code));
    if media_type.is_some() || is_repeated {
        return last;
    }
    row.iter().position(|status| !is_bodiless(status.value.0)).unwrap_or(last)
}
