//! How the values that fit two schemas relate.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use cx_client_build::{Document, Node, escape_token};

use super::super::reading::{At, SCHEMAS, Sides};
use super::compare::compare;
use super::difference::{Relate, Shift};
use super::joint::Joint;
use super::sum::Sum;
use super::wire::Wire;

/// How many schemas are looked at to relate two; beyond, they count as different.
const MAX_SCHEMAS: usize = 5_000;
/// How many are looked at to answer all questions.
const MAX_OF_ALL: usize = 50_000;
/// How many schemas the sums that are kept are made of.
const MAX_KEPT: usize = 200_000;
/// How many questions may be part of each other; a [`Assumed`] has a bit for each.
const MAX_OPEN: usize = 48;

type Key = (String, String, Wire);

/// The sums of schemas, by what tells those from others of the same document.
type Sums<'a> = HashMap<(String, Wire), Rc<Sum<'a>>>;

/// Questions that are still open, one bit for each: those on whose assumed answers another one
/// rests.
type Assumed = u64;

/// A question that is being answered.
struct Open {
    key: Key,
    /// The answer that holds until it is known.
    assumed: Option<Shift>,
    is_used: bool,
}

#[derive(Default)]
struct State {
    known: HashMap<Key, Option<Shift>>,
    /// Answers that hold if what they rest on does.
    likely: HashMap<Key, (Option<Shift>, Assumed)>,
    /// Each is part of the one before.
    open: Vec<Open>,
    /// What the answer that is being found rests on.
    rests_on: Assumed,
    looked_at: usize,
    looked_at_of_all: usize,
    /// Whether an answer was cut short since the first of the open questions.
    cut_short: bool,
    /// Whether any was.
    ever_cut_short: bool,
}

impl State {
    fn cut(&mut self) -> Option<Shift> {
        (self.cut_short, self.ever_cut_short) = (true, true);
        Some(Shift::Changed)
    }

    /// The answer that is known or assumed.
    fn answer(&mut self, key: &Key) -> Option<Option<Shift>> {
        if let Some(shift) = self.known.get(key) {
            return Some(*shift);
        }
        if let Some((shift, rests_on)) = self.likely.get(key) {
            self.rests_on |= rests_on;
            return Some(*shift);
        }
        let at = self.open.iter().position(|open| open.key == *key)?;
        self.open[at].is_used = true;
        self.rests_on |= 1 << at;
        Some(self.open[at].assumed)
    }

    /// Notes what was found; gives whether the assumption that it rests on was wrong.
    fn is_to_be_asked_again(&mut self, at: usize, found: Option<Shift>) -> bool {
        let open = &mut self.open[at];
        let joined = union(open.assumed, found);
        if !open.is_used || self.cut_short || open.assumed == joined {
            return false;
        }
        (open.assumed, open.is_used) = (joined, false);
        self.likely.retain(|_, (_, rests_on)| *rests_on & (1 << at) == 0);
        true
    }

    /// Closes the last question: what rests on it rests on what it rests on.
    fn close(&mut self, shift: Option<Shift>, seen: HashSet<Key>, before: Assumed) {
        let Some(open) = self.open.pop() else { return };
        let bit = 1 << self.open.len();
        let rests_on = self.rests_on & !bit;
        self.rests_on = before | rests_on;
        if self.cut_short {
            self.likely.clear();
            // Inside another question, it can be answered when it is asked first.
            if self.open.is_empty() {
                self.known.insert(open.key, shift);
            }
            return;
        }
        // Of schemas that are the same, all inside are.
        let inside = seen.into_iter().filter(|_| shift.is_none()).map(|key| (key, (shift, 0)));
        let closed: Vec<_> = self
            .likely
            .extract_if(|_, (_, others)| *others & bit != 0)
            .chain(inside)
            .chain([(open.key, (shift, 0))])
            .collect();
        for (key, (shift, others)) in closed {
            match others & !bit | rests_on {
                0 => drop(self.known.insert(key, shift)),
                rests_on => drop(self.likely.insert(key, (shift, rests_on))),
            }
        }
    }
}

