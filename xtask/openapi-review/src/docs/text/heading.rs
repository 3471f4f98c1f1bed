//! What stands before the sections: title, method and path, the sample request and responses.

use super::super::page::{Located, Note, Problem};
use super::curl::{Curl, Sample};
use super::lines::Lines;
use super::{curl, fields, json, sections};

/// The part of a page before its sections.
#[derive(Default)]
pub(super) struct Heading {
    pub(super) title: Option<String>,
    /// In small letters.
    pub(super) method: Located<String>,
    pub(super) path: Located<String>,
    /// The origin of the URL, where the page has one in the place of the path.
    pub(super) origin: Option<Located<String>>,
    pub(super) deprecated: Option<usize>,
    /// The sample request.
    pub(super) curl: Option<Curl>,
    /// The sample responses.
    pub(super) shown: Vec<Shown>,
    pub(super) notes: Vec<Note>,
}

/// A sample response, and the status right before it.
pub(super) struct Shown {
    pub(super) status: Option<Located<String>>,
    pub(super) sample: Sample,
}

impl Shown {
    pub(super) fn code(&self) -> Option<&str> {
        self.status.as_ref().map(|status| status.value.as_str())
    }
}

const METHODS: [&str; 9] =
    ["GET", "PUT", "POST", "DELETE", "DEL", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/// How long a path may be in bytes before it is taken for something else.
const MAX_PATH: usize = 900;

/// How many lines a sample in some language may have.
const MAX_CODE: usize = 1_000;

/// Words of the page's controls, which are no part of what it says.
const CONTROLS: [&str; 16] = [
    "Skip to main content",
    "Copy",
    "Copy page",
    "Copy to clipboard",
    "Open in ChatGPT",
    "Try it",
    "Ask AI",
    "Ask a question...",
    "Ask a question",
    "cURL",
    "Search...",
    "Search",
    "⌘K",
    "On this page",
    "Navigation",
    "Documentation",
];

/// The first line that is a method and is followed by a path: its index, the method, and what
/// stands behind it on the line.
pub(super) fn method(text: &Lines, end: usize) -> Option<(usize, String, &str)> {
    (0..end).find_map(|index| {
        let line = text.line(index);
        METHODS.iter().find_map(|method| {
            let start = line.get(..method.len()).filter(|it| it.eq_ignore_ascii_case(method))?;
            let rest = line[method.len()..].trim_start();
            let begins_path = |text: &str| text.starts_with('/') || is_url(text);
            let follows = if start != *method {
                // A word in small letters is a method before a URL on its line.
                is_url(rest)
            } else if rest.is_empty() {
                text.next_word(index + 1, end).is_some_and(|at| begins_path(text.line(at)))
            } else {
                begins_path(rest)
            };
            let name = if *method == "DEL" { "DELETE" } else { method };
            follows.then(|| (index, name.to_owned(), rest))
        })
    })
}

/// Joins the path, whose parts a browser copies as lines of their own; gives the index after it.
fn path(
    text: &Lines,
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
        if is_url(piece) && matches!(path.as_str(), "" | "/") {
            path = piece.to_owned();
            (line, next) = (index + 1, index + 1);
            continue;
        }
        if !(piece.starts_with('/') && !is_open || expects_segment && is_segment(text, index, end))
        {
            break;
        }
        if path.is_empty() {
            line = index + 1;
        }
        path.push_str(piece);
        next = index + 1;
    }
    let path = in_braces(&path);
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

/// Whether the line at `index` can be a segment of a path.
fn is_segment(text: &Lines, index: usize, end: usize) -> bool {
    let piece = text.line(index);
    let after = text.next_word(index + 1, end).map_or("", |at| text.line(at));
    // The sample of a response, rather than a parameter in braces that are broken over lines.
    let is_json = piece.starts_with(['[', '"'])
        || piece.starts_with('{') && (after.starts_with(['"', '}']) || piece.contains('"'));
    !piece.contains(char::is_whitespace)
        && !is_json
        && !is_url(piece)
        && piece != "curl"
        && !CONTROLS.contains(&piece)
        && !fields::is_fact(piece)
}

/// A path with `{name}` for `:name`.
fn in_braces(path: &str) -> String {
    let start = path.find("://").filter(|_| is_url(path)).map_or(0, |at| at + 3);
    let (origin, path) = path.split_at(start);
    let segments = path.split('/').map(|segment| match segment.strip_prefix(':') {
        Some(name) if !name.is_empty() => format!("{{{name}}}"),
        _ => segment.to_owned(),
    });
    format!("{origin}{}", segments.collect::<Vec<_>>().join("/"))
}

fn is_url(text: &str) -> bool {
    ["https://", "http://"].iter().any(|scheme| text.starts_with(scheme))
}

/// Leaves of a URL its path; gives what stands before that.
fn take_origin(path: &mut Located<String>) -> Option<Located<String>> {
    let host = path.value.find("://").filter(|_| is_url(&path.value))? + 3;
    let end = path.value[host..].find('/').map_or(path.value.len(), |at| host + at);
    let rest = path.value.split_off(end);
    let origin = std::mem::replace(&mut path.value, rest);
    let path_end = path.value.find(['?', '#']).unwrap_or(path.value.len());
    path.value.truncate(path_end);
    if path.value.is_empty() {
        path.value.push('/');
    }
    Some(Located::new(origin, path.line))
}

/// The title, where it stands between the path and the samples: one line of words.
fn title_after(text: &Lines, next: usize, end: usize) -> Option<String> {
    let line = text.line(text.next_word(next, end)?);
    let is_words = |c: char| c.is_alphanumeric() || " -'’(),&/".contains(c);
    let is_title = line.starts_with(char::is_uppercase)
        && line.chars().all(is_words)
        && line.chars().count() <= 60
        && !CONTROLS.contains(&line)
        && !sections::is_title(line)
        && !fields::begins(text, next, end);
    is_title.then(|| line.to_owned())
}

/// The title: the last short line before the method that is neither a sentence nor a control.
fn title(text: &Lines, method: usize) -> Option<String> {
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
            line.rsplit(['>', '›', '»']).next().unwrap_or(line).trim().to_owned()
        })
}

