//! A page that is being read.

use cx_client_build::Node;
use serde_json::Value as Json;

use super::super::facts::FactName;
use super::super::page::{Note, Problem, at};
use super::contradictions::Contradictions;
use super::fields::Field;
use super::heading::Heading;
use super::lines::Lines;
use super::sections::Kind;

/// A page that is read, and what is found on the way.
pub(super) struct Reader<'a> {
    pub(super) text: &'a Lines,
    pub(super) heading: Heading,
    /// What the page says of its operation.
    pub(super) operation: Node,
    pub(super) parameters: Vec<Node>,
    pub(super) authorizations: Vec<Field>,
    /// Sections that list nothing.
    pub(super) empty: Vec<Kind>,
    /// Whether the section that is read is that of the responses.
    pub(super) in_responses: bool,
    pub(super) problems: Vec<Problem>,
    pub(super) notes: Vec<Note>,
    pub(super) contradictions: Contradictions,
    /// Whether the sample of the body that is read is made up, with placeholders for values.
    pub(super) is_made_up: bool,
    /// The line on which the page breaks off, where it does.
    pub(super) truncated: Option<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a Lines, heading: Heading, problems: Vec<Problem>) -> Self {
        Self {
            text,
            operation: Node::object(at(heading.method.line)),
            heading,
            parameters: Vec::new(),
            authorizations: Vec::new(),
            empty: Vec::new(),
            in_responses: false,
            problems,
            notes: Vec::new(),
            contradictions: Contradictions::default(),
            is_made_up: false,
            truncated: None,
        }
    }

    pub(super) fn note(&mut self, line: usize, message: impl Into<String>) {
        self.notes.push(Note::new(line, message));
    }

    /// The page contradicts itself about a fact of the operation.
    pub(super) fn contradict(
        &mut self,
        line: usize,
        fact: impl Into<FactName>,
        said: impl Into<Json>,
        message: String,
    ) {
        self.contradictions.note(&mut self.operation, line, fact, said, message);
    }

    /// The line at an index cannot be understood.
    pub(super) fn refuse(&mut self, index: usize, message: impl Into<String>, expected: &str) {
        self.problems.push(Problem::new(index + 1, message, expected));
    }
}
