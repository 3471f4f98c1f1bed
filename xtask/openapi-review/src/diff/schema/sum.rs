//! A schema as the sum of the ways in which a value can fit.

use std::collections::HashSet;
use std::rc::Rc;

use cx_client_build::Document;

use super::super::reading::At;
use super::joint::{Flat, Group, Joint};
use super::types::Types;
use super::view::{Additional, Property, View};
use super::wire::Wire;

/// More members are not compared with each other to see whether they overlap.
const MAX_OVERLAPPING: usize = 64;
/// How many levels of properties are looked into to tell alternatives apart.
const DEPTH: usize = 3;

/// One of the ways in which a value can fit.
#[derive(Debug)]
pub(super) struct Alternative<'a> {
    pub(super) joint: Joint<'a>,
    pub(super) view: View<'a>,
    /// The member of a group that it was made of.
    pub(super) member: Option<At<'a>>,
}

/// A conjunction with its alternatives multiplied out.
#[derive(Debug)]
pub(super) struct Sum<'a> {
    pub(super) root: Flat<'a>,
    pub(super) alternatives: Vec<Alternative<'a>>,
    pub(super) nullable: Option<Rc<str>>,
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
        merge_values(&mut alternatives, joint);
        Self { root, alternatives, nullable }
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

    /// Whether a value that fits two members of a `oneOf` is refused.
    pub(super) fn is_exclusive(&self, document: &'a Document) -> bool {
        let views: Vec<_> = self.alternatives.iter().map(|one| &one.view).collect();
        let told_apart = self.root.parts.iter().any(|part| part.get("discriminator").is_some());
        self.group().is_some_and(|group| group.keyword == "oneOf")
            && !told_apart
            && (views.len() > MAX_OVERLAPPING
                || views.iter().enumerate().any(|(index, a)| {
                    views[index + 1..].iter().any(|b| !disjoint(a, b, document, DEPTH))
                }))
    }
}

/// Every way in which a value can fit; at least one.
fn alternatives<'a>(joint: &Joint<'a>, root: Flat<'a>, wire: Wire) -> Vec<Alternative<'a>> {
    let mut done: Vec<Alternative<'a>> = Vec::new();
    let mut impossible = None;
    let mut seen = HashSet::new();
    for (joint, flat, member) in joint.multiplied_out(root) {
        let parts: Vec<_> = flat.parts.iter().map(|at| Rc::clone(&at.pointer)).collect();
        let alternative = Alternative { joint, view: View::of(flat, wire), member };
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

/// Makes one list of the values of alternatives that are nothing but values.
fn merge_values<'a>(alternatives: &mut Vec<Alternative<'a>>, joint: &Joint<'a>) {
    let listed = |one: &Alternative<'a>| one.view.values.is_some() && one.view.groups.is_empty();
    if alternatives.len() < 2 || !alternatives.iter().all(listed) {
        return;
    }
    let mut rest = alternatives.split_off(1).into_iter();
    let Some(first) = alternatives.first_mut() else { return };
    first.joint = joint.clone();
    for other in rest.by_ref() {
        first.view.types = first.view.types | other.view.types;
        if let (Some(values), Some(more)) = (&mut first.view.values, other.view.values) {
            values.extend(more);
        }
    }
    let mut seen = HashSet::new();
    if let Some(values) = &mut first.view.values {
        values.retain(|(text, _)| seen.insert(text.clone()));
    }
}

/// Whether no value fits both.
fn disjoint<'a>(a: &View<'a>, b: &View<'a>, document: &'a Document, depth: usize) -> bool {
    if !a.types.has(b.types) {
        return true;
    }
    if let (Some(some), Some(others)) = (&a.values, &b.values) {
        return !some.iter().any(|(text, _)| others.iter().any(|(other, _)| text == other));
    }
    if let (Some(values), None, view) | (None, Some(values), view) =
        (&a.values, &b.values, if a.values.is_some() { b } else { a })
    {
        return !values.iter().any(|(_, at)| view.fits(at, Wire::Json));
    }
    let shared = |types: Types| a.types & b.types == types;
    if shared(Types::OBJECT) {
        return depth > 0 && objects_disjoint(a, b, document, depth);
    }
    let apart =
        |low: Option<f64>, high: Option<f64>| low.zip(high).is_some_and(|(low, high)| low > high);
    let limits = |least: &str, most: &str| {
        let of = |view: &View<'a>, key: &str| view.limit(key).map(|(limit, _)| limit);
        apart(of(a, least), of(b, most)) || apart(of(b, least), of(a, most))
    };
    let bound = |view: &View<'a>, lower: bool| view.bound(lower).map(|bound| bound.value);
    shared(Types::STRING) && limits("minLength", "maxLength")
        || shared(Types::ARRAY) && limits("minItems", "maxItems")
        || (a.types & b.types).within(Types::NUMBER)
            && (apart(bound(a, true), bound(b, false)) || apart(bound(b, true), bound(a, false)))
}

/// Whether a property tells objects apart: one that both need with other values, or that one needs
/// and the other forbids.
fn objects_disjoint<'a>(a: &View<'a>, b: &View<'a>, document: &'a Document, depth: usize) -> bool {
    let (of_a, of_b) = (a.properties(), b.properties());
    let closed = |view: &View<'a>| matches!(view.additional(), Additional::Closed(_));
    let needs_unknown = |some: &[(&str, Property<'a>)], others: &[(&str, Property<'a>)]| {
        some.iter().any(|(name, property)| {
            property.required.is_some()
                && others.iter().find(|(other, _)| other == name).is_none_or(|(_, p)| p.forbidden)
        })
    };
    if closed(b) && needs_unknown(&of_a, &of_b) || closed(a) && needs_unknown(&of_b, &of_a) {
        return true;
    }
    let views = |property: &Property<'a>| -> Vec<View<'a>> {
        let joint = Joint::of(property.schemas.clone(), document);
        alternatives(&joint, joint.flatten(), Wire::Json).into_iter().map(|one| one.view).collect()
    };
    of_a.iter().filter(|(_, property)| property.required.is_some()).any(|(name, property)| {
        let other = of_b.iter().find(|(other, p)| other == name && p.required.is_some());
        other.is_some_and(|(_, other)| {
            let others = views(other);
            views(property)
                .iter()
                .all(|x| others.iter().all(|y| disjoint(x, y, document, depth - 1)))
        })
    })
}
