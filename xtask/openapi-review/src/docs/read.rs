//! Reads a saved page, in whichever form it was saved.

use super::page::{Page, PageError, Problem};
use super::text::lines::Lines;
use super::{markdown, text};

const WITHOUT_OPERATION: &str = "this is Markdown without an operation as OpenAPI in it";

/// Reads a page; `file` is the name that messages show.
///
/// # Errors
///
/// If the page is in no form that can be read, and if a part of it cannot be: an unfinished curl
/// command, a sample that is not JSON, a fact without its value, a block that is not OpenAPI. Every
/// problem names its line and says what was expected.
pub fn read(file: &str, raw: &str) -> Result<Page, PageError> {
    let lines = Lines::new(raw);
    if let Some(page) = markdown::parse(file, &lines) {
        return page;
    }
    if let Some((line, message)) = unreadable(&lines) {
        let expected = match message {
            // Some platforms serve this at that address.
            WITHOUT_OPERATION => {
                "the page saved as Markdown, from its address with `.md` appended; or, if that is \
                 what this is, its text, copied from the browser"
            }
            _ => {
                "the page saved as Markdown, from its address with `.md` appended, or its text, \
                 copied from the browser"
            }
        };
        return Err(PageError::new(file, vec![Problem::new(line, message, expected)]));
    }
    text::parse(file, &lines)
}

/// What is known not to be readable: the line, and what is there.
fn unreadable(lines: &Lines) -> Option<(usize, &'static str)> {
    let is_comment = |line: &str| line.starts_with("<!--") && line.ends_with("-->");
    let said = |index: &usize| !lines.line(*index).is_empty() && !is_comment(lines.line(*index));
    let Some(first) = (0..lines.len()).find(said) else {
        return Some((1, "the file is empty"));
    };
    if let Some(what) = other_format(lines, first) {
        return Some((first + 1, what));
    }
    let mut all = 0..lines.len();
    let is_source = |line: &str| {
        ["<ParamField", "<ResponseField", "<RequestExample", "<ResponseExample", "<OpenAPI"]
            .iter()
            .any(|tag| line.starts_with(tag))
    };
    if let Some(index) = all.find(|&index| is_source(lines.line(index))) {
        return Some((index + 1, "this is the source of a page, with the tags of its platform"));
    }
    if lines.line(first) == "---" {
        let end = (first + 1..lines.len()).find(|&index| lines.line(index) == "---")?;
        let names_operation = |line: &str| line.starts_with("openapi:") || line.starts_with("api:");
        let found = (first..end).find(|&index| names_operation(lines.line(index)))?;
        return Some((found + 1, "this is the source of a page, which only names its operation"));
    }
    let is_fence = |line: &str| line.starts_with("```");
    let has_heading = (0..lines.len()).find(|&index| {
        let line = lines.line(index);
        let heading = line.trim_start_matches('#');
        heading.len() < line.len() && heading.starts_with(' ')
    });
    let has_fence = (0..lines.len()).any(|index| is_fence(lines.line(index)));
    has_heading.filter(|_| has_fence).map(|index| (index + 1, WITHOUT_OPERATION))
}

/// The format of a file that is no page, by its first lines.
fn other_format(lines: &Lines, first: usize) -> Option<&'static str> {
    let start = lines.line(first).to_ascii_lowercase();
    if start.starts_with("%pdf") {
        return Some("this is a PDF");
    }
    if (first..lines.len()).any(|index| lines.line(index).contains('\0')) {
        return Some("this has zero bytes: it is no text, or text in UTF-16 without its mark");
    }
    // The tags of a platform's source begin with a capital letter.
    let tag = lines.line(first).strip_prefix('<').unwrap_or_default();
    let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
    let is_known = name == name.to_ascii_lowercase() || name == name.to_ascii_uppercase();
    if start.starts_with("<!doctype") || is_known && name.starts_with(char::is_alphabetic) {
        return Some("this is HTML");
    }
    let is_version = |line: &str| {
        let line = line.trim_start_matches(['{', ' ']).trim_start_matches('"');
        ["openapi", "swagger"].iter().any(|key| {
            let rest = line.strip_prefix(key).map(|rest| rest.trim_start_matches('"'));
            rest.is_some_and(|rest| rest.starts_with(':'))
        })
    };
    let is_json = start.starts_with('{');
    let mut head = (first..lines.len()).take(if is_json { 8 } else { 1 });
    head.any(|index| is_version(lines.line(index)))
        .then_some("this is an OpenAPI document, and no page of one operation")
}