/// Answers how schemas of the two documents relate, each question once.
///
/// A question that is met again while it is being answered counts as answered by "the same": schemas
/// that contain themselves are the same if no difference is found in either. If one is found, that
/// is assumed instead, and the question asked again.
pub(super) struct Relations<'a> {
    sides: Sides<'a>,
    state: RefCell<State>,
    heirs: [HashMap<String, Vec<&'a str>>; 2],
    /// The sums of schemas of OLD and of NEW, and how many schemas those are made of.
    sums: RefCell<[Sums<'a>; 2]>,
    kept: Cell<usize>,
}

impl<'a> Relations<'a> {
    pub(super) fn new(sides: Sides<'a>) -> Self {
        Self {
            sides,
            state: RefCell::default(),
            heirs: [heirs(sides.old), heirs(sides.new)],
            sums: RefCell::default(),
            kept: Cell::new(0),
        }
    }

    /// Whether two schemas take the same values.
    pub(super) fn same(&self, old: &At<'a>, new: &At<'a>) -> bool {
        let (old, new) = (Joint::of([old], self.sides.old), Joint::of([new], self.sides.new));
        self.between(&old, &new, Wire::Json).is_none()
    }

    /// Whether two schemas were taken for different since they are too many to be followed.
    pub(super) fn were_cut_short(&self) -> bool {
        self.state.borrow().ever_cut_short
    }

    /// Compares two schemas and all that is inside, until a second kind of difference is found.
    fn compared(
        &self,
        old: &Joint<'a>,
        new: &Joint<'a>,
        wire: Wire,
        seen: &mut HashSet<Key>,
    ) -> Option<Shift> {
        let mut shift = None;
        let mut stack = vec![(old.clone(), new.clone(), wire)];
        while let Some((old, new, wire)) = stack.pop() {
            let (differences, children) = compare(&old, &new, wire, self);
            let mut state = self.state.borrow_mut();
            state.looked_at += 1 + children.len();
            state.looked_at_of_all += 1 + children.len();
            if state.looked_at > MAX_SCHEMAS || state.looked_at_of_all > MAX_OF_ALL {
                return state.cut();
            }
            drop(state);
            shift = differences.iter().map(|difference| difference.shift).fold(shift, union);
            for child in children {
                let key = key(&child.old, &child.new, child.wire);
                let answer = self.state.borrow_mut().answer(&key);
                shift = union(shift, answer.flatten());
                if answer.is_none() && seen.insert(key) {
                    stack.push((child.old, child.new, child.wire));
                }
            }
            if shift == Some(Shift::Changed) {
                break;
            }
        }
        shift
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

    fn sum(&self, joint: &Joint<'a>, new: bool, wire: Wire) -> Rc<Sum<'a>> {
        let key = (joint.key(), wire);
        if let Some(known) = self.sums.borrow()[usize::from(new)].get(&key) {
            return Rc::clone(known);
        }
        let sum = Rc::new(Sum::of(joint, wire));
        let kept = self.kept.get() + sum.size();
        if kept <= MAX_KEPT {
            self.kept.set(kept);
            self.sums.borrow_mut()[usize::from(new)].insert(key, Rc::clone(&sum));
        }
        sum
    }

    /// How the values that fit have changed; `None` if they are the same.
    fn between(&self, old: &Joint<'a>, new: &Joint<'a>, wire: Wire) -> Option<Shift> {
        let key = key(old, new, wire);
        let mut state = self.state.borrow_mut();
        if let Some(answer) = state.answer(&key) {
            return answer;
        }
        let at = state.open.len();
        if at == 0 {
            (state.looked_at, state.cut_short) = (0, false);
        }
        if at == MAX_OPEN || state.cut_short {
            return state.cut();
        }
        let before = std::mem::take(&mut state.rests_on);
        state.open.push(Open { key, assumed: None, is_used: false });
        drop(state);
        loop {
            let mut seen = HashSet::new();
            let shift = self.compared(old, new, wire, &mut seen);
            let mut state = self.state.borrow_mut();
            if !state.is_to_be_asked_again(at, shift) {
                let shift = union(shift, state.open[at].assumed);
                state.close(shift, seen, before);
                return shift;
            }
        }
    }
}

fn key(old: &Joint<'_>, new: &Joint<'_>, wire: Wire) -> Key {
    (old.key(), new.key(), wire)
}

/// What two differences make together.
fn union(one: Option<Shift>, other: Option<Shift>) -> Option<Shift> {
    match (one, other) {
        (Some(a), Some(b)) if a != b => Some(Shift::Changed),
        (one, other) => one.or(other),
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
    // What composes an heir composes what that composes.
    let direct = heirs.clone();
    for all in heirs.values_mut() {
        let mut next = 0;
        while let Some(name) = all.get(next) {
            let pointer = format!("{SCHEMAS}{}", escape_token(name));
            let of_heir = direct.get(&pointer).into_iter().flatten().copied();
            let new: Vec<&str> = of_heir.filter(|one| !all.contains(one)).collect();
            all.extend(new);
            next += 1;
        }
    }
    heirs
}
