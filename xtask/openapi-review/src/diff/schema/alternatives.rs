//! Compares schemas in which a value can fit in several ways.

use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use super::super::reading::{At, same};
use super::difference::{Child, Comparison, Difference, Directions, Id, Shift, Step};
use super::joint::Group;
use super::sum::{Alternative, Sum};
use super::view::View;

/// How many pairs of alternatives are related to each other to find those that take the same.
const MAX_RELATED: usize = 400;

/// The alternatives of two sides, as far as they are paired.
struct Pairs<'x, 'a> {
    matched: Vec<(&'x Alternative<'a>, &'x Alternative<'a>)>,
    /// Those of OLD and of NEW that are left.
    gone: Vec<&'x Alternative<'a>>,
    come: Vec<&'x Alternative<'a>>,
}

impl<'a> Pairs<'_, 'a> {
    fn written_alike(&mut self) {
        let text = |one: &Alternative<'a>| {
            one.member.as_ref().map(|member| member.node.to_json().to_string()).unwrap_or_default()
        };
        let mut free: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (index, one) in self.come.iter().enumerate() {
            free.entry(text(one)).or_default().push_back(index);
        }
        let mut taken = vec![false; self.come.len()];
        self.gone.retain(|one| {
            let Some(index) = free.get_mut(&text(one)).and_then(VecDeque::pop_front) else {
                return true;
            };
            taken[index] = true;
            self.matched.push((one, self.come[index]));
            false
        });
        let mut taken = taken.into_iter();
        self.come.retain(|_| taken.next() == Some(false));
    }

    fn by(&mut self, alike: impl Fn(&Alternative<'a>, &Alternative<'a>) -> bool) {
        self.gone.retain(|one| {
            let Some(at) = self.come.iter().position(|other| alike(one, other)) else {
                return true;
            };
            self.matched.push((one, self.come.remove(at)));
            false
        });
    }
}

