//! What a conjunction of schemas demands of a value, whatever words it is written in.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::ops::Deref;
use std::rc::Rc;

use cx_client_build::Value;

use super::super::reading::At;
use super::decimal::Decimal;
use super::joint::{Flat, Joint, restricts};
use super::limits::{Bound, LIMITS, Limit, of_format};
use super::property::{Additional, Property};
use super::single_value::{Test, read, text, types};
use super::types::Types;
use super::wire::Wire;

/// A value of an `enum`, after its text.
pub(super) type Listed<'a> = (String, At<'a>);

/// The parts of a conjunction, and what they say together.
#[derive(Debug)]
pub(super) struct View<'a> {
    flat: Flat<'a>,
    pub(super) types: Types,
    /// Whether a type is stated, or follows from the values.
    pub(super) is_typed: bool,
    pub(super) wire: Wire,
    test: OnceCell<Test<'a>>,
    properties: OnceCell<Vec<(&'a str, Property<'a>)>>,
    /// What every number must be a multiple of: 1 for integers.
    pub(super) step: Option<Decimal>,
    /// Where a list names `null`, and it fits.
    pub(super) listed_null: Option<At<'a>>,
    /// The values that fit besides `null`, where they are listed.
    pub(super) values: Option<Vec<Listed<'a>>>,
}

impl<'a> Deref for View<'a> {
    type Target = Flat<'a>;

    fn deref(&self) -> &Flat<'a> {
        &self.flat
    }
}

impl<'a> View<'a> {
    pub(super) fn of(flat: Flat<'a>, wire: Wire) -> Self {
        let (stated, types) = types(&flat);
        let is_typed = stated != Types::ALL;
        let (test, properties) = (OnceCell::new(), OnceCell::new());
        let (step, values, listed_null) = (None, None, None);
        let mut view =
            Self { flat, types, is_typed, wire, test, properties, step, listed_null, values };
        if types.has(Types::NUMBER) {
            let multiples = view.all("multipleOf").into_iter();
            let multiples = multiples.filter_map(|at| Decimal::at(at.node));
            let whole = view.is_integer().then_some(Decimal::ONE);
            let steps = multiples.filter(|of| *of > Decimal::from(0)).chain(whole);
            view.step = steps.reduce(Decimal::common_multiple);
        }
        for [least, most] in LIMITS {
            let limits = view.in_force(&least).zip(view.in_force(&most));
            if limits.is_some_and(|(low, high)| low.is_above(high)) {
                view.types = view.types & least.of.others();
            }
        }
        // What rules out `null` leaves nothing of `nullable`.
        if view.nullable.is_some() && !view.test().fits_null() {
            view.flat.nullable = None;
        }
        view.list();
        view
    }

    /// Whether a part says `type: integer`.
    pub(super) fn is_integer(&self) -> bool {
        self.texts("type").any(|name| name == "integer")
    }

