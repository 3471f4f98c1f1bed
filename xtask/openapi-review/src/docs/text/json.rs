//! JSON inside a page, whose values and errors name the lines of the page.

use cx_client_build::{Document, Node, Position};
use serde_json::Value;
use serde_json::error::Category;

use super::super::page::{Problem, at};

/// How deep a sample may be nested, so that the document made of it stays within what a YAML
/// document may be. Real samples stay below 10.
pub(super) const MAX_DEPTH: usize = 24;

/// Why there is no JSON value.
pub(super) enum Failure {
    /// The text ends inside the value.
    Truncated(Problem),
    /// The text is not JSON.
    Invalid(Problem),
}

impl Failure {
    pub(super) fn into_problem(self) -> Problem {
        match self {
            Self::Truncated(problem) | Self::Invalid(problem) => problem,
        }
    }
}

/// The value that is all of `text`, which begins on `line`.
pub(super) fn whole(text: &str, line: usize) -> Result<Node, Problem> {
    let (node, length) = prefix(text, line).map_err(Failure::into_problem)?;
    let after = &text[length..];
    if after.trim().is_empty() {
        return Ok(node);
    }
    let line = line + text[..text.len() - after.trim_start().len()].matches('\n').count();
    Err(Problem::new(line, "there is more after the end of the JSON value", "one JSON value"))
}

/// The value that `text` begins with, and its length in bytes.
pub(super) fn prefix(text: &str, line: usize) -> Result<(Node, usize), Failure> {
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    match stream.next() {
        Some(Ok(json)) if depth(&json) > MAX_DEPTH => Err(Failure::Invalid(Problem::new(
            line,
            format!("the sample is nested deeper than {MAX_DEPTH} levels"),
            "a sample of ordinary depth",
        ))),
        Some(Ok(json)) => {
            let length = stream.byte_offset();
            Ok((located(&text[..length], &json, line), length))
        }
        Some(Err(error)) => {
            let at = line + error.line().saturating_sub(1);
            // The library's message ends with a line of its own counting.
            let message = error.to_string();
            let message = message.split(" at line ").next().unwrap_or_default();
            let problem = Problem::new(
                at,
                format!("this is not valid JSON: {message}"),
                "a JSON sample, copied whole",
            );
            Err(match error.classify() {
                Category::Eof => Failure::Truncated(problem),
                _ => Failure::Invalid(problem),
            })
        }
        None => Err(Failure::Truncated(Problem::new(
            line,
            "there is no JSON value here",
            "a JSON sample, copied whole",
        ))),
    }
}

/// The value with the lines of its parts, and its keys in the order of the page.
fn located(text: &str, json: &Value, line: usize) -> Node {
    // JSON is YAML, but for escapes of surrogates and some uses of tabs.
    if let Ok(document) = Document::parse("", text)
        && document.to_json() == *json
    {
        let mut node = document.root().clone();
        node.replace_positions(&|position: Position| at(line + position.line - 1));
        return node;
    }
    Node::from_json(at(line), json)
}

fn depth(json: &Value) -> usize {
    match json {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}