impl<'a> Comparison<'a, '_> {
    pub(super) fn alternatives(&mut self, old: &Sum<'a>, new: &Sum<'a>) {
        match (&old.alternatives[..], &new.alternatives[..]) {
            ([one], _) => self.one_and_many(one, new, false),
            (_, [one]) => self.one_and_many(one, old, true),
            _ => self.many(old, new),
        }
    }

    fn relation(&self, old: &Alternative<'a>, new: &Alternative<'a>) -> Option<Shift> {
        self.relations.between(&old.joint, &new.joint, self.wire, self.depth)
    }

    /// One side takes values in one way, the other in several.
    fn one_and_many(&mut self, one: &Alternative<'a>, sum: &Sum<'a>, reverse: bool) {
        let (many, document) = (&sum.alternatives, self.document(!reverse));
        let relation = |other: &Alternative<'a>| {
            let (a, b) = if reverse { (other, one) } else { (one, other) };
            // As seen from the one to the other.
            self.relation(a, b).map(|shift| shift.reversed_if(reverse))
        };
        let relations: Vec<_> = many.iter().map(relation).collect();
        let within = |shift: &Option<Shift>| matches!(shift, None | Some(Shift::Narrowed));
        let contains = |shift: &Option<Shift>| matches!(shift, None | Some(Shift::Widened));
        let all_within = relations.iter().all(within);
        let shift = match relations.iter().any(contains) {
            true if all_within && !sum.is_exclusive(document) => return,
            true if all_within => Shift::Narrowed,
            true => Shift::Widened,
            false if all_within => Shift::Narrowed,
            false => {
                // What is most alike went on; the others are new.
                let alike = many.iter().position(|other| other.view.types.within(one.view.types));
                let alike = alike.filter(|_| one.view.is_typed);
                if let Some(other) = alike.and_then(|index| many.get(index)) {
                    let (a, b) = if reverse { (other, one) } else { (one, other) };
                    self.matched(a, b);
                }
                if alike.is_some() { Shift::Widened } else { Shift::Changed }
            }
        };
        let Some(group) = sum.group() else { return };
        let any_of = group.keyword == "anyOf";
        let (id, what) = match (shift, reverse, any_of) {
            (Shift::Widened, false, false) => ("one-of-set", "became one of several alternatives"),
            (Shift::Widened, false, true) => ("any-of-set", "became one of several alternatives"),
            (Shift::Widened, true, false) => ("one-of-unset", "lost all alternatives but one"),
            (Shift::Widened, true, true) => ("any-of-unset", "lost all alternatives but one"),
            (Shift::Narrowed, false, _) => ("alternatives-set", "restricted to alternatives"),
            (Shift::Narrowed, true, _) => {
                ("alternatives-unset", "no longer restricted to alternatives")
            }
            (Shift::Changed, ..) => ("alternatives-replaced", "replaced by other schemas"),
        };
        let found = Difference::new(Id::Suffix(id), what).shift(shift.reversed_if(reverse));
        let at = Some(&group.at);
        self.add(if reverse { found.at(at, None) } else { found.at(None, at) });
    }

    fn matched(&mut self, old: &Alternative<'a>, new: &Alternative<'a>) {
        self.children.push(Child {
            old: old.joint.clone(),
            new: new.joint.clone(),
            wire: self.wire,
            directions: Directions::BOTH,
            step: Step::Inner,
        });
    }

    fn many(&mut self, old: &Sum<'a>, new: &Sum<'a>) {
        let Pairs { matched, gone, come } = self.pairs(&old.alternatives, &new.alternatives);
        for (a, b) in matched {
            self.matched(a, b);
        }
        let keyword = |sum: &Sum<'a>| sum.group().map_or("oneOf", |group| group.keyword);
        let few = gone.len() * new.alternatives.len() + come.len() * old.alternatives.len()
            <= 2 * MAX_RELATED;
        let mut overlaps = keyword(old) != keyword(new);
        for one in gone {
            // What another alternative takes as well is not lost.
            let kept = |shift| matches!(shift, None | Some(Shift::Widened));
            if few && new.alternatives.iter().any(|other| kept(self.relation(one, other))) {
                overlaps = true;
            } else {
                let id = if keyword(old) == "oneOf" { "one-of-removed" } else { "any-of-removed" };
                let at = one.member.as_ref();
                let what = format!("alternative removed{}", target(at));
                self.add(Difference::new(Id::Suffix(id), what).shift(Shift::Narrowed).at(at, None));
            }
        }
        for one in come {
            let known = |shift| matches!(shift, None | Some(Shift::Narrowed));
            if few && old.alternatives.iter().any(|other| known(self.relation(other, one))) {
                overlaps = true;
            } else {
                let id = if keyword(new) == "oneOf" { "one-of-added" } else { "any-of-added" };
                let at = one.member.as_ref();
                let what = format!("alternative added{}", target(at));
                self.add(Difference::new(Id::Suffix(id), what).shift(Shift::Widened).at(None, at));
            }
        }
        if overlaps {
            self.exclusive(old, new);
        }
    }

    /// `oneOf` refuses what fits two members, `anyOf` takes it.
    fn exclusive(&mut self, old: &Sum<'a>, new: &Sum<'a>) {
        let was = old.is_exclusive(self.sides().old);
        let is = new.is_exclusive(self.sides().new);
        let (id, what, shift) = match (was, is) {
            (true, false) => ("one-of-became-any-of", "may fit two alternatives", Shift::Widened),
            (false, true) => ("any-of-became-one-of", "must fit one alternative", Shift::Narrowed),
            _ => return,
        };
        let at = |sum: &Sum<'a>| sum.group().map(|group| group.at.clone());
        let (a, b) = (at(old), at(new));
        let found = Difference::new(Id::Suffix(id), what).shift(shift);
        self.add(found.at(a.as_ref(), b.as_ref()));
    }

    /// Pairs the alternatives: those that are written alike, those that take the same, and those
    /// that stand inline in their order.
    fn pairs<'x>(&self, old: &'x [Alternative<'a>], new: &'x [Alternative<'a>]) -> Pairs<'x, 'a> {
        let mut pairs =
            Pairs { matched: Vec::new(), gone: old.iter().collect(), come: new.iter().collect() };
        pairs.written_alike();
        if pairs.gone.len() * pairs.come.len() <= MAX_RELATED {
            pairs.by(|a, b| self.relation(a, b).is_none());
        }
        // An alternative that changed keeps its types.
        let inline = |one: &Alternative<'a>| {
            one.member.as_ref().is_none_or(|member| member.reference().is_none())
        };
        pairs.by(|a, b| inline(a) && inline(b) && b.view.types.has(a.view.types));
        pairs
    }

    /// What has too many alternatives to be multiplied out is compared as it stands.
    pub(super) fn opaque_groups(&mut self, old: &View<'a>, new: &View<'a>) {
        let same = |a: &Group<'a>, b: &Group<'a>| same(a.at.node, b.at.node);
        for a in &old.groups {
            for b in new.groups.iter().filter(|b| same(a, b)).take(1) {
                for (x, y) in a.at.items().zip(b.at.items()) {
                    self.inside(&[x], &[y], self.wire);
                }
            }
        }
        let left = |some: &View<'a>, others: &View<'a>| -> Option<At<'a>> {
            let unknown = |a: &&Group<'a>| !others.groups.iter().any(|b| same(a, b));
            some.groups.iter().find(unknown).map(|group| group.at.clone())
        };
        let (a, b) = (left(old, new), left(new, old));
        let Some(shift) = Shift::of_conditions(b.is_some(), a.is_some()) else { return };
        let id = match shift {
            Shift::Narrowed => "alternatives-set",
            Shift::Widened => "alternatives-unset",
            Shift::Changed => "alternatives-replaced",
        };
        let what = "its alternatives changed, which are too many to be told apart";
        self.add(Difference::new(Id::Suffix(id), what).shift(shift).at(a.as_ref(), b.as_ref()));
    }
}

/// The component that a reference names.
fn target(member: Option<&At<'_>>) -> Rc<str> {
    match member.and_then(At::reference) {
        Some(target) => format!(": `{}`", target.rsplit('/').next().unwrap_or(target)).into(),
        None => "".into(),
    }
}
