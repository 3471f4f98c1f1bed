//! Single values: their text, and whether they fit.

use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use cx_client_build::Document;
use jsonschema::Validator;
use serde_json::{Map, Value, json};

use super::super::reading::At;
use super::decimal::Decimal;
use super::joint::{Flat, restricts};
use super::types::Types;
use super::wire::Wire;
use crate::lint::json_schema::{BASE, convert, encode, place};
use crate::lint::sites::Direction;

/// How many levels of composed schemas are looked into for the types that they take.
const DEPTH: usize = 4;

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
    let inside = |value| text_of(value, Wire::Json);
    match value {
        Value::String(text) if wire.is_text() => text.clone(),
        Value::Number(number) => Decimal::of(number).to_string(),
        Value::Array(items) => format!("{:?}", items.iter().map(inside).collect::<Vec<_>>()),
        Value::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| (name, inside(value)));
            format!("{:?}", fields.collect::<BTreeMap<_, _>>())
        }
        other => other.to_string(),
    }
}

/// The value, or what its text is read as where types are not told apart.
pub(super) fn read(text: &str, value: Value, wire: Wire) -> Value {
    let read = wire.is_text().then(|| serde_json::from_str(text).ok()).flatten();
    read.filter(|value: &Value| value.is_number() || value.is_boolean()).unwrap_or(value)
}

/// The types of which a schema takes every value but `null`.
fn taken(schema: &At<'_>, document: &Document, depth: usize) -> Types {
    let schema = schema.clone().resolve(document);
    let inside = |members: At<'_>, start: Types, join: fn(Types, Types) -> Types| {
        let members = members.items().map(|member| taken(&member, document, depth - 1));
        members.fold(start, join)
    };
    let of_key = |key: &str, at: At<'_>| match key {
        "type" if at.node.as_str() == Some("integer") => Types::NONE,
        "type" => at.node.as_str().map_or(Types::NONE, Types::named),
        "allOf" if depth > 0 => inside(at, Types::ALL, |a, b| a & b),
        "anyOf" if depth > 0 => inside(at, Types::NONE, |a, b| a | b),
        _ => Types::concerned(key).others(),
    };
    let said = schema.entries().filter(|(key, _)| restricts(key));
    said.fold(Types::ALL, |all, (key, at)| all & of_key(key, at))
}

/// The types that are stated, and those of them that no `not` rules out.
pub(super) fn types(flat: &Flat<'_>) -> (Types, Types) {
    let stated = flat.texts("type").map(Types::named).fold(Types::ALL, |all, types| all & types);
    let excluded = flat.all("not").into_iter().map(|not| taken(&not, flat.document, DEPTH));
    (stated, excluded.fold(stated, |all, types| all & types.others()))
}

/// A test of values against what a conjunction says besides lists, and of what is inside only by
/// what it rules out.
#[derive(Debug)]
pub(super) struct Test {
    types: Types,
    step: Option<Decimal>,
    wire: Wire,
    validators: Vec<Validator>,
    excluded: Vec<Validator>,
}

impl Test {
    pub(super) fn new(flat: &Flat<'_>, types: Types, step: Option<Decimal>, wire: Wire) -> Self {
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
            let steps = value.as_number().map(Decimal::of).zip(self.step);
            Types::of(value).within(self.types)
                && steps.is_none_or(|(value, step)| value.is_multiple_of(step))
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
