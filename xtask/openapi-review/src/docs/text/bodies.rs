//! The bodies of a page: what the sections of the request body and of the responses describe.

use std::collections::HashSet;

use cx_client_build::Node;

use super::super::page::{Located, Problem, text as string};
use super::fields::{self, Field};
use super::lines::Lines;
use super::sections::{self, Section, media_type, sentence, sentence_type, status, statuses};
use super::{Reader, nesting, types};

/// A request or response body.
#[derive(Default)]
pub(super) struct Content {
    /// The line of the section's or status's heading.
    pub(super) line: usize,
    pub(super) media_type: Option<Located<String>>,
    /// The words before the first field.
    pub(super) description: Option<Node>,
    /// The schema of the type of the whole body, where the page states it.
    pub(super) body_type: Option<Node>,
    pub(super) fields: Vec<Field>,
}

/// A documented response.
pub(super) struct Response {
    /// A code, a range such as `4XX`, or `default`; `None` where the page states none.
    pub(super) status: Option<Located<String>>,
    pub(super) content: Content,
}

impl Content {
    /// Whether the page says of it that there is something.
    pub(super) fn has_body(&self) -> bool {
        self.media_type.is_some() || self.body_type.is_some() || !self.fields.is_empty()
    }

    /// Whether the page says nothing of it but that it is there.
    pub(super) fn is_bare(&self) -> bool {
        !self.has_body() && self.description.is_none()
    }
}

impl Response {
    pub(super) fn code(&self) -> Option<&str> {
        self.status.as_ref().map(|status| status.value.as_str())
    }

    /// Whether it is the response to a request that succeeds.
    pub(super) fn is_success(&self) -> bool {
        self.code().is_none_or(|code| code.starts_with('2'))
    }
}

impl Reader<'_> {
    /// Nests the fields of a body, with the help of its sample, and sees whether the page breaks
    /// off.
    pub(super) fn nest(&mut self, content: &mut Content, sample: Option<&Node>) {
        let listed: HashSet<String> =
            content.fields.iter().map(|field| field.name.value.clone()).collect();
        if let (Some(last), Some(sample)) = (content.fields.last_mut(), sample)
            && let Some(line) = unfinished(last, &listed, sample, self.text)
        {
            self.truncated.get_or_insert(line);
        }
        let fields = std::mem::take(&mut content.fields);
        content.fields = nesting::nest(fields, sample, &mut self.problems);
    }

    /// Reads a body: media type, words, and fields up to the end of the section or to a line that
    /// `stops`.
    pub(super) fn content(
        &mut self,
        heading: usize,
        section: &Section,
        stops: impl Fn(usize) -> bool,
    ) -> (Content, usize) {
        let end = section.end;
        let mut content = Content { line: heading + 1, ..Content::default() };
        let mut index = section.first;
        while index < end && !fields::begins(self.text, index, end) && !stops(index) {
            let line = self.text.line(index);
            index += 1;
            let at_start = content.description.is_none() && content.body_type.is_none();
            if line.is_empty() {
                continue;
            } else if let (true, None, Some(name)) =
                (at_start, &content.media_type, media_type(line))
            {
                content.media_type = Some(Located::new(name.to_owned(), index));
            } else if let (None, Some(kind)) = (&content.body_type, sentence_type(line, index)) {
                content.body_type = Some(kind);
            } else if let Some(word) = sentence(line) {
                self.problems.push(Problem::new(
                    index,
                    format!("`{word}` is not a type"),
                    "a type such as `object` or `object[]`",
                ));
            } else if let (true, Some(kind)) = (at_start, types::parse(line, index)) {
                content.body_type = Some(kind);
            } else if fields::is_fact(line) {
                self.problems.push(Problem::new(
                    index,
                    format!("`{line}` stands with no field: this layout loses the names of fields"),
                    sections::AS_MARKDOWN,
                ));
                return (content, end);
            } else if line != "required" {
                content.description = Some(match &content.description {
                    Some(words) => {
                        let before = words.as_str().unwrap_or_default();
                        string(words.position.line, &format!("{before} {line}"))
                    }
                    None => string(index, line),
                });
            }
        }
        let (fields, next) = self.fields(index, end, stops);
        content.fields = fields;
        (content, next)
    }

    /// The responses of the section, each status once.
    pub(super) fn responses(&mut self, section: &Section) -> Vec<Response> {
        let text = self.text;
        let mut responses = Vec::new();
        let mut index = section.first;
        while let Some(at) = text.next_word(index, section.end) {
            let mut row = Vec::new();
            while let Some(at) = text.next_word(index, section.end)
                && let statuses = Status::at(text, at)
                && !statuses.is_empty()
            {
                index = at + 1;
                row.extend(statuses);
                if row.last().is_some_and(|status| status.media_type.is_some()) {
                    break;
                }
            }
            if row.is_empty() && !responses.is_empty() {
                break;
            }
            let from = Section { first: index, ..*section };
            let is_status = |at: usize| !statuses(text.line(at)).is_empty();
            let heading = if row.is_empty() { section.heading } else { at };
            let (content, next) = self.content(heading, &from, is_status);
            index = next;
            if row.is_empty() {
                responses.push(Response { status: None, content });
                continue;
            }
            let owner = owner(&row);
            let mut content = Some(content);
            for (place, status) in row.into_iter().enumerate() {
                let mut own =
                    if place == owner { content.take() } else { None }.unwrap_or_default();
                own.line = status.code.line;
                own.media_type = status.media_type.or(own.media_type);
                self.keep(&mut responses, Response { status: Some(status.code), content: own });
            }
        }
        responses
    }

    /// Adds a response, unless its status is there: a row of tabs names every status before the one
    /// that is open.
    fn keep(&mut self, responses: &mut Vec<Response>, response: Response) {
        let known = responses.iter_mut().find(|one| one.code() == response.code());
        match known {
            None => responses.push(response),
            Some(known) if known.content.is_bare() => *known = response,
            Some(_) if response.content.is_bare() => {}
            // The tab of a sample that a page has at its end.
            Some(_) if !response.content.has_body() => {
                let line = response.content.line;
                self.note(line, "the sample that follows is below the sections, and is left out");
            }
            Some(known) => self.problems.push(Problem::new(
                response.content.line,
                format!(
                    "the status {} stands on line {} already",
                    response.code().unwrap_or_default(),
                    known.content.line
                ),
                "each status once",
            )),
        }
    }
}

