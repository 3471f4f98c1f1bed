//! What distinguishes the alternatives of a union.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::Lowering;
use super::choices::{Choice, required};
use super::merge::provenance;
use super::schemas::{strings, type_of};
use crate::document::escape_token;
use crate::names::Alternative;

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
        for choice in &choices {
            if strings(&choice.merged).is_some() {
                found.insert(provenance(&choice.merged, &choice.at));
            }
            let names = self.tag_names(choice, &choices);
            for name in names.iter().chain(&discriminator) {
                let property =
                    choice.merged.pointer(&format!("/properties/{}", escape_token(name)));
                if let Some(property) = property
                    && let merged = self.merged(property, "")
                    && strings(&merged).is_some_and(|values| values.len() == 1)
                {
                    found.insert(provenance(&merged, ""));
                }
            }
        }
    }

    /// The required properties whose values tell `choice` apart from the others.
    pub(super) fn tag_names(&self, choice: &Choice, all: &[Choice]) -> Vec<String> {
        let mut names = Vec::new();
        for name in required(&choice.merged) {
            let Some(values) = self.property_values(choice, &name) else { continue };
            let disjoint = all.iter().all(|other| {
                std::ptr::eq(other, choice)
                    || self
                        .property_values(other, &name)
                        .is_some_and(|others| others.iter().all(|value| !values.contains(value)))
            });
            if values.len() == 1 || disjoint {
                names.push(name);
            }
        }
        names
    }

    /// The values that a property is restricted to, as JSON.
    fn property_values(&self, choice: &Choice, name: &str) -> Option<Vec<String>> {
        let property = choice.merged.pointer(&format!("/properties/{}", escape_token(name)))?;
        values(&self.merged(property, ""))
    }

    /// What distinguishes `choice` from the others of the union.
    pub(super) fn what_tells_apart(
        &self,
        union: &Value,
        choice: &Choice,
        all: &[Choice],
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
        let mut tags: Vec<(String, Vec<String>)> = Vec::new();
        let discriminator = union.get("discriminator");
        let property = discriminator.and_then(|d| d.get("propertyName")).and_then(Value::as_str);
        if let (Some(property), Some(target)) = (property, &choice.target) {
            let mapping = discriminator.and_then(|d| d.get("mapping")).and_then(Value::as_object);
            let mut names: Vec<String> = mapping
                .into_iter()
                .flatten()
                .filter(|(_, to)| to.as_str().is_some_and(|to| names_component(to, target)))
                .map(|(value, _)| json!(value).to_string())
                .collect();
            // The name of the component goes as well, unless it is mapped to another one.
            let name = crate::unescape_token(target.rsplit('/').next().unwrap_or_default());
            if mapping.is_none_or(|mapping| !mapping.contains_key(&name)) {
                names.push(json!(name).to_string());
            }
            for value in self.property_values(choice, property).unwrap_or_default() {
                if !names.contains(&value) {
                    names.push(value);
                }
            }
            if !is_union || mapping.is_some() {
                tags.push((property.to_owned(), names));
            }
        }
        for name in self.tag_names(choice, all) {
            if tags.iter().all(|(known, _)| *known != name) {
                let values = self.property_values(choice, &name).unwrap_or_default();
                tags.push((name, values));
            }
        }
        let properties = choice.merged.get("properties").and_then(Value::as_object);
        Alternative {
            variant: String::new(),
            kind: if is_union && kind != "Object" { "Any" } else { kind },
            tags,
            required: required(&choice.merged),
            known: properties.into_iter().flatten().map(|(name, _)| name.clone()).collect(),
            values: values(&choice.merged).unwrap_or_default(),
        }
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

/// The values of an enum, as JSON.
fn values(schema: &Value) -> Option<Vec<String>> {
    let values = schema.get("enum")?.as_array()?;
    Some(values.iter().filter(|value| !value.is_null()).map(Value::to_string).collect())
}
