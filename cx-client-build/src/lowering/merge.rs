//! `allOf`, merged into one schema.

use std::rc::Rc;

use serde_json::{Map, Value, json};

use super::Lowering;
use crate::node::{Node, escape_token};

/// Where a schema comes from, as its pointer; in a schema that was put together.
pub(super) const AT: &str = "x-lowering-at";
/// The names of the properties in the order of the document.
pub(super) const ORDER: &str = "x-lowering-order";
/// Another union of an `allOf` that has one already.
const SECOND: &str = "x-lowering-second-union";

/// The pointer of a schema: its own, if it was taken from elsewhere.
pub(super) fn provenance(schema: &Value, at: &str) -> String {
    schema.get(AT).and_then(Value::as_str).unwrap_or(at).to_owned()
}

fn with_provenance(schema: &Value, at: &str) -> Value {
    let mut schema = schema.clone();
    if let Some(fields) = schema.as_object_mut()
        && !fields.contains_key(AT)
    {
        fields.insert(AT.to_owned(), at.into());
    }
    schema
}

const UNIONS: [&str; 2] = ["oneOf", "anyOf"];

/// What says nothing of the values.
const ANNOTATIONS: [&str; 11] = [
    "description",
    "title",
    "default",
    "deprecated",
    "example",
    "externalDocs",
    "nullable",
    "readOnly",
    "writeOnly",
    "xml",
    "discriminator",
];

/// The reference that a schema is but for annotations: `allOf` of one.
pub(super) fn alias(schema: &Value) -> Option<&str> {
    let fields = schema.as_object()?;
    let members = fields.get("allOf")?.as_array()?;
    let says_nothing = |key: &String| {
        key == "allOf" || key.starts_with("x-") || ANNOTATIONS.contains(&key.as_str())
    };
    let [member] = members.as_slice() else { return None };
    fields.keys().all(says_nothing).then(|| member.get("$ref")?.as_str()).flatten()
}

/// Whether an alternative only restricts the properties that stand beside the union.
fn is_restriction(schema: &Value) -> bool {
    let Some(fields) = schema.as_object() else { return false };
    fields.iter().all(|(key, value)| match key.as_str() {
        "required" | "not" | "title" | "description" | AT => true,
        "type" => value == "object",
        "properties" => value.as_object().is_some_and(|all| all.values().all(is_restriction)),
        "allOf" | "anyOf" | "oneOf" => {
            value.as_array().is_some_and(|all| all.iter().all(is_restriction))
        }
        _ => false,
    })
}

