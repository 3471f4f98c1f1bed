//! What differs between two schemas, before it is known in which direction they travel.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use serde_json::Value;

use super::super::findings::Place;
use super::super::reading::{At, GENERATOR_EXTENSIONS, Sides, is_docs, same_option};
use super::shape::same_shape;
use super::view::{Additional, Property, View, number};

/// How the set of values that fit has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shift {
    /// NEW takes fewer values.
    Narrowed,
    /// NEW takes more values.
    Widened,
    /// NEW takes other values.
    Changed,
}

impl Shift {
    fn reversed_if(self, reverse: bool) -> Self {
        match self {
            Self::Narrowed if reverse => Self::Widened,
            Self::Widened if reverse => Self::Narrowed,
            same => same,
        }
    }
}

/// The directions in which a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Directions {
    pub(super) request: bool,
    pub(super) response: bool,
}

impl Directions {
    pub(super) const BOTH: Self = Self { request: true, response: true };
    pub(super) const REQUEST: Self = Self { request: true, response: false };
    pub(super) const RESPONSE: Self = Self { request: false, response: true };

    fn and(self, other: Self) -> Self {
        Self { request: self.request && other.request, response: self.response && other.response }
    }
}

/// One aspect in which two schemas differ.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Aspect {
    Type(Shift),
    EnumSet,
    EnumUnset,
    EnumValueAdded,
    EnumValueRemoved,
    Nullable(bool),
    /// A constraint by its name in ids, and what was done to it.
    Constraint(&'static str, &'static str, Shift),
    PropertyAdded {
        required: bool,
        default: bool,
        closed: bool,
    },
    PropertyRemoved {
        required: bool,
        closed: bool,
    },
    Required {
        now: bool,
        default: bool,
    },
    ReadOnly {
        now: bool,
        required: bool,
    },
    WriteOnly {
        now: bool,
        required: bool,
    },
    Default(&'static str),
    AdditionalProperties(Shift),
    Items(Shift),
    /// A member of `oneOf` or `anyOf`, by the keyword's name in ids.
    Alternative(&'static str, bool),
    /// The schema became one of several, or the only one.
    Alternatives(&'static str, Shift),
    Not(&'static str, Shift),
    Discriminator(&'static str, Shift),
    Deprecated(bool),
    Sensitive(bool),
    /// An extension or a title that the generator reads.
    Generator(String),
    Xml,
    Docs(String),
}

/// An aspect with its place and values.
#[derive(Debug, Clone)]
pub(super) struct Difference {
    pub(super) aspect: Aspect,
    pub(super) place: Place,
    pub(super) old: Value,
    pub(super) new: Value,
    /// The directions in which it matters at all.
    pub(super) directions: Directions,
    /// Where the schema that was compared has what `place` names, if that is another place.
    pub(super) also: Option<Place>,
}

/// How a schema is part of another.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// As a property.
    Property,
    /// As what the other one consists of: items, further properties, alternatives.
    Inner,
}

/// A pair of schemas inside the compared ones.
pub(super) struct Child<'a> {
    pub(super) old: At<'a>,
    pub(super) new: At<'a>,
    pub(super) directions: Directions,
    pub(super) step: Step,
}

/// Compares two schemas, which are no references, up to the schemas inside.
pub(super) fn compare<'a>(
    old: &At<'a>,
    new: &At<'a>,
    sides: Sides<'a>,
) -> (Vec<Difference>, Vec<Child<'a>>) {
    let mut comparison = Comparison {
        sides,
        roots: (Rc::clone(&old.pointer), Rc::clone(&new.pointer)),
        old: View::of(old.clone(), sides.old),
        new: View::of(new.clone(), sides.new),
        differences: Vec::new(),
        children: Vec::new(),
    };
    comparison.annotations();
    if comparison.kind(old, new) {
        comparison.nullable();
        comparison.enumeration();
        comparison.constraints();
        comparison.properties();
        comparison.additional();
        comparison.items();
        comparison.not();
        comparison.discriminator();
    }
    comparison.default();
    (comparison.differences, comparison.children)
}

struct Comparison<'a> {
    sides: Sides<'a>,
    roots: (Rc<str>, Rc<str>),
    old: View<'a>,
    new: View<'a>,
    differences: Vec<Difference>,
    children: Vec<Child<'a>>,
}

