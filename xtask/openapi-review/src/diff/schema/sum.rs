//! A schema as the sum of the ways in which a value can fit.

use std::cell::{OnceCell, RefCell};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::super::reading::At;
use super::decimal::Decimal;
use super::joint::{Flat, Group, Joint};
use super::limits::LIMITS;
use super::property::{Additional, Property};
use super::types::Types;
use super::view::View;
use super::wire::Wire;

/// More members are not compared with each other to see whether they overlap.
const MAX_OVERLAPPING: usize = 256;
/// How many levels of properties and items are looked into to tell alternatives apart.
const DEPTH: usize = 3;

/// One of the ways in which a value can fit.
#[derive(Debug)]
pub(super) struct Alternative<'a> {
    pub(super) joint: Joint<'a>,
    pub(super) view: View<'a>,
    /// The member of a group that it was made of.
    pub(super) member: Option<At<'a>>,
    /// The groups of which a member was chosen, with its index.
    chosen: Vec<(Rc<str>, usize)>,
}

impl<'a> Alternative<'a> {
    /// Where it stands.
    pub(super) fn place(&self) -> Option<&At<'a>> {
        self.member.as_ref().or(self.view.parts.first())
    }

    /// Whether a value that fits both is refused: they are two members of a `oneOf`.
    fn excludes(&self, other: &Self) -> bool {
        self.chosen.iter().any(|(group, index)| {
            let is_other = |(at, of): &(Rc<str>, usize)| at == group && of != index;
            group.ends_with("/oneOf") && other.chosen.iter().any(is_other)
        })
    }
}

/// A conjunction with its alternatives multiplied out.
#[derive(Debug)]
pub(super) struct Sum<'a> {
    pub(super) root: Flat<'a>,
    pub(super) alternatives: Vec<Alternative<'a>>,
    pub(super) nullable: Option<Rc<str>>,
    overlaps: OnceCell<Vec<(usize, usize)>>,
}

impl<'a> Sum<'a> {
    pub(super) fn of(joint: &Joint<'a>, wire: Wire) -> Self {
        let root = joint.flatten();
        let mut alternatives = alternatives(joint, root.clone(), wire);
        let mut nullable = alternatives.iter().find_map(|one| one.view.nullable.clone());
        // An alternative of `null` alone is another way to write `nullable`.
        if alternatives.len() > 1 && alternatives.iter().any(|one| !one.view.is_null()) {
            alternatives.retain(|one| {
                let is_null = one.view.is_null();
                if let (true, Some(member)) = (is_null, &one.member) {
                    nullable.get_or_insert_with(|| Rc::clone(&member.pointer));
                }
                !is_null
            });
        }
        // Alternatives that are nothing but values are one list.
        let listed =
            |one: &Alternative<'a>| one.view.values.is_some() && one.view.groups.is_empty();
        if alternatives.len() > 1 && alternatives.iter().all(listed) {
            let others = alternatives.split_off(1);
            let is_exclusive = root.groups.len() == 1 && root.groups[0].keyword == "oneOf";
            // What two alternatives list, `oneOf` refuses; so with `null`.
            let nulls =
                others.iter().chain(&alternatives).filter(|one| one.view.nullable.is_some());
            if is_exclusive && nulls.count() > 1 {
                nullable = None;
            }
            for first in &mut alternatives {
                first.joint = joint.clone();
                first.view.take_values(others.iter().map(|other| &other.view), is_exclusive);
            }
        }
        Self { root, alternatives, nullable, overlaps: OnceCell::new() }
    }

    /// The only way in which a value can fit.
    pub(super) fn single(&self) -> Option<&View<'a>> {
        match &self.alternatives[..] {
            [only] => Some(&only.view),
            _ => None,
        }
    }

    /// The first group that leaves a choice.
    pub(super) fn group(&self) -> Option<&Group<'a>> {
        self.root.groups.first()
    }

    /// Its keyword.
    pub(super) fn keyword(&self) -> &'static str {
        self.group().map_or("oneOf", |group| group.keyword)
    }

    /// How many schemas it was made of.
    pub(super) fn size(&self) -> usize {
        let parts = self.alternatives.iter().map(|one| one.view.parts.len());
        self.root.parts.len() + parts.sum::<usize>()
    }

    /// The pairs of members of a `oneOf` that a value can fit, which is refused then.
    pub(super) fn overlaps(&self) -> &[(usize, usize)] {
        self.overlaps.get_or_init(|| {
            let all = &self.alternatives;
            if self.root.has("discriminator") {
                return Vec::new();
            }
            if all.len() > MAX_OVERLAPPING {
                // Too many to be told apart: what is assumed of them overlaps with nothing else.
                let excluding = all.iter().skip(1).any(|other| all[0].excludes(other));
                return excluding.then_some((0, 0)).into_iter().collect();
            }
            let apart = Apart::default();
            let overlap = |a: usize, b: usize| {
                all[a].excludes(&all[b]) && !apart.disjoint(&all[a].view, &all[b].view, DEPTH)
            };
            let pairs = (0..all.len()).flat_map(|a| (a + 1..all.len()).map(move |b| (a, b)));
            pairs.filter(|(a, b)| overlap(*a, *b)).collect()
        })
    }

    /// Whether two alternatives that overlap share values with one of another sum.
    pub(super) fn meet_in(&self, other: &Self, (a, b): (usize, usize)) -> bool {
        let apart = Apart::default();
        let [a, b] = [a, b].map(|index| &self.alternatives[index].view);
        let meets = |one: &Alternative<'a>, view| !apart.disjoint(&one.view, view, DEPTH);
        other.alternatives.iter().any(|one| meets(one, a) && meets(one, b))
    }
}

