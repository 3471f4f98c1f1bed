//! The uses of components that the page speaks of.

use std::collections::{BTreeMap, HashMap, HashSet};

use cx_client_build::{Document, Node, Value};

use super::super::page::free_name;
use super::{Graft, NOWHERE};
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

impl Graft<'_> {
    /// A pointer among the components that nothing stands at; a placeholder is put there.
    pub(super) fn free_component(&mut self, parent: &str, name: &str) -> String {
        let is_taken = |one: &str| self.edited.at(one).is_some();
        let pointer = free_name(format!("{parent}/{name}"), is_taken);
        self.put(&pointer, Node::object(NOWHERE));
        pointer
    }

    /// Puts the components as the page states them into the copy.
    pub(super) fn settle_uses(&mut self) {
        let mut by_component: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, one) in self.uses.iter().enumerate() {
            by_component.entry(one.component.clone()).or_default().push(index);
        }
        let mut targets: HashMap<usize, String> = HashMap::new();
        for (component, uses) in by_component {
            let first = uses[0];
            let agree =
                uses[1..].iter().all(|other| self.same_use(first, *other, &mut HashSet::new()));
            for index in uses {
                let changes = self.uses[index].changes;
                let pointer = match agree || !changes {
                    true => component.clone(),
                    false => {
                        let (parent, name) = component.rsplit_once('/').unwrap_or(("", &component));
                        self.free_component(parent, name)
                    }
                };
                targets.insert(index, format!("#{pointer}"));
                if let (true, Some(node)) = (agree || changes, self.uses[index].grafted.clone()) {
                    self.put(&pointer, node);
                }
            }
        }
        let mut root = self.edited.root().clone();
        settle(&mut root, &targets);
        self.edited = Document::new(self.page.file(), root);
    }

    /// Whether two uses make the same of their component.
    fn same_use(&self, a: usize, b: usize, assumed: &mut HashSet<(usize, usize)>) -> bool {
        if a == b || !assumed.insert((a, b)) {
            return true;
        }
        let (one, other) = (&self.uses[a], &self.uses[b]);
        match (&one.grafted, &other.grafted) {
            (Some(x), Some(y)) if one.component == other.component => self.same(x, y, assumed),
            _ => false,
        }
    }

    fn same(&self, a: &Node, b: &Node, assumed: &mut HashSet<(usize, usize)>) -> bool {
        match (&a.value, &b.value) {
            (Value::Mapping(_), Value::Mapping(_)) => {
                if let (Some(x), Some(y)) = (use_of(a), use_of(b)) {
                    return self.same_use(x, y, assumed);
                }
                a.entries().len() == b.entries().len()
                    && a.entries().iter().all(|entry| {
                        b.get(&entry.key)
                            .is_some_and(|other| self.same(&entry.node, other, assumed))
                    })
            }
            (Value::Sequence(x), Value::Sequence(y)) => {
                x.len() == y.len() && x.iter().zip(y).all(|(x, y)| self.same(x, y, assumed))
            }
            (x, y) => x == y,
        }
    }
}

pub(super) fn use_of(node: &Node) -> Option<usize> {
    node.get(USE)?.as_str()?.parse().ok()
}

/// Turns the marks of uses into references.
fn settle(node: &mut Node, targets: &HashMap<usize, String>) {
    if let Some(target) = use_of(node).and_then(|index| targets.get(&index)) {
        let position = node.position;
        *node = Node::object(position);
        node.set("$ref", Node::text(position, target));
        return;
    }
    if let Some(items) = node.items_mut() {
        items.iter_mut().for_each(|item| settle(item, targets));
    }
    let keys: Vec<String> = node.entries().iter().map(|entry| entry.key.clone()).collect();
    for key in keys {
        if let Some(value) = node.get_mut(&key) {
            settle(value, targets);
        }
    }
}
