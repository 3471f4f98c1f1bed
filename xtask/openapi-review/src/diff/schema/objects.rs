//! Compares the properties of objects.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use cx_client_build::Document;

use super::super::change::Impact;
use super::super::findings::Place;
use super::super::reading::At;
use super::super::wording::changed;
use super::difference::{Comparison, Difference, Directions, Id, Shift, Step};
use super::joint::{Joint, takes_all};
use super::view::{Additional, Property, View};

impl<'a> Comparison<'a, '_> {
    pub(super) fn properties(&mut self, old: &View<'a>, new: &View<'a>) {
        let (a, b) = (known_properties(old), known_properties(new));
        let by_name: HashMap<&str, &Property<'a>> =
            b.iter().map(|(name, property)| (*name, property)).collect();
        let names: BTreeSet<&str> = a.iter().map(|(name, _)| *name).collect();
        let (old_additional, new_additional) = (old.additional(), new.additional());
        for (name, property) in &a {
            match by_name.get(name) {
                Some(other) => self.property(name, property, other),
                None => {
                    self.removed(name, property, &new_additional);
                    if let Additional::Schemas(schemas) = &new_additional {
                        let ways = directions(property, self.sides().old);
                        self.property_inside(name, ways, [&property.schemas, schemas], false);
                    }
                }
            }
        }
        for (name, property) in b.iter().filter(|(name, _)| !names.contains(name)) {
            self.added(name, property, &old_additional);
            if let Additional::Schemas(schemas) = &old_additional {
                let ways = directions(property, self.sides().new);
                self.property_inside(name, ways, [schemas, &property.schemas], false);
            }
        }
    }

    fn added(&mut self, name: &str, property: &Property<'a>, of_old: &Additional<'a>) {
        let required = property.required.is_some();
        let default = !joint(property, self.sides().new).flatten().all("default").is_empty();
        let closed = matches!(of_old, Additional::Closed(_));
        let id = match (required, default, closed) {
            (true, true, false) => Id::Ways(
                "new-required-request-property-with-default",
                "response-required-property-added",
            ),
            (true, false, false) => {
                Id::Ways("new-required-request-property", "response-required-property-added")
            }
            (false, _, false) => {
                Id::Ways("new-optional-request-property", "response-optional-property-added")
            }
            (true, _, true) => {
                Id::Ways("new-required-request-property", "response-property-added-to-closed")
            }
            (false, _, true) => {
                Id::Ways("new-optional-request-property", "response-property-added-to-closed")
            }
        };
        let because = if closed { ", where OLD allows no further properties" } else { "" };
        let kind = if required { "required" } else { "optional" };
        let shift = match (required, closed) {
            (true, true) => Shift::Changed,
            (false, true) => Shift::Widened,
            (_, false) => Shift::Narrowed,
        };
        let found =
            Difference::new(id, format!("{}added ({kind}){because}", named(name, property)))
                .shift(shift);
        let found = found.at(None, property.schemas.first());
        self.whole_property(found, None, Some(property));
    }

    fn removed(&mut self, name: &str, property: &Property<'a>, of_new: &Additional<'a>) {
        let required = property.required.is_some();
        let closed = matches!(of_new, Additional::Closed(_)) || property.forbidden;
        let response = match required {
            true => "response-required-property-removed",
            false => "response-optional-property-removed",
        };
        let request = match closed {
            true => "request-property-removed-from-closed",
            false => "request-property-removed",
        };
        let because = if closed { ", and NEW allows no further properties" } else { "" };
        let kind = if required { "required" } else { "optional" };
        let shift = match (required, closed) {
            (true, true) => Shift::Changed,
            (false, true) => Shift::Narrowed,
            (_, false) => Shift::Widened,
        };
        let id = Id::Ways(request, response);
        let found =
            Difference::new(id, format!("{}removed ({kind}){because}", named(name, property)))
                .shift(shift);
        let found = found.at(property.schemas.first(), None);
        self.whole_property(found, Some(property), None);
    }

    /// Completes what is found of a property that may only be named in `required`.
    fn whole_property(
        &mut self,
        found: Difference,
        old: Option<&Property<'a>>,
        new: Option<&Property<'a>>,
    ) {
        let place = |side: Option<&Property<'a>>| -> Option<Rc<str>> {
            let side = side?;
            side.schemas.first().map(|at| Rc::clone(&at.pointer)).or_else(|| side.required.clone())
        };
        let of_old = old.map(|side| directions(side, self.sides().old));
        let of_new = new.map(|side| directions(side, self.sides().new));
        let directions = match (of_old, of_new) {
            (Some(a), Some(b)) => a.and(b),
            (one, other) => one.or(other).unwrap_or(Directions::BOTH),
        };
        let place = Place { old: place(old), new: place(new) };
        self.add(Difference { place, directions, ..found });
    }

    fn property(&mut self, name: &'a str, old: &Property<'a>, new: &Property<'a>) {
        let (was, is) = (old.required.is_some(), new.required.is_some());
        if was != is {
            self.required(old, new, is);
        }
        let in_old = directions(old, self.sides().old);
        let in_new = directions(new, self.sides().new);
        for (key, before, now, directions) in [
            ("readOnly", in_old.request, in_new.request, Directions::REQUEST),
            ("writeOnly", in_old.response, in_new.response, Directions::RESPONSE),
        ] {
            if before != now {
                let what = match now {
                    false => format!("became {key}, so that it is left out"),
                    true => format!("is no longer {key}"),
                };
                let found = Difference::new(visibility(key, !now, was || is), what);
                let mut found = found.rust(Impact::None, false).shift(Shift::Changed);
                // What is left out has no field, on whichever side that is.
                let whole = Place::of(old.schemas.first(), new.schemas.first());
                found.rust.add_places(std::iter::once(whole));
                let flags = [(old, self.sides().old), (new, self.sides().new)]
                    .map(|(side, document)| joint(side, document).flatten().flag(key));
                let [a, b] = flags;
                self.add(found.directions(directions).flag(a, b));
            }
        }
        let directions = in_old.and(in_new);
        match (old.schemas.first(), new.schemas.first()) {
            (Some(_), Some(_)) => {
                self.property_inside(name, directions, [&old.schemas, &new.schemas], was && is);
            }
            (None, Some(b)) if !takes_all(b, self.sides().new) => {
                let what = "its schema was added";
                let found = Difference::new(Id::Suffix("type-specialized"), what);
                self.add(found.shift(Shift::Narrowed).at(None, Some(b)));
            }
            (Some(a), None) if !takes_all(a, self.sides().old) => {
                let what = "its schema was removed";
                let found = Difference::new(Id::Suffix("type-generalized"), what);
                self.add(found.shift(Shift::Widened).at(Some(a), None));
            }
            _ => {}
        }
    }

    fn property_inside(
        &mut self,
        name: &str,
        directions: Directions,
        [old, new]: [&[At<'a>]; 2],
        required: bool,
    ) {
        if old.is_empty() || new.is_empty() {
            return;
        }
        self.inside(old, new, self.wire.of_property());
        if let Some(child) = self.children.last_mut() {
            child.step = Step::Property { name: name.into(), required };
            child.directions = directions;
        }
    }

    pub(super) fn document(&self, new: bool) -> &'a Document {
        if new { self.sides().new } else { self.sides().old }
    }

    fn required(&mut self, old: &Property<'a>, new: &Property<'a>, now: bool) {
        let default = !joint(new, self.sides().new).flatten().all("default").is_empty();
        let (id, what, shift) = match (now, default) {
            (true, true) => (
                Id::Ways(
                    "request-property-became-required-with-default",
                    "response-property-became-required",
                ),
                "became required",
                Shift::Narrowed,
            ),
            (true, false) => (
                Id::Ways("request-property-became-required", "response-property-became-required"),
                "became required",
                Shift::Narrowed,
            ),
            (false, _) => (
                Id::Ways("request-property-became-optional", "response-property-became-optional"),
                "became optional",
                Shift::Widened,
            ),
        };
        let found = Difference::new(id, what).shift(shift);
        let found = Difference { old: (!now).into(), new: now.into(), ..found };
        self.whole_property(found, Some(old), Some(new));
    }

    pub(super) fn additional(&mut self, old: &View<'a>, new: &View<'a>) {
        let (was, is) = (old.additional(), new.additional());
        let shift = match (&was, &is) {
            (Additional::Schemas(a), Additional::Schemas(b)) => {
                return self.inside(a, b, self.wire.of_property());
            }
            (Additional::Open, Additional::Open)
            | (Additional::Closed(_), Additional::Closed(_)) => {
                return;
            }
            (Additional::Open, _) | (Additional::Schemas(_), _) => match &is {
                Additional::Open => Shift::Widened,
                _ => Shift::Narrowed,
            },
            (Additional::Closed(_), _) => Shift::Widened,
        };
        let id = match shift {
            Shift::Widened => "additional-properties-widened",
            _ => "additional-properties-narrowed",
        };
        let stated = |view: &View<'a>, of: &Additional<'a>| match of {
            Additional::Open => view.all("additionalProperties").into_iter().next(),
            Additional::Closed(at) => Some(at.clone()),
            Additional::Schemas(schemas) => schemas.first().cloned(),
        };
        let (a, b) = (stated(old, &was), stated(new, &is));
        let what = changed("additionalProperties", a.as_ref(), b.as_ref());
        let found = Difference::new(Id::Suffix(id), what).shift(shift);
        self.add(found.at(a.as_ref(), b.as_ref()));
    }
}

