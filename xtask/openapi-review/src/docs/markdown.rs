//! Pages as Markdown, with the operation as OpenAPI in a fenced block.

use std::collections::HashSet;

use cx_client_build::{Document, METHODS, Node, escape_token};

use super::openapi_3_1;
use super::page::{Form, Note, Page, PageError, Problem};
use super::text::lines::Lines;
use crate::reader::{At, Operation};

/// A fenced block of YAML or JSON.
struct Block<'a> {
    /// The index of the line of the fence.
    fence: usize,
    /// The index of the line that closes it.
    end: usize,
    /// The operation that the info string names, if it names one: the method in small letters, or
    /// `webhook`, and the path.
    operation: Option<(String, &'a str)>,
}

const AGAIN: &str = "the page saved anew as Markdown, from its address with `.md` appended; or its \
                     text, copied from the browser";

/// Reads a page that has a block whose info string names an operation, or else that is an OpenAPI
/// document; `None` if it has none.
pub(super) fn parse(file: &str, lines: &Lines) -> Option<Result<Page, PageError>> {
    let all: Vec<Block<'_>> = blocks(lines).collect();
    let is_named = all.iter().any(|block| block.operation.is_some());
    let is_one = |block: &&Block<'_>| match is_named {
        true => block.operation.is_some(),
        false => is_document(lines, block),
    };
    let mut blocks = all.iter().filter(is_one);
    let block = blocks.next()?;
    let page = match blocks.next() {
        Some(other) => {
            let first = block.fence + 1;
            let message =
                format!("a second operation begins here; the first stands on line {first}");
            Err(Problem::new(other.fence + 1, message, "one operation per page"))
        }
        None => read(file, lines, block),
    };
    Some(page.map_err(|problem| PageError::new(file, vec![problem])))
}

fn read(file: &str, lines: &Lines, block: &Block<'_>) -> Result<Page, Problem> {
    let line = block.fence + 1;
    if block.operation.as_ref().is_some_and(|(method, _)| method == "webhook") {
        let message = "the page describes a webhook, which the server calls";
        return Err(Problem::new(line, message, "the page of an operation"));
    }
    if block.end == lines.len() {
        let message = "the block that opens here is never closed";
        return Err(Problem::new(line, message, "the whole page, with the closing fence"));
    }
    let (document, mut notes) = document(file, lines, block)?;
    let (method, path) = operation_of(&document, block)?;
    if let Some(problem) = unusable(&document) {
        return Err(problem);
    }
    for at in At::root(&document).objects() {
        let parts = ["callbacks", "links"].into_iter().filter_map(|key| at.node.entry(key));
        notes.extend(parts.map(|part| {
            Note::new(part.key_position.line, format!("`{}` are not compared", part.key))
        }));
    }
    Ok(Page {
        form: Form::Markdown,
        title: title(lines, block.fence),
        method,
        path,
        document,
        contradictions: Vec::new(),
        notes,
    })
}

/// The method and the path of the operation that a block names, or else of the only one that it
/// holds.
fn operation_of(document: &Document, block: &Block<'_>) -> Result<(String, String), Problem> {
    let held: Vec<Operation<'_>> = Operation::all(document).collect();
    let is_it = |one: &&Operation<'_>| match &block.operation {
        Some((method, path)) => one.method == method && one.path == *path,
        None => held.len() == 1,
    };
    if let Some(found) = held.iter().find(is_it) {
        return Ok((found.method.to_owned(), found.path.to_owned()));
    }
    let names: Vec<String> = held.iter().take(3).map(Operation::name).collect();
    let names = if names.is_empty() { "no operation".to_owned() } else { names.join(", ") };
    let (message, expected) = match &block.operation {
        Some((method, path)) => {
            let named = format!("{} {path}", method.to_uppercase());
            (format!("the block says that it holds {named}, and it holds {names}"), AGAIN)
        }
        None => (format!("the block holds {names}"), "one operation per page"),
    };
    Err(Problem::new(block.fence + 1, message, expected))
}

/// The document of a block in OpenAPI 3.0, and what that leaves out.
fn document(
    file: &str,
    lines: &Lines,
    block: &Block<'_>,
) -> Result<(Document, Vec<Note>), Problem> {
    let first = block.fence + 1;
    let mut document = Document::parse(file, &source(lines, block)).map_err(|error| {
        let found = error.diagnostics().first();
        let line = found.map_or(first, |one| one.position.line.clamp(first, lines.last_number()));
        let message = found.map_or_else(String::new, |one| one.message.clone());
        Problem::new(line, message, "the operation as OpenAPI in YAML, copied whole")
    })?;
    let Some(version) = document.root().get("openapi") else {
        let older = document.root().get("paths").is_some_and(|paths| paths.get("method").is_some());
        let what = if older {
            "this is an older form of the block, which is no OpenAPI document"
        } else {
            "the block is no OpenAPI document: it has no `openapi` with a version"
        };
        return Err(Problem::new(first, what, AGAIN));
    };
    let text = version.as_str().map_or_else(|| version.to_json().to_string(), str::to_owned);
    let is_later = text.starts_with("3.1") || text.starts_with("3.2");
    if !is_later && !text.starts_with("3.0") {
        let message = format!("the block is of OpenAPI {text}");
        return Err(Problem::new(version.position.line, message, "OpenAPI 3.0 or 3.1"));
    }
    let notes = openapi_3_1::to_3_0(&mut document, is_later);
    Ok((document, notes))
}

