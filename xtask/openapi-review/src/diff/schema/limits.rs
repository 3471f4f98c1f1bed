//! Compares limits, lengths, counts and patterns.

use super::super::change::Impact;
use super::super::reading::At;
use super::super::wording::changed;
use super::difference::{Comparison, Difference, Id, Shift};
use super::joint::number;
use super::view::{Bound, View, is_multiple};

/// A keyword with a limit, and its rules: set, unset, increased, decreased.
type Limit = (&'static str, [&'static str; 4]);

const LIMITS: [Limit; 6] = [
    (
        "minLength",
        ["min-length-set", "min-length-unset", "min-length-increased", "min-length-decreased"],
    ),
    (
        "maxLength",
        ["max-length-set", "max-length-unset", "max-length-increased", "max-length-decreased"],
    ),
    (
        "minItems",
        ["min-items-set", "min-items-unset", "min-items-increased", "min-items-decreased"],
    ),
    (
        "maxItems",
        ["max-items-set", "max-items-unset", "max-items-increased", "max-items-decreased"],
    ),
    (
        "minProperties",
        [
            "min-properties-set",
            "min-properties-unset",
            "min-properties-increased",
            "min-properties-decreased",
        ],
    ),
    (
        "maxProperties",
        [
            "max-properties-set",
            "max-properties-unset",
            "max-properties-increased",
            "max-properties-decreased",
        ],
    ),
];

const MINIMUM: Limit = ("minimum", ["min-set", "min-unset", "min-increased", "min-decreased"]);
const MAXIMUM: Limit = ("maximum", ["max-set", "max-unset", "max-increased", "max-decreased"]);

/// The rule and the shift of a limit that changed.
fn limit_rule(
    (key, [set, unset, increased, decreased]): Limit,
    old: Option<f64>,
    new: Option<f64>,
) -> Option<(&'static str, Shift)> {
    let least = key.starts_with("min");
    match (old, new) {
        (None, Some(_)) => Some((set, Shift::Narrowed)),
        (Some(_), None) => Some((unset, Shift::Widened)),
        (Some(a), Some(b)) if b > a => Some((increased, Shift::Narrowed.reversed_if(!least))),
        (Some(a), Some(b)) if b < a => Some((decreased, Shift::Narrowed.reversed_if(least))),
        _ => None,
    }
}

