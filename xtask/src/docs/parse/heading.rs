//! What stands before the sections: title, method and path, the sample request and responses.

use super::super::page::{Curl, Located, ResponseSample, Sample};
use super::fields;
use super::json;
use super::text::Text;
use super::{Problem, curl, sections};

/// The part of a page before its sections.
pub(super) struct Heading {
    pub(super) title: Option<Located<String>>,
    pub(super) method: Located<String>,
    pub(super) path: Located<String>,
    pub(super) deprecated: Option<usize>,
    pub(super) curl: Option<Curl>,
    pub(super) samples: Vec<ResponseSample>,
    pub(super) notes: Vec<Located<String>>,
}

const METHODS: [&str; 9] =
    ["GET", "PUT", "POST", "DELETE", "DEL", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/// How long a path may be in bytes before it is taken for something else.
const MAX_PATH: usize = 4096;

/// Words of the page's controls, which are no part of what it says.
const CONTROLS: [&str; 8] =
    ["Copy", "Copy page", "Try it", "Ask AI", "cURL", "Search...", "Navigation", "Documentation"];

/// Reads the lines before `end`; `None` if there is no method with a path.
pub(super) fn parse(text: &Text, end: usize, problems: &mut Vec<Problem>) -> Option<Heading> {
    let Some((at, method, rest)) = method(text, end) else {
        problems.push(Problem::new(
            1,
            "the page names no method and path",
            "a line such as `POST` before the sections, followed by the path, whole or broken over \
             lines",
        ));
        samples(text, 0, end, problems);
        return None;
    };
    let (path, next) = path(text, at, rest, end, problems);
    let (curl, samples, mut notes, deprecated_after) = samples(text, next, end, problems);
    let is_badge = |index: &usize| text.line(*index).eq_ignore_ascii_case("deprecated");
    notes.sort_by_key(|note: &Located<String>| note.line);
    Some(Heading {
        title: title(text, at),
        method: Located::new(method, at + 1),
        path,
        deprecated: (0..at).find(is_badge).map(|index| index + 1).or(deprecated_after),
        curl,
        samples,
        notes,
    })
}

/// The first line that is a method and is followed by a path: its index, the method, and what
/// stands behind it on the line.
fn method(text: &Text, end: usize) -> Option<(usize, String, &str)> {
    (0..end).find_map(|index| {
        let line = text.line(index);
        METHODS.iter().find_map(|method| {
            let rest = line.strip_prefix(method)?.trim_start();
            let follows = if rest.is_empty() {
                text.next_word(index + 1, end).is_some_and(|at| text.line(at).starts_with('/'))
            } else {
                rest.starts_with('/')
            };
            let name = if *method == "DEL" { "DELETE" } else { method };
            follows.then(|| (index, name.to_owned(), rest))
        })
    })
}

/// Joins the path, whose parts a browser copies as lines of their own; gives the index after it.
fn path(
    text: &Text,
    at: usize,
    rest: &str,
    end: usize,
    problems: &mut Vec<Problem>,
) -> (Located<String>, usize) {
    let mut path = rest.to_owned();
    let mut line = at + 1;
    let mut next = at + 1;
    while let Some(index) = text.next_word(next, end)
        && path.len() < MAX_PATH
    {
        let piece = text.line(index);
        let is_open = path.matches('{').count() > path.matches('}').count();
        let expects_segment = path.ends_with('/') || is_open;
        let is_segment = !piece.contains(char::is_whitespace)
            && piece != "curl"
            && !CONTROLS.contains(&piece)
            && !fields::is_fact(piece);
        if !(piece.starts_with('/') && !is_open || expects_segment && is_segment) {
            break;
        }
        if path.is_empty() {
            line = index + 1;
        }
        path.push_str(piece);
        next = index + 1;
    }
    let path: Vec<String> = path
        .split('/')
        .map(|segment| match segment.strip_prefix(':') {
            Some(name) if !name.is_empty() => format!("{{{name}}}"),
            _ => segment.to_owned(),
        })
        .collect();
    let path = path.join("/");
    if path.matches('{').count() != path.matches('}').count()
        || path.contains(|c: char| c.is_whitespace() || c.is_control())
    {
        problems.push(Problem::new(
            line,
            format!("`{path}` is not a path"),
            "a path such as `/v1/parcels/{parcelId}`",
        ));
    }
    (Located::new(path, line), next)
}

/// The title: the last short line before the method that is neither a sentence nor a control.
fn title(text: &Text, method: usize) -> Option<Located<String>> {
    (0..method)
        .rev()
        .find(|&index| {
            let line = text.line(index);
            let is_sentence = line.ends_with(['.', ':', '!', '?']) || line.chars().count() > 60;
            let is_badge = line.eq_ignore_ascii_case("deprecated");
            let has_words = line.chars().any(char::is_alphabetic);
            has_words && !is_sentence && !is_badge && !CONTROLS.contains(&line)
        })
        .map(|index| {
            // A breadcrumb ends with the title.
            let line = text.line(index);
            let name = line.rsplit(['>', '›', '»']).next().unwrap_or(line).trim();
            Located::new(name.to_owned(), index + 1)
        })
}

/// Whether a line has options of curl.
fn is_command(line: &str) -> bool {
    const OPTIONS: [&str; 8] =
        ["-X", "-H", "-d", "--request", "--header", "--data", "--data-raw", "--url"];
    line.split_whitespace().any(|word| OPTIONS.contains(&word))
}

type Samples = (Option<Curl>, Vec<ResponseSample>, Vec<Located<String>>, Option<usize>);

/// The curl command and the sample responses.
fn samples(text: &Text, start: usize, end: usize, problems: &mut Vec<Problem>) -> Samples {
    let mut command = None;
    let mut samples = Vec::new();
    let mut notes = Vec::new();
    let mut deprecated = None;
    let mut statuses: Vec<Located<String>> = Vec::new();
    let mut index = start;
    while index < end {
        let line = text.line(index);
        let words = line.strip_prefix("$ ").unwrap_or(line);
        if words.eq_ignore_ascii_case("deprecated") {
            deprecated.get_or_insert(index + 1);
        } else if words == "curl" || words.starts_with("curl ") {
            match curl::parse(text, index) {
                Ok((found, next)) => {
                    if command.is_none() {
                        command = Some(found);
                    } else {
                        notes.push(Located::new(
                            "the page shows more than one curl command; the first is compared"
                                .to_owned(),
                            index + 1,
                        ));
                    }
                    index = next;
                }
                Err(problem) => {
                    problems.push(problem);
                    return (command, samples, notes, deprecated);
                }
            }
            continue;
        } else if is_command(line) {
            problems.push(Problem::new(
                index + 1,
                format!("`{line}` belongs to no command"),
                "`curl` before its options",
            ));
            return (command, samples, notes, deprecated);
        } else if sections::is_title(line) {
            problems.push(Problem::new(
                index + 1,
                format!("the heading `{line}` is followed by nothing that belongs to it"),
                "a field: its name on a line, and its type on the next",
            ));
        } else if fields::begins(text, index, end) {
            problems.push(Problem::new(
                index + 1,
                format!("the field `{line}` stands in no section"),
                "a heading before it, such as `Authorizations`, `Body` or `Response`",
            ));
            return (command, samples, notes, deprecated);
        } else if let Some((code, _)) = sections::status(line) {
            statuses.push(Located::new(code.to_owned(), index + 1));
        } else if line.starts_with(['{', '[', '"']) {
            let rest = text.after_indent(index);
            match json::prefix(rest, index + 1) {
                Ok((tree, length)) => {
                    // Of a row of tabs the first is open.
                    let status = statuses.drain(..).next();
                    let sample = Sample {
                        tree,
                        text: rest[..length].to_owned(),
                        line: index + 1,
                        structured: true,
                        is_data: false,
                    };
                    samples.push(ResponseSample { status, sample });
                    index += rest[..length].matches('\n').count();
                }
                Err(failure) => {
                    problems.push(failure.into_problem());
                    return (command, samples, notes, deprecated);
                }
            }
        }
        index += 1;
    }
    (command, samples, notes, deprecated)
}
