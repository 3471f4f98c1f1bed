//! A documentation page as an OpenAPI document of one operation.

use std::fmt;

use cx_client_build::{Document, Node, Position, Value, escape_token};

use super::facts::FactName;
use crate::reader::Operation;

/// Names, at an object of a page's document, the keys of which the page says nothing: that they are
/// not there is no statement. `*` stands for all that are not there.
pub const UNSTATED: &str = "x-unstated";

/// Marks a value that a page shows by a sample only: its names and types are those of the sample.
pub const SAMPLED: &str = "x-sampled";

/// The form in which a page was saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Text copied from the browser. Some keywords of OpenAPI it has no words for.
    Text,
    /// Markdown with the operation as OpenAPI in it.
    Markdown,
}

/// The documentation page of one operation.
#[derive(Debug, Clone)]
pub struct Page {
    /// The form in which it was saved.
    pub form: Form,
    /// The title before the operation, where there is one.
    pub title: Option<String>,
    /// The HTTP method in small letters, as OpenAPI writes it.
    pub method: String,
    /// The path with its parameters in braces, such as `/v1/parcels/{parcelId}`.
    pub path: String,
    /// OpenAPI 3.0 with this one operation. Every value stands on the line of the page that says it.
    pub document: Document,
    /// Where the page contradicts itself.
    pub contradictions: Vec<Contradiction>,
    /// What a reader has to know about how the page was read.
    pub notes: Vec<Note>,
}

/// Something to know, and the line that it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The line of the page, counted from 1.
    pub line: usize,
    /// A sentence without a full stop.
    pub message: String,
}

impl Note {
    /// A note about a line.
    pub fn new(line: usize, message: impl Into<String>) -> Self {
        Self { line, message: message.into() }
    }
}

/// A place where a page contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contradiction {
    /// The line of the page, counted from 1.
    pub line: usize,
    /// The object of the page's document that it is about, as a JSON pointer.
    pub pointer: String,
    /// The fact of that object.
    pub fact: FactName,
    /// What the page says of the fact, where it is one value.
    pub said: serde_json::Value,
    /// A sentence without a full stop.
    pub message: String,
}

impl Page {
    /// The name of the file that the page was read from.
    pub fn file(&self) -> &str {
        self.document.file()
    }

    /// `POST /v1/parcels`.
    pub fn label(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    /// The JSON pointer of the operation in the page's document.
    pub fn pointer(&self) -> String {
        format!("/paths/{}/{}", escape_token(&self.path), self.method)
    }

    /// The operation of the page's document.
    pub(super) fn operation(&self) -> Option<Operation<'_>> {
        let mut all = Operation::all(&self.document);
        all.find(|one| one.method == self.method && one.path == self.path)
    }

    /// The line of the operation.
    pub fn line(&self) -> usize {
        self.document.position(&self.pointer()).line
    }
}

/// Why a page cannot be understood: one problem or more, in the order of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageError {
    file: String,
    problems: Vec<Problem>,
}

impl PageError {
    pub(super) fn new(file: &str, mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|problem| problem.line);
        Self { file: file.to_owned(), problems }
    }

    /// What cannot be understood, in the order of the page; never empty.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for PageError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, Problem { line, message, expected }) in self.problems.iter().enumerate() {
            let separator = if index > 0 { "\n" } else { "" };
            write!(f, "{separator}{}:{line}: {message}; expected {expected}", self.file)?;
        }
        Ok(())
    }
}

impl std::error::Error for PageError {}

/// One thing of a page that cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The line of the page, counted from 1.
    pub line: usize,
    /// What is there.
    pub message: String,
    /// What should be there.
    pub expected: String,
}

impl Problem {
    pub(super) fn new(
        line: usize,
        message: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Self { line, message: message.into(), expected: expected.into() }
    }
}

/// A text and the line of the page, counted from 1, on which it stands.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Located<T> {
    pub(super) value: T,
    pub(super) line: usize,
}

impl<T> Located<T> {
    pub(super) fn new(value: T, line: usize) -> Self {
        Self { value, line }
    }
}

/// The beginning of a line of a page.
pub(super) fn at(line: usize) -> Position {
    Position { line, column: 1 }
}

/// An object on a line of a page.
pub(super) fn object<const N: usize>(line: usize, fields: [(&str, Node); N]) -> Node {
    let mut node = Node::object(at(line));
    for (key, value) in fields {
        node.set(key, value);
    }
    node
}

/// A string on a line of a page.
pub(super) fn text(line: usize, text: &str) -> Node {
    Node::text(at(line), text)
}

/// `true` on a line of a page.
pub(super) fn yes(line: usize) -> Node {
    Node::from_json(at(line), &true.into())
}

/// Sets a value, or takes out the one that is there.
pub(super) fn set_or_remove(out: &mut Node, key: &str, node: Option<Node>) {
    match node {
        Some(node) => out.set(key, node),
        None => drop(out.remove(key)),
    }
}

/// Marks a key, or `*`, of an object as one of which the page says nothing.
pub(super) fn leave_unstated(node: &mut Node, key: &str) {
    let position = node.position;
    let mut keys = node.remove(UNSTATED).unwrap_or_else(|| Node::array(position, Vec::new()));
    keys.items_mut().into_iter().for_each(|keys| keys.push(Node::text(position, key)));
    node.set(UNSTATED, keys);
}

/// Whether the page says nothing of a key that the object does not have.
pub(super) fn is_unstated(node: &Node, key: &str) -> bool {
    let keys = node.get(UNSTATED).map_or(&[][..], Node::items);
    keys.iter().any(|one| one.as_str() == Some(key) || one.as_str() == Some("*"))
}

/// The type of a value that is neither null nor made of others.
pub(super) fn type_of(value: &Node) -> Option<&'static str> {
    match &value.value {
        Value::String(_) => Some("string"),
        Value::Bool(_) => Some("boolean"),
        Value::Number(number) if number.is_f64() => Some("number"),
        Value::Number(_) => Some("integer"),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) => None,
    }
}

/// A schema of which the page says nothing.
pub(super) fn unknown(line: usize) -> Node {
    let mut node = Node::object(at(line));
    leave_unstated(&mut node, "*");
    node
}

/// The names in the braces of a path.
pub(super) fn template_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

/// The name, or the first of it with a number that is not taken.
pub(super) fn free_name(name: String, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|number| format!("{name}{number}"));
    let mut all = std::iter::once(name.clone()).chain(numbered);
    all.find(|one| !is_taken(one)).unwrap_or(name)
}