impl<'a> Comparison<'a, '_> {
    fn constraint(
        &mut self,
        rule: &'static str,
        shift: Shift,
        name: &str,
        at: [Option<&At<'a>>; 2],
    ) {
        let found = Difference::new(Id::Suffix(rule), changed(name, at[0], at[1]));
        self.add(found.shift(shift).rust(Impact::None, true).at(at[0], at[1]));
    }

    pub(super) fn constraints(&mut self, old: &View<'a>, new: &View<'a>) {
        self.bound(old, new, MINIMUM);
        self.bound(old, new, MAXIMUM);
        for limit in LIMITS {
            let (a, b) = (old.limit(limit.0), new.limit(limit.0));
            let value = |side: &Option<(f64, At<'a>)>| side.as_ref().map(|(value, _)| *value);
            if let Some((rule, shift)) = limit_rule(limit, value(&a), value(&b)) {
                let at = [&a, &b].map(|side| side.as_ref().map(|(_, at)| at));
                self.constraint(rule, shift, &words(limit.0), at);
            }
        }
        let (was, is) = (old.unique_items(), new.unique_items());
        if was.is_some() != is.is_some() {
            let (rule, what, shift) = match is.is_some() {
                true => ("unique-items-set", "items must differ", Shift::Narrowed),
                false => ("unique-items-unset", "items may be alike", Shift::Widened),
            };
            let found = Difference::new(Id::Suffix(rule), what).shift(shift);
            self.add(found.rust(Impact::None, true).flag(was, is));
        }
        self.multiples(old, new);
        let (mut a, mut b) = (old.patterns(), new.patterns());
        only_different(&mut a, &mut b);
        if let Some(shift) = Shift::of_conditions(!b.is_empty(), !a.is_empty()) {
            let rule = match shift {
                Shift::Narrowed => "pattern-added",
                Shift::Widened => "pattern-removed",
                Shift::Changed => "pattern-changed",
            };
            self.constraint(rule, shift, "pattern", [a.first(), b.first()]);
        }
    }

    fn bound(&mut self, old: &View<'a>, new: &View<'a>, limit: Limit) {
        let lower = limit.0 == "minimum";
        let (a, b) = (old.bound(lower), new.bound(lower));
        let at = [&a, &b].map(|side| side.as_ref().map(|bound| &bound.at));
        let name = if lower { "min" } else { "max" };
        // As it is written, where the number stays and only its flag changes.
        let (Some(x), Some(y)) = (&a, &b) else {
            let value = |side: &Option<Bound<'a>>| side.as_ref().map(|b| b.value);
            if let Some((rule, shift)) = limit_rule(limit, value(&a), value(&b)) {
                self.constraint(rule, shift, name, at);
            }
            return;
        };
        let tighter = |x: &Bound<'a>, y: &Bound<'a>| {
            let distance = if lower { y.value - x.value } else { x.value - y.value };
            distance > 0.0 || distance == 0.0 && y.exclusive && !x.exclusive
        };
        let shift = match (tighter(x, y), tighter(y, x)) {
            (true, _) => Shift::Narrowed,
            (_, true) => Shift::Widened,
            _ => return,
        };
        if x.at.node.value != y.at.node.value {
            let written = |bound: &Bound<'a>| number(bound.at.node);
            let mut values = (Some(x.value), Some(y.value));
            if x.value == y.value {
                values = (written(x), written(y));
            }
            if let Some((rule, _)) = limit_rule(limit, values.0, values.1) {
                self.constraint(rule, shift, name, at);
            }
            return;
        }
        let (rule, what) = match (lower, shift) {
            (true, Shift::Narrowed) => ("exclusive-min-set", "the minimum itself no longer fits"),
            (true, _) => ("exclusive-min-unset", "the minimum itself fits"),
            (false, Shift::Narrowed) => ("exclusive-max-set", "the maximum itself no longer fits"),
            (false, _) => ("exclusive-max-unset", "the maximum itself fits"),
        };
        let key = if lower { "exclusiveMinimum" } else { "exclusiveMaximum" };
        let found = Difference::new(Id::Suffix(rule), what).shift(shift).rust(Impact::None, true);
        self.add(found.flag(old.flag(key), new.flag(key)));
    }

    fn multiples(&mut self, old: &View<'a>, new: &View<'a>) {
        let (a, b) = (old.multiples(), new.multiples());
        let implied = |by: &[(f64, At<'a>)], all: &[(f64, At<'a>)]| {
            all.iter().all(|(base, _)| by.iter().any(|(of, _)| is_multiple(*of, *base)))
        };
        let Some(shift) = Shift::of_conditions(!implied(&a, &b), !implied(&b, &a)) else { return };
        let rule = match (a.is_empty(), b.is_empty(), shift) {
            (true, ..) => "multiple-of-set",
            (_, true, _) => "multiple-of-unset",
            (_, _, Shift::Narrowed) => "multiple-of-coarsened",
            (_, _, Shift::Widened) => "multiple-of-refined",
            (_, _, Shift::Changed) => "multiple-of-changed",
        };
        let at = [&a, &b].map(|side| side.first().map(|(_, at)| at));
        self.constraint(rule, shift, "multiple of", at);
    }
}

/// `maxLength` as people say it.
fn words(key: &str) -> String {
    let mut words = String::new();
    for c in key.chars() {
        if c.is_uppercase() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}

/// Leaves the values that only one side has.
pub(super) fn only_different<'a>(old: &mut Vec<At<'a>>, new: &mut Vec<At<'a>>) {
    let before: Vec<_> = old.iter().map(|at| at.node.value.clone()).collect();
    old.retain(|at| !new.iter().any(|other| other.node.value == at.node.value));
    new.retain(|at| !before.contains(&at.node.value));
}
