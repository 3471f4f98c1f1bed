//! Objects with properties.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::merge::{ORDER, alias, provenance};
use super::{Direction, Lowering};
use crate::document::escape_token;
use crate::names::{PropertyName, TypeName};
use crate::rust_name::{Case, Scope, converted};

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
        let empty = Map::new();
        let properties = merged.get("properties").and_then(Value::as_object).unwrap_or(&empty);
        let required: BTreeSet<&str> = merged
            .get("required")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let extra = merged.get("additionalProperties");
        let extra = extra.filter(|extra| **extra == Value::Bool(true) || extra.is_object());
        let mut scope = Scope::with(if extra.is_some() { &["extra"] } else { &[] });
        let order = merged.get(ORDER).and_then(Value::as_array).cloned().unwrap_or_default();
        let mut lowered = Map::new();
        let mut lowered_required = Vec::new();
        for property in order.iter().filter_map(Value::as_str) {
            let Some(schema) = properties.get(property) else { continue };
            let (resolved, _) = self.resolve_owned(schema);
            let is = |key: &str| {
                [schema, &resolved].iter().any(|schema| schema.get(key) == Some(&Value::Bool(true)))
            };
            let absent = match direction {
                Direction::Request => is("readOnly"),
                Direction::Response => is("writeOnly"),
                Direction::Both => false,
            };
            if absent {
                continue;
            }
            let field = scope.take(property, Case::Snake, "property");
            let stand_in =
                if converted(property, Case::Snake) == field { property } else { &field };
            let pointer =
                provenance(schema, &format!("{at}/properties/{}", escape_token(property)));
            let mut value = self.inline(schema, &pointer, direction, &format!("{name}-{field}"));
            if required.contains(property) {
                lowered_required.push(stand_in.to_owned());
            } else if direction != Direction::Response && is_collection(&value) {
                // An `Option` distinguishes one that is left out from one that is empty, which both can be
                // sent; typify leaves an empty one out.
                value["nullable"] = true.into();
            }
            lowered.insert(stand_in.to_owned(), value);
            let sensitive = self.is_sensitive(schema);
            made.properties.push(PropertyName {
                pointer,
                name: property.to_owned(),
                stand_in: stand_in.to_owned(),
                field,
                sensitive,
            });
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

    fn resolve_owned(&self, schema: &Value) -> (Value, String) {
        match schema.get("$ref").and_then(Value::as_str).or_else(|| alias(schema)) {
            Some(target) => {
                let target = target.trim_start_matches('#');
                let value = self.json.pointer(target).cloned().unwrap_or_default();
                (value, target.to_owned())
            }
            None => (Value::Null, String::new()),
        }
    }
}

/// Whether a lowered schema is an array or a map without a type of its own.
fn is_collection(lowered: &Value) -> bool {
    matches!(lowered.get("type").and_then(Value::as_str), Some("array" | "object"))
}
