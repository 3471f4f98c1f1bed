//! Compares discriminators.

use std::collections::{BTreeMap, BTreeSet};

use cx_client_build::{escape_token, unescape_token};

use super::super::change::Impact;
use super::super::reading::{At, SCHEMAS, Sides};
use super::super::wording::changed;
use super::difference::{Ends, Id, SchemaComparison, SchemaDifference, Shift, Step};
use super::sum::Sum;

/// The values of a discriminator, with what each stands for and where that is said.
type Mapping<'a> = BTreeMap<String, (String, At<'a>)>;

impl<'a> SchemaComparison<'a, '_> {
    pub(super) fn discriminator(&mut self, old: &Sum<'a>, new: &Sum<'a>) {
        let stated = |sum: &Sum<'a>| {
            let (holder, at) = sum.root.all_of_parts("discriminator").next()?;
            Some((holder.clone(), at))
        };
        let (a, b) = (stated(old), stated(new));
        let at = [&a, &b].map(|side| side.as_ref().map(|(_, at)| at));
        let [Some((of_old, x)), Some((of_new, y))] = [&a, &b] else {
            return match at {
                [None, None] => {}
                [None, _] => {
                    self.discriminated(
                        "discriminator-added",
                        "a discriminator was added",
                        None,
                        at,
                    );
                }
                _ => {
                    let what = "its discriminator was removed";
                    self.discriminated("discriminator-removed", what, None, at);
                }
            };
        };
        if x.text("propertyName") != y.text("propertyName") {
            let (x, y) = (x.get("propertyName"), y.get("propertyName"));
            let what = changed("discriminator property", x.as_ref(), y.as_ref());
            let id = "discriminator-property-name-changed";
            self.discriminated(id, what, Some(Shift::Changed), [x.as_ref(), y.as_ref()]);
        }
        let before = self.mapping(of_old, x, old, false);
        let after = self.mapping(of_new, y, new, true);
        self.mapped(&before, &after);
        if self.is_base(of_old, old, false) && self.is_base(of_new, new, true) {
            for (value, (a, _)) in &before {
                let Sides { old, new } = self.sides();
                let pair = after.get(value).and_then(|(b, _)| At::of(old, a).zip(At::of(new, b)));
                if let Some((a, b)) = pair {
                    self.inside(&[a], &[b], self.wire, Step::Inner(""));
                }
            }
        }
    }

    /// Whether a value may be one of any schema that composes the holder of the discriminator.
    fn is_base(&self, holder: &At<'a>, sum: &Sum<'a>, new: bool) -> bool {
        let heirs = self.relations.heirs(&holder.pointer, new);
        let is_heir = |at: &At<'a>| {
            at.pointer
                .strip_prefix(SCHEMAS)
                .is_some_and(|name| heirs.contains(&&*unescape_token(name)))
        };
        sum.group().is_none() && !sum.root.parts.iter().any(is_heir)
    }

    fn mapped(&mut self, before: &Mapping<'a>, after: &Mapping<'a>) {
        let sides = self.sides();
        let values: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        for value in values {
            let (was, is) = (before.get(value), after.get(value));
            let at = [was, is].map(|side| side.map(|(_, at)| at));
            let (id, what, shift) = match (was, is) {
                (None, _) => ("discriminator-mapping-added", "added", Shift::Widened),
                (_, None) => ("discriminator-mapping-deleted", "removed", Shift::Narrowed),
                (Some((a, _)), Some((b, _))) => {
                    let pair = At::of(sides.old, a).zip(At::of(sides.new, b));
                    if a == b || pair.is_some_and(|(a, b)| self.relation(&a, &b).is_none()) {
                        continue;
                    }
                    let what = "stands for another schema";
                    ("discriminator-mapping-changed", what, Shift::Changed)
                }
            };
            let what = format!("discriminator value `{value}` {what}");
            self.discriminated(id, what, Some(shift), at);
        }
    }

    fn discriminated(
        &mut self,
        id: &'static str,
        what: impl Into<String>,
        shift: Option<Shift>,
        at: Ends<'_, 'a>,
    ) {
        let found = SchemaDifference::new(Id::Suffix(id), what).rust(Impact::None, true).at(at);
        self.add(SchemaDifference { shift, ..found });
    }

    /// The values of a discriminator: those of its mapping, and the names of the components that
    /// the mapping does not name.
    fn mapping(&self, holder: &At<'a>, at: &At<'a>, sum: &Sum<'a>, new: bool) -> Mapping<'a> {
        let pointer_of = |target: &str| match target.strip_prefix('#') {
            Some(pointer) => pointer.to_owned(),
            None => format!("{SCHEMAS}{}", escape_token(target)),
        };
        let entries = at.entries_of("mapping");
        let mut mapping: Mapping<'a> = entries
            .map(|(value, at)| {
                (value.to_owned(), (pointer_of(at.node.as_str().unwrap_or_default()), at))
            })
            .collect();
        let named: BTreeSet<String> = mapping.values().map(|(target, _)| target.clone()).collect();
        let mut imply = |pointer: String, at: &At<'a>| {
            if let (false, Some(name)) = (named.contains(&pointer), pointer.strip_prefix(SCHEMAS)) {
                mapping
                    .entry(unescape_token(name))
                    .or_insert_with(|| (pointer.clone(), at.clone()));
            }
        };
        for group in ["oneOf", "anyOf"].iter().filter_map(|keyword| holder.get(keyword)) {
            for member in group.items() {
                if let Some(target) = member.reference() {
                    imply(pointer_of(target), &member);
                }
            }
        }
        if sum.group().is_none() {
            for heir in self.relations.heirs(&holder.pointer, new) {
                imply(pointer_of(heir), at);
            }
        }
        mapping
    }
}
