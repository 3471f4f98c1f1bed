//! Single values: their text, and whether they fit.

use std::collections::BTreeMap;
use std::rc::Rc;

use cx_client_build::Document;
use jsonschema::Validator;
use serde_json::{Map, Value};

use super::super::reading::At;
use super::decimal::Decimal;
use super::joint::{Flat, restricts};
use super::types::Types;
use super::wire::Wire;
use crate::lint::json_schema::convert;
use crate::lint::sites::Direction;

/// How many levels of composed schemas are looked into for the types that they take.
const DEPTH: usize = 4;

/// The keywords that say something of what is inside.
const INSIDE: [&str; 5] =
    ["items", "properties", "required", "additionalProperties", "discriminator"];

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
pub(super) struct Test<'a> {
    types: Types,
    step: Option<Decimal>,
    wire: Wire,
    validators: Vec<Validator>,
    excluded: Vec<Excluded<'a>>,
}

impl<'a> Test<'a> {
    pub(super) fn new(flat: &Flat<'a>, types: Types, step: Option<Decimal>, wire: Wire) -> Self {
        let nots = flat.all("not");
        Self {
            types,
            step,
            wire,
            validators: flat.parts.iter().filter_map(validator).collect(),
            excluded: nots
                .into_iter()
                .map(|schema| Excluded { schema, document: flat.document })
                .collect(),
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
        self.excluded.iter().any(|excluded| excluded.takes(value))
    }
}

/// What a schema says of single values, if anything.
fn validator(part: &At<'_>) -> Option<Validator> {
    let is_of_itself = |key| Types::concerned(key) != Types::ALL && !INSIDE.contains(&key);
    let entries = part.node.entries().iter().filter(|entry| is_of_itself(&entry.key));
    let said: Map<String, Value> =
        entries.map(|entry| (entry.key.clone(), entry.node.to_json())).collect();
    if said.is_empty() {
        return None;
    }
    jsonschema::validator_for(&convert(&said.into(), Direction::Either)).ok()
}

/// What is ruled out, with the document that it is of.
#[derive(Debug)]
struct Excluded<'a> {
    schema: At<'a>,
    document: &'a Document,
}

impl<'a> Excluded<'a> {
    /// Whether a value fits all that the schema says, with what it refers to.
    fn takes(&self, value: &Value) -> bool {
        self.fits(&self.schema, value, &mut Vec::new())
    }

    /// As [`takes`](Self::takes), inside of some schemas that the same value is tested by.
    fn fits(&self, schema: &At<'a>, value: &Value, open: &mut Vec<Rc<str>>) -> bool {
        let schema = schema.clone().resolve(self.document);
        // What leads back to itself says nothing more.
        if open.contains(&schema.pointer) {
            return true;
        }
        open.push(Rc::clone(&schema.pointer));
        let fits = self.fits_itself(&schema, value)
            && self.fits_inside(&schema, value)
            && schema.entries().all(|(key, at)| {
                let mut count = || at.items().filter(|one| self.fits(one, value, open)).count();
                match key {
                    "allOf" => count() == at.items().count(),
                    "anyOf" => count() > 0,
                    "oneOf" => count() == 1,
                    "not" => !self.fits(&at, value, open),
                    _ => true,
                }
            });
        open.pop();
        fits
    }

    /// By what a schema says of the value itself.
    fn fits_itself(&self, schema: &At<'a>, value: &Value) -> bool {
        let of_type = schema.text("type").is_none_or(|name| match value {
            Value::Null => schema.flag("nullable"),
            Value::Number(number) if name == "integer" => {
                Decimal::of(number).is_multiple_of(Decimal::ONE)
            }
            other => Types::of(other).within(Types::named(name)),
        });
        let is_value = |item: At<'_>| text(&item, Wire::Json) == text_of(value, Wire::Json);
        of_type
            && schema.get("enum").is_none_or(|list| list.items().any(is_value))
            && validator(schema).is_none_or(|validator| validator.is_valid(value))
    }

    /// By what a schema says of properties and items.
    fn fits_inside(&self, schema: &At<'a>, value: &Value) -> bool {
        let fits = |schema: &At<'a>, value: &Value| self.fits(schema, value, &mut Vec::new());
        let further = schema.get("additionalProperties");
        let named = schema.get("properties");
        match value {
            Value::Array(items) => schema
                .get("items")
                .is_none_or(|schema| items.iter().all(|item| fits(&schema, item))),
            Value::Object(fields) => {
                let mut required = schema.items_of("required");
                let field = |(name, value): (&String, &Value)| match named
                    .as_ref()
                    .and_then(|all| all.get(name))
                    .or_else(|| further.clone())
                {
                    Some(schema) => match schema.node.as_bool() {
                        Some(allowed) => allowed,
                        None => fits(&schema, value),
                    },
                    None => true,
                };
                required
                    .all(|name| name.node.as_str().is_some_and(|name| fields.contains_key(name)))
                    && fields.iter().all(field)
            }
            _ => true,
        }
    }
}
