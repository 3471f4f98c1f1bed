//! Objects with properties.

use serde_json::{Map, Value, json};

use super::choices::required;
use super::merge::{ORDER, alias, provenance};
use super::{Direction, Lowering};
use crate::names::{PropertyName, TypeName};
use crate::node::escape_token;
use crate::rust_name::{Case, Scope, converted};

/// What says nothing.
static ANY: Value = Value::Null;

impl Lowering<'_> {
    /// A struct; its properties in the order of the document, those left out that are not there in
    /// this direction.
    pub(super) fn structure(
        &mut self,
        merged: &Value,
        at: &str,
        direction: Direction,
        name: &str,
        made: &mut TypeName,
    ) -> Value {
        let required = required(merged);
        let extra = merged.get("additionalProperties");
        let extra = extra.filter(|extra| **extra == Value::Bool(true) || extra.is_object());
        let mut scope = Scope::with(if extra.is_some() { &["extra"] } else { &[] });
        let mut lowered = Map::new();
        let mut lowered_required = Vec::new();
        let other = extra.filter(|extra| extra.is_object()).unwrap_or(&ANY);
        let unlisted = unlisted(merged, &required).filter(|_| direction != Direction::Response);
        let unlisted = unlisted.map(|property| (property, other));
        for (property, schema) in properties(merged).chain(unlisted) {
            if !self.is_there(schema, direction) {
                continue;
            }
            let field = scope.take(property, Case::Snake, "property");
            let kept = converted(property, Case::Snake) == field;
            let stand_in = if kept { property.to_owned() } else { field.clone() };
            let pointer =
                provenance(schema, &format!("{at}/properties/{}", escape_token(property)));
            let mut value = self.inline(schema, &pointer, direction, &format!("{name}-{field}"));
            if required.iter().any(|required| required == property) {
                lowered_required.push(stand_in.clone());
            } else if direction != Direction::Response && is_collection(&value) {
                // An `Option` distinguishes one that is left out from one that is empty, which both can be
                // sent; typify leaves an empty one out.
                value["nullable"] = true.into();
            }
            lowered.insert(stand_in.clone(), value);
            let sensitive = self.is_sensitive(schema);
            let name = property.to_owned();
            made.properties.push(PropertyName { pointer, name, field, stand_in, sensitive });
        }
        let mut result = json!({ "type": "object" });
        made.facts.is_struct = true;
        if lowered.is_empty() && extra.is_none() {
            // Without properties it would be a map of anything.
            result["additionalProperties"] = false.into();
        }
        result["properties"] = lowered.into();
        result["required"] = lowered_required.into();
        if let Some(extra) = extra {
            made.facts.has_extra = true;
            let at = format!("{at}/additionalProperties");
            result["additionalProperties"] = if extra.is_object() {
                self.inline(extra, &at, direction, &format!("{name}-extra"))
            } else {
                // typify leaves the member out where this is `true`.
                json!({})
            };
        }
        result
    }

    /// Whether a property is there in this direction: not `readOnly` in what is sent, and not
    /// `writeOnly` in what is received.
    fn is_there(&self, schema: &Value, direction: Direction) -> bool {
        let absent = match direction {
            Direction::Request => "readOnly",
            Direction::Response => "writeOnly",
            Direction::Both => return true,
        };
        let target = schema.get("$ref").and_then(Value::as_str).or_else(|| alias(schema));
        let resolved = target.and_then(|target| self.json.pointer(target.trim_start_matches('#')));
        [Some(schema), resolved]
            .into_iter()
            .flatten()
            .all(|schema| schema.get(absent) != Some(&Value::Bool(true)))
    }
}

/// The properties of an object, in the order of the document.
fn properties(merged: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let schemas = merged.get("properties");
    let order = merged.get(ORDER).and_then(Value::as_array);
    let names = order.into_iter().flatten().filter_map(Value::as_str);
    names.filter_map(move |name| Some((name, schemas?.get(name)?)))
}

/// The properties that are required and not listed: sent all the same, as any other property is.
fn unlisted<'a>(merged: &'a Value, required: &'a [String]) -> impl Iterator<Item = &'a str> {
    let listed = merged.get("properties");
    let is_listed = move |name: &str| listed.is_some_and(|listed| listed.get(name).is_some());
    let is_first = |(index, name): &(usize, &String)| !required[..*index].contains(name);
    let names = required.iter().enumerate().filter(is_first).map(|(_, name)| name.as_str());
    names.filter(move |name| !is_listed(name))
}

/// Whether a lowered schema is an array or a map without a type of its own.
fn is_collection(lowered: &Value) -> bool {
    matches!(lowered.get("type").and_then(Value::as_str), Some("array" | "object"))
}
