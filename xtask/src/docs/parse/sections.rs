//! The sections of a page, and the bodies that two of them describe.

use std::collections::HashSet;

use super::super::page::{Content, Located, Location, Type};
use super::super::tree::Tree;
use super::fields::{self, Block, Reader};
use super::text::Text;
use super::{Problem, nesting, types};

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Authorizations,
    Parameters(Location),
    Body,
    Response,
}

impl Kind {
    fn of(line: &str) -> Option<Self> {
        Some(match line {
            "Authorizations" | "Authentication" => Self::Authorizations,
            "Path Parameters" | "Path parameters" => Self::Parameters(Location::Path),
            "Query Parameters" | "Query parameters" => Self::Parameters(Location::Query),
            "Headers" | "Header Parameters" | "Header parameters" => {
                Self::Parameters(Location::Header)
            }
            "Cookies" | "Cookie Parameters" | "Cookie parameters" => {
                Self::Parameters(Location::Cookie)
            }
            "Body" | "Request Body" | "Request body" => Self::Body,
            "Response" | "Responses" => Self::Response,
            _ => return None,
        })
    }

    /// The sections of parameters stand before that of the body, and it before the responses.
    fn rank(self) -> u8 {
        match self {
            Self::Authorizations | Self::Parameters(_) => 0,
            Self::Body => 1,
            Self::Response => 2,
        }
    }
}

/// A section: lines `heading..end`, counted from 0, its content from `first` on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Section {
    pub(super) kind: Kind,
    pub(super) heading: usize,
    pub(super) first: usize,
    pub(super) end: usize,
}

/// Finds the sections.
pub(super) fn find(text: &Text, problems: &mut Vec<Problem>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for index in 0..text.len() {
        let Some(kind) = Kind::of(text.line(index)) else { continue };
        let rank = sections.last().map_or(0, |last| last.kind.rank());
        if kind.rank() < rank || !is_heading(text, index, kind) {
            continue;
        }
        if let Some(last) = sections.last_mut() {
            last.end = index;
        }
        if let Some(earlier) = sections.iter().find(|section| section.kind == kind) {
            problems.push(Problem::new(
                index + 1,
                format!(
                    "the section `{}` stands on line {} already",
                    text.line(index),
                    earlier.heading + 1,
                ),
                "one operation per page",
            ));
        }
        let end = text.len();
        let first = text.next_word(index + 1, end).unwrap_or(end);
        sections.push(Section { kind, heading: index, first, end });
    }
    if !sections.iter().any(|section| section.kind == Kind::Response)
        && let Some(index) = (0..text.len()).find(|&index| {
            let is_name = fields::begins(text, index, text.len());
            Kind::of(text.line(index)) == Some(Kind::Response) && !is_name
        })
    {
        problems.push(Problem::new(
            index + 1,
            format!("the heading `{}` is followed by no status", text.line(index)),
            "a status such as `200`, and the media type",
        ));
    }
    sections
}

/// Whether the line is a heading, rather than a description of one word or the name of a field.
fn is_heading(text: &Text, index: usize, kind: Kind) -> bool {
    let end = text.len();
    if fields::begins(text, index, end) {
        return false;
    }
    let Some(next) = text.next_word(index + 1, end) else { return kind == Kind::Response };
    let line = text.line(next);
    if fields::begins(text, next, end) {
        return true;
    }
    match kind {
        Kind::Authorizations | Kind::Parameters(_) => false,
        Kind::Body => starts_content(line),
        Kind::Response => status(line).is_some() || starts_content(line),
    }
}

/// Whether a line is the heading of a section, wherever it stands.
pub(super) fn is_title(line: &str) -> bool {
    Kind::of(line).is_some()
}

fn starts_content(line: &str) -> bool {
    media_type(line).is_some() || sentence_type(line).is_some() || fields::is_type_line(line)
}

