//! The alternatives of a union.

use std::rc::Rc;

use serde_json::{Value, json};

use super::merge::{AT, provenance};
use super::{COMPONENTS, Lowering};

/// An alternative: its schema, and the pointer of what it refers to or of itself.
pub(super) struct Choice {
    pub(super) schema: Value,
    pub(super) at: String,
    pub(super) merged: Rc<Value>,
    /// The component that it names.
    pub(super) target: Option<String>,
}

impl Lowering<'_> {
    pub(super) fn is_union(&self, merged: &Value) -> bool {
        let choices = ["oneOf", "anyOf"].iter().any(|key| {
            merged.get(*key).and_then(Value::as_array).is_some_and(|all| !all.is_empty())
        });
        choices || !self.children(merged).is_empty()
    }

    /// The components that a schema with a `discriminator` and no `oneOf` stands for: those that
    /// are composed of it (OpenAPI 3.0.4 section 4.7.25).
    pub(super) fn children(&self, merged: &Value) -> Vec<String> {
        let at = provenance(merged, "");
        let is_base = merged.get("discriminator").is_some()
            && self.json.pointer(&at).is_some_and(|schema| schema.get("discriminator").is_some())
            && at.starts_with(COMPONENTS)
            && merged.get("oneOf").is_none()
            && merged.get("anyOf").is_none();
        if !is_base {
            return Vec::new();
        }
        let mut found = vec![at];
        loop {
            let more = self.component_pointers().into_iter().find(|pointer| {
                !found.contains(pointer)
                    && self
                        .json
                        .pointer(pointer)
                        .and_then(|schema| schema.get("allOf")?.as_array())
                        .is_some_and(|members| {
                            members.iter().any(|member| {
                                member.get("$ref").and_then(Value::as_str).is_some_and(|target| {
                                    found
                                        .iter()
                                        .any(|known| target.trim_start_matches('#') == known)
                                })
                            })
                        })
            });
            match more {
                Some(pointer) => found.push(pointer),
                None => return found.split_off(1),
            }
        }
    }

    /// The alternatives of a union but `null`.
    pub(super) fn choices(&self, merged: &Value) -> Vec<Choice> {
        let mut choices = Vec::new();
        let children = self.children(merged);
        if !children.is_empty() {
            let base = without_union(merged);
            choices.extend(
                children
                    .iter()
                    .map(|child| self.choice(&json!({ "$ref": format!("#{child}") }), child)),
            );
            let at = provenance(merged, "");
            choices.push(Choice {
                merged: Rc::new(base.clone()),
                schema: base,
                target: Some(at.clone()),
                at,
            });
            return choices;
        }
        let key = if merged.get("oneOf").is_some() { "oneOf" } else { "anyOf" };
        let all = merged.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        let at = provenance(merged, "");
        let beside = merged.get("properties").is_some().then(|| without_union(merged));
        for (index, schema) in all.iter().enumerate() {
            if self.is_null(schema) {
                continue;
            }
            let at = provenance(schema, &format!("{at}/{key}/{index}"));
            let mut choice = self.choice(schema, &at);
            if let Some(beside) = &beside {
                choice.schema = json!({ "allOf": [beside, schema], AT: at });
                choice.merged = Rc::new(self.merged(&choice.schema, &at));
            }
            choices.push(choice);
        }
        choices
    }

    /// The alternative of a union that has one only, but for `null`, and its pointer.
    pub(super) fn only_choice(&self, merged: &Value) -> Option<(Value, String)> {
        if !self.is_union(merged) {
            return None;
        }
        let mut choices = self.choices(merged);
        (choices.len() == 1).then(|| choices.remove(0)).map(|choice| (choice.schema, choice.at))
    }

    fn choice(&self, schema: &Value, at: &str) -> Choice {
        let target = schema.get("$ref").and_then(Value::as_str);
        let target = target.map(|target| target.trim_start_matches('#').to_owned());
        let merged = match &target {
            Some(target) => self.merged_target(target),
            None => Rc::new(self.merged(schema, at)),
        };
        Choice { schema: schema.clone(), at: at.to_owned(), merged, target }
    }
}

fn without_union(merged: &Value) -> Value {
    let mut base = merged.clone();
    if let Some(fields) = base.as_object_mut() {
        fields.retain(|key, _| {
            !matches!(key.as_str(), "oneOf" | "anyOf" | "discriminator" | "title" | "description")
        });
    }
    base
}

/// The required properties of an object.
pub(super) fn required(schema: &Value) -> Vec<String> {
    let names = schema.get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
}