impl Lowering<'_> {
    /// The schema, or what its reference names, with its `allOf` merged.
    pub(super) fn merged(&self, schema: &Value, at: &str) -> Value {
        self.merge(schema, at, 0)
    }

    /// What a reference names, with its `allOf` merged; unions name the same again and again.
    pub(super) fn merged_target(&self, target: &str) -> Rc<Value> {
        if let Some(known) = self.merged_targets.borrow().get(target) {
            return Rc::clone(known);
        }
        let merged = self.json.pointer(target).map(|schema| self.merged(schema, target));
        let merged = Rc::new(merged.unwrap_or_else(|| json!({})));
        self.merged_targets.borrow_mut().insert(target.to_owned(), Rc::clone(&merged));
        merged
    }

    fn merge(&self, schema: &Value, at: &str, depth: usize) -> Value {
        let at = provenance(schema, at);
        if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let target = target.trim_start_matches('#');
            return match self.json.pointer(target) {
                Some(value) if depth < 128 => self.merge(value, target, depth + 1),
                _ => json!({}),
            };
        }
        let Some(fields) = schema.as_object() else { return json!({ AT: at }) };
        let mut result = Map::new();
        result.insert(AT.to_owned(), at.as_str().into());
        let members = fields.get("allOf").and_then(Value::as_array);
        for (index, member) in members.into_iter().flatten().enumerate() {
            let merged = self.merge(member, &format!("{at}/allOf/{index}"), depth + 1);
            let alone = members.is_some_and(|members| members.len() == 1);
            self.absorb(&mut result, &merged, alone);
        }
        let own = self.annotated(fields, &at);
        self.absorb(&mut result, &own, true);
        for key in ANNOTATIONS {
            if key != "discriminator"
                && let Some(value) = fields.get(key)
            {
                result.insert(key.to_owned(), value.clone());
            }
        }
        if let Some(value) = fields.get("discriminator") {
            result.insert("discriminator".to_owned(), value.clone());
        }
        // A union that only restricts what stands beside it says nothing of the type.
        let has_properties = result.contains_key("properties");
        for key in UNIONS {
            if has_properties
                && let Some(all) = result.get(key).and_then(Value::as_array)
                && all.iter().all(is_restriction)
            {
                result.remove(key);
            }
        }
        Value::Object(result)
    }

    /// The fields but `allOf`, with the pointers of what they hold.
    fn annotated(&self, fields: &Map<String, Value>, at: &str) -> Value {
        let mut own = fields.clone();
        own.remove("allOf");
        if let Some(properties) = own.get_mut("properties").and_then(Value::as_object_mut) {
            for (name, schema) in properties.iter_mut() {
                *schema =
                    with_provenance(schema, &format!("{at}/properties/{}", escape_token(name)));
            }
            if !fields.contains_key(ORDER) {
                let node = self.document.at(&format!("{at}/properties"));
                let mut order: Vec<String> = node
                    .map_or(&[][..], Node::entries)
                    .iter()
                    .map(|entry| entry.key.clone())
                    .filter(|name| properties.contains_key(name))
                    .collect();
                order.extend(
                    properties
                        .keys()
                        .filter(|name| !order.contains(name))
                        .cloned()
                        .collect::<Vec<_>>(),
                );
                own.insert(ORDER.to_owned(), order.into());
            }
        }
        for key in UNIONS {
            if let Some(all) = own.get_mut(key).and_then(Value::as_array_mut) {
                for (index, schema) in all.iter_mut().enumerate() {
                    *schema = with_provenance(schema, &format!("{at}/{key}/{index}"));
                }
            }
        }
        if let Some(items) = own.get_mut("items") {
            *items = with_provenance(items, &format!("{at}/items"));
        }
        if let Some(values) = own.get_mut("additionalProperties") {
            *values = with_provenance(values, &format!("{at}/additionalProperties"));
        }
        Value::Object(own)
    }

    /// Adds what `member` says to `result`, which then says both; `alone` if nothing else says
    /// anything.
    fn absorb(&self, result: &mut Map<String, Value>, member: &Value, alone: bool) {
        let Some(fields) = member.as_object() else { return };
        let has_union = UNIONS.iter().any(|key| fields.contains_key(*key));
        if has_union && UNIONS.iter().any(|key| result.contains_key(*key)) {
            let restricts = UNIONS.iter().all(|key| {
                let all = fields.get(*key).and_then(Value::as_array);
                all.is_none_or(|all| all.iter().all(is_restriction))
            });
            if !restricts {
                result.insert(SECOND.to_owned(), true.into());
            }
        }
        for (key, value) in fields {
            match key.as_str() {
                AT | "title" | "description" | "default" | "example" | "readOnly" | "writeOnly"
                | "deprecated" | "externalDocs" | "xml" => {}
                "nullable" if !alone => {}
                "discriminator" if !has_union && !alone => {}
                "properties" => self.absorb_properties(result, value),
                "oneOf" | "anyOf" if UNIONS.iter().any(|key| result.contains_key(*key)) => {}
                _ => {
                    let value = match result.get(key) {
                        Some(known) => both(key, known, value),
                        None => value.clone(),
                    };
                    result.insert(key.clone(), value);
                }
            }
        }
    }

    /// A property that stands twice says both. Where one of the two is a reference or a composition,
    /// it is what the later schema says, if it says of what type it is and the earlier one does not
    /// list fewer values. What either says of its use stays.
    fn absorb_properties(&self, result: &mut Map<String, Value>, more: &Value) {
        let target = result.entry("properties").or_insert_with(|| json!({}));
        let (Some(target), Some(more)) = (target.as_object_mut(), more.as_object()) else { return };
        for (name, schema) in more {
            let (Some(known), Some(fields)) =
                (target.get(name).and_then(Value::as_object), schema.as_object())
            else {
                target.insert(name.clone(), schema.clone());
                continue;
            };
            let mut joined = if is_plain(known) && is_plain(fields) {
                let mut joined = known.clone();
                self.absorb(&mut joined, schema, true);
                for key in [AT, "description", "title", "default", "example"] {
                    if let Some(value) = fields.get(key).filter(|_| says_type(fields)) {
                        joined.insert(key.to_owned(), value.clone());
                    }
                }
                joined
            } else if says_type(fields) && !self.lists_fewer(&target[name], schema) {
                fields.clone()
            } else {
                known.clone()
            };
            for key in ["readOnly", "writeOnly", "x-sensitive"] {
                let says = |one: &Value| one.get(key) == Some(&Value::Bool(true));
                let (known, more) = (&target[name], schema);
                if [known, more, self.behind(known), self.behind(more)].into_iter().any(says) {
                    joined.insert(key.to_owned(), true.into());
                }
            }
            if let Some(value) = fields.get("nullable") {
                joined.insert("nullable".to_owned(), value.clone());
            }
            target.insert(name.clone(), joined.into());
        }
    }

    /// Whether `known` lists values, and `more` no fewer.
    fn lists_fewer(&self, known: &Value, more: &Value) -> bool {
        let listed = |schema| self.behind(schema).get("enum").and_then(Value::as_array);
        listed(known).is_some_and(|known| {
            listed(more).is_none_or(|more| known.iter().all(|value| more.contains(value)))
        })
    }

    /// The schema that a reference stands for.
    fn behind<'b>(&'b self, mut schema: &'b Value) -> &'b Value {
        for _ in 0..128 {
            let target = schema.get("$ref").and_then(Value::as_str).or_else(|| alias(schema));
            match target.and_then(|target| self.json.pointer(target.trim_start_matches('#'))) {
                Some(next) => schema = next,
                None => break,
            }
        }
        schema
    }
}

/// Whether a schema says everything itself.
fn is_plain(schema: &Map<String, Value>) -> bool {
    let others = ["$ref", "allOf", "oneOf", "anyOf", "properties", "items", "additionalProperties"];
    !others.iter().any(|key| schema.contains_key(*key))
}

/// Whether a schema says of what type its values are.
fn says_type(schema: &Map<String, Value>) -> bool {
    !is_plain(schema) || schema.contains_key("type") || schema.contains_key("enum")
}

/// What a keyword must say for a value to fit both.
fn both(key: &str, known: &Value, more: &Value) -> Value {
    match (key, known, more) {
        ("required" | ORDER, Value::Array(known), Value::Array(more)) => {
            let new = more.iter().filter(|name| !known.contains(name));
            known.iter().chain(new).cloned().collect()
        }
        ("enum", Value::Array(known), Value::Array(more)) => {
            known.iter().filter(|value| more.contains(value)).cloned().collect()
        }
        ("type", known, more) => if known == "number" { more } else { known }.clone(),
        ("additionalProperties", Value::Bool(false), _) => known.clone(),
        _ => more.clone(),
    }
}

/// Whether an `allOf` has more unions than one.
pub(super) fn has_two_unions(merged: &Value) -> bool {
    merged.get(SECOND).is_some()
}
