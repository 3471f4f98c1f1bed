//! Compares schemas in which a value can fit in several ways.

use std::collections::{HashMap, HashSet};

use super::super::matching::Matching;
use super::super::reading::{At, same};
use super::difference::{Child, Directions, SchemaComparison, Shift, Step};
use super::joint::Group;
use super::sum::{Alternative, Sum};
use super::view::{Listed, View};

/// How many pairs of alternatives are related to each other to find those that take the same.
const MAX_RELATED: usize = 400;

impl<'a> SchemaComparison<'a, '_> {
    fn relation_of(&self, old: &Alternative<'a>, new: &Alternative<'a>) -> Option<Shift> {
        self.relations.between(&old.joint, &new.joint, self.wire)
    }

    fn matched(&mut self, old: &Alternative<'a>, new: &Alternative<'a>) {
        self.children.push(Child {
            old: old.joint.clone(),
            new: new.joint.clone(),
            wire: self.wire,
            directions: Directions::BOTH,
            step: Step::Inner(""),
        });
    }

    /// Compares schemas of which one or both take values in several ways.
    pub(super) fn alternatives(&mut self, old: &Sum<'a>, new: &Sum<'a>) {
        let mut matching = self.alike(&old.alternatives, &new.alternatives);
        let by_value = self.listed_alternatives(&mut matching, old, new);
        // An alternative that changed keeps its types; best, it takes more now, or less.
        let inline = |one: &Alternative<'a>| {
            one.member.as_ref().is_none_or(|member| member.reference().is_none())
        };
        let listed = |one: &Alternative<'a>| one.view.values.is_some();
        let alike = |a: &Alternative<'a>, b: &Alternative<'a>| {
            inline(a) && inline(b) && b.view.types.has(a.view.types) && !listed(a) && !listed(b)
        };
        if matching.old.len() * matching.new.len() <= MAX_RELATED {
            matching.by(|a, b| alike(a, b) && self.relation_of(a, b) != Some(Shift::Changed));
        }
        matching.by(|a, b| alike(a, b));
        let Matching { pairs, old: gone, new: come } = matching;
        for (a, b) in &pairs {
            self.matched(a, b);
        }
        self.overlaps(&pairs, by_value, old, new);
        let related = gone.len() * new.alternatives.len() + come.len() * old.alternatives.len();
        let few = related <= 2 * MAX_RELATED;
        for (left, own, other, ids, shift) in [
            (gone, old, new, ["one-of-removed", "any-of-removed"], Shift::Narrowed),
            (come, new, old, ["one-of-added", "any-of-added"], Shift::Widened),
        ] {
            let is_gone = shift == Shift::Narrowed;
            let group = own.group().or(other.group());
            let id = ids[usize::from(group.is_some_and(|group| group.keyword == "anyOf"))];
            for one in left {
                // What another alternative takes as well is not lost, and was known.
                let takes_all = |another| {
                    let (a, b) = if is_gone { (one, another) } else { (another, one) };
                    self.relation_of(a, b).is_none_or(|it| it == shift.reversed())
                };
                if few && other.alternatives.iter().any(takes_all) {
                    continue;
                }
                let (verb, at) = match is_gone {
                    true => ("removed", [one.place(), None]),
                    false => ("added", [None, one.place()]),
                };
                let what = format!("alternative {verb}{}", target(one.place()));
                self.shifted(id, what, shift, at);
            }
        }
    }

    /// Values that alternatives list are compared one by one, in whichever alternative they are;
    /// gives whether there are any.
    fn listed_alternatives(
        &mut self,
        left: &mut Matching<&Alternative<'a>>,
        old: &Sum<'a>,
        new: &Sum<'a>,
    ) -> bool {
        let (before, after) = (values(old, new), values(new, old));
        if before.is_empty() || after.is_empty() {
            return false;
        }
        let count = left.old.len() + left.new.len();
        left.old.retain(|one| one.view.values.is_none());
        left.new.retain(|one| one.view.values.is_none());
        let is_less = left.old.len() + left.new.len() < count;
        if is_less {
            self.listed_values(before, after);
        }
        is_less
    }

    /// `oneOf` refuses what fits two members: whether there are other such pairs than before.
    fn overlaps(
        &mut self,
        pairs: &[(&Alternative<'a>, &Alternative<'a>)],
        by_value: bool,
        old: &Sum<'a>,
        new: &Sum<'a>,
    ) {
        // That a discriminator tells them apart now, or no longer, is reported as that.
        if old.root.has("discriminator") != new.root.has("discriminator") {
            return;
        }
        let place = |sum: &Sum<'a>, one: &Alternative<'a>| {
            sum.alternatives.iter().position(|other| std::ptr::eq(one, other))
        };
        let now: HashMap<usize, usize> =
            pairs.iter().filter_map(|(a, b)| Some((place(old, a)?, place(new, b)?))).collect();
        // Of values that are listed, each has been compared.
        let counts = |sum: &Sum<'a>, other: &Sum<'a>, (a, b): (usize, usize)| {
            let listed = |index: usize| sum.alternatives[index].view.values.is_some();
            !(by_value && listed(a) && listed(b)) && sum.meet_in(other, (a, b))
        };
        let of_new: HashSet<_> =
            new.overlaps().iter().copied().filter(|pair| counts(new, old, *pair)).collect();
        let of_old = old.overlaps().iter().copied().filter(|pair| counts(old, new, *pair));
        let (mut kept, mut gone) = (HashSet::new(), false);
        for (a, b) in of_old {
            let pair =
                if a == b { Some((a, b)) } else { now.get(&a).copied().zip(now.get(&b).copied()) };
            match pair.map(|(a, b)| (a.min(b), a.max(b))).filter(|pair| of_new.contains(pair)) {
                Some(pair) => drop(kept.insert(pair)),
                None => gone = true,
            }
        }
        let (id, what, shift) = match (gone, kept.len() < of_new.len()) {
            (true, false) => ("one-of-became-any-of", "may fit two alternatives", Shift::Widened),
            (false, true) => ("any-of-became-one-of", "must fit one alternative", Shift::Narrowed),
            (true, true) => {
                ("alternatives-replaced", "other values fit two alternatives", Shift::Changed)
            }
            (false, false) => return,
        };
        let at = [old, new].map(|sum| sum.group().map(|group| &group.at));
        self.shifted(id, what, shift, at);
    }

    /// Pairs the alternatives that are written alike, and those that take the same.
    fn alike<'x>(
        &self,
        old: &'x [Alternative<'a>],
        new: &'x [Alternative<'a>],
    ) -> Matching<&'x Alternative<'a>> {
        let text = |one: &&Alternative<'a>| {
            one.member.as_ref().map(|member| member.node.to_json().to_string()).unwrap_or_default()
        };
        let mut pairs = Matching::by_key(old.iter().collect(), new.iter().collect(), text);
        if pairs.old.len() * pairs.new.len() <= MAX_RELATED {
            pairs.by(|a, b| self.relation_of(a, b).is_none());
        }
        pairs
    }

    /// What has too many alternatives to be multiplied out is compared as it stands.
    pub(super) fn opaque_groups(&mut self, old: &View<'a>, new: &View<'a>) {
        let (all_old, all_new) = (old.groups.iter().collect(), new.groups.iter().collect());
        let mut groups: Matching<&Group<'a>> = Matching::of(all_old, all_new);
        groups.by(|a, b| same(a.at.node, b.at.node));
        for (a, b) in groups.pairs {
            for (x, y) in a.at.items().zip(b.at.items()) {
                self.inside(&[x], &[y], self.wire, Step::Inner(""));
            }
        }
        let at = [groups.old, groups.new].map(|left| left.first().map(|group| &group.at));
        if let Some(shift) = Shift::of_conditions(at[1].is_some(), at[0].is_some()) {
            let id =
                shift.pick(["alternatives-set", "alternatives-unset", "alternatives-replaced"]);
            let what = "its alternatives changed, which are too many to be told apart";
            self.shifted(id, what, shift, at);
        }
    }
}

/// The values that alternatives list, each once; without those of two members of a `oneOf`, and those
/// that an alternative of the other side takes unlisted.
fn values<'a>(sum: &Sum<'a>, other: &Sum<'a>) -> Vec<Listed<'a>> {
    let lists = sum.alternatives.iter().filter_map(|one| one.view.values.as_ref()).flatten();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    lists.clone().for_each(|(text, _)| *counts.entry(text).or_default() += 1);
    let one_of = sum.keyword() == "oneOf" && !sum.root.has("discriminator");
    let unlisted = || other.alternatives.iter().filter(|one| one.view.values.is_none());
    let is_taken = |at: &At<'a>| unlisted().any(|one| one.view.test().fits(at.node.to_json()));
    let mut once = HashSet::new();
    lists
        .filter(|(text, at)| {
            once.insert(&**text) && !(one_of && counts[&**text] > 1) && !is_taken(at)
        })
        .cloned()
        .collect()
}

/// The component that a reference names, or the type of what stands there.
fn target(member: Option<&At<'_>>) -> String {
    let name = member.and_then(|at| at.reference().or_else(|| at.text("type")));
    name.map(|name| format!(": `{}`", name.rsplit('/').next().unwrap_or(name))).unwrap_or_default()
}
