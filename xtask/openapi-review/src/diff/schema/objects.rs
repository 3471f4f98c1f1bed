//! Compares the properties of objects.

use std::collections::HashMap;
use std::rc::Rc;

use super::super::change::Impact;
use super::super::findings::Place;
use super::super::reading::At;
use super::super::wording::changed;
use super::difference::{Directions, Id, SchemaComparison, SchemaDifference, Shift, Step};
use super::joint::Joint;
use super::presence::{Presence, Transition};
use super::property::{Additional, Property};
use super::view::View;

/// A property as one document has it.
struct Side<'x, 'a> {
    property: Option<&'x Property<'a>>,
    additional: &'x Additional<'a>,
    read_only: Option<Rc<str>>,
    write_only: Option<Rc<str>>,
    has_default: bool,
}

impl<'x, 'a> Side<'x, 'a> {
    fn of(
        property: Option<&'x Property<'a>>,
        view: &'x View<'a>,
        additional: &'x Additional<'a>,
    ) -> Self {
        let schemas = property.map(|it| &it.schemas[..]).unwrap_or_default();
        let flat = Joint::of(schemas, view.document).flatten();
        Self {
            property,
            additional,
            read_only: flat.flag("readOnly"),
            write_only: flat.flag("writeOnly"),
            has_default: !flat.all("default").is_empty(),
        }
    }

    /// What its value must fit; where it is not named, as a further property.
    fn schemas(&self) -> &'x [At<'a>] {
        match (self.property, self.additional) {
            (Some(property), _) => &property.schemas,
            (None, Additional::Schemas(schemas)) => schemas,
            (None, _) => &[],
        }
    }

    fn hidden(&self, in_request: bool) -> &Option<Rc<str>> {
        if in_request { &self.read_only } else { &self.write_only }
    }

    fn presence(&self, in_request: bool, other: &Self) -> Presence {
        let is_described = |side: &Self| side.property.is_some_and(|it| !it.schemas.is_empty());
        match self.property {
            None if matches!(self.additional, Additional::Closed(_)) => Presence::Forbidden,
            // What is only named in `required` is part of the object without it too.
            None if !is_described(other) => Presence::Optional,
            None => Presence::Absent,
            Some(property) if property.forbidden => Presence::Forbidden,
            Some(_) if self.hidden(in_request).is_some() => Presence::Hidden,
            Some(property) if property.required.is_some() => Presence::Required,
            Some(_) => Presence::Optional,
        }
    }

    fn place(&self) -> Option<Rc<str>> {
        let property = self.property?;
        let schema = property.schemas.first().map(|at| Rc::clone(&at.pointer));
        schema.or_else(|| property.required.clone())
    }
}