/// `application/json`, also with parameters.
pub(super) fn media_type(line: &str) -> Option<&str> {
    let essence = line.split(';').next()?.trim();
    let (top, sub) = essence.split_once('/')?;
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-' | '*' | '_');
    let fits = |part: &str| !part.is_empty() && part.chars().all(known);
    (fits(top) && fits(sub)).then_some(essence)
}

/// A status, and what follows it on its line: `200`, `200 - application/json`, `4XX`, `default`.
pub(super) fn status(line: &str) -> Option<(&str, Option<&str>)> {
    let end = line.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(line.len());
    let (code, rest) = line.split_at(end);
    let bytes = code.as_bytes();
    let is_code = bytes.len() == 3
        && matches!(bytes[0], b'1'..=b'5')
        && (bytes[1..].iter().all(u8::is_ascii_digit) || bytes[1..].eq_ignore_ascii_case(b"xx"));
    if !is_code && code != "default" {
        return None;
    }
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || "-–—·•:".contains(c));
    if rest.is_empty() {
        return Some((code, None));
    }
    media_type(rest).map(|name| (code, Some(name)))
}

/// The last word of `The response is of type object.`.
fn sentence(line: &str) -> Option<&str> {
    let lower = line.to_ascii_lowercase();
    let about = lower.starts_with("the response is") || lower.starts_with("the body is");
    let (_, after) = line.split_once(" of type ")?;
    about.then(|| after.trim().trim_end_matches('.').trim_matches('`').trim())
}

fn sentence_type(line: &str) -> Option<Type> {
    types::parse(sentence(line)?)
}

/// A body before its fields are nested.
#[derive(Default)]
pub(super) struct Part {
    content: Content,
    blocks: Vec<Block>,
}

/// Reads a body: media type, words, and blocks up to the end of the section or to a line that
/// `stops`.
pub(super) fn content(
    reader: &mut Reader<'_>,
    heading: usize,
    section: &Section,
    stops: impl Fn(usize) -> bool,
) -> (Part, usize) {
    let end = section.end;
    let mut part = Part::default();
    part.content.line = heading + 1;
    let mut index = section.first;
    while index < end && !fields::begins(reader.text, index, end) && !stops(index) {
        let line = reader.text.line(index);
        let number = index + 1;
        index += 1;
        let content = &mut part.content;
        if line.is_empty() {
            continue;
        }
        let at_start = content.description.is_none() && content.body_type.is_none();
        if let (true, None, Some(name)) = (at_start, &content.media_type, media_type(line)) {
            content.media_type = Some(Located::new(name.to_owned(), number));
        } else if let (None, Some(kind)) = (&content.body_type, sentence_type(line)) {
            content.body_type = Some(Located::new(kind, number));
        } else if let Some(word) = sentence(line) {
            reader.problems.push(Problem::new(
                number,
                format!("`{word}` is not a type"),
                "a type such as `object` or `object[]`",
            ));
        } else if let (true, Some(kind)) = (at_start, types::parse(line)) {
            content.body_type = Some(Located::new(kind, number));
        } else if !fields::is_fact(line) && line != "required" {
            match &mut content.description {
                Some(text) => {
                    text.value.push(' ');
                    text.value.push_str(line);
                }
                None => content.description = Some(Located::new(line.to_owned(), number)),
            }
        }
    }
    let (blocks, next) = reader.blocks(index, end, stops);
    part.blocks = blocks;
    (part, next)
}

/// A status, and the media type on its line.
struct Status {
    code: Located<String>,
    media_type: Option<Located<String>>,
}

impl Status {
    fn at(text: &Text, index: usize) -> Option<Self> {
        let (code, media_type) = status(text.line(index))?;
        let code = if code == "default" { code.to_owned() } else { code.to_ascii_uppercase() };
        Some(Self {
            code: Located::new(code, index + 1),
            media_type: media_type.map(|name| Located::new(name.to_owned(), index + 1)),
        })
    }

