//! What the values of a request must keep to besides their type.

use std::mem;

use serde_json::{Value, json};

use super::Lowering;
use super::choices::required;
use super::merge::provenance;
use super::schemas::{strings, type_of};
use crate::names::{Limit, OperationName};
use crate::node::escape_token;

/// Beyond this, a floating point number is not every integer.
const EXACT: f64 = 9_007_199_254_740_992.0;

impl Lowering<'_> {
    /// What the values of `schema` must keep to, by its number in `limits`.
    pub(super) fn limits(&mut self, schema: &Value, at: &str) -> usize {
        let (schema, at) = self.behind_references(schema, at);
        let key = (at.clone(), schema.to_string());
        if let Some(number) = self.limits_of.get(&key) {
            return *number;
        }
        let number = self.limits.len();
        self.limits.push(Vec::new());
        self.limits_of.insert(key, number);
        let merged = self.merged(&schema, &at);
        let mut limits = Vec::new();
        self.own_limits(&schema, &at, &merged, &mut vec![at.clone()], &mut limits);
        if self.is_union(&merged) {
            let choices = self.choices(&merged);
            let tags = self.tags(&choices);
            let alternatives = choices.iter().zip(tags).map(|(choice, tags)| {
                let alternative = self.what_tells_apart(&merged, choice, tags);
                (alternative, self.limits(&choice.schema, &choice.at))
            });
            limits.push(Limit::Alternatives(alternatives.collect()));
        }
        self.limits[number] = limits;
        number
    }

    /// Those of `schema`, and what else its values must keep to.
    pub(super) fn limits_and(&mut self, schema: &Value, at: &str, more: Option<Value>) -> usize {
        match more {
            Some(more) => self.limits(&json!({ "allOf": [schema, more] }), at),
            None => self.limits(schema, at),
        }
    }

    /// The number of the limits of a body that is a string, of which no type says that it is one of
    /// few.
    pub(super) fn limits_of_text(&mut self, schema: &Value, at: &str) -> Option<usize> {
        let (schema, at) = self.behind_references(schema, at);
        let merged = self.merged(&schema, &at);
        if type_of(&merged) != "string" {
            return None;
        }
        let mut limits = Vec::new();
        self.own_limits(&schema, &at, &merged, &mut vec![at.clone()], &mut limits);
        let values = strings(&merged);
        limits.extend(values.map(|values| {
            Limit::Values(values.into_iter().map(|value| json!(value).to_string()).collect())
        }));
        self.limits.push(limits);
        Some(self.limits.len() - 1)
    }

    /// Those of the limits that restrict a value, numbered anew; the operations forget the others.
    pub(super) fn restricting(&mut self, operations: &mut [OperationName]) -> Vec<Vec<Limit>> {
        let all = mem::take(&mut self.limits);
        let mut restricts = vec![false; all.len()];
        loop {
            let before = restricts.iter().filter(|restricts| **restricts).count();
            // A part mostly has a higher number than what it is a part of.
            for (number, limits) in all.iter().enumerate().rev() {
                restricts[number] |= limits.iter().any(|limit| limit.restricts(&restricts));
            }
            if restricts.iter().filter(|restricts| **restricts).count() == before {
                break;
            }
        }
        let mut kept = restricts.clone();
        for (_, limits) in all.iter().enumerate().filter(|(number, _)| restricts[*number]) {
            for limit in limits {
                if let Limit::Alternatives(all) = limit
                    && limit.restricts(&restricts)
                {
                    all.iter().for_each(|(_, limits)| kept[*limits] = true);
                }
            }
        }
        let mut count = 0;
        let numbers: Vec<usize> = kept
            .iter()
            .map(|kept| {
                count += usize::from(*kept);
                count.saturating_sub(1)
            })
            .collect();
        let number = |old: &mut usize| *old = numbers[*old];
        for operation in operations {
            let parameters =
                operation.parameters.iter_mut().map(|parameter| &mut parameter.wire.limits);
            let body = operation.request.body.iter_mut().map(|body| &mut body.limits);
            for limits in parameters.chain(body) {
                *limits = limits.filter(|limits| restricts[*limits]);
                limits.iter_mut().for_each(number);
            }
        }
        let mut result = Vec::new();
        for (_, mut limits) in all.into_iter().enumerate().filter(|(number, _)| kept[*number]) {
            limits.retain(|limit| limit.restricts(&restricts));
            for limit in &mut limits {
                match limit {
                    Limit::Items(part)
                    | Limit::Property(_, part)
                    | Limit::OtherProperties(_, part) => {
                        number(part);
                    }
                    Limit::Alternatives(all) => all.iter_mut().for_each(|(_, part)| number(part)),
                    _ => {}
                }
            }
            result.push(limits);
        }
        result
    }

    fn behind_references(&self, schema: &Value, at: &str) -> (Value, String) {
        let (mut schema, mut at) = (schema.clone(), provenance(schema, at));
        for _ in 0..128 {
            let target = schema.get("$ref").and_then(Value::as_str).map(str::to_owned);
            let Some(target) = target else { break };
            at = target.trim_start_matches('#').to_owned();
            schema = self.json.pointer(&at).cloned().unwrap_or_default();
        }
        (schema, at)
    }

    /// Adds what a schema and the members of its `allOf` say: a value keeps to each. `merged` is all
    /// of it, `seen` are the pointers of those that have been added.
    fn own_limits(
        &mut self,
        schema: &Value,
        at: &str,
        merged: &Value,
        seen: &mut Vec<String>,
        limits: &mut Vec<Limit>,
    ) {
        let members = schema.get("allOf").and_then(Value::as_array);
        for (index, member) in members.into_iter().flatten().enumerate() {
            let (member, at) = self.behind_references(member, &format!("{at}/allOf/{index}"));
            if !seen.contains(&at) {
                seen.push(at.clone());
                self.own_limits(&member, &at, merged, seen, limits);
            }
        }
        of_keywords(schema, limits);
        if let Some(items) = schema.get("items") {
            limits.push(Limit::Items(self.limits(items, &format!("{at}/items"))));
        }
        for (name, property) in
            schema.get("properties").and_then(Value::as_object).into_iter().flatten()
        {
            let at = format!("{at}/properties/{}", escape_token(name));
            limits.push(Limit::Property(name.clone(), self.limits(property, &at)));
        }
        if let Some(values) = schema.get("additionalProperties").filter(|values| values.is_object())
        {
            let properties = merged.get("properties").and_then(Value::as_object);
            let known = properties.into_iter().flatten().map(|(name, _)| name.clone()).collect();
            let values = self.limits(values, &format!("{at}/additionalProperties"));
            limits.push(Limit::OtherProperties(known, values));
        }
    }
}

