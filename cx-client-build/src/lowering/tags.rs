//! The properties whose values tell the alternatives of a union apart.

use serde_json::Value;

use super::Lowering;
use super::choices::{Choice, required};
use crate::names::Tag;
use crate::node::escape_token;

/// How many properties lie within one another, at most, where a tag is looked for.
const DEEPEST_TAG: usize = 4;

impl Lowering<'_> {
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
            let all: Vec<Option<Vec<String>>> =
                members.iter().map(|member| listed(&member.as_ref()?.0)).collect();
            for (index, member) in members.iter().enumerate() {
                let (Some((member, is_required)), Some(values)) = (member, &all[index]) else {
                    continue;
                };
                let others = || all.iter().enumerate().filter(|(other, _)| *other != index);
                let differs = |other: &Option<Vec<String>>| {
                    other
                        .as_ref()
                        .is_some_and(|other| other.iter().all(|one| !values.contains(one)))
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
}

/// The pointer of a property of the value at a pointer.
pub(super) fn pointer(at: &str, name: &str) -> String {
    format!("{at}/{}", escape_token(name))
}

/// The pointer, in a schema, of the property of a value.
pub(super) fn pointer_of_property(at: &str) -> String {
    format!("/properties{at}")
}

/// Whether a pointer leads to a property of a property.
pub(super) fn is_within(at: &str) -> bool {
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

/// The values of an enum, as JSON.
pub(super) fn listed(schema: &Value) -> Option<Vec<String>> {
    let values = schema.get("enum")?.as_array()?;
    Some(values.iter().filter(|value| !value.is_null()).map(Value::to_string).collect())
}
