//! Compares what two conjunctions demand of a value, keyword by keyword.

use std::collections::HashSet;

use serde_json::Value;

use super::super::change::Impact;
use super::super::matching::Matching;
use super::super::reading::At;
use super::super::wording::{changed, plain};
use super::decimal::Decimal;
use super::difference::{Id, SchemaComparison, SchemaDifference, Shift, Step};
use super::joint::Joint;
use super::sum::Sum;
use super::types::Types;
use super::view::{Listed, View};
use super::wire::Wire;

impl<'a> SchemaComparison<'a, '_> {
    /// Compares two schemas in which a value can fit in one way only.
    pub(super) fn values(&mut self, old: &View<'a>, new: &View<'a>) {
        if self.array_of_one(old, new) || !self.types(old, new) {
            return;
        }
        if old.values.is_some() || new.values.is_some() {
            return self.enumeration(old, new);
        }
        // What is demanded of values of a type matters where both take such values.
        let both = match self.wire.is_text() {
            true => old.types | new.types,
            false => old.types & new.types,
        };
        self.constraints(old, new, both);
        self.not(old, new);
        if both.has(Types::OBJECT) {
            self.properties(old, new);
            self.additional(old, new);
        }
        if both.has(Types::ARRAY) {
            self.items(old, new);
        }
        self.opaque_groups(old, new);
    }

    /// A text that is a value in one document and a list of one in the other.
    fn array_of_one(&mut self, old: &View<'a>, new: &View<'a>) -> bool {
        let was = old.types == Types::ARRAY;
        let (array, scalar) = if was { (old, new) } else { (new, old) };
        let plain = !scalar.types.has(Types::ARRAY | Types::OBJECT);
        if !self.wire.is_text() || array.types != Types::ARRAY || !plain {
            return false;
        }
        let has_separators = self.wire == Wire::Separated
            && scalar.types.has(Types::STRING)
            && scalar.values.is_none();
        let needs_more = array.min_items() > Decimal::ONE;
        let shift = match has_separators || needs_more {
            true => Shift::Changed,
            false => Shift::Widened.reversed_if(was),
        };
        self.type_changed(shift, old, new);
        let inside = |view: &View<'a>| match view.types == Types::ARRAY {
            true => view.items(),
            false => view.parts.clone(),
        };
        let (a, b) = (inside(old), inside(new));
        if !a.is_empty() && !b.is_empty() {
            self.inside(&a, &b, self.wire, Step::Inner(""));
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
            // Types that exclude each other are meant otherwise: as one in place of the other.
            _ if old.is_impossible() || new.is_impossible() => Some(Shift::Changed),
            (true, false) => Some(Shift::Widened),
            (false, true) => Some(Shift::Narrowed),
            (false, false) => Some(Shift::Changed),
        };
        if old.is_impossible() != new.is_impossible() {
            let what =
                if new.is_impossible() { "no value fits it now" } else { "no value fitted it" };
            let at = [old, new].map(|view| view.parts.first());
            self.shifted("type-changed", what, Shift::Changed, at);
        } else if let Some(shift) = shift {
            self.type_changed(shift, old, new);
        }
        if matches!(shift, None | Some(Shift::Widened)) {
            self.formats(old, new, shift.is_some());
        }
        shift != Some(Shift::Changed)
    }

    pub(super) fn type_changed(&mut self, shift: Shift, old: &View<'a>, new: &View<'a>) {
        // Of several types that are stated, the one that makes the difference.
        let stated = |view: &View<'a>, other: &View<'a>| {
            let mut types = view.all("type");
            let differs = |at: &At<'a>| {
                let name = at.node.as_str().unwrap_or_default();
                !other.types.within(Types::named(name)) || name == "integer" && !other.is_integer()
            };
            let at = types.iter().position(differs).unwrap_or(0);
            match types.is_empty() {
                true => view.all("enum").into_iter().next(),
                false => Some(types.swap_remove(at)),
            }
        };
        let (a, b) = (stated(old, new), stated(new, old));
        let at = [a.as_ref(), b.as_ref()];
        let what = changed("type", at[0], at[1]);
        // What only `not` says of types stands somewhere in the schema.
        let is_stated = at.iter().any(Option::is_some);
        let at = if is_stated { at } else { [old, new].map(|view| view.parts.first()) };
        self.shifted_type(shift, what, at);
    }

    fn shifted_type(&mut self, shift: Shift, what: String, at: [Option<&At<'a>>; 2]) {
        let id = shift.pick(["type-specialized", "type-generalized", "type-changed"]);
        self.shifted(id, what, shift, at);
    }

    fn formats(&mut self, old: &View<'a>, new: &View<'a>, widened: bool) {
        let text = |at: &At<'a>| at.node.as_str().unwrap_or_default().to_owned();
        let Matching { old: mut a, new: mut b, .. } =
            Matching::by_key(old.formats(), new.formats(), text);
        let stated = [a.first().cloned(), b.first().cloned()];
        a.retain(|at| !widened && !new.keeps_to(&text(at)));
        b.retain(|at| !old.keeps_to(&text(at)));
        let (x, y) = (a.first(), b.first());
        let shift = match [x, y].map(|at| at.and_then(|at| at.node.as_str())) {
            [Some("int32"), Some("int64")] | [Some("float"), Some("double")] => Shift::Widened,
            [Some("int64"), Some("int32")] | [Some("double"), Some("float")] => Shift::Narrowed,
            _ => match Shift::of_conditions(y.is_some(), x.is_some()) {
                Some(shift) => shift,
                None => return,
            },
        };
        let [was, is] = &stated;
        let at = [x.or(was.as_ref()), y.or(is.as_ref())];
        self.shifted_type(shift, changed("format", at[0], at[1]), at);
    }

    fn enumeration(&mut self, old: &View<'a>, new: &View<'a>) {
        let list = |view: &View<'a>| view.all("enum").into_iter().next();
        let fit = |values: &[Listed<'a>], view: &View<'a>| {
            let test = view.test();
            values.iter().all(|(_, at)| test.fits(at.node.to_json()))
        };
        match (&old.values, &new.values) {
            (None, None) => {}
            (None, Some(values)) => {
                if let Some(known) = all_listed(old.finite(), values) {
                    return self.listed_values(known, values.clone());
                }
                let (id, shift) = match fit(values, old) {
                    true => ("became-enum", Shift::Narrowed),
                    false => ("became-other-enum", Shift::Changed),
                };
                let what = format!("restricted to the values {}", plain_list(values));
                self.shifted(id, what, shift, [None, list(new).as_ref()]);
            }
            (Some(values), None) => {
                if let Some(known) = all_listed(new.finite(), values) {
                    return self.listed_values(values.clone(), known);
                }
                let (id, shift) = match fit(values, new) {
                    true => ("became-not-enum", Shift::Widened),
                    false => ("became-other-than-enum", Shift::Changed),
                };
                let what = format!("no longer restricted to the values {}", plain_list(values));
                self.shifted(id, what, shift, [list(old).as_ref(), None]);
            }
            (Some(before), Some(after)) => {
                // That it became nullable has been reported.
                let both = old.nullable.is_some() && new.nullable.is_some();
                let [a, b] = [(before, old), (after, new)].map(|(values, view)| {
                    let null = view.listed_null.iter().filter(|_| both);
                    let null = null.map(|at| ("null".to_owned(), at.clone()));
                    values.iter().cloned().chain(null).collect()
                });
                self.listed_values(a, b);
            }
        }
    }

    pub(super) fn listed_values(&mut self, old: Vec<Listed<'a>>, new: Vec<Listed<'a>>) {
        let Matching { old, new, .. } = Matching::by_key(old, new, |(text, _)| text.clone());
        for (values, id, verb, shift) in [
            (old, "enum-value-removed", "removed", Shift::Narrowed),
            (new, "enum-value-added", "added", Shift::Widened),
        ] {
            for (_, value) in values {
                let what = match value.node.to_json() {
                    value @ Value::Object(_) => format!("enum value `{value}` {verb}"),
                    value => format!("enum value {} {verb}", plain(&value)),
                };
                let at = if verb == "added" { [None, Some(&value)] } else { [Some(&value), None] };
                let found = SchemaDifference::new(Id::Suffix(id), what).shift(shift).at(at);
                self.add(found.rust(Impact::Breaking, false));
            }
        }
    }

    fn items(&mut self, old: &View<'a>, new: &View<'a>) {
        let (a, b) = (old.items(), new.items());
        let free = |items: &[At<'a>], view: &View<'a>| {
            Joint::of(items, view.document).flatten().takes_all()
        };
        match (free(&a, old), free(&b, new)) {
            _ if a.is_empty() && b.is_empty() => {}
            (false, false) => self.inside(&a, &b, self.wire.of_item(), Step::Inner("[]")),
            (true, true) if a.is_empty() || b.is_empty() => {}
            (true, true) => self.inside(&a, &b, self.wire.of_item(), Step::Inner("[]")),
            (true, false) => {
                let what = "items restricted to a schema";
                self.shifted("items-added", what, Shift::Narrowed, [None, b.first()]);
            }
            (false, true) => {
                let what = "items no longer restricted to a schema";
                self.shifted("items-removed", what, Shift::Widened, [a.first(), None]);
            }
        }
    }

    fn not(&mut self, old: &View<'a>, new: &View<'a>) {
        let [(was, values_of_old), (is, values_of_new)] = [(old, new, false), (new, old, true)]
            .map(|(view, other, is_new)| self.excluded(view, other, is_new));
        let had = [was.len() + values_of_old.len(), is.len() + values_of_new.len()];
        let mut schemas = Matching::of(was, is);
        let relation =
            |(x, _): &Excluded<'a>, (y, _): &Excluded<'a>| self.relations.between(x, y, self.wire);
        schemas.by(|x, y| relation(x, y).is_none());
        let values = Matching::by_key(values_of_old, values_of_new, |(text, _)| text.clone());
        let shift = match (&schemas.old[..], &schemas.new[..]) {
            ([x], [y]) if values.old.is_empty() && values.new.is_empty() => {
                relation(x, y).map(Shift::reversed)
            }
            (x, y) => Shift::of_conditions(
                !y.is_empty() || !values.new.is_empty(),
                !x.is_empty() || !values.old.is_empty(),
            ),
        };
        let at = |schemas: Vec<Excluded<'a>>, values: Vec<Listed<'a>>| {
            let schemas = schemas.into_iter().map(|(_, at)| at);
            schemas.chain(values.into_iter().map(|(_, at)| at)).next()
        };
        let (a, b) = (at(schemas.old, values.old), at(schemas.new, values.new));
        let Some(shift) = shift else { return };
        let (rule, what) = match had {
            [0, _] => ("not-added", "a schema under `not` was added"),
            [_, 0] => ("not-removed", "a schema under `not` was removed"),
            _ => shift.pick([
                ("not-widened", "the schema under `not` takes more"),
                ("not-narrowed", "the schema under `not` takes less"),
                ("not-changed", "the schema under `not` was changed"),
            ]),
        };
        self.constraint(rule, what, shift, [a.as_ref(), b.as_ref()]);
    }

    /// What is ruled out that would fit one of the two: schemas, and single values.
    fn excluded(
        &self,
        view: &View<'a>,
        other: &View<'a>,
        is_new: bool,
    ) -> (Vec<Excluded<'a>>, Vec<Listed<'a>>) {
        let (mut schemas, mut values) = (Vec::new(), Vec::new());
        for not in view.distinct("not") {
            // `not: {not: X}` is a part of its own.
            let is_double = not.node.entries().len() == 1 && not.node.get("not").is_some();
            // A limit under `not` is the opposite limit.
            if is_double || view.opposite_limit(&not).is_some() {
                continue;
            }
            let joint = Joint::of([&not], view.document);
            let sum = self.relations.sum(&joint, is_new, self.wire);
            if !sum.overlaps().is_empty() {
                schemas.push((joint, not));
                continue;
            }
            // What fits none of several alternatives does not fit each of them.
            let both = view.types & other.types;
            for one in sum.alternatives.iter().filter(|one| one.view.types.has(both)) {
                match &one.view.values {
                    Some(listed) => values.extend(listed.iter().cloned()),
                    None => schemas.push((one.joint.clone(), not.clone())),
                }
            }
        }
        (schemas, values)
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
        let found = SchemaDifference::new(Id::Suffix(rule), what).shift(shift);
        self.add(found.flag(old.nullable.clone(), new.nullable.clone()));
    }
}

/// Those of some values that are all that another schema takes, if these are among them.
fn all_listed<'a>(all: Option<HashSet<String>>, values: &[Listed<'a>]) -> Option<Vec<Listed<'a>>> {
    let all = all?;
    let known: Vec<_> = values.iter().filter(|(text, _)| all.contains(text)).cloned().collect();
    (known.len() == all.len()).then_some(known)
}

/// A schema under `not`, or an alternative of it, and where it stands.
type Excluded<'a> = (Joint<'a>, At<'a>);

fn plain_list(values: &[Listed<'_>]) -> String {
    values.iter().map(|(_, at)| plain(&at.node.to_json())).collect::<Vec<_>>().join(", ")
}