    /// Whether a response of this status never has a body (RFC 9110 sections 15.3.5, 15.3.6 and
    /// 15.4.5).
    fn is_bodiless(&self) -> bool {
        matches!(self.code.value.as_str(), "204" | "205" | "304")
    }
}

/// The responses of the section, each with its status.
pub(super) fn responses(
    reader: &mut Reader<'_>,
    section: &Section,
) -> Vec<(Located<String>, Part)> {
    let text = reader.text;
    let mut responses = Vec::new();
    let mut index = section.first;
    while index < section.end {
        let mut row = Vec::new();
        while let Some(at) = text.next_word(index, section.end)
            && let Some(status) = Status::at(text, at)
        {
            let has_media_type = status.media_type.is_some();
            row.push(status);
            index = at + 1;
            if has_media_type {
                break;
            }
        }
        if row.is_empty() {
            if let Some(at) = text.next_word(index, section.end) {
                reader.problems.push(Problem::new(
                    at + 1,
                    "the response has no status",
                    "a status such as `200` after the heading `Response`",
                ));
            }
            break;
        }
        let from = Section { first: index, ..*section };
        let is_status = |at: usize| status(text.line(at)).is_some();
        let (part, next) = content(reader, index.saturating_sub(1), &from, is_status);
        index = next;
        let owner = owner(&row);
        let mut part = Some(part);
        for (place, status) in row.into_iter().enumerate() {
            let mut own = if place == owner { part.take() } else { None }.unwrap_or_default();
            own.content.line = status.code.line;
            own.content.media_type = status.media_type.or(own.content.media_type);
            responses.push((status.code, own));
        }
    }
    responses
}

/// Which status of a row the content below it belongs to. A row of more than one is a row of tabs,
/// of which the first is open, unless one says otherwise.
fn owner(row: &[Status]) -> usize {
    let last = row.len() - 1;
    let is_repeated = row[..last].iter().any(|status| status.code.value == row[last].code.value);
    if row[last].media_type.is_some() || is_repeated {
        return last;
    }
    row.iter().position(|status| !status.is_bodiless()).unwrap_or(last)
}

impl Part {
    /// Whether there is nothing but the status.
    pub(super) fn is_bare(&self) -> bool {
        self.blocks.is_empty() && self.content.is_bare()
    }

    /// Reports a status in the body of a request.
    pub(super) fn refuse_statuses(&self, problems: &mut Vec<Problem>) {
        refuse_statuses(&self.blocks, problems);
    }

    /// Nests the fields, with the help of the body's sample, and sees whether the page breaks off.
    pub(super) fn into_content(
        mut self,
        sample: Option<&Tree>,
        problems: &mut Vec<Problem>,
        truncated: &mut Option<usize>,
        text: &Text,
    ) -> Content {
        let listed: HashSet<String> =
            self.blocks.iter().map(|block| block.field.name.value.clone()).collect();
        if let (Some(last), Some(sample)) = (self.blocks.last_mut(), sample)
            && let Some(line) = unfinished(last, &listed, sample, text)
        {
            truncated.get_or_insert(line);
        }
        self.content.fields = nesting::nest(self.blocks, sample, problems);
        self.content
    }
}

/// Reports a status among the words of a field of a request: the heading before it is lost.
pub(super) fn refuse_statuses(blocks: &[Block], problems: &mut Vec<Problem>) {
    let words = blocks.iter().flat_map(|block| &block.words);
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
    last: &mut Block,
    listed: &HashSet<String>,
    sample: &Tree,
    text: &Text,
) -> Option<usize> {
    let word = last.words.last()?;
    let is_last = text.next_word(word.line, text.len()).is_none();
    let is_missing = |name: &str| !listed.contains(name);
    let cut = |word: &str| {
        word.len() > 1
            && sample.fields().iter().any(|(key, _)| is_missing(key) && key.starts_with(word))
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
    if let Some(description) = &last.field.description
        && description.line >= line
    {
        last.field.description = None;
    }
    Some(line)
}