fn place(old: Option<&At<'_>>, new: Option<&At<'_>>) -> Place {
    Place { old: old.map(|at| Rc::clone(&at.pointer)), new: new.map(|at| Rc::clone(&at.pointer)) }
}

fn json(at: Option<&At<'_>>) -> Value {
    at.map_or(Value::Null, |at| at.node.to_json())
}

impl<'a> Comparison<'a> {
    fn add(&mut self, aspect: Aspect, old: Option<&At<'a>>, new: Option<&At<'a>>) {
        self.add_in(Directions::BOTH, aspect, old, new);
    }

    fn add_in(
        &mut self,
        directions: Directions,
        aspect: Aspect,
        old: Option<&At<'a>>,
        new: Option<&At<'a>>,
    ) {
        let place = place(old, new);
        self.differences.push(Difference {
            aspect,
            also: self.own_place(&place),
            place,
            old: json(old),
            new: json(new),
            directions,
        });
    }

    /// The compared schemas themselves, where the difference lies in what they take in.
    fn own_place(&self, place: &Place) -> Option<Place> {
        let outside = |pointer: &Option<Rc<str>>, root: &Rc<str>| {
            pointer.as_ref().is_some_and(|pointer| !pointer.starts_with(&**root))
        };
        let elsewhere = outside(&place.old, &self.roots.0) || outside(&place.new, &self.roots.1);
        elsewhere.then(|| {
            let below = |root: &Rc<str>, pointer: &Option<Rc<str>>| -> Rc<str> {
                let property = pointer.as_ref().and_then(|pointer| {
                    pointer.rsplit_once("/properties/").map(|(_, rest)| rest.to_owned())
                });
                match property {
                    Some(rest) => Rc::from(format!("{root}/properties/{rest}")),
                    None => Rc::clone(root),
                }
            };
            Place {
                old: Some(below(&self.roots.0, &place.old)),
                new: Some(below(&self.roots.1, &place.new)),
            }
        })
    }

    /// Words, and what only the generator reads.
    fn annotations(&mut self) {
        let (old_parts, new_parts) = (self.old.parts().to_vec(), self.new.parts().to_vec());
        for (index, (old, new)) in old_parts.iter().zip(&new_parts).enumerate() {
            // What is taken in is told of here only if it is the same thing on both sides.
            if index > 0 && old.pointer != new.pointer && old_parts.len() != new_parts.len() {
                continue;
            }
            let keys: BTreeSet<&str> = [old, new]
                .iter()
                .flat_map(|at| at.node.entries())
                .map(|entry| entry.key.as_str())
                .collect();
            for key in keys {
                let (a, b) = (old.get(key), new.get(key));
                if same_option(a.as_ref().map(|at| at.node), b.as_ref().map(|at| at.node)) {
                    continue;
                }
                let aspect = match key {
                    "x-sensitive" => {
                        let (was, is) = (old.flag(key), new.flag(key));
                        if was == is {
                            continue;
                        }
                        Aspect::Sensitive(is)
                    }
                    "title" => Aspect::Generator(key.to_owned()),
                    _ if GENERATOR_EXTENSIONS.contains(&key) => Aspect::Generator(key.to_owned()),
                    "deprecated" if old.flag(key) == new.flag(key) => continue,
                    "deprecated" => Aspect::Deprecated(new.flag(key)),
                    "xml" => Aspect::Xml,
                    _ if is_docs(key) => Aspect::Docs(key.to_owned()),
                    _ => continue,
                };
                self.add(aspect, a.as_ref(), b.as_ref());
            }
        }
    }