/// The index after a sample in some language: what follows an opened bracket belongs to it.
fn after_code(text: &Lines, index: usize, end: usize) -> Option<usize> {
    let mut open = 0_i32;
    for at in index..end.min(index + MAX_CODE) {
        let line = text.line(at);
        if line.starts_with("curl ") {
            return None;
        }
        let count = |brackets: [char; 3]| line.matches(brackets).count();
        open += i32::try_from(count(['{', '[', '('])).ok()?;
        open -= i32::try_from(count(['}', ']', ')'])).ok()?;
        if open <= 0 {
            return Some(at + 1);
        }
    }
    None
}

/// Whether a line has options of curl.
fn is_command(line: &str) -> bool {
    const OPTIONS: [&str; 8] =
        ["-X", "-H", "-d", "--request", "--header", "--data", "--data-raw", "--url"];
    line.split_whitespace().any(|word| OPTIONS.contains(&word))
}

impl Heading {
    /// Reads the lines before `end`, and the samples from `samples` on, as far as it can tell what
    /// follows.
    pub(super) fn read(
        text: &Lines,
        end: usize,
        samples: usize,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let mut heading = Self::default();
        let mut index = 0;
        if let Some((at, method, rest)) = method(text, end) {
            heading.method = Located::new(method.to_ascii_lowercase(), at + 1);
            (heading.path, index) = path(text, at, rest, end, problems);
            heading.origin = take_origin(&mut heading.path);
            heading.title = title(text, at).or_else(|| title_after(text, index, end));
            let is_badge = |index: &usize| text.line(*index).eq_ignore_ascii_case("deprecated");
            heading.deprecated = (0..at).find(is_badge).map(|index| index + 1);
        } else {
            problems.push(Problem::new(
                1,
                "the page names no method and path",
                "a line such as `POST` before the sections, followed by the path, whole or broken \
                 over lines; or the page saved as Markdown, from its address with `.md` appended",
            ));
        }
        for (mut index, end) in [(index, end), (samples, text.len())] {
            let mut statuses = Vec::new();
            while index < end {
                match heading.line(text, index, end, &mut statuses, problems) {
                    Ok(next) => index = next,
                    Err(problem) => {
                        problems.push(problem);
                        return heading;
                    }
                }
            }
        }
        heading
    }

    /// Reads what begins on the line at `index`; gives the index of the line after it.
    fn line(
        &mut self,
        text: &Lines,
        index: usize,
        end: usize,
        statuses: &mut Vec<Located<String>>,
        problems: &mut Vec<Problem>,
    ) -> Result<usize, Problem> {
        let line = text.line(index);
        let words = line.strip_prefix("$ ").unwrap_or(line);
        if words.eq_ignore_ascii_case("deprecated") {
            self.deprecated.get_or_insert(index + 1);
        } else if words == "curl" || words.starts_with("curl ") {
            let (found, next) = curl::parse(text, index)?;
            if self.curl.is_some() {
                let message = "the page shows more than one curl command; the first is compared";
                self.notes.push(Note::new(index + 1, message));
            }
            self.curl.get_or_insert(found);
            return Ok(next);
        } else if is_command(line) {
            let message = format!("`{line}` belongs to no command");
            return Err(Problem::new(index + 1, message, "`curl` before its options"));
        } else if sections::is_title(line) {
            problems.push(Problem::new(
                index + 1,
                format!("the heading `{line}` is followed by nothing that belongs to it"),
                format!(
                    "a field: its name on a line, and its type on the next; where the text has no \
                     names, {}",
                    sections::AS_MARKDOWN
                ),
            ));
        } else if fields::begins(text, index, end) {
            return Err(Problem::new(
                index + 1,
                format!("the field `{line}` stands in no section"),
                "a heading in English before it, such as `Authorizations`, `Body` or `Response`",
            ));
        } else if let codes = sections::statuses(line)
            && !codes.is_empty()
        {
            let codes = codes.into_iter().map(|(code, _)| code.to_owned());
            statuses.extend(codes.map(|code| Located::new(code, index + 1)));
        } else if line.starts_with(['{', '[', '"']) {
            let rest = text.after_indent(index);
            let found = json::prefix(rest, index + 1);
            let (node, length) = found.map_err(json::Failure::into_problem)?;
            if line.starts_with('"') && !rest[length..].lines().next().unwrap_or("").is_empty() {
                let message = format!("`{line}` is a part of a JSON object, which is not there");
                return Err(Problem::new(index + 1, message, "a JSON sample, copied whole"));
            }
            // Of a row of tabs the first is open.
            let status = statuses.drain(..).next();
            self.shown.push(Shown { status, sample: Sample { node, structured: true } });
            return Ok(index + 1 + rest[..length].matches('\n').count());
        }
        Ok(after_code(text, index, end).unwrap_or(index + 1))
    }
}
