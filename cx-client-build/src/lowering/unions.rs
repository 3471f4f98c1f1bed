//! `oneOf` and `anyOf`: enums whose alternatives are distinguished.

use serde_json::{Value, json};

use super::choices::{Choice, required};
use super::merge::{AT, ORDER};
use super::schemas::{enumeration, reference, strings, type_of};
use super::{Direction, Lowering};
use crate::names::TypeName;
use crate::rust_name::{Case, Scope};

impl Lowering<'_> {
    pub(super) fn union(
        &mut self,
        merged: &Value,
        at: &str,
        direction: Direction,
        name: &str,
        made: &mut TypeName,
    ) -> Value {
        let choices = self.choices(merged);
        if let Some(lowered) = self.without_choice(&choices, direction, name, made) {
            return lowered;
        }
        let tags = self.tags(&choices);
        let object = || self.any_of_objects(merged, &choices, at);
        if let Some(object) = tags.iter().all(Vec::is_empty).then(object).flatten() {
            return self.structure(&object, at, direction, name, made);
        }
        let mut scope = Scope::default();
        if direction != Direction::Request {
            made.facts.open = Some(scope.take("unknown", Case::Pascal, ""));
        }
        let mut lowered = Vec::new();
        let is_base = !self.children(merged).is_empty();
        for (index, (choice, tags)) in choices.iter().zip(tags).enumerate() {
            let base = is_base && index + 1 == choices.len();
            let (value, wanted) = self.alternative(choice, direction, name, base);
            let variant = scope.take(&wanted, Case::Pascal, "");
            let mut alternative = self.what_tells_apart(merged, choice, tags);
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
            return (reference(&base), base);
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

    /// A union that needs no enum of alternatives: one of one alternative, or of strings.
    fn without_choice(
        &mut self,
        choices: &[Choice],
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
        let enums = enums?;
        Some(enumeration(&enums.concat(), direction != Direction::Request, made))
    }

    /// An object with the properties of all alternatives, if a value can be several of them and
    /// they agree on the properties.
    fn any_of_objects(&self, merged: &Value, choices: &[Choice], at: &str) -> Option<Value> {
        let several = merged.get("anyOf").is_some()
            && merged.get("oneOf").is_none()
            && merged.get("discriminator").is_none()
            && choices.iter().all(|choice| {
                choice.merged.get("properties").is_some() && !self.is_union(&choice.merged)
            });
        if !several {
            return None;
        }
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
            let names = choice.merged.get(ORDER)?.as_array()?;
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
            ORDER: order, AT: at,
        }))
    }
}