    /// Types, formats and alternatives; gives whether the rest can be compared.
    fn kind(&mut self, old: &At<'a>, new: &At<'a>) -> bool {
        for (keyword, name) in [("oneOf", "one-of"), ("anyOf", "any-of")] {
            let (a, b) = (self.old.groups(keyword), self.new.groups(keyword));
            match (a.first(), b.first()) {
                (None, None) => {}
                (Some(group), None) => {
                    return self.wrapped(name, group, (Some(group), None), new, true);
                }
                (None, Some(group)) => {
                    return self.wrapped(name, group, (None, Some(group)), old, false);
                }
                (Some(_), Some(_)) => {
                    for pair in a.iter().zip(&b) {
                        self.alternatives(name, pair.0, pair.1);
                    }
                    for group in a.iter().skip(b.len()) {
                        self.add(Aspect::Alternatives(name, Shift::Widened), Some(group), None);
                    }
                    for group in b.iter().skip(a.len()) {
                        self.add(Aspect::Alternatives(name, Shift::Narrowed), None, Some(group));
                    }
                }
            }
        }
        self.types()
    }

    /// One side has alternatives where the other has a plain schema.
    fn wrapped(
        &mut self,
        name: &'static str,
        group: &At<'a>,
        at: (Option<&At<'a>>, Option<&At<'a>>),
        plain: &At<'a>,
        reverse: bool,
    ) -> bool {
        let same = |member: &At<'a>| {
            if reverse {
                same_shape(member, plain, self.sides)
            } else {
                same_shape(plain, member, self.sides)
            }
        };
        let (holder, other) = if reverse { (&self.old, &self.new) } else { (&self.new, &self.old) };
        if holder.text("type").is_some() && holder.text("type") == other.text("type") {
            // What both say goes on counting; the alternatives are a further condition.
            let shift = Shift::Narrowed.reversed_if(reverse);
            self.add(Aspect::Alternatives(name, shift), at.0, at.1);
            return self.types();
        }
        let contains = group.items().any(|member| same(&member));
        let only = group.node.items().len() == 1;
        let shift = match (contains, only) {
            (true, true) => return false,
            (true, false) => Shift::Widened.reversed_if(reverse),
            (false, _) => Shift::Changed,
        };
        self.add(Aspect::Alternatives(name, shift), at.0, at.1);
        false
    }

    fn alternatives(&mut self, name: &'static str, old: &At<'a>, new: &At<'a>) {
        let mut old: Vec<At<'a>> = old.items().collect();
        let mut new: Vec<At<'a>> = new.items().collect();
        let sides = self.sides;
        let mut matched = Vec::new();
        // By the component that they name, by what they take, and what stands inline in order.
        let mut by_name: HashMap<&str, Vec<usize>> = HashMap::new();
        for (index, member) in new.iter().enumerate() {
            if let Some(target) = member.reference() {
                by_name.entry(target).or_default().push(index);
            }
        }
        let mut taken = vec![false; new.len()];
        old.retain(|member| {
            let Some(free) = member.reference().and_then(|target| by_name.get_mut(target)) else {
                return true;
            };
            if free.is_empty() {
                return true;
            }
            let index = free.remove(0);
            taken[index] = true;
            matched.push((member.clone(), new[index].clone()));
            false
        });
        let mut index = 0;
        new.retain(|_| {
            index += 1;
            !taken[index - 1]
        });
        old.retain(|member| {
            let Some(at) = new.iter().position(|other| same_shape(member, other, sides)) else {
                return true;
            };
            matched.push((member.clone(), new.remove(at)));
            false
        });
        let inline = |members: &[At<'a>]| members.iter().all(|at| at.reference().is_none());
        if old.len() == new.len() && inline(&old) && inline(&new) {
            matched.extend(old.drain(..).zip(new.drain(..)));
        }
        for member in old {
            self.add(Aspect::Alternative(name, false), Some(&member), None);
        }
        for member in new {
            self.add(Aspect::Alternative(name, true), None, Some(&member));
        }
        for (old, new) in matched {
            self.child(&old, &new, Directions::BOTH, Step::Inner);
        }
    }

    fn types(&mut self) -> bool {
        let (old, new) = (self.old.text("type"), self.new.text("type"));
        let (old_format, new_format) = (self.old.text("format"), self.new.text("format"));
        if old == new {
            if let Some(shift) = format_shift(old_format, new_format) {
                let (a, b) = (self.old.first("format"), self.new.first("format"));
                self.add(Aspect::Type(shift), a.as_ref(), b.as_ref());
            }
            return true;
        }
        let shift = match (old, new) {
            (None, Some(_)) => Shift::Narrowed,
            (Some(_), None) => Shift::Widened,
            (Some("integer"), Some("number")) => Shift::Widened,
            (Some("number"), Some("integer")) => Shift::Narrowed,
            _ => Shift::Changed,
        };
        let (a, b) = (self.old.first("type"), self.new.first("type"));
        self.add(Aspect::Type(shift), a.as_ref(), b.as_ref());
        shift != Shift::Changed
    }

    fn nullable(&mut self) {
        let (old, new) = (self.old.nullable(), self.new.nullable());
        if old.is_some() == new.is_some() {
            return;
        }
        let now = new.is_some();
        let place = Place { old, new };
        self.differences.push(Difference {
            aspect: Aspect::Nullable(now),
            also: self.own_place(&place),
            place,
            old: Value::Bool(!now),
            new: Value::Bool(now),
            directions: Directions::BOTH,
        });
    }

    fn enumeration(&mut self) {
        let (old, new) = (self.old.values("enum"), self.new.values("enum"));
        let (Some(old), Some(new)) = (&old, &new) else {
            let (a, b) = (self.old.first("enum"), self.new.first("enum"));
            match (&a, &b) {
                (None, Some(_)) => self.add(Aspect::EnumSet, None, b.as_ref()),
                (Some(_), None) => self.add(Aspect::EnumUnset, a.as_ref(), None),
                _ => {}
            }
            return;
        };
        let known = |list: &[(String, At<'a>)]| -> BTreeSet<String> {
            list.iter().map(|(text, _)| text.clone()).collect()
        };
        let (in_old, in_new) = (known(old), known(new));
        for (_, value) in old.iter().filter(|(text, _)| !in_new.contains(text)) {
            self.add(Aspect::EnumValueRemoved, Some(value), None);
        }
        for (_, value) in new.iter().filter(|(text, _)| !in_old.contains(text)) {
            self.add(Aspect::EnumValueAdded, None, Some(value));
        }
    }

    fn constraints(&mut self) {
        for (key, name, greatest) in [
            ("minimum", "min", true),
            ("maximum", "max", false),
            ("minLength", "min-length", true),
            ("maxLength", "max-length", false),
            ("minItems", "min-items", true),
            ("maxItems", "max-items", false),
            ("minProperties", "min-properties", true),
            ("maxProperties", "max-properties", false),
        ] {
            self.bound(key, name, greatest);
        }
        for (key, name) in
            [("exclusiveMinimum", "exclusive-min"), ("exclusiveMaximum", "exclusive-max")]
        {
            self.switch(key, name);
        }
        self.switch("uniqueItems", "unique-items");
        let (old, new) = (self.old.first("multipleOf"), self.new.first("multipleOf"));
        let value = |at: &Option<At<'a>>| at.as_ref().and_then(|at| number(at.node));
        let (verb, shift) = match (value(&old), value(&new)) {
            (None, Some(_)) => ("set", Shift::Narrowed),
            (Some(_), None) => ("unset", Shift::Widened),
            (Some(a), Some(b)) if a != b => {
                let shift = if is_multiple(b, a) {
                    Shift::Narrowed
                } else if is_multiple(a, b) {
                    Shift::Widened
                } else {
                    Shift::Changed
                };
                ("changed", shift)
            }
            _ => ("", Shift::Changed),
        };
        if !verb.is_empty() {
            let aspect = Aspect::Constraint("multiple-of", verb, shift);
            self.add(aspect, old.as_ref(), new.as_ref());
        }
        let (old, new) = (self.old.first("pattern"), self.new.first("pattern"));
        let text = |at: &Option<At<'a>>| at.as_ref().and_then(|at| at.node.as_str());
        let (verb, shift) = match (text(&old), text(&new)) {
            (None, Some(_)) => ("added", Shift::Narrowed),
            (Some(_), None) => ("removed", Shift::Widened),
            (Some(a), Some(b)) if a != b => ("changed", Shift::Changed),
            _ => return,
        };
        self.add(Aspect::Constraint("pattern", verb, shift), old.as_ref(), new.as_ref());
    }

    fn bound(&mut self, key: &str, name: &'static str, greatest: bool) {
        let (old, new) = (self.old.tightest(key, greatest), self.new.tightest(key, greatest));
        let (verb, shift) = match (&old, &new) {
            (None, Some(_)) => ("set", Shift::Narrowed),
            (Some(_), None) => ("unset", Shift::Widened),
            (Some((a, _)), Some((b, _))) if b > a => {
                ("increased", Shift::Narrowed.reversed_if(!greatest))
            }
            (Some((a, _)), Some((b, _))) if b < a => {
                ("decreased", Shift::Narrowed.reversed_if(greatest))
            }
            _ => return,
        };
        let at = |side: &Option<(f64, At<'a>)>| side.as_ref().map(|(_, at)| at.clone());
        let (a, b) = (at(&old), at(&new));
        self.add(Aspect::Constraint(name, verb, shift), a.as_ref(), b.as_ref());
    }

    fn switch(&mut self, key: &str, name: &'static str) {
        let (was, is) = (self.old.flag(key), self.new.flag(key));
        let (verb, shift) = match (was.is_some(), is.is_some()) {
            (false, true) => ("set", Shift::Narrowed),
            (true, false) => ("unset", Shift::Widened),
            _ => return,
        };
        let place = Place { old: was, new: is };
        self.differences.push(Difference {
            aspect: Aspect::Constraint(name, verb, shift),
            also: self.own_place(&place),
            old: Value::Bool(place.old.is_some()),
            new: Value::Bool(place.new.is_some()),
            place,
            directions: Directions::BOTH,
        });
    }

    fn properties(&mut self) {
        let old = self.old.properties();
        let new = self.new.properties();
        let closed = |view: &View<'a>| matches!(view.additional(), Additional::Closed);
        let (old_closed, new_closed) = (closed(&self.old), closed(&self.new));
        let by_name: HashMap<&str, &Property<'a>> =
            new.iter().map(|(name, property)| (*name, property)).collect();
        let known: BTreeSet<&str> = old.iter().map(|(name, _)| *name).collect();
        for (name, a) in &old {
            if let Some(b) = by_name.get(name) {
                self.property(a, b);
                continue;
            }
            let directions = directions(a.schema.as_ref(), self.sides.old);
            let required = a.required.is_some();
            let aspect = Aspect::PropertyRemoved { required, closed: new_closed };
            self.whole_property(directions, aspect, (Some(a), None));
        }
        for (_, b) in new.iter().filter(|(name, _)| !known.contains(name)) {
            let directions = directions(b.schema.as_ref(), self.sides.new);
            let aspect = Aspect::PropertyAdded {
                required: b.required.is_some(),
                default: has_default(b, self.sides.new),
                closed: old_closed,
            };
            self.whole_property(directions, aspect, (None, Some(b)));
        }
    }

    fn whole_property(
        &mut self,
        directions: Directions,
        aspect: Aspect,
        sides: (Option<&Property<'a>>, Option<&Property<'a>>),
    ) {
        let pointer = |side: Option<&Property<'a>>| {
            side.and_then(|side| {
                side.schema.as_ref().map(|at| Rc::clone(&at.pointer)).or(side.required.clone())
            })
        };
        let value = |side: Option<&Property<'a>>| json(side.and_then(|side| side.schema.as_ref()));
        let place = Place { old: pointer(sides.0), new: pointer(sides.1) };
        self.differences.push(Difference {
            aspect,
            also: self.own_place(&place),
            place,
            old: value(sides.0),
            new: value(sides.1),
            directions,
        });
    }

    fn property(&mut self, old: &Property<'a>, new: &Property<'a>) {
        let in_old = directions(old.schema.as_ref(), self.sides.old);
        let in_new = directions(new.schema.as_ref(), self.sides.new);
        let common = in_old.and(in_new);
        if old.required.is_some() != new.required.is_some() {
            let now = new.required.is_some();
            let default = has_default(if now { new } else { old }, self.sides_of(now));
            let aspect = Aspect::Required { now, default };
            let before = self.differences.len();
            self.whole_property(common, aspect, (Some(old), Some(new)));
            if let Some(difference) = self.differences.get_mut(before) {
                difference.old = Value::Bool(!now);
                difference.new = Value::Bool(now);
            }
        }
        let (Some(a), Some(b)) = (&old.schema, &new.schema) else {
            match (&old.schema, &new.schema) {
                (None, Some(b)) => self.add(Aspect::Type(Shift::Narrowed), None, Some(b)),
                (Some(a), None) => self.add(Aspect::Type(Shift::Widened), Some(a), None),
                _ => {}
            }
            return;
        };
        if in_old.request != in_new.request {
            let now = !in_new.request;
            let required = old.required.is_some() || new.required.is_some();
            self.visibility(
                "readOnly",
                Aspect::ReadOnly { now, required },
                Directions::REQUEST,
                (a, b),
            );
        }
        if in_old.response != in_new.response {
            let now = !in_new.response;
            let required = old.required.is_some() || new.required.is_some();
            self.visibility(
                "writeOnly",
                Aspect::WriteOnly { now, required },
                Directions::RESPONSE,
                (a, b),
            );
        }
        self.child(a, b, common, Step::Property);
    }

    fn sides_of(&self, new: bool) -> &'a cx_client_build::Document {
        if new { self.sides.new } else { self.sides.old }
    }

    fn visibility(
        &mut self,
        key: &str,
        aspect: Aspect,
        directions: Directions,
        (old, new): (&At<'a>, &At<'a>),
    ) {
        let a = View::of(old.clone().resolve(self.sides.old), self.sides.old).flag(key);
        let b = View::of(new.clone().resolve(self.sides.new), self.sides.new).flag(key);
        let place = Place { old: a, new: b };
        self.differences.push(Difference {
            aspect,
            also: None,
            old: Value::Bool(place.old.is_some()),
            new: Value::Bool(place.new.is_some()),
            place,
            directions,
        });
    }

    fn additional(&mut self) {
        let shift = match (&self.old.additional(), &self.new.additional()) {
            (Additional::Schema(a), Additional::Schema(b)) => {
                self.children.push(Child {
                    old: a.clone(),
                    new: b.clone(),
                    directions: Directions::BOTH,
                    step: Step::Inner,
                });
                return;
            }
            (Additional::Open, Additional::Open) | (Additional::Closed, Additional::Closed) => {
                return;
            }
            (Additional::Open, _) | (Additional::Schema(_), Additional::Closed) => Shift::Narrowed,
            (_, Additional::Open) | (Additional::Closed, Additional::Schema(_)) => Shift::Widened,
        };
        let (a, b) =
            (self.old.first("additionalProperties"), self.new.first("additionalProperties"));
        self.add(Aspect::AdditionalProperties(shift), a.as_ref(), b.as_ref());
    }

    fn items(&mut self) {
        let (old, new) = (self.old.first("items"), self.new.first("items"));
        match (&old, &new) {
            (Some(a), Some(b)) => self.child(a, b, Directions::BOTH, Step::Inner),
            (None, Some(b)) => self.add(Aspect::Items(Shift::Narrowed), None, Some(b)),
            (Some(a), None) => self.add(Aspect::Items(Shift::Widened), Some(a), None),
            (None, None) => {}
        }
    }

    fn not(&mut self) {
        let (old, new) = (self.old.first("not"), self.new.first("not"));
        let (verb, shift) = match (&old, &new) {
            (None, Some(_)) => ("added", Shift::Narrowed),
            (Some(_), None) => ("removed", Shift::Widened),
            (Some(a), Some(b)) if !same_shape(a, b, self.sides) => ("changed", Shift::Changed),
            _ => return,
        };
        self.add(Aspect::Not(verb, shift), old.as_ref(), new.as_ref());
    }

    fn discriminator(&mut self) {
        let (old, new) = (self.old.first("discriminator"), self.new.first("discriminator"));
        let (Some(a), Some(b)) = (&old, &new) else {
            match (&old, &new) {
                (None, Some(b)) => {
                    self.add(Aspect::Discriminator("added", Shift::Narrowed), None, Some(b));
                }
                (Some(a), None) => {
                    self.add(Aspect::Discriminator("removed", Shift::Widened), Some(a), None);
                }
                _ => {}
            }
            return;
        };
        if a.text("propertyName") != b.text("propertyName") {
            let (a, b) = (a.get("propertyName"), b.get("propertyName"));
            let aspect = Aspect::Discriminator("property-name-changed", Shift::Changed);
            self.add(aspect, a.as_ref(), b.as_ref());
        }
        let (a, b) = (a.get("mapping"), b.get("mapping"));
        let entries = |at: &Option<At<'a>>| -> Vec<(&'a str, At<'a>)> {
            at.iter().flat_map(At::entries).collect()
        };
        for (key, value) in entries(&a) {
            match b.as_ref().and_then(|b| b.get(key)) {
                None => {
                    let aspect = Aspect::Discriminator("mapping-deleted", Shift::Narrowed);
                    self.add(aspect, Some(&value), None);
                }
                Some(other) if other.node.as_str() != value.node.as_str() => {
                    let aspect = Aspect::Discriminator("mapping-changed", Shift::Changed);
                    self.add(aspect, Some(&value), Some(&other));
                }
                Some(_) => {}
            }
        }
        for (key, value) in entries(&b) {
            if a.as_ref().and_then(|a| a.get(key)).is_none() {
                let aspect = Aspect::Discriminator("mapping-added", Shift::Widened);
                self.add(aspect, None, Some(&value));
            }
        }
    }

    fn default(&mut self) {
        let (old, new) = (self.old.first("default"), self.new.first("default"));
        let verb = match (&old, &new) {
            (None, Some(_)) => "added",
            (Some(_), None) => "removed",
            (Some(a), Some(b)) if !super::super::reading::same(a.node, b.node) => "changed",
            _ => return,
        };
        self.add(Aspect::Default(verb), old.as_ref(), new.as_ref());
    }

    fn child(&mut self, old: &At<'a>, new: &At<'a>, directions: Directions, step: Step) {
        self.children.push(Child {
            old: old.clone().resolve(self.sides.old),
            new: new.clone().resolve(self.sides.new),
            directions,
            step,
        });
    }
}

