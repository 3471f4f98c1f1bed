//! Single values: their text, and whether they fit.

use jsonschema::Validator;
use serde_json::{Map, Value};

use super::super::reading::At;
use super::joint::{Flat, Joint};
use super::limits::is_multiple;
use super::types::Types;
use super::wire::Wire;
use crate::lint::{json_schema::convert, sites::Direction};

/// The keywords by which a single value is tested, besides its type.
const TESTED: [&str; 14] = [
    "minimum",
    "exclusiveMinimum",
    "maximum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "pattern",
    "multipleOf",
    "format",
];

/// A text that is the same for equal values.
pub(super) fn text(at: &At<'_>, wire: Wire) -> String {
    match at.node.to_json() {
        Value::String(text) if wire.is_text() => text,
        Value::Number(number) => match number.as_f64() {
            Some(whole) if whole.fract() == 0.0 && whole.abs() < 1e15 => format!("{whole:.0}"),
            _ => number.to_string(),
        },
        other => other.to_string(),
    }
}

/// The value, or what its text is read as where types are not told apart.
pub(super) fn read(text: &str, at: &At<'_>, wire: Wire) -> Value {
    let read = wire.is_text().then(|| serde_json::from_str(text).ok()).flatten();
    read.filter(|value: &Value| value.is_number() || value.is_boolean())
        .unwrap_or_else(|| at.node.to_json())
}

/// The types that a schema takes that says nothing but a type.
pub(super) fn only_types(schema: &At<'_>, flat: &Flat<'_>) -> Types {
    let schema = schema.clone().resolve(flat.document);
    match schema.node.entries() {
        [only] if only.key == "type" && only.node.as_str() != Some("integer") => {
            only.node.as_str().map_or(Types::NONE, Types::named)
        }
        _ => Types::NONE,
    }
}

/// A test of values against what a conjunction says besides lists and what is inside.
pub(super) struct Test {
    types: Types,
    step: Option<f64>,
    wire: Wire,
    validators: Vec<Validator>,
    excluded: Vec<Test>,
    listed: Option<Vec<String>>,
}

impl Test {
    pub(super) fn new(flat: &Flat<'_>, types: Types, step: Option<f64>, wire: Wire) -> Self {
        let nots = flat.all("not");
        let excluded = nots.iter().filter_map(|not| Self::of_not(not, flat, wire));
        Self {
            types,
            step,
            wire,
            validators: flat.parts.iter().filter_map(validator).collect(),
            excluded: excluded.collect(),
            listed: None,
        }
    }

    /// The test of a schema under `not`, if it says nothing but what values are tested for.
    fn of_not(not: &At<'_>, flat: &Flat<'_>, wire: Wire) -> Option<Self> {
        let flat = Joint::of([not], flat.document).flatten();
        let is_tested = |key: &str| {
            TESTED.contains(&key) || matches!(key, "type" | "enum" | "nullable" | "description")
        };
        let all_told = flat
            .parts
            .iter()
            .flat_map(|part| part.node.entries())
            .all(|entry| is_tested(&entry.key));
        if !all_told {
            return None;
        }
        let (mut types, mut step) = (Types::ALL, None);
        for name in flat.texts("type") {
            types = types & Types::named(name);
            step = step.or((name == "integer").then_some(1.0));
        }
        let mut listed: Option<Vec<String>> = None;
        for list in flat.all("enum") {
            let texts: Vec<_> = list.items().map(|item| text(&item, wire)).collect();
            let known = listed.unwrap_or_else(|| texts.clone());
            listed = Some(known.into_iter().filter(|text| texts.contains(text)).collect());
        }
        Some(Self { listed, excluded: Vec::new(), ..Self::new(&flat, types, step, wire) })
    }

    pub(super) fn fits(&self, at: &At<'_>) -> bool {
        let value = at.node.to_json();
        let text = text(at, self.wire);
        let takes = |value: &Value| {
            let steps = value.as_f64().zip(self.step);
            Types::of(value).within(self.types)
                && steps.is_none_or(|(value, step)| is_multiple(value, step))
                && self.validators.iter().all(|validator| validator.is_valid(value))
        };
        // A text is all that it can be read as.
        let fits = match self.wire.is_text() && !value.is_null() {
            true => takes(&Value::from(&*text)) || takes(&read(&text, at, self.wire)),
            false => takes(&value),
        };
        value.is_null()
            || fits
                && self.listed.as_ref().is_none_or(|listed| listed.contains(&text))
                && !self.excluded.iter().any(|test| test.fits(at))
    }
}

/// What a schema says of single values, if anything.
fn validator(part: &At<'_>) -> Option<Validator> {
    let entries = part.node.entries().iter().filter(|entry| TESTED.contains(&&*entry.key));
    let said: Map<String, Value> =
        entries.map(|entry| (entry.key.clone(), entry.node.to_json())).collect();
    if said.is_empty() {
        return None;
    }
    jsonschema::validator_for(&convert(&said.into(), Direction::Either)).ok()
}