impl<'a> SchemaComparison<'a, '_> {
    pub(super) fn properties(&mut self, old: &View<'a>, new: &View<'a>) {
        let known = |view: &View<'a>| -> Vec<(&'a str, Property<'a>)> {
            view.properties().iter().filter(|(_, it)| !it.forbidden).cloned().collect()
        };
        let (a, b) = (known(old), known(new));
        let in_old: HashMap<&str, &Property<'a>> = a.iter().map(|(name, it)| (*name, it)).collect();
        let in_new: HashMap<&str, &Property<'a>> = b.iter().map(|(name, it)| (*name, it)).collect();
        let (of_old, of_new) = (old.additional(), new.additional());
        let only_new = b.iter().filter(|(name, _)| !in_old.contains_key(name));
        for (name, _) in a.iter().chain(only_new) {
            let x = Side::of(in_old.get(name).copied(), old, &of_old);
            let y = Side::of(in_new.get(name).copied(), new, &of_new);
            self.property(name, &x, &y);
        }
    }

    fn property(&mut self, name: &str, old: &Side<'_, 'a>, new: &Side<'_, 'a>) {
        let of = |in_request| {
            let (was, is) = (old.presence(in_request, new), new.presence(in_request, old));
            Transition::of(in_request, was, is, new.has_default)
        };
        let sides = [old, new];
        match (of(true), of(false)) {
            (Some(a), Some(b)) if a.what == b.what => {
                self.presence(name, Id::Ways(a.rule, b.rule), &a, sides, true);
            }
            (a, b) => {
                if let Some(a) = a {
                    self.presence(name, Id::Ways(a.rule, ""), &a, sides, true);
                }
                if let Some(b) = b {
                    self.presence(name, Id::Ways("", b.rule), &b, sides, false);
                }
            }
        }
        let (a, b) = (old.schemas(), new.schemas());
        if a.is_empty() != b.is_empty() && old.property.is_some() && new.property.is_some() {
            return self.described(a, b);
        }
        if !a.is_empty() && !b.is_empty() {
            let required =
                |side: &Side<'_, '_>| side.property.is_some_and(|p| p.required.is_some());
            let step =
                Step::Property { name: name.into(), required: required(old) && required(new) };
            self.inside(a, b, self.wire.of_property(), step);
            if let Some(child) = self.children.last_mut() {
                child.directions = Directions {
                    request: old.read_only.is_none() && new.read_only.is_none(),
                    response: old.write_only.is_none() && new.write_only.is_none(),
                };
            }
        }
    }

    /// Reports that a property is part of other messages.
    fn presence(
        &mut self,
        name: &str,
        id: Id,
        it: &Transition,
        [old, new]: [&Side<'_, 'a>; 2],
        in_request: bool,
    ) {
        let schemas = [old, new].map(|side| side.property.and_then(|it| it.schemas.first()));
        let what = match schemas {
            [None, None] => format!("property `{name}` {}", it.what),
            _ => it.what.clone(),
        };
        let place = Place { old: old.place(), new: new.place() };
        let found = SchemaDifference::new(id, what).shift(it.shift);
        self.add(match it {
            it if it.is_of_hidden() => {
                let flags = [old, new].map(|side| side.hidden(in_request).clone());
                let mut found = found.rust(Impact::None, true);
                // What is left out has no field, on whichever side that is.
                found.rust.add_places(std::iter::once(place));
                let [a, b] = flags;
                found.flag(a, b)
            }
            Transition { was: Presence::Optional | Presence::Required, is, .. }
                if matches!(is, Presence::Optional | Presence::Required) =>
            {
                let now = *is == Presence::Required;
                SchemaDifference { old: (!now).into(), new: now.into(), place, ..found }
            }
            _ => SchemaDifference { place, ..found.at(schemas) },
        });
    }

    /// Reports the schema of a property that one document only names in `required`.
    fn described(&mut self, old: &[At<'a>], new: &[At<'a>]) {
        let restricts = |schemas: &[At<'a>], document| {
            !schemas.is_empty() && !Joint::of(schemas, document).flatten().takes_all()
        };
        let (a, b) = (old.first(), new.first());
        if restricts(new, self.sides().new) {
            self.shifted("type-specialized", "its schema was added", Shift::Narrowed, [a, b]);
        } else if restricts(old, self.sides().old) {
            self.shifted("type-generalized", "its schema was removed", Shift::Widened, [a, b]);
        }
    }

    pub(super) fn additional(&mut self, old: &View<'a>, new: &View<'a>) {
        let (was, is) = (old.additional(), new.additional());
        let shift = match (&was, &is) {
            (Additional::Schemas(a), Additional::Schemas(b)) => {
                return self.inside(a, b, self.wire.of_property(), Step::Inner(""));
            }
            (Additional::Open, Additional::Open)
            | (Additional::Closed(_), Additional::Closed(_)) => return,
            (Additional::Closed(_), _) | (_, Additional::Open) => Shift::Widened,
            _ => Shift::Narrowed,
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
        self.shifted(id, what, shift, [a.as_ref(), b.as_ref()]);
    }
}
