//! Single values: their text, and whether they fit.

use std::collections::HashSet;
use std::rc::Rc;

use cx_client_build::Document;
use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::super::reading::At;
use super::joint::{Flat, restricts};
use super::limits::is_multiple;
use super::types::Types;
use super::wire::Wire;
use crate::lint::json_schema::{BASE, convert, encode, place};
use crate::lint::sites::Direction;

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
    text_of(&at.node.to_json(), wire)
}

/// As [`text`], of a value that stands nowhere.
pub(super) fn text_of(value: &Value, wire: Wire) -> String {
    match value {
        Value::String(text) if wire.is_text() => text.clone(),
        Value::Number(number) => match number.as_f64() {
            Some(whole) if whole.fract() == 0.0 && whole.abs() < 1e15 => format!("{whole:.0}"),
            _ => number.to_string(),
        },
        other => other.to_string(),
    }
}

/// The value, or what its text is read as where types are not told apart.
pub(super) fn read(text: &str, value: Value, wire: Wire) -> Value {
    let read = wire.is_text().then(|| serde_json::from_str(text).ok()).flatten();
    read.filter(|value: &Value| value.is_number() || value.is_boolean()).unwrap_or(value)
}

/// The types that a schema takes that says nothing but a type.
fn only_types(schema: &At<'_>, flat: &Flat<'_>) -> Types {
    let schema = schema.clone().resolve(flat.document);
    let said: Vec<_> = schema.node.entries().iter().filter(|entry| restricts(&entry.key)).collect();
    match said[..] {
        [] => Types::ALL,
        [only] if only.key == "type" && only.node.as_str() != Some("integer") => {
            only.node.as_str().map_or(Types::NONE, Types::named)
        }
        _ => Types::NONE,
    }
}

/// The types that are stated, and those of them that no `not` rules out.
pub(super) fn types(flat: &Flat<'_>) -> (Types, Types) {
    let stated = flat.texts("type").map(Types::named).fold(Types::ALL, |all, types| all & types);
    let excluded = flat.all("not").into_iter().map(|not| only_types(&not, flat));
    (stated, excluded.fold(stated, |all, types| all & types.others()))
}

/// A test of values against what a conjunction says besides lists, and of what is inside only by
/// what it rules out.
#[derive(Debug)]
pub(super) struct Test {
    types: Types,
    step: Option<f64>,
    wire: Wire,
    validators: Vec<Validator>,
    excluded: Vec<Validator>,
}

impl Test {
    pub(super) fn new(flat: &Flat<'_>, types: Types, step: Option<f64>, wire: Wire) -> Self {
        let nots = flat.all("not");
        Self {
            types,
            step,
            wire,
            validators: flat.parts.iter().filter_map(validator).collect(),
            excluded: nots.iter().filter_map(|not| with_references(not, flat.document)).collect(),
        }
    }

    pub(super) fn fits(&self, value: Value) -> bool {
        if value.is_null() {
            return self.fits_null();
        }
        let takes = |value: &Value| {
            let steps = value.as_f64().zip(self.step);
            Types::of(value).within(self.types)
                && steps.is_none_or(|(value, step)| is_multiple(value, step))
                && self.validators.iter().all(|validator| validator.is_valid(value))
        };
        // A text is all that it can be read as.
        let readings = match self.wire.is_text() {
            true => {
                let text = text_of(&value, self.wire);
                vec![read(&text, value, self.wire), text.into()]
            }
            false => vec![value],
        };
        let mut taken = readings.iter().filter(|value| takes(value)).peekable();
        taken.peek().is_some() && !taken.any(|value| self.excludes(value))
    }

    /// Whether `null`, where it is allowed, is not ruled out.
    pub(super) fn fits_null(&self) -> bool {
        !self.excludes(&Value::Null)
    }

    fn excludes(&self, value: &Value) -> bool {
        self.excluded.iter().any(|validator| validator.is_valid(value))
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

/// All that a schema says, with what it refers to.
fn with_references(schema: &At<'_>, document: &Document) -> Option<Validator> {
    let mut schemas = vec![schema.clone()];
    let mut seen = HashSet::new();
    let mut next = 0;
    while let Some(at) = schemas.get(next) {
        let inside = at.objects();
        let targets = inside.iter().filter_map(|at| At::of(document, at.reference()?.get(1..)?));
        schemas.extend(targets.filter(|target| seen.insert(Rc::clone(&target.pointer))));
        next += 1;
    }
    // What holds others has them in it.
    schemas.sort_by_key(|at| at.pointer.len());
    let mut root = json!({ "$id": BASE });
    for at in schemas {
        if root.pointer(&at.pointer).is_none() {
            place(&mut root, &at.pointer, convert(&at.node.to_json(), Direction::Either));
        }
    }
    root["$ref"] = encode(&format!("#{}", schema.pointer)).into();
    jsonschema::validator_for(&root).ok()
}