impl Directions {
    fn and(self, other: Self) -> Self {
        Self { request: self.request && other.request, response: self.response && other.response }
    }
}

fn known_properties<'a>(view: &View<'a>) -> Vec<(&'a str, Property<'a>)> {
    view.properties().into_iter().filter(|(_, property)| !property.forbidden).collect()
}

fn joint<'a>(property: &Property<'a>, document: &'a Document) -> Joint<'a> {
    Joint::of(property.schemas.iter().cloned(), document)
}

/// The name, where no schema of the property stands in a place that has it.
fn named(name: &str, property: &Property<'_>) -> String {
    if property.schemas.is_empty() { format!("property `{name}` ") } else { String::new() }
}

/// Where a property is sent: not in requests if it is `readOnly`, not in responses if `writeOnly`.
fn directions<'a>(property: &Property<'a>, document: &'a Document) -> Directions {
    let flat = joint(property, document).flatten();
    Directions {
        request: flat.flag("readOnly").is_none(),
        response: flat.flag("writeOnly").is_none(),
    }
}

/// A request without the property is a request from which it was removed, and so on.
fn visibility(key: &str, now: bool, required: bool) -> Id {
    Id::Whole(match (key, now, required) {
        ("readOnly", true, true) => "request-required-property-became-read-only",
        ("readOnly", true, false) => "request-optional-property-became-read-only",
        ("readOnly", false, true) => "request-required-property-became-not-read-only",
        ("readOnly", false, false) => "request-optional-property-became-not-read-only",
        (_, true, true) => "response-required-property-became-write-only",
        (_, true, false) => "response-optional-property-became-write-only",
        (_, false, true) => "response-required-property-became-not-write-only",
        (_, false, false) => "response-optional-property-became-not-write-only",
    })
}
