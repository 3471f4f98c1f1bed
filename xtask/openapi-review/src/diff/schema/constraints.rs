//! Compares limits, steps and patterns.

use super::super::change::Impact;
use super::super::matching::Matching;
use super::super::reading::{At, same};
use super::super::wording::changed;
use super::decimal::Decimal;
use super::difference::{Id, SchemaComparison, SchemaDifference, Shift};
use super::limits::{Bound, LIMITS, Limit};
use super::types::Types;
use super::view::View;

impl<'a> SchemaComparison<'a, '_> {
    /// Compares what two conjunctions demand of numbers, lengths, counts and texts.
    pub(super) fn constraints(&mut self, old: &View<'a>, new: &View<'a>, both: Types) {
        self.multiples(old, new);
        for limit in LIMITS.iter().flatten().filter(|limit| both.has(limit.of)) {
            self.limit(limit, old, new);
        }
        let (was, is) = (old.unique_items(), new.unique_items());
        if was.is_some() != is.is_some() && both.has(Types::ARRAY) {
            let (rule, what, shift) = match is.is_some() {
                true => ("unique-items-set", "items must differ", Shift::Narrowed),
                false => ("unique-items-unset", "items may be alike", Shift::Widened),
            };
            let found = SchemaDifference::new(Id::Suffix(rule), what).shift(shift);
            self.add(found.rust(Impact::None, true).flag(was, is));
        }
        let text = |at: &At<'a>| at.node.as_str().unwrap_or_default().to_owned();
        let Matching { old: a, new: b, .. } =
            Matching::by_key(old.patterns(), new.patterns(), text);
        if let (true, Some(shift)) =
            (both.has(Types::STRING), Shift::of_conditions(!b.is_empty(), !a.is_empty()))
        {
            let rule = shift.pick(["pattern-added", "pattern-removed", "pattern-changed"]);
            let (a, b) = (a.first(), b.first());
            self.constraint(rule, changed("pattern", a, b), shift, [a, b]);
        }
    }

    /// What numbers must be multiples of: an integer is a multiple of 1.
    fn multiples(&mut self, old: &View<'a>, new: &View<'a>) {
        if !(old.types & new.types).has(Types::NUMBER) {
            return;
        }
        let implied = |by: Option<Decimal>, of: Option<Decimal>| match (by, of) {
            (_, None) => true,
            (by, Some(of)) => by.is_some_and(|by| by.is_multiple_of(of)),
        };
        let (narrowed, widened) = (!implied(old.step, new.step), !implied(new.step, old.step));
        let Some(shift) = Shift::of_conditions(narrowed, widened) else { return };
        if old.is_integer() != new.is_integer() {
            // Where a type was added or removed besides, the type has been reported.
            if old.types == new.types {
                self.type_changed(shift, old, new);
            }
            return;
        }
        let (a, b) = (old.all("multipleOf"), new.all("multipleOf"));
        let rule = match (a.is_empty(), b.is_empty()) {
            (true, _) => "multiple-of-set",
            (_, true) => "multiple-of-unset",
            _ => {
                shift.pick(["multiple-of-coarsened", "multiple-of-refined", "multiple-of-changed"])
            }
        };
        let (a, b) = (a.last(), b.last());
        self.constraint(rule, changed("multiple of", a, b), shift, [a, b]);
    }

    fn limit(&mut self, limit: &Limit, old: &View<'a>, new: &View<'a>) {
        let (a, b) = (old.limit(limit), new.limit(limit));
        if a.is_none() && b.is_none() {
            return;
        }
        let (x, y) = (old.in_force(limit), new.in_force(limit));
        let tighter = |one: Option<Bound>, other: Option<Bound>| match (one, other) {
            (Some(one), Some(other)) => one.is_tighter(other, limit.lower),
            (one, other) => one.is_some() && other.is_none(),
        };
        let shift = match Shift::of_conditions(tighter(y, x), tighter(x, y)) {
            Some(shift) => shift,
            None => return,
        };
        let at = [&a, &b].map(|side| side.as_ref().map(|(_, at)| at));
        let flags = [old, new].map(|view| view.flag(limit.exclusive));
        let is_same = matches!(at, [Some(a), Some(b)] if same(a.node, b.node));
        if is_same && flags[0].is_some() == flags[1].is_some() {
            // It is the step that is another.
            return;
        }
        let name = limit.rule.replace('-', " ");
        let text = |bound: Bound| format!("`{}`", bound.value);
        let (verb, what) = match (x, y) {
            _ if is_same => {
                let fits = if shift == Shift::Narrowed { "no longer fits" } else { "fits" };
                let rule = if limit.lower { "exclusive-min" } else { "exclusive-max" };
                let verb = if shift == Shift::Narrowed { "set" } else { "unset" };
                let what = format!("the {} itself {fits}", limit.key);
                let found = SchemaDifference::new(Id::Of(rule, verb), what).shift(shift);
                let [was, is] = flags;
                return self.add(found.rust(Impact::None, true).flag(was, is));
            }
            (Some(x), Some(y)) => {
                let verb = if x.value < y.value { "increased" } else { "decreased" };
                (verb, format!("{name} changed from {} to {}", text(x), text(y)))
            }
            (None, Some(y)) => ("set", format!("{name} set to {}", text(y))),
            (x, None) => ("unset", format!("{name} {} removed", x.map(text).unwrap_or_default())),
        };
        let found = SchemaDifference::new(Id::Of(limit.rule, verb), what).shift(shift).at(at);
        self.add(found.rust(Impact::None, true));
    }
}
