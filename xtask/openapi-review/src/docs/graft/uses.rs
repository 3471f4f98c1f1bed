//! The uses of components that the page speaks of.

use std::collections::HashSet;

use cx_client_build::{Document, Node};

use crate::reader::At;

/// Stands, in a schema that is being made, for a use of a component.
const USE: &str = "x-use";

/// A use of a component by what the page speaks of.
pub(super) struct Use {
    pub(super) component: String,
    /// The component as this use states it; `None` while it is being made.
    pub(super) grafted: Option<Node>,
    pub(super) changes: bool,
}

/// The components that there is more than one reference to.
pub(super) fn shared(document: &Document) -> HashSet<String> {
    let mut seen = HashSet::new();
    let objects = At::root(document).objects();
    let targets = objects.iter().filter_map(At::reference).map(|one| one.trim_start_matches('#'));
    targets.filter(|one| !seen.insert(*one)).map(str::to_owned).collect()
}

impl Use {
    /// Stands, where the page speaks of it, for the use of a component.
    pub(super) fn mark(page: &Node, index: usize) -> Node {
        let mut mark = Node::object(page.position);
        mark.set(USE, Node::text(page.position, index.to_string()));
        mark
    }
}

pub(super) fn use_of(node: &Node) -> Option<usize> {
    node.get(USE)?.as_str()?.parse().ok()
}
