//! The sections of a page.

use cx_client_build::Node;

use super::super::page::Problem;
use super::fields;
use super::lines::Lines;
use super::marks;
use super::types;

/// What to save where the text of a page leaves out what is needed.
pub(super) const AS_MARKDOWN: &str =
    "the page saved as Markdown, from its address with `.md` appended";

/// What a section is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Authorizations,
    /// Those of a location, by the word of OpenAPI.
    Parameters(&'static str),
    Body,
    Response,
}

impl Kind {
    fn of(line: &str) -> Option<Self> {
        Some(match line {
            "Authorizations" | "Authentication" => Self::Authorizations,
            "Path Parameters" | "Path parameters" | "Path Params" => Self::Parameters("path"),
            "Query Parameters" | "Query parameters" | "Query Params" => Self::Parameters("query"),
            "Headers" | "Header Parameters" | "Header parameters" | "Header Params"
            | "Request Headers" => Self::Parameters("header"),
            "Cookies" | "Cookie Parameters" | "Cookie parameters" => Self::Parameters("cookie"),
            "Body" | "Request Body" | "Request body" | "Body Parameters" | "Body parameters"
            | "Body Params" => Self::Body,
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
pub(super) fn find(text: &Lines, problems: &mut Vec<Problem>) -> Vec<Section> {
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
    if !sections.iter().any(|section| section.kind == Kind::Response) {
        sections.extend(untold_response(text, sections.last()));
        let starts: Vec<usize> = sections.iter().skip(1).map(|section| section.heading).collect();
        for (section, start) in sections.iter_mut().zip(starts) {
            section.end = start;
        }
    }
    sections
}

/// Whether blank lines stand between the names of fields and their types, as everywhere on a page
/// whose lines are paragraphs.
pub(super) fn are_spaced(text: &Lines) -> bool {
    let is_name = |line: &str| {
        let is_other = is_title(line) || line.contains(':') || !statuses(line).is_empty();
        fields::is_name(line) && !is_other
    };
    let (mut near, mut apart) = (false, false);
    for index in (0..text.len()).filter(|at| is_name(text.line(*at))) {
        let below = text.line(index + 1);
        near |= marks::is_type_line(below);
        apart |= below.is_empty() && marks::is_type_line(text.line(index + 2));
    }
    apart && !near
}

/// Takes the samples off the last section that a page has below its sections, rather than above
/// them; gives the index at which they begin.
pub(super) fn cut_samples(text: &Lines, sections: &mut [Section]) -> usize {
    let end = text.len();
    let Some(last) = sections.last_mut() else { return end };
    let is_curl = |index: &usize| {
        let words = text.line(*index).strip_prefix("curl ");
        words.is_some_and(|words| words.starts_with(['-', 'h', '\'', '"', '\\']))
    };
    let Some(mut begin) = (last.first..end).find(is_curl) else { return end };
    if (begin..end).any(|index| fields::begins(text, index, end)) {
        return end;
    }
    while begin > last.first && matches!(text.line(begin - 1), "" | "cURL" | "Copy" | "$") {
        begin -= 1;
    }
    last.end = begin;
    begin
}

/// The section of a response whose heading is followed by neither a status nor a media type, but by
/// a description; there may be nothing else.
fn untold_response(text: &Lines, before: Option<&Section>) -> Option<Section> {
    let from = before.map_or(0, |section| section.first + 1);
    let end = text.len();
    let heading = (from..end).rev().find(|&index| {
        Kind::of(text.line(index)) == Some(Kind::Response) && !fields::begins(text, index, end)
    })?;
    // Other platforms have words after such a heading, too, but none of the other sections.
    let is_apart = before.is_some() && text.line(heading - 1).is_empty();
    let has_fields = (heading + 1..end).any(|index| fields::begins(text, index, end));
    let first = text.next_word(heading + 1, end).unwrap_or(end);
    (has_fields || is_apart).then_some(Section { kind: Kind::Response, heading, first, end })
}

/// Whether the line is a heading, rather than a description of one word or the name of a field.
fn is_heading(text: &Lines, index: usize, kind: Kind) -> bool {
    let end = text.len();
    if fields::begins(text, index, end) {
        return false;
    }
    // What stands on its own, with nothing below it, lists nothing.
    let is_apart = index == 0 || text.line(index - 1).is_empty();
    let Some(next) = text.next_word(index + 1, end) else {
        return kind == Kind::Response || is_apart;
    };
    let line = text.line(next);
    if let Some(after) = Kind::of(line).filter(|after| is_apart && *after != kind) {
        return after.rank() >= kind.rank() && !fields::begins(text, next, end);
    }
    if fields::begins(text, next, end) {
        return true;
    }
    match kind {
        Kind::Authorizations | Kind::Parameters(_) => false,
        Kind::Body => starts_content(line),
        Kind::Response => !statuses(line).is_empty() || starts_content(line),
    }
}

/// Whether a line has the form of a heading that is none of those that are known.
pub(super) fn is_unknown_title(line: &str) -> bool {
    const ENDS: [&str; 8] =
        ["Parameters", "Params", "Headers", "Cookies", "Body", "Response", "Responses", "Errors"];
    let words: Vec<&str> = line.split(' ').collect();
    let is_word =
        |word: &&str| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic);
    Kind::of(line).is_none()
        && (2..=3).contains(&words.len())
        && words.iter().all(is_word)
        && words.last().is_some_and(|last| ENDS.contains(last))
}

/// Whether a line is the heading of a section, wherever it stands.
pub(super) fn is_title(line: &str) -> bool {
    Kind::of(line).is_some()
}

fn starts_content(line: &str) -> bool {
    media_type(line).is_some() || sentence_type(line, 1).is_some() || marks::is_type_line(line)
}

/// A media type without its parameters.
pub(super) fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// `application/json`, also with parameters.
pub(super) fn media_type(line: &str) -> Option<&str> {
    let (top, sub) = essence(line).split_once('/')?;
    let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-' | '*' | '_');
    let fits = |part: &str| !part.is_empty() && part.chars().all(known);
    (fits(top) && fits(sub)).then_some(line)
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

/// The statuses of a line: a browser copies those of a row of tabs with nothing between them.
pub(super) fn statuses(line: &str) -> Vec<(&str, Option<&str>)> {
    let one: Vec<_> = status(line).into_iter().collect();
    if !one.is_empty() || !line.is_ascii() || !line.len().is_multiple_of(3) {
        return one;
    }
    let glued = (0..line.len()).step_by(3).map(|at| status(&line[at..at + 3]));
    glued.collect::<Option<_>>().unwrap_or_default()
}

/// The last word of `The response is of type object.`.
pub(super) fn sentence(line: &str) -> Option<&str> {
    let lower = line.to_ascii_lowercase();
    let about = lower.starts_with("the response is") || lower.starts_with("the body is");
    let (_, after) = line.split_once(" of type ")?;
    about.then(|| after.trim().trim_end_matches('.').trim_matches('`').trim())
}

pub(super) fn sentence_type(line: &str, number: usize) -> Option<Node> {
    types::parse(sentence(line)?, number)
}
