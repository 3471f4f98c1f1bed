//! `oneOf` and `anyOf`: enums whose alternatives are distinguished.

use serde_json::{Value, json};

use super::alternatives::required;
use super::merge::{AT, provenance};
use super::schemas::{enumeration, strings, type_of};
use super::{COMPONENTS, Direction, Lowering};
use crate::names::TypeName;
use crate::rust_name::{Case, Scope};

/// An alternative: its schema, and the pointer of what it refers to or of itself.
pub(super) struct Choice {
    pub(super) schema: Value,
    pub(super) at: String,
    pub(super) merged: Value,
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
                merged: base.clone(),
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
                choice.merged = self.merged(&choice.schema, &at);
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
        let merged = self.merged(schema, at);
        Choice { schema: schema.clone(), at: at.to_owned(), merged, target }
    }

    pub(super) fn union(
        &mut self,
        merged: &Value,
        at: &str,
        direction: Direction,
        name: &str,
        made: &mut TypeName,
    ) -> Value {
        let choices = self.choices(merged);
        if let Some(lowered) = self.without_choice(merged, &choices, at, direction, name, made) {
            return lowered;
        }
        let mut scope = Scope::default();
        if direction != Direction::Request {
            made.facts.open = Some(scope.take("unknown", Case::Pascal, ""));
        }
        let mut lowered = Vec::new();
        let is_base = !self.children(merged).is_empty();
        for (index, choice) in choices.iter().enumerate() {
            let base = is_base && index + 1 == choices.len();
            let (value, wanted) = self.alternative(choice, direction, name, base);
            let variant = scope.take(&wanted, Case::Pascal, "");
            let mut alternative = self.what_tells_apart(merged, choice, &choices);
            alternative.variant.clone_from(&variant);
            made.facts.alternatives.push(alternative);
            lowered.push(json!({
                "type": "object",
                "required": [variant],
                "properties": { variant.as_str(): value },
                "additionalProperties": false,
            }));
        }
        json!({ "oneOf": lowered })
    }

    /// The schema of the alternative's content, and the name that its variant would like.
    fn alternative(
        &mut self,
        choice: &Choice,
        direction: Direction,
        name: &str,
        is_base: bool,
    ) -> (Value, String) {
        let mut schema = choice.schema.clone();
        if let Some(fields) = schema.as_object_mut() {
            fields.remove("nullable");
        }
        if is_base {
            let base = self.scope.take(&format!("{name}-base"), Case::Pascal, "");
            if let Some(fields) = schema.as_object_mut() {
                fields.remove("discriminator");
            }
            self.named(&schema, &choice.at, direction, &base);
            if let Some(made) = self.types.get_mut(&base) {
                made.facts.partial = true;
            }
            return (super::schemas::reference(&base), base);
        }
        let wanted = match &choice.target {
            Some(target) if choice.schema.get("$ref").is_some() => {
                self.component(target, direction)
            }
            _ => {
                let title = choice.merged.get("title").and_then(Value::as_str);
                let kind = match type_of(&choice.merged) {
                    "string" if strings(&choice.merged).is_some() => "Value",
                    "string" => "String",
                    "integer" => "Integer",
                    "number" => "Number",
                    "boolean" => "Boolean",
                    "array" => "Array",
                    "object" => "Object",
                    _ => "Any",
                };
                title.unwrap_or(kind).to_owned()
            }
        };
        let lowered = self.inline(&schema, &choice.at, direction, &format!("{name}-{wanted}"));
        // The type of what it refers to can have `null`, which here is the union's.
        let lowered = lowered.pointer("/allOf/0").cloned().unwrap_or(lowered);
        (lowered, wanted)
    }

    /// A union that needs no enum of alternatives: one of one alternative, of strings, or of
    /// objects of which a value can be several.
    fn without_choice(
        &mut self,
        merged: &Value,
        choices: &[Choice],
        at: &str,
        direction: Direction,
        name: &str,
        made: &mut TypeName,
    ) -> Option<Value> {
        if let [choice] = choices {
            return Some(self.inline(
                &choice.schema,
                &choice.at,
                direction,
                &format!("{name}-value"),
            ));
        }
        if choices.is_empty() {
            return Some(json!({}));
        }
        let enums: Option<Vec<Vec<&str>>> =
            choices.iter().map(|choice| strings(&choice.merged)).collect();
        if let Some(enums) = enums {
            return Some(enumeration(&enums.concat(), direction != Direction::Request, made));
        }
        let several = merged.get("anyOf").is_some()
            && merged.get("oneOf").is_none()
            && merged.get("discriminator").is_none()
            && choices.iter().all(|choice| {
                choice.merged.get("properties").is_some()
                    && !self.is_union(&choice.merged)
                    && self.tag_names(choice, choices).is_empty()
            });
        let object = several.then(|| self.any_of_objects(choices, at)).flatten()?;
        Some(self.structure(&object, at, direction, name, made))
    }

    /// An object with the properties of all alternatives, if they agree on them.
    fn any_of_objects(&self, choices: &[Choice], at: &str) -> Option<Value> {
        let mut properties = serde_json::Map::new();
        let mut order: Vec<Value> = Vec::new();
        for choice in choices {
            let all = choice.merged.get("properties")?.as_object()?;
            for (name, schema) in all {
                let bare = |schema: &Value| {
                    let mut schema = schema.clone();
                    if let Some(fields) = schema.as_object_mut() {
                        fields.retain(|key, _| key != AT && key != "description");
                    }
                    schema
                };
                if properties.get(name).is_some_and(|known| bare(known) != bare(schema)) {
                    return None;
                }
                properties.entry(name.clone()).or_insert_with(|| schema.clone());
            }
            let names = choice.merged.get(super::merge::ORDER)?.as_array()?;
            order.extend(
                names.iter().filter(|name| !order.contains(name)).cloned().collect::<Vec<_>>(),
            );
        }
        let in_all =
            |name: &String| choices.iter().all(|choice| required(&choice.merged).contains(name));
        let required: Vec<String> =
            required(&choices.first()?.merged).into_iter().filter(in_all).collect();
        Some(json!({
            "type": "object", "properties": properties, "required": required,
            super::merge::ORDER: order, AT: at,
        }))
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
