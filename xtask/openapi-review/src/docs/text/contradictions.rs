//! Where a page contradicts itself, as it is found while the page is read.

use cx_client_build::{Document, Node};
use serde_json::Value as Json;

use super::super::facts::FactName;
use super::super::page::{Contradiction, at};
use crate::reader::At;

/// Marks, at an object about which the page contradicts itself, what is wrong by its index, until
/// all of the document is made and the object has its place.
const CONTRADICTED: &str = "x-contradicted";

/// What a page says against itself.
#[derive(Default)]
pub(super) struct Contradictions(Vec<Contradiction>);

impl Contradictions {
    /// Notes that the page contradicts itself about a fact of an object.
    pub(super) fn note(
        &mut self,
        node: &mut Node,
        line: usize,
        fact: impl Into<FactName>,
        said: impl Into<Json>,
        message: impl Into<String>,
    ) {
        let mut marks =
            node.remove(CONTRADICTED).unwrap_or_else(|| Node::array(at(line), Vec::new()));
        let mark = Node::from_json(at(line), &self.0.len().into());
        marks.items_mut().into_iter().for_each(|all| all.push(mark.clone()));
        node.set(CONTRADICTED, marks);
        let (fact, said, message) = (fact.into(), said.into(), message.into());
        self.0.push(Contradiction { line, pointer: String::new(), fact, said, message });
    }

    /// What is noted of the objects of a document, by line; takes the marks out.
    pub(super) fn settle(self, document: &mut Document) -> Vec<Contradiction> {
        let marked = At::root(document).objects().into_iter();
        let marked = marked.filter(|at| at.node.get(CONTRADICTED).is_some());
        let pointers: Vec<String> = marked.map(|at| at.pointer.to_string()).collect();
        let mut found = Vec::new();
        for pointer in pointers {
            let marks = document.at_mut(&pointer).and_then(|node| node.remove(CONTRADICTED));
            for mark in marks.iter().flat_map(Node::items) {
                let index = mark.to_json().as_u64().and_then(|index| usize::try_from(index).ok());
                let one = index.and_then(|index| self.0.get(index));
                found.extend(
                    one.map(|one| Contradiction { pointer: pointer.clone(), ..one.clone() }),
                );
            }
        }
        found.sort_by_key(|one| one.line);
        found
    }
}
