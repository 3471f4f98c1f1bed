//! Compares what two conjunctions demand of a value, keyword by keyword.

use super::super::change::Impact;
use super::super::reading::At;
use super::super::wording::{changed, plain};
use super::difference::{Comparison, Difference, Id, Shift};
use super::limits::only_different;
use super::sum::Sum;
use super::types::Types;
use super::view::View;

impl<'a> Comparison<'a, '_> {
    /// Compares two schemas in which a value can fit in one way only.
    pub(super) fn values(&mut self, old: &View<'a>, new: &View<'a>) {
        if self.array_of_one(old, new) || !self.types(old, new) {
            return;
        }
        self.enumeration(old, new);
        if old.values.is_none() && new.values.is_none() {
            self.constraints(old, new);
        }
        self.properties(old, new);
        self.additional(old, new);
        self.items(old, new);
        self.not(old, new);
        self.opaque_groups(old, new);
    }

    /// A text that is a value in one document and a list of one in the other.
    fn array_of_one(&mut self, old: &View<'a>, new: &View<'a>) -> bool {
        let was = old.types == Types::ARRAY;
        let scalar = if was { new } else { old };
        let is_array = |view: &View<'a>| view.types == Types::ARRAY;
        let plain = !scalar.types.has(Types::ARRAY | Types::OBJECT);
        if !self.wire.is_text() || was == is_array(new) || !plain {
            return false;
        }
        let array = if was { old } else { new };
        let has_separators = self.wire == super::wire::Wire::Separated
            && scalar.types.has(Types::STRING)
            && scalar.values.is_none();
        let needs_more = array.limit("minItems").is_some_and(|(limit, _)| limit > 1.0);
        let shift = match has_separators || needs_more {
            true => Shift::Changed,
            false => Shift::Widened.reversed_if(was),
        };
        self.type_changed(shift, "type", old, new);
        let (a, b) =
            if was { (old.items(), new.parts.clone()) } else { (old.parts.clone(), new.items()) };
        if !a.is_empty() && !b.is_empty() {
            self.inside(&a, &b, self.wire);
        }
        true
    }

    /// Types and formats; gives whether the rest can be compared.
    fn types(&mut self, old: &View<'a>, new: &View<'a>) -> bool {
        let (mut a, mut b) = (old.types, new.types);
        if self.wire.is_text() && !(a | b).has(Types::OBJECT | Types::ARRAY) {
            (a, b) = (a.as_text(), b.as_text());
        }
        // Values that are listed are compared one by one.
        let listed = old.values.is_some() || new.values.is_some();
        if listed && a.has(b) {
            return true;
        }
        let shift = match (a.within(b), b.within(a)) {
            (true, true) => None,
            (true, false) => Some(Shift::Widened),
            (false, true) => Some(Shift::Narrowed),
            (false, false) => Some(Shift::Changed),
        };
        if let Some(shift) = shift {
            self.type_changed(shift, "type", old, new);
        }
        let numbers = (old.types | new.types).within(Types::NUMBER);
        if shift.is_none() || shift == Some(Shift::Widened) && !numbers {
            self.formats(old, new, shift.is_some());
        }
        shift != Some(Shift::Changed)
    }

    fn type_changed(&mut self, shift: Shift, key: &str, old: &View<'a>, new: &View<'a>) {
        let stated = |view: &View<'a>| {
            let values = || view.all("enum");
            view.all(key).into_iter().next().or_else(|| values().into_iter().next())
        };
        let (a, b) = (stated(old), stated(new));
        self.shifted_type(shift, key, a.as_ref(), b.as_ref());
    }

    fn shifted_type(&mut self, shift: Shift, key: &str, a: Option<&At<'a>>, b: Option<&At<'a>>) {
        let id = match shift {
            Shift::Narrowed => "type-specialized",
            Shift::Widened => "type-generalized",
            Shift::Changed => "type-changed",
        };
        self.add(Difference::new(Id::Suffix(id), changed(key, a, b)).shift(shift).at(a, b));
    }

    fn formats(&mut self, old: &View<'a>, new: &View<'a>, widened: bool) {
        let (mut a, mut b) = (old.formats(), new.formats());
        only_different(&mut a, &mut b);
        if widened {
            a.clear();
        }
        let (x, y) = (a.first(), b.first());
        let text = |at: Option<&At<'a>>| at.and_then(|at| at.node.as_str());
        let shift = match (text(x), text(y)) {
            (Some("int32"), Some("int64")) | (Some("float"), Some("double")) => Shift::Widened,
            (Some("int64"), Some("int32")) | (Some("double"), Some("float")) => Shift::Narrowed,
            _ => match Shift::of_conditions(y.is_some(), x.is_some()) {
                Some(shift) => shift,
                None => return,
            },
        };
        self.shifted_type(shift, "format", x, y);
    }

    fn enumeration(&mut self, old: &View<'a>, new: &View<'a>) {
        let list = |view: &View<'a>| view.all("enum").into_iter().next();
        let (a, b) = (list(old), list(new));
        match (&old.values, &new.values) {
            (None, None) => {}
            (None, Some(values)) => {
                let inside = values.iter().all(|(_, at)| old.fits(at, self.wire));
                let shift = if inside { Shift::Narrowed } else { Shift::Changed };
                let id = if inside { "became-enum" } else { "became-other-enum" };
                let what = format!("restricted to the values {}", plain_list(values));
                self.add(Difference::new(Id::Suffix(id), what).shift(shift).at(None, b.as_ref()));
            }
            (Some(values), None) => {
                let inside = values.iter().all(|(_, at)| new.fits(at, self.wire));
                let shift = if inside { Shift::Widened } else { Shift::Changed };
                let id = if inside { "became-not-enum" } else { "became-other-than-enum" };
                let what = format!("no longer restricted to the values {}", plain_list(values));
                self.add(Difference::new(Id::Suffix(id), what).shift(shift).at(a.as_ref(), None));
            }
            (Some(before), Some(after)) => self.listed_values(before, after),
        }
    }

    fn listed_values(&mut self, old: &[(String, At<'a>)], new: &[(String, At<'a>)]) {
        let known = |list: &[(String, At<'a>)]| -> std::collections::BTreeSet<String> {
            list.iter().map(|(text, _)| text.clone()).collect()
        };
        let (in_old, in_new) = (known(old), known(new));
        for (_, value) in old.iter().filter(|(text, _)| !in_new.contains(text)) {
            let what = format!("enum value {} removed", plain(&value.node.to_json()));
            let removed = Difference::new(Id::Suffix("enum-value-removed"), what);
            let removed = removed.shift(Shift::Narrowed).rust(Impact::Breaking, false);
            self.add(removed.at(Some(value), None));
        }
        for (_, value) in new.iter().filter(|(text, _)| !in_old.contains(text)) {
            let what = format!("enum value {} added", plain(&value.node.to_json()));
            let added = Difference::new(Id::Suffix("enum-value-added"), what);
            let added = added.shift(Shift::Widened).rust(Impact::Breaking, false);
            self.add(added.at(None, Some(value)));
        }
    }

    fn items(&mut self, old: &View<'a>, new: &View<'a>) {
        let (a, b) = (old.items(), new.items());
        let free = |items: &[At<'a>], new: bool| {
            let document = if new { self.sides().new } else { self.sides().old };
            items.iter().all(|item| super::joint::takes_all(item, document))
        };
        match (free(&a, false), free(&b, true)) {
            (false, false) => self.inside(&a, &b, self.wire.of_item()),
            (true, true) => {}
            (true, false) => {
                let what = "items restricted to a schema";
                let found = Difference::new(Id::Suffix("items-added"), what);
                self.add(found.shift(Shift::Narrowed).at(None, b.first()));
            }
            (false, true) => {
                let what = "items no longer restricted to a schema";
                let found = Difference::new(Id::Suffix("items-removed"), what);
                self.add(found.shift(Shift::Widened).at(a.first(), None));
            }
        }
    }

    fn not(&mut self, old: &View<'a>, new: &View<'a>) {
        // `not: {not: X}` is a part of its own.
        let stated = |view: &View<'a>| -> Vec<At<'a>> {
            let again = |at: &At<'a>| at.node.entries().len() == 1 && at.node.get("not").is_some();
            view.all("not").into_iter().filter(|at| !again(at)).collect()
        };
        let (mut a, mut b) = (stated(old), stated(new));
        let relation = |x: &At<'a>, y: &At<'a>| {
            let x = super::joint::Joint::of([x.clone()], self.sides().old);
            let y = super::joint::Joint::of([y.clone()], self.sides().new);
            self.relations.between(&x, &y, self.wire, self.depth)
        };
        a.retain(|x| match b.iter().position(|y| relation(x, y).is_none()) {
            Some(at) => {
                b.remove(at);
                false
            }
            None => true,
        });
        let shift = match (&a[..], &b[..]) {
            ([x], [y]) => relation(x, y).map(Shift::reversed),
            _ => Shift::of_conditions(!b.is_empty(), !a.is_empty()),
        };
        let Some(shift) = shift else { return };
        let (rule, what) = match (a.is_empty(), b.is_empty(), shift) {
            (true, ..) => ("not-added", "a schema under `not` was added"),
            (_, true, _) => ("not-removed", "a schema under `not` was removed"),
            (_, _, Shift::Narrowed) => ("not-widened", "the schema under `not` takes more"),
            (_, _, Shift::Widened) => ("not-narrowed", "the schema under `not` takes less"),
            (_, _, Shift::Changed) => ("not-changed", "the schema under `not` was changed"),
        };
        let found = Difference::new(Id::Suffix(rule), what).shift(shift);
        self.add(found.rust(Impact::None, true).at(a.first(), b.first()));
    }

    pub(super) fn nullable(&mut self, old: &Sum<'a>, new: &Sum<'a>) {
        let typed = |sum: &Sum<'a>| sum.alternatives.iter().all(|one| one.view.is_typed);
        if old.nullable.is_some() == new.nullable.is_some() || !typed(old) || !typed(new) {
            return;
        }
        let (rule, what, shift) = match new.nullable.is_some() {
            true => ("became-nullable", "became nullable", Shift::Widened),
            false => ("became-not-nullable", "became not nullable", Shift::Narrowed),
        };
        let found = Difference::new(Id::Suffix(rule), what).shift(shift);
        self.add(found.flag(old.nullable.clone(), new.nullable.clone()));
    }
}

fn plain_list(values: &[(String, At<'_>)]) -> String {
    values.iter().map(|(_, at)| plain(&at.node.to_json())).collect::<Vec<_>>().join(", ")
}
