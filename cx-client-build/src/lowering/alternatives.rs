//! What distinguishes the alternatives of a union.

use std::collections::HashSet;

use serde_json::{Value, json};

use super::Lowering;
use super::choices::{Choice, required};
use super::merge::provenance;
use super::schemas::{strings, type_of};
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

    /// The properties, and those of objects within, whose values tell each of the alternatives
    /// apart from others.
    pub(super) fn tags(&self, choices: &[Choice]) -> Vec<Vec<Tag>> {
        let mut found = vec![Vec::new(); choices.len()];
        let objects: Vec<_> =
            choices.iter().map(|choice| Some((Value::clone(&choice.merged), true))).collect();
        self.tags_below(&objects, "", &mut found);
        found
    }

    /// Adds the tags that objects at the same place have, one in each alternative that requires it
    /// or not.
    fn tags_below(&self, objects: &[Option<(Value, bool)>], at: &str, found: &mut [Vec<Tag>]) {
        for name in property_names(objects) {
            let at = pointer(at, &name);
            let members: Vec<Option<(Value, bool)>> = objects
                .iter()
                .map(|object| {
                    let (object, is_required) = object.as_ref()?;
                    let schema = object.get("properties")?.get(&name)?;
                    let is_required = *is_required && required(object).contains(&name);
                    Some((self.merged(schema, ""), is_required))
                })
                .collect();
            let listed: Vec<Option<Vec<String>>> =
                members.iter().map(|member| values(&member.as_ref()?.0)).collect();
            for (index, member) in members.iter().enumerate() {
                let (Some((member, is_required)), Some(values)) = (member, &listed[index]) else {
                    continue;
                };
                let others = || listed.iter().enumerate().filter(|(other, _)| *other != index);
                let differs = |other: &Option<Vec<String>>| {
                    other.as_ref().is_some_and(|all| all.iter().all(|one| !values.contains(one)))
                };
                let is_said = *is_required && !is_within(&at);
                let is_one =
                    values.len() == 1 && (is_said || others().any(|(_, other)| differs(other)));
                if is_one || others().all(|(_, other)| differs(other)) {
                    let null = member.get("nullable").and_then(Value::as_bool) == Some(true);
                    let values = values.iter().cloned().chain(null.then(|| "null".to_owned()));
                    let (at, values) = (at.clone(), values.collect());
                    found[index].push(Tag { at, values, required: *is_required });
                }
            }
            let within: Vec<_> = members
                .into_iter()
                .map(|member| {
                    member.filter(|(member, _)| {
                        member.get("properties").is_some() && !self.is_union(member)
                    })
                })
                .collect();
            if within.iter().flatten().count() > 1 && at.matches('/').count() < DEEPEST_TAG {
                self.tags_below(&within, &at, found);
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
        let mut tags: Vec<Tag> = Vec::new();
        let discriminator = union.get("discriminator");
        let property = discriminator.and_then(|d| d.get("propertyName")).and_then(Value::as_str);
        if let (Some(property), Some(target)) = (property, &choice.target) {
            let at = pointer("", property);
            let schema = choice.merged.pointer(&pointer_of_property(&at));
            let schema = schema.map(|schema| self.merged(schema, ""));
            let mapping = discriminator.and_then(|d| d.get("mapping")).and_then(Value::as_object);
            let mut names: Vec<String> = mapping
                .into_iter()
                .flatten()
                .filter(|(_, to)| to.as_str().is_some_and(|to| names_component(to, target)))
                .map(|(value, _)| mapped(value, schema.as_ref()))
                .collect();
            // An alternative that is a union knows the values of its own alternatives.
            let is_tagged = !is_union || !names.is_empty();
            // The name of the component goes as well, unless it is mapped to another one.
            let name = crate::unescape_token(target.rsplit('/').next().unwrap_or_default());
            if mapping.is_none_or(|mapping| !mapping.contains_key(&name)) {
                names.push(json!(name).to_string());
            }
            for value in schema.as_ref().and_then(values).unwrap_or_default() {
                if !names.contains(&value) {
                    names.push(value);
                }
            }
            if is_tagged {
                tags.push(Tag { at, values: names, required: true });
            }
        }
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

/// How many properties lie within one another, at most, where a tag is looked for.
const DEEPEST_TAG: usize = 4;

/// The pointer of a property of the value at a pointer.
fn pointer(at: &str, name: &str) -> String {
    format!("{at}/{}", escape_token(name))
}

/// The pointer, in a schema, of the property of a value.
fn pointer_of_property(at: &str) -> String {
    format!("/properties{at}")
}

/// Whether a pointer leads to a property of a property.
fn is_within(at: &str) -> bool {
    at.matches('/').count() > 1
}

/// The names of the properties that objects have, each once.
fn property_names(objects: &[Option<(Value, bool)>]) -> Vec<String> {
    let mut names = Vec::new();
    for (object, _) in objects.iter().flatten() {
        let properties = object.get("properties").and_then(Value::as_object);
        let new = properties.into_iter().flatten().map(|(name, _)| name);
        names.extend(new.filter(|name| !names.contains(*name)).cloned().collect::<Vec<_>>());
    }
    names
}

/// A key of a `mapping` as the JSON that a property of this schema has: keys are strings in any case.
fn mapped(key: &str, schema: Option<&Value>) -> String {
    let is_text = schema.is_none_or(|schema| matches!(type_of(schema), "string" | ""));
    let read = serde_json::from_str::<Value>(key).ok().filter(|_| !is_text);
    read.unwrap_or_else(|| json!(key)).to_string()
}

/// The values of an enum, as JSON.
fn values(schema: &Value) -> Option<Vec<String>> {
    let values = schema.get("enum")?.as_array()?;
    Some(values.iter().filter(|value| !value.is_null()).map(Value::to_string).collect())
}