/// Every way in which a value can fit; at least one.
fn alternatives<'a>(joint: &Joint<'a>, root: Flat<'a>, wire: Wire) -> Vec<Alternative<'a>> {
    let mut done: Vec<Alternative<'a>> = Vec::new();
    let mut impossible = None;
    let mut seen = HashSet::new();
    for way in joint.multiplied_out(root) {
        let parts: Vec<_> = way.flat.parts.iter().map(|at| Rc::clone(&at.pointer)).collect();
        let view = View::of(way.flat, wire);
        let chosen = way.joint.chosen().to_vec();
        let (joint, member) = (way.joint.reduced(), way.member);
        let alternative = Alternative { joint, view, member, chosen };
        if alternative.view.is_impossible() {
            impossible.get_or_insert(alternative);
        } else if seen.insert(parts) {
            done.push(alternative);
        }
    }
    if done.is_empty() {
        done.extend(impossible);
    }
    done
}

/// Tells alternatives apart.
#[derive(Default)]
struct Apart<'a> {
    /// The ways in which the values of schemas inside can fit, by what tells those.
    inside: RefCell<HashMap<String, Rc<Vec<Alternative<'a>>>>>,
}

impl<'a> Apart<'a> {
    /// Whether no value fits both.
    fn disjoint(&self, a: &View<'a>, b: &View<'a>, depth: usize) -> bool {
        let shared = a.types & b.types;
        if a.nullable.is_some() && b.nullable.is_some() {
            return false;
        }
        if shared == Types::NONE {
            return true;
        }
        match (&a.values, &b.values) {
            (Some(some), Some(others)) => {
                let others: HashSet<&str> = others.iter().map(|(text, _)| &**text).collect();
                return !some.iter().any(|(text, _)| others.contains(&**text));
            }
            (Some(values), None) | (None, Some(values)) => {
                let test = if a.values.is_some() { b } else { a }.test();
                return !values.iter().any(|(_, at)| test.fits(at.node.to_json()));
            }
            (None, None) => {}
        }
        let differ_inside = match shared {
            Types::OBJECT => depth > 0 && self.objects(a, b, depth),
            Types::ARRAY => depth > 0 && self.arrays(a, b, depth),
            _ => false,
        };
        if differ_inside {
            return true;
        }
        LIMITS.iter().filter(|[least, _]| least.of == shared).any(|[least, most]| {
            let apart = |one: &View<'a>, other: &View<'a>| {
                let limits = one.in_force(least).zip(other.in_force(most));
                limits.is_some_and(|(low, high)| low.is_above(high))
            };
            apart(a, b) || apart(b, a)
        })
    }

    /// Whether a property tells objects apart: one that both need with other values, or that one
    /// needs and the other forbids.
    fn objects(&self, a: &View<'a>, b: &View<'a>, depth: usize) -> bool {
        let needed = |view: &View<'a>| -> Vec<(&'a str, Property<'a>)> {
            view.properties().iter().filter(|(_, it)| it.required.is_some()).cloned().collect()
        };
        let (of_a, of_b) = (needed(a), needed(b));
        let rule_each_other_out =
            forbids(a, &of_b) || forbids(b, &of_a) || rules_out(a, &of_b) || rules_out(b, &of_a);
        rule_each_other_out
            || of_a.iter().any(|(name, property)| {
                of_b.iter().filter(|(other, _)| other == name).any(|(_, other)| {
                    self.conjunctions([&property.schemas, &other.schemas], [a, b], depth)
                })
            })
    }

    /// Whether no array fits both: one that must have an item of two kinds.
    fn arrays(&self, a: &View<'a>, b: &View<'a>, depth: usize) -> bool {
        let has_items = a.min_items().max(b.min_items()) >= Decimal::ONE;
        has_items && self.conjunctions([&a.items(), &b.items()], [a, b], depth)
    }

    /// Whether no value fits both of two conjunctions of schemas.
    fn conjunctions(&self, schemas: [&[At<'a>]; 2], views: [&View<'a>; 2], depth: usize) -> bool {
        let [some, others] = [0, 1].map(|side| {
            let joint = Joint::of(schemas[side], views[side].document);
            let known = self.inside.borrow().get(&joint.key()).map(Rc::clone);
            known.unwrap_or_else(|| {
                let ways = Rc::new(alternatives(&joint, joint.flatten(), Wire::Json));
                self.inside.borrow_mut().insert(joint.key(), Rc::clone(&ways));
                ways
            })
        });
        some.iter().all(|x| others.iter().all(|y| self.disjoint(&x.view, &y.view, depth - 1)))
    }
}

/// Whether an object that has all of the properties is none that fits.
fn forbids<'a>(view: &View<'a>, needed: &[(&'a str, Property<'a>)]) -> bool {
    let closed = matches!(view.additional(), Additional::Closed(_));
    let found = |name: &str| view.properties().iter().find(|(other, _)| *other == name);
    closed && needed.iter().any(|(name, _)| found(name).is_none_or(|(_, it)| it.forbidden))
}

/// Whether a `not` of a schema rules out what has all of the properties.
fn rules_out<'a>(view: &View<'a>, needed: &[(&'a str, Property<'a>)]) -> bool {
    let is_needed =
        |name: &At<'a>| needed.iter().any(|(other, _)| name.node.as_str() == Some(other));
    view.all("not").iter().any(|not| {
        let only_names = not.node.entries().iter().all(|one| {
            one.key == "required" || one.key == "type" && one.node.as_str() == Some("object")
        });
        only_names && not.items_of("required").all(|name| is_needed(&name))
    })
}