/// A status, and the media type on its line.
struct Status {
    code: Located<String>,
    media_type: Option<Located<String>>,
}

impl Status {
    fn at(text: &Lines, index: usize) -> Vec<Self> {
        let located = |text: String| Located::new(text, index + 1);
        let read = |(code, media_type): (&str, Option<&str>)| Self {
            code: located(match code {
                "default" => code.to_owned(),
                code => code.to_ascii_uppercase(),
            }),
            media_type: media_type.map(|name| located(name.to_owned())),
        };
        statuses(text.line(index)).into_iter().map(read).collect()
    }
}

/// Whether a response of this status never has a body (RFC 9110 sections 15.3.5, 15.3.6 and
/// 15.4.5).
pub(super) fn is_bodiless(status: &str) -> bool {
    matches!(status, "204" | "205" | "304")
}

/// Which status of a row the content below it belongs to. A row of more than one is a row of tabs,
/// of which the first is open, unless one says otherwise.
fn owner(row: &[Status]) -> usize {
    let last = row.len() - 1;
    let is_repeated = row[..last].iter().any(|status| status.code.value == row[last].code.value);
    if row[last].media_type.is_some() || is_repeated {
        return last;
    }
    row.iter().position(|status| !is_bodiless(&status.code.value)).unwrap_or(last)
}

/// Reports a status among the words of a field of a request: the heading before it is lost.
pub(super) fn refuse_statuses(fields: &[Field], problems: &mut Vec<Problem>) {
    let words = fields.iter().flat_map(|field| &field.words);
    let found = words.filter(|word| word.value != "default" && status(&word.value).is_some());
    problems.extend(found.map(|word| {
        Problem::new(
            word.line,
            format!("the status `{}` stands in no section `Response`", word.value),
            "the heading `Response` before it",
        )
    }));
}

/// The line of a field that the end of the page cuts off: a name that the sample has and the list
/// has not, or the beginning of one.
fn unfinished(
    last: &mut Field,
    listed: &HashSet<String>,
    sample: &Node,
    text: &Lines,
) -> Option<usize> {
    let word = last.words.last()?;
    let is_last = text.next_word(word.line, text.len()).is_none();
    let is_missing = |name: &str| !listed.contains(name);
    let cut = |word: &str| {
        word.len() > 1
            && sample.entries().iter().any(|one| is_missing(&one.key) && one.key.starts_with(word))
    };
    let whole = |word: &str| sample.get(word).is_some() && is_missing(word);
    let before = last.words.len().checked_sub(2).map(|at| &last.words[at]);
    let is_cut_type = |word: &str| {
        const TYPES: [&str; 7] =
            ["string", "integer", "number", "boolean", "object", "array", "enum<"];
        TYPES.iter().any(|kind| kind.starts_with(word) && *kind != word)
    };
    let line = if !is_last {
        None
    } else if fields::is_name(&word.value) && cut(&word.value) {
        Some(word.line)
    } else {
        // The name is whole, and the type below it is cut.
        before
            .filter(|name| {
                name.line + 1 == word.line && whole(&name.value) && is_cut_type(&word.value)
            })
            .map(|name| name.line)
    }?;
    if last.schema.get("description").is_some_and(|words| words.position.line >= line) {
        last.schema.remove("description");
    }
    Some(line)
}
