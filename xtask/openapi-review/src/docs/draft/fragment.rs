//! The fragment that is made of pages.

use std::collections::HashMap;

use cx_client_build::{Document, Node};

use super::super::page::Page;
use super::names;

/// A fragment that is being made.
pub(super) struct Draft<'a> {
    pub(super) document: &'a Document,
    pub(super) comments: String,
    pub(super) paths: Node,
    pub(super) tags: Vec<Node>,
    pub(super) schemes: Node,
    pub(super) schemas: Node,
    /// The names of the pages' components that have been drafted, by file and reference.
    pub(super) named: HashMap<(String, String), String>,
}

/// Where a schema of a page stands, as far as its name depends on it.
#[derive(Clone)]
pub(super) struct Place<'p> {
    pub(super) page: &'p Page,
    /// The name that it would have as a component.
    pub(super) name: String,
    /// The name of what is around it, put before `name` where that is taken.
    pub(super) owner: String,
    /// Words of the parameter that holds it.
    pub(super) words: String,
    /// Whether what is around it is known from a sample, and says so.
    pub(super) in_sample: bool,
}

impl<'p> Place<'p> {
    pub(super) fn new(page: &'p Page, name: String, id: &str) -> Self {
        let owner = names::noun(id);
        Self { page, name, owner, words: String::new(), in_sample: false }
    }
}

impl Draft<'_> {
    pub(super) fn comment(&mut self, text: &str) {
        self.comments.push_str(&format!("# {}\n", text.replace(char::is_control, " ")));
    }
}

/// A description without what copying leaves at its end.
pub(super) fn described(words: &Node) -> Node {
    let text = words.as_str().unwrap_or_default().trim();
    let text = match text.strip_suffix(" .") {
        Some(before) => format!("{}.", before.trim_end().trim_end_matches('.')),
        None => text.to_owned(),
    };
    Node::text(words.position, text)
}
