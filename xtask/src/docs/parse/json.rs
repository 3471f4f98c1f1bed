//! JSON inside a page, whose errors name the line of the page.

use serde_json::error::Category;

use super::super::tree::Tree;
use super::Problem;

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
pub(super) fn whole(text: &str, line: usize) -> Result<Tree, Problem> {
    let (tree, length) = prefix(text, line).map_err(Failure::into_problem)?;
    let after = &text[length..];
    if after.trim().is_empty() {
        return Ok(tree);
    }
    let line = line + text[..text.len() - after.trim_start().len()].matches('\n').count();
    Err(Problem::new(line, "there is more after the end of the JSON value", "one JSON value"))
}

/// The value that `text` begins with, and its length in bytes.
pub(super) fn prefix(text: &str, line: usize) -> Result<(Tree, usize), Failure> {
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Tree>();
    match stream.next() {
        Some(Ok(tree)) if tree.depth() > MAX_DEPTH => Err(Failure::Invalid(Problem::new(
            line,
            format!("the sample is nested deeper than {MAX_DEPTH} levels"),
            "a sample of ordinary depth",
        ))),
        Some(Ok(tree)) => Ok((tree, stream.byte_offset())),
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