/// Where a property is sent: not in requests if it is `readOnly`, not in responses if `writeOnly`.
fn directions(schema: Option<&At<'_>>, document: &cx_client_build::Document) -> Directions {
    let Some(schema) = schema else { return Directions::BOTH };
    // The lifetime of the view is that of this function; only flags are taken from it.
    let view = View::of(schema.clone().resolve(document), document);
    Directions {
        request: view.flag("readOnly").is_none(),
        response: view.flag("writeOnly").is_none(),
    }
}

fn has_default(property: &Property<'_>, document: &cx_client_build::Document) -> bool {
    property.schema.as_ref().is_some_and(|schema| {
        View::of(schema.clone().resolve(document), document).first("default").is_some()
    })
}

fn format_shift(old: Option<&str>, new: Option<&str>) -> Option<Shift> {
    match (old, new) {
        (a, b) if a == b => None,
        (None, Some(_)) => Some(Shift::Narrowed),
        (Some(_), None) => Some(Shift::Widened),
        (Some("int32"), Some("int64")) | (Some("float"), Some("double")) => Some(Shift::Widened),
        (Some("int64"), Some("int32")) | (Some("double"), Some("float")) => Some(Shift::Narrowed),
        _ => Some(Shift::Changed),
    }
}

fn is_multiple(of: f64, base: f64) -> bool {
    let quotient = of / base;
    base != 0.0 && (quotient - quotient.round()).abs() < 1e-9
}