    /// Sets the values of all lists that also fit what else is said.
    fn list(&mut self) {
        let wire = self.wire;
        let mut lists = self.all("enum").into_iter().map(|list| -> Vec<Listed<'a>> {
            list.items().map(|item| (text(&item, wire), item)).collect()
        });
        let Some(mut values) = lists.next() else { return };
        for list in lists {
            values.retain(|(text, _)| list.iter().any(|(other, _)| other == text));
        }
        let mut seen = HashSet::new();
        let test = self.test();
        // What has a type takes `null` only where that is said, or where nothing else is listed.
        let is_null = |at: &At<'a>| at.node.value == Value::Null;
        let no_null = self.nullable.is_none()
            && self.has("type")
            && values.iter().any(|(_, at)| !is_null(at));
        values.retain(|(text, at)| {
            seen.insert(text.clone()) && test.fits(at.node.to_json()) && !(no_null && is_null(at))
        });
        let of = |(text, at): &Listed<'_>| Types::of(&read(text, at.node.to_json(), wire));
        self.types = values.iter().map(of).fold(Types::NONE, |all, types| all | types);
        self.is_typed = true;
        // `null` beside other values is another way to write `nullable`.
        if let (true, Some(at)) = (values.len() > 1, values.iter().position(|(_, at)| is_null(at)))
        {
            let (_, null) = values.remove(at);
            self.flat.nullable.get_or_insert(Rc::clone(&null.pointer));
            self.listed_null = Some(null);
        }
        self.values = Some(values);
        self.drop_all_booleans();
    }

    /// `true` and `false` are all that a boolean can be: they are no list.
    fn drop_all_booleans(&mut self) {
        let is_boolean = self.types == Types::BOOLEAN;
        self.values.take_if(|values| is_boolean && values.len() == 2);
    }

    /// Adds the values that others list; `is_exclusive` says that none of them may be in two lists.
    pub(super) fn take_values<'x>(
        &mut self,
        others: impl Iterator<Item = &'x Self>,
        is_exclusive: bool,
    ) where
        'a: 'x,
    {
        let all = self.values.get_or_insert_default();
        for other in others {
            self.types = self.types | other.types;
            all.extend(other.values.iter().flatten().cloned());
            self.listed_null = self.listed_null.take().or_else(|| other.listed_null.clone());
        }
        let mut counts: HashMap<String, usize> = HashMap::new();
        for (text, _) in all.iter() {
            *counts.entry(text.clone()).or_default() += 1;
        }
        all.retain(|(text, _)| match counts.remove(text) {
            Some(count) => count == 1 || !is_exclusive,
            None => false,
        });
        self.drop_all_booleans();
    }

    /// A test of values against what is said besides a list of them.
    pub(super) fn test(&self) -> &Test<'a> {
        self.test.get_or_init(|| Test::new(self, self.types, self.step, self.wire))
    }

    /// Whether no value fits at all.
    pub(super) fn is_impossible(&self) -> bool {
        let fits = match &self.values {
            Some(values) => !values.is_empty(),
            None => self.types != Types::NONE,
        };
        !fits && self.nullable.is_none()
    }

    /// Whether `null` is all that fits.
    pub(super) fn is_null(&self) -> bool {
        self.types == Types::NONE && !self.is_impossible()
    }

    /// The tightest limit that is stated, if it restricts anything.
    pub(super) fn limit(&self, limit: &Limit) -> Option<(Bound, At<'a>)> {
        let (bound, at) = self.stated_limit(limit)?;
        let implied = self.implied_limit(limit);
        let implied = implied.is_some_and(|implied| !bound.is_tighter(implied, limit.lower))
            || match limit.key {
                "minProperties" => bound.value <= self.required_count(),
                "maxProperties" => match self.additional() {
                    Additional::Closed(_) => bound.value >= count(self.properties().len()),
                    _ => false,
                },
                key => limit.lower && key != "minimum" && bound.value <= Decimal::from(0),
            };
        (!implied).then_some((bound, at))
    }

    /// The limit that is in force, whether it is stated or comes of the format.
    pub(super) fn in_force(&self, limit: &Limit) -> Option<Bound> {
        self.limit(limit).map(|(bound, _)| bound).or_else(|| self.implied_limit(limit))
    }

    fn stated_limit(&self, limit: &Limit) -> Option<(Bound, At<'a>)> {
        if !self.types.has(limit.of) {
            return None;
        }
        let of_part = |(part, at): (&At<'a>, At<'a>)| {
            let value = Decimal::at(at.node)?;
            Some((limit.bound(value, part.flag(limit.exclusive), self.step), at))
        };
        let tighter = |a: (Bound, At<'a>), b: (Bound, At<'a>)| {
            if b.0.is_tighter(a.0, limit.lower) { b } else { a }
        };
        let of_nots = self.all("not").into_iter().filter_map(|not| self.opposite_limit(&not));
        let of_nots = of_nots.filter(|(other, ..)| other.key == limit.key);
        let of_parts = self.all_of_parts(limit.key).filter_map(of_part);
        of_parts.chain(of_nots.map(|(_, bound, at)| (bound, at))).reduce(tighter)
    }

    /// The limit that is left of a schema under `not` that says nothing but one on the other side.
    pub(super) fn opposite_limit(&self, not: &At<'a>) -> Option<(Limit, Bound, At<'a>)> {
        let flat = Joint::of([not], self.document).flatten();
        let limit = *LIMITS.iter().flatten().find(|limit| flat.has(limit.key))?;
        let [(part, at)] = &flat.all_of_parts(limit.key).collect::<Vec<_>>()[..] else {
            return None;
        };
        let is_all =
            |name: &str| Types::named(name) == limit.of && (name != "integer" || self.is_integer());
        let is_known = |key: &str| {
            matches!(key, "type" | "allOf" | "oneOf" | "anyOf")
                || [limit.key, limit.exclusive].contains(&key)
                || !restricts(key)
        };
        let mut keys = flat.parts.iter().flat_map(At::entries);
        if !flat.groups.is_empty()
            || !flat.texts("type").all(is_all)
            || !keys.all(|(key, _)| is_known(key))
        {
            return None;
        }
        let (other, excluded) = (limit.opposite(), !part.flag(limit.exclusive));
        Some((other, other.bound(Decimal::at(at.node)?, excluded, self.step), at.clone()))
    }

    /// The limit that a format implies, or that what is no text has where it is written as text.
    fn implied_limit(&self, limit: &Limit) -> Option<Bound> {
        if self.wire.is_text()
            && self.types != Types::NONE
            && self.types.within(Types::NUMBER_OR_BOOLEAN)
        {
            let is_boolean = self.types == Types::BOOLEAN;
            let value = match (limit.key, is_boolean) {
                ("minLength", false) => Some(1),
                ("minLength", true) => Some(4),
                ("maxLength", true) => Some(5),
                _ => None,
            };
            if let Some(value) = value {
                return Some(Bound::at(value));
            }
        }
        let of_type = self.types & limit.of == limit.of;
        let limits = self.texts("format").filter(|_| of_type).flat_map(of_format);
        let bounds = limits.filter(|(key, _)| *key == limit.key).map(|(_, bound)| bound);
        bounds.reduce(|a, b| if b.is_tighter(a, limit.lower) { b } else { a })
    }

    fn required_count(&self) -> Decimal {
        count(self.properties().iter().filter(|(_, property)| property.required.is_some()).count())
    }

    /// At least how many items an array has.
    pub(super) fn min_items(&self) -> Decimal {
        self.limit(&LIMITS[2][0]).map_or(Decimal::from(0), |(bound, _)| bound.value)
    }

    /// Whether it can be an array of more items than this.
    pub(super) fn has_items(&self, than: i64) -> bool {
        let most = self.limit(&LIMITS[2][1]);
        self.types.has(Types::ARRAY)
            && most.is_none_or(|(most, _)| most.value > Decimal::from(than))
    }

    /// The properties in the order of the documents.
    pub(super) fn properties(&self) -> &[(&'a str, Property<'a>)] {
        let counts = self.types.has(Types::OBJECT);
        if counts { self.properties.get_or_init(|| self.list_properties()) } else { &[] }
    }

    fn list_properties(&self) -> Vec<(&'a str, Property<'a>)> {
        let mut list: Vec<(&str, Property<'_>)> = Vec::new();
        let mut index: HashMap<&str, usize> = HashMap::new();
        let mut slot = |name: &'a str, list: &mut Vec<(&'a str, Property<'a>)>| {
            *index.entry(name).or_insert_with(|| {
                list.push((name, Property::default()));
                list.len() - 1
            })
        };
        for (name, schema) in self.all("properties").iter().flat_map(At::entries) {
            let at = slot(name, &mut list);
            list[at].1.schemas.push(schema);
        }
        for item in self.all("required").iter().flat_map(At::items) {
            if let Some(name) = item.node.as_str() {
                let at = slot(name, &mut list);
                list[at].1.required.get_or_insert(item.pointer);
            }
        }
        for (part, stated) in self.all_of_parts("additionalProperties") {
            let further = self.further(stated);
            let is_named =
                |name: &str| part.node.get("properties").and_then(|all| all.get(name)).is_some();
            for (_, property) in list.iter_mut().filter(|(name, _)| !is_named(name)) {
                match &further {
                    Additional::Closed(_) => property.forbidden = true,
                    Additional::Schemas(schemas) => {
                        property.schemas.extend(schemas.iter().cloned());
                    }
                    Additional::Open => break,
                }
            }
        }
        list
    }

    /// Which properties it may have besides.
    pub(super) fn additional(&self) -> Additional<'a> {
        let mut all = Vec::new();
        if !self.types.has(Types::OBJECT) {
            return Additional::Open;
        }
        for stated in self.all("additionalProperties") {
            match self.further(stated) {
                closed @ Additional::Closed(_) => return closed,
                Additional::Schemas(schemas) => all.extend(schemas),
                Additional::Open => {}
            }
        }
        if all.is_empty() { Additional::Open } else { Additional::Schemas(all) }
    }

    /// What one part says of further properties.
    fn further(&self, stated: At<'a>) -> Additional<'a> {
        match stated.node.as_bool() {
            Some(false) => Additional::Closed(stated),
            Some(true) => Additional::Open,
            None => {
                let flat = Joint::of([&stated], self.document).flatten();
                let takes_nothing = flat.nullable.is_none() && types(&flat).1 == Types::NONE;
                match (flat.takes_all(), takes_nothing) {
                    (true, _) => Additional::Open,
                    (_, true) => Additional::Closed(stated),
                    _ => Additional::Schemas(vec![stated]),
                }
            }
        }
    }
}

fn count(of: usize) -> Decimal {
    Decimal::from(i64::try_from(of).unwrap_or(i64::MAX))
}
