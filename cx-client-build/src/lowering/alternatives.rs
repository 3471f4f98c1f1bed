//! What distinguishes the alternatives of a union.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::Lowering;
use super::choices::{Choice, required};
use super::merge::provenance;
use super::schemas::{strings, type_of};
use super::tags::{is_within, listed, pointer, pointer_of_property};
use crate::names::{Alternative, Tag};
use crate::node::escape_token;

impl Lowering<'_> {
    /// The enums of one value, or of values that no other alternative has, by which alternatives
    /// of a union are distinguished.
    pub(super) fn tag_enums(&self) -> HashSet<String> {
        let mut found = HashSet::new();
        let mut values = vec![(self.json, String::new())];
        while let Some((value, at)) = values.pop() {
            match value {
                Value::Array(items) => values.extend(
                    items.iter().enumerate().map(|(index, item)| (item, format!("{at}/{index}"))),
                ),
                Value::Object(fields) => {
                    let is_union = ["oneOf", "anyOf"]
                        .iter()
                        .any(|key| fields.get(*key).is_some_and(Value::is_array))
                        || fields.get("discriminator").is_some_and(Value::is_object);
                    if is_union {
                        self.tag_enums_of(&self.merged(value, &at), &mut found);
                    }
                    values.extend(
                        fields
                            .iter()
                            .filter(|(key, _)| {
                                !matches!(key.as_str(), "example" | "examples" | "default" | "enum")
                            })
                            .map(|(key, field)| (field, format!("{at}/{}", escape_token(key)))),
                    );
                }
                _ => {}
            }
        }
        found
    }

    fn tag_enums_of(&self, union: &Value, found: &mut HashSet<String>) {
        let choices = self.choices(union);
        let discriminator =
            union.pointer("/discriminator/propertyName").and_then(Value::as_str).map(str::to_owned);
        for (choice, tags) in choices.iter().zip(self.tags(&choices)) {
            if strings(&choice.merged).is_some() {
                found.insert(provenance(&choice.merged, &choice.at));
            }
            let names = tags.into_iter().filter(|tag| tag.required && !is_within(&tag.at));
            let names = names.map(|tag| tag.at);
            for at in names.chain(discriminator.iter().map(|name| pointer("", name))) {
                let property = choice.merged.pointer(&pointer_of_property(&at));
                if let Some(property) = property
                    && let merged = self.merged(property, "")
                    && strings(&merged).is_some_and(|values| values.len() == 1)
                {
                    found.insert(provenance(&merged, ""));
                }
            }
        }
    }

    /// What distinguishes `choice` from the others of the union.
    pub(super) fn what_tells_apart(
        &self,
        union: &Value,
        choice: &Choice,
        told: Vec<Tag>,
    ) -> Alternative {
        let kind = match type_of(&choice.merged) {
            "object" => "Object",
            "array" => "Array",
            "string" => "String",
            "integer" => "Integer",
            "number" => "Number",
            "boolean" => "Boolean",
            _ => "Any",
        };
        let is_union = self.is_union(&choice.merged);
        let mut tags: Vec<Tag> = self.discriminator(union, choice).into_iter().collect();
        for tag in told {
            if tags.iter().all(|known| known.at != tag.at) {
                tags.push(tag);
            }
        }
        let properties = choice.merged.get("properties").and_then(Value::as_object);
        Alternative {
            variant: String::new(),
            kind: if is_union && kind != "Object" { "Any" } else { kind },
            tags,
            required: required(&choice.merged),
            known: properties.into_iter().flatten().map(|(name, _)| name.clone()).collect(),
            values: listed(&choice.merged).unwrap_or_default(),
        }
    }

    /// What the `discriminator` of a union says of one of its components.
    fn discriminator(&self, union: &Value, choice: &Choice) -> Option<Tag> {
        let discriminator = union.get("discriminator")?;
        let property = discriminator.get("propertyName").and_then(Value::as_str)?;
        let target = choice.target.as_ref()?;
        let at = pointer("", property);
        let schema = choice.merged.pointer(&pointer_of_property(&at));
        let schema = schema.map(|schema| self.merged(schema, ""));
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let mut values: Vec<String> = mapping
            .into_iter()
            .flatten()
            .filter(|(_, to)| to.as_str().is_some_and(|to| names_component(to, target)))
            .map(|(value, _)| mapped(value, schema.as_ref()))
            .collect();
        // An alternative that is a union knows the values of its own alternatives.
        if self.is_union(&choice.merged) && values.is_empty() {
            return None;
        }
        // The name of the component goes as well, unless it is mapped to another one.
        let name = crate::unescape_token(target.rsplit('/').next().unwrap_or_default());
        if mapping.is_none_or(|mapping| !mapping.contains_key(&name)) {
            values.push(json!(name).to_string());
        }
        for value in schema.as_ref().and_then(listed).unwrap_or_default() {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        Some(Tag { at, values, required: true })
    }
}

/// Whether a value of a `mapping` is the component: by its pointer or its name, or by the file that
/// it stood in before the documents were put together.
fn names_component(mapping: &str, target: &str) -> bool {
    let file = mapping.rsplit('/').next().unwrap_or_default();
    let stem = [".json", ".yaml", ".yml"].iter().find_map(|suffix| file.strip_suffix(suffix));
    let name = target.rsplit('/').next();
    mapping.strip_prefix('#') == Some(target)
        || name == Some(&escape_token(mapping))
        || name == stem
}

/// A key of a `mapping` as the JSON that a property of this schema has: keys are strings in any case.
fn mapped(key: &str, schema: Option<&Value>) -> String {
    let is_text = schema.is_none_or(|schema| matches!(type_of(schema), "string" | ""));
    let read = serde_json::from_str::<Value>(key).ok().filter(|_| !is_text);
    read.unwrap_or_else(|| json!(key)).to_string()
}