/// Adds what the keywords of a schema say of values, where their Rust type does not say it.
fn of_keywords(schema: &Value, limits: &mut Vec<Limit>) {
    let number = |key: &str| schema.get(key).and_then(Value::as_f64);
    let count = |key: &str| number(key).map(|count| count as usize);
    let is_true = |key: &str| schema.get(key) == Some(&Value::Bool(true));
    for (key, exclusive, plain, strict) in [
        ("minimum", "exclusiveMinimum", "Minimum", "ExclusiveMinimum"),
        ("maximum", "exclusiveMaximum", "Maximum", "ExclusiveMaximum"),
    ] {
        if let Some(bound) = number(key) {
            let is_strict = is_true(exclusive) && bound.abs() < EXACT;
            limits.push(Limit::Number(if is_strict { strict } else { plain }, bound));
        }
    }
    limits.extend(
        number("multipleOf")
            .filter(|step| *step > 0.0)
            .map(|step| Limit::Number("MultipleOf", step)),
    );
    limits.extend(count("minLength").filter(|n| *n > 0).map(|n| Limit::Count("MinLength", n)));
    limits.extend(count("maxLength").map(|n| Limit::Count("MaxLength", n)));
    limits.extend(count("minItems").filter(|n| *n > 0).map(|n| Limit::Count("MinItems", n)));
    limits.extend(count("maxItems").map(|n| Limit::Count("MaxItems", n)));
    if is_true("uniqueItems") {
        limits.push(Limit::UniqueItems);
    }
    // A property that is required is there.
    let least = count("minProperties").filter(|n| *n > required(schema).len());
    limits.extend(least.map(|n| Limit::Count("MinProperties", n)));
    limits.extend(count("maxProperties").map(|n| Limit::Count("MaxProperties", n)));
    if let Some(values) = schema.get("enum").and_then(Value::as_array)
        && (type_of(schema) != "string" || strings(schema).is_none())
    {
        limits.push(Limit::Values(values.iter().map(Value::to_string).collect()));
    }
}

impl Limit {
    /// Whether it restricts values, where of the parts those do that `restricts` says.
    fn restricts(&self, restricts: &[bool]) -> bool {
        match self {
            Self::Items(part) | Self::Property(_, part) | Self::OtherProperties(_, part) => {
                restricts[*part]
            }
            Self::Alternatives(all) => all.iter().any(|(_, part)| restricts[*part]),
            _ => true,
        }
    }
}
