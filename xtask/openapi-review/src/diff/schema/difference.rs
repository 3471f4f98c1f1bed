//! What differs between two schemas, before it is known in which direction they travel.

use std::rc::Rc;

use serde_json::Value;

use super::super::change::Impact;
use super::super::findings::{Place, Rust};
use super::super::reading::{At, Sides};
use super::joint::Joint;
use super::sum::Sum;
use super::wire::Wire;

/// The values in OLD and in NEW.
pub(super) type Ends<'x, 'a> = [Option<&'x At<'a>>; 2];

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
    pub(super) fn reversed(self) -> Self {
        self.pick([Self::Widened, Self::Narrowed, Self::Changed])
    }

    pub(super) fn reversed_if(self, reverse: bool) -> Self {
        if reverse { self.reversed() } else { self }
    }

    /// The one of three that belongs to it: narrowed, widened, changed.
    pub(super) fn pick<T>(self, [narrowed, widened, changed]: [T; 3]) -> T {
        match self {
            Self::Narrowed => narrowed,
            Self::Widened => widened,
            Self::Changed => changed,
        }
    }

    /// The shift of a set that lost the values of one condition for another.
    pub(super) fn of_conditions(added: bool, removed: bool) -> Option<Self> {
        match (added, removed) {
            (true, false) => Some(Self::Narrowed),
            (false, true) => Some(Self::Widened),
            (true, true) => Some(Self::Changed),
            (false, false) => None,
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
}

/// The rule that a difference falls under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Id {
    /// What follows direction and role: `enum-value-added` of `request-property-enum-value-added`.
    Suffix(&'static str),
    /// As a suffix, of a keyword and what became of it: `min-length` and `set`.
    Of(&'static str, &'static str),
    /// One of a request and one of a response; empty where it does not matter there.
    Ways(&'static str, &'static str),
    /// One in any direction.
    Whole(&'static str),
}

/// One aspect in which two schemas differ.
#[derive(Debug, Clone)]
pub(super) struct SchemaDifference {
    pub(super) id: Id,
    /// What it does to the set of values that fit, if anything.
    pub(super) shift: Option<Shift>,
    /// What happened, to follow the name of what it happened to.
    pub(super) what: String,
    pub(super) place: Place,
    pub(super) old: Value,
    pub(super) new: Value,
    pub(super) rust: Rust,
}

impl SchemaDifference {
    pub(super) fn new(id: Id, what: impl Into<String>) -> Self {
        Self {
            id,
            shift: None,
            what: what.into(),
            place: Place::default(),
            old: Value::Null,
            new: Value::Null,
            rust: Rust::computed(Impact::Breaking),
        }
    }

    pub(super) fn shift(self, shift: Shift) -> Self {
        Self { shift: Some(shift), ..self }
    }

    /// The values that differ, where they stand.
    pub(super) fn at(self, [old, new]: Ends<'_, '_>) -> Self {
        let json = |at: Option<&At<'_>>| at.map_or(Value::Null, |at| at.node.to_json());
        Self { old: json(old), new: json(new), place: Place::of(old, new), ..self }
    }

    /// A flag that was set or unset.
    pub(super) fn flag(self, old: Option<Rc<str>>, new: Option<Rc<str>>) -> Self {
        let (was, is) = (old.is_some(), new.is_some());
        Self { old: was.into(), new: is.into(), place: Place { old, new }, ..self }
    }

    /// What holds for Rust if it cannot be computed.
    pub(super) fn rust(self, by_rule: Impact, whole_type: bool) -> Self {
        Self { rust: Rust::Computed { by_rule, whole_type, also: Vec::new() }, ..self }
    }

    /// What it means for Rust.
    pub(super) fn known(self, impact: Impact) -> Self {
        Self { rust: Rust::Known(impact), ..self }
    }
}

/// How a schema is part of another.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Step {
    /// As a property, which both documents require or not.
    Property { name: Rc<str>, required: bool },
    /// As what the other one consists of: items, further properties, alternatives; and the
    /// suffix that its name gets: `[]`.
    Inner(&'static str),
}

/// A pair of schemas inside the compared ones.
#[derive(Debug)]
pub(super) struct Child<'a> {
    pub(super) old: Joint<'a>,
    pub(super) new: Joint<'a>,
    pub(super) wire: Wire,
    pub(super) directions: Directions,
    pub(super) step: Step,
}

/// Answers how schemas of the two documents relate.
pub(super) trait Relate<'a> {
    fn sides(&self) -> Sides<'a>;

    /// A schema of NEW or OLD as the sum of its alternatives.
    fn sum(&self, joint: &Joint<'a>, new: bool, wire: Wire) -> Rc<Sum<'a>>;

    /// How the values that fit have changed; `None` if they are the same.
    fn between(&self, old: &Joint<'a>, new: &Joint<'a>, wire: Wire) -> Option<Shift>;

    /// The components that name the schema at `pointer` in their `allOf`.
    fn heirs(&self, pointer: &str, new: bool) -> &[&'a str];
}

/// Two schemas that are being compared.
pub(super) struct SchemaComparison<'a, 'r> {
    pub(super) relations: &'r dyn Relate<'a>,
    pub(super) wire: Wire,
    pub(super) differences: Vec<SchemaDifference>,
    pub(super) children: Vec<Child<'a>>,
}

impl<'a> SchemaComparison<'a, '_> {
    pub(super) fn sides(&self) -> Sides<'a> {
        self.relations.sides()
    }

    pub(super) fn add(&mut self, difference: SchemaDifference) {
        self.differences.push(difference);
    }

    /// Adds what shifts the set of values that fit.
    pub(super) fn shifted(
        &mut self,
        id: &'static str,
        what: impl Into<String>,
        shift: Shift,
        at: Ends<'_, 'a>,
    ) {
        self.add(SchemaDifference::new(Id::Suffix(id), what).shift(shift).at(at));
    }

    /// Adds a constraint that shifted, which types in Rust need not show.
    pub(super) fn constraint(
        &mut self,
        id: &'static str,
        what: impl Into<String>,
        shift: Shift,
        at: Ends<'_, 'a>,
    ) {
        let found = SchemaDifference::new(Id::Suffix(id), what).shift(shift).at(at);
        self.add(found.rust(Impact::None, true));
    }

    /// Compares the schemas inside.
    pub(super) fn inside(&mut self, old: &[At<'a>], new: &[At<'a>], wire: Wire, step: Step) {
        let Sides { old: of_old, new: of_new } = self.sides();
        let (old, new) = (Joint::of(old, of_old), Joint::of(new, of_new));
        self.children.push(Child { old, new, wire, directions: Directions::BOTH, step });
    }

    /// How the values that fit two schemas relate.
    pub(super) fn relation(&self, old: &At<'a>, new: &At<'a>) -> Option<Shift> {
        let old = Joint::of([old], self.sides().old);
        let new = Joint::of([new], self.sides().new);
        self.relations.between(&old, &new, self.wire)
    }
}