/// Why nothing is known of the document, where that is so.
fn unusable(document: &Document) -> Option<Problem> {
    if let Some((line, reference)) = broken_reference(document) {
        let message = format!("the reference `{reference}` leads nowhere in the block");
        let expected = "the whole block, with the components that it names";
        return Some(Problem::new(line, message, expected));
    }
    let (line, name) = composed_of_itself(document)?;
    let message = format!("the schema `{name}` is composed of itself");
    let expected = "schemas whose `allOf`, `anyOf` and `oneOf` come to an end";
    Some(Problem::new(line, message, expected))
}

/// The text of the block, with blank lines before it, so that its lines are those of the page.
fn source(lines: &Lines, block: &Block<'_>) -> String {
    let indent = |index: usize| {
        let raw = lines.raw(index);
        raw.len() - raw.trim_start_matches(' ').len()
    };
    let outer = indent(block.fence);
    let mut text = "\n".repeat(block.fence + 1);
    for index in block.fence + 1..block.end {
        let raw = lines.raw(index);
        text.push_str(&raw[outer.min(indent(index)).min(raw.len())..]);
        text.push('\n');
    }
    text
}

/// Whether the content of a block begins as an OpenAPI document.
fn is_document(lines: &Lines, block: &Block<'_>) -> bool {
    let text = lines.after_line(block.fence + 1).trim_start_matches(['{', ' ', '\n']);
    let key = text.split(':').next().unwrap_or_default();
    key.trim_matches('"') == "openapi"
}

/// The blocks of YAML or JSON. In the info string a method and a path can stand: before these the name
/// of a file, and after them what is of the platform.
fn blocks<'a>(lines: &'a Lines) -> impl Iterator<Item = Block<'a>> {
    let mut index = 0;
    std::iter::from_fn(move || {
        while index < lines.len() {
            let fence = index;
            index += 1;
            let line = lines.line(fence);
            let mark = if line.starts_with('`') { '`' } else { '~' };
            let marks = line.len() - line.trim_start_matches(mark).len();
            if marks < 3 {
                continue;
            }
            let closes = |at: &usize| {
                let other = lines.line(*at);
                other.len() >= marks && other.chars().all(|c| c == mark)
            };
            let end = (index..lines.len()).find(closes).unwrap_or(lines.len());
            index = end + 1;
            let words: Vec<&str> = line[marks..].split_whitespace().collect();
            if let Some((language, rest)) = words.split_first()
                && ["yaml", "yml", "json"].iter().any(|name| language.eq_ignore_ascii_case(name))
            {
                return Some(Block { fence, end, operation: operation(rest) });
            }
        }
        None
    })
}

/// `openapi.json post /api/calls`.
fn operation<'a>(words: &[&'a str]) -> Option<(String, &'a str)> {
    let operation = |pair: &[&'_ str]| {
        let method = pair[0].to_ascii_lowercase();
        let is_method = METHODS.contains(&method.as_str()) && pair[1].starts_with('/');
        (is_method || method == "webhook").then_some(method)
    };
    words.windows(2).find_map(|pair| Some((operation(pair)?, pair[1])))
}

/// The last heading of the first level before a line.
fn title(lines: &Lines, end: usize) -> Option<String> {
    let titles = (0..end).rev().filter_map(|index| lines.line(index).strip_prefix("# "));
    titles.map(str::trim).find(|title| !title.is_empty()).map(str::to_owned)
}

/// The first reference that leads out of the block or nowhere in it, and its line.
fn broken_reference(document: &Document) -> Option<(usize, String)> {
    let is_broken = |one: &&Node| {
        let pointer = one.as_str().map(|text| text.strip_prefix('#'));
        pointer.is_some_and(|pointer| pointer.is_none_or(|to| document.at(to).is_none()))
    };
    let objects = At::root(document).objects();
    let broken = objects.iter().filter_map(|at| at.node.get("$ref")).filter(is_broken);
    broken.map(|one| (one.position.line, one.as_str().unwrap_or_default().to_owned())).min()
}

/// The first schema that leads back to itself by references and compositions alone, and its line.
fn composed_of_itself(document: &Document) -> Option<(usize, String)> {
    document.at("/components/schemas")?.entries().iter().find_map(|entry| {
        let own = format!("#/components/schemas/{}", escape_token(&entry.key));
        let mut seen = HashSet::new();
        let mut left = vec![&entry.node];
        while let Some(node) = left.pop() {
            if let Some(target) = node.get("$ref").and_then(Node::as_str) {
                if target == own {
                    return Some((entry.key_position.line, entry.key.clone()));
                }
                let pointer = target.strip_prefix('#').filter(|_| seen.insert(target));
                left.extend(pointer.and_then(|pointer| document.at(pointer)));
            }
            for key in ["allOf", "anyOf", "oneOf"] {
                left.extend(node.get(key).map_or(&[][..], Node::items));
            }
            left.extend(node.get("not"));
        }
        None
    })
}
