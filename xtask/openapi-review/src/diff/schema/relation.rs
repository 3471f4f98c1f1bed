//! How the values that fit two schemas relate.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use cx_client_build::{Document, Node};

use super::super::reading::{At, Sides};
use super::compare::compare;
use super::difference::{Relate, Shift};
use super::joint::Joint;
use super::wire::Wire;

/// How many pairs of schemas are looked at to relate two; beyond, they count as different.
const MAX_PAIRS: usize = 500;
/// How deep relations may be asked for while one is being found.
const MAX_DEPTH: usize = 4;

type Key = (String, String, Wire);

/// Answers how schemas of the two documents relate, each question once.
pub(super) struct Relations<'a> {
    sides: Sides<'a>,
    known: RefCell<HashMap<Key, Option<Shift>>>,
    looked_at: Cell<usize>,
    /// Whether an answer was cut short since the first of the questions that are being answered.
    cut_short: Cell<bool>,
    heirs: [HashMap<String, Vec<&'a str>>; 2],
}

impl<'a> Relations<'a> {
    pub(super) fn new(sides: Sides<'a>) -> Self {
        Self {
            sides,
            known: RefCell::default(),
            looked_at: Cell::new(0),
            cut_short: Cell::new(false),
            heirs: [heirs(sides.old), heirs(sides.new)],
        }
    }

    /// Whether two schemas take the same values.
    pub(super) fn same(&self, old: &At<'a>, new: &At<'a>) -> bool {
        let (old, new) = (Joint::of([old], self.sides.old), Joint::of([new], self.sides.new));
        self.between(&old, &new, Wire::Json, 0).is_none()
    }
}

impl<'a> Relate<'a> for Relations<'a> {
    fn sides(&self) -> Sides<'a> {
        self.sides
    }

    /// The components that name the schema at `pointer` in their `allOf`.
    fn heirs(&self, pointer: &str, new: bool) -> &[&'a str] {
        self.heirs[usize::from(new)].get(pointer).map_or(&[], Vec::as_slice)
    }

    /// How the values that fit have changed; `None` if they are the same.
    ///
    /// Schemas that contain themselves are the same if no difference is found in either.
    fn between(&self, old: &Joint<'a>, new: &Joint<'a>, wire: Wire, depth: usize) -> Option<Shift> {
        let key = (old.key(), new.key(), wire);
        if let Some(known) = self.known.borrow().get(&key) {
            return *known;
        }
        if depth >= MAX_DEPTH {
            self.cut_short.set(true);
            return Some(Shift::Changed);
        }
        if depth == 0 {
            self.looked_at.set(0);
            self.cut_short.set(false);
        }
        let mut shift = None;
        let mut seen = HashSet::from([key.clone()]);
        let mut stack = vec![(old.clone(), new.clone(), wire)];
        while let Some((old, new, wire)) = stack.pop() {
            self.looked_at.set(self.looked_at.get() + 1);
            if self.looked_at.get() > MAX_PAIRS {
                self.cut_short.set(true);
                shift = Some(Shift::Changed);
            }
            if shift == Some(Shift::Changed) {
                break;
            }
            let (differences, children) = compare(&old, &new, wire, self, depth + 1);
            for found in differences.iter().filter_map(|difference| difference.shift) {
                shift = match shift {
                    None => Some(found),
                    Some(known) if known == found => Some(known),
                    Some(_) => Some(Shift::Changed),
                };
            }
            for child in children {
                if seen.insert((child.old.key(), child.new.key(), child.wire)) {
                    stack.push((child.old, child.new, child.wire));
                }
            }
        }
        // What is cut short at a depth can be answered when it is asked first.
        if depth == 0 || !self.cut_short.get() {
            self.known.borrow_mut().insert(key, shift);
        }
        shift
    }
}

/// The components that compose each schema by `allOf`.
fn heirs(document: &Document) -> HashMap<String, Vec<&str>> {
    let mut heirs: HashMap<String, Vec<&str>> = HashMap::new();
    let schemas = document.at("/components/schemas").map(Node::entries).unwrap_or_default();
    for entry in schemas {
        let members = entry.node.get("allOf").map(Node::items).unwrap_or_default();
        for target in members.iter().filter_map(|member| member.get("$ref")?.as_str()) {
            let pointer = target.trim_start_matches('#').to_owned();
            heirs.entry(pointer).or_default().push(&entry.key);
        }
    }
    heirs
}
