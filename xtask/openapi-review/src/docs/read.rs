//! Reads a saved page, in whichever form it was saved.

use super::page::{Page, PageError, Problem};
use super::text::lines::Lines;
use super::{markdown, text};

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
        let expected = "the page saved as Markdown, from its address with `.md` appended, or its \
                        text, copied from the browser";
        return Err(PageError::new(file, vec![Problem::new(line, message, expected)]));
    }
    text::parse(file, &lines)
}

/// What is known not to be readable: the line, and what is there.
fn unreadable(lines: &Lines) -> Option<(usize, &'static str)> {
    let first = lines.next_word(0, lines.len())?;
    let start = lines.line(first).to_ascii_lowercase();
    if start.starts_with("<!doctype") || start.starts_with("<html") || start.starts_with("<head") {
        return Some((first + 1, "this is HTML"));
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
    has_heading
        .filter(|_| has_fence)
        .map(|index| (index + 1, "this is Markdown without an operation as OpenAPI in it"))
}
