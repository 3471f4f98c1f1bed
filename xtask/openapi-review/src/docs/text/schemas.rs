//! The schemas that fields and samples describe.

use cx_client_build::{Node, Value, escape_token};
use serde_json::Value as Json;

use super::super::facts::{FactName, Part};
use super::super::page::{
    Contradiction, Note, SAMPLED, UNSTATED, at, leave_unstated, object, text as string, unknown,
    yes,
};
use super::super::values;
use super::fields::Field;
use super::{Reader, types};

impl Reader<'_> {
    pub(super) fn note(&mut self, line: usize, message: impl Into<String>) {
        self.notes.push(Note::new(line, message));
    }

    pub(super) fn contradict(
        &mut self,
        line: usize,
        pointer: &str,
        fact: impl Into<FactName>,
        said: impl Into<Json>,
        message: impl Into<String>,
    ) {
        self.contradictions.push(Contradiction {
            line,
            pointer: pointer.to_owned(),
            fact: fact.into(),
            said: said.into(),
            message: message.into(),
        });
    }

    /// The schema of a field, with those of its children; `samples` are values that the page shows
    /// in its place.
    pub(super) fn schema(&mut self, field: &Field, samples: &[&Node], pointer: &str) -> Node {
        for fault in &field.faults {
            let (keyword, message) = &fault.value;
            let said = field.schema.get(keyword).map_or(Json::Null, Node::to_json);
            self.contradict(fault.line, pointer, *keyword, said, message);
        }
        let mut schema = field.schema.clone();
        let own: Vec<&Node> = field.schema.get("example").into_iter().collect();
        let samples = if samples.is_empty() { &own } else { samples };
        self.fill(&mut schema, field, samples, pointer);
        if schema.get("example").is_some_and(|value| values::has_placeholder(&value.to_json())) {
            schema.remove("example");
        }
        schema
    }

    /// Completes the schema of a field with what its children say.
    fn fill(&mut self, schema: &mut Node, field: &Field, samples: &[&Node], pointer: &str) {
        let line = field.kind.line;
        if let Some(items) = schema.get_mut("items") {
            let inner: Vec<&Node> = samples.iter().flat_map(|sample| sample.items()).collect();
            let is_unknown = items.get(UNSTATED).is_some() && field.children.is_empty();
            if let (true, Some(first)) = (is_unknown, inner.first()) {
                self.note(line, "the type of the items is that of the sample");
                *items = of_sample(first, line);
                return;
            }
            return self.fill(items, field, &inner, &format!("{pointer}/items"));
        }
        if let Some(choices) = schema.get_mut("anyOf").and_then(Node::items_mut) {
            let object = choices.iter().position(types::has_fields);
            if let Some(index) = object.filter(|_| !field.children.is_empty()) {
                let pointer = format!("{pointer}/anyOf/{index}");
                self.fill(&mut choices[index], field, samples, &pointer);
            }
            return;
        }
        let is_object = schema.get("type").and_then(Node::as_str) == Some("object");
        if is_object || !field.children.is_empty() {
            self.object(schema, field, samples, pointer);
        }
    }

    fn object(&mut self, schema: &mut Node, field: &Field, samples: &[&Node], pointer: &str) {
        let line = field.kind.line;
        if field.children.is_empty() {
            let collapsed = field.control.as_ref().map(|control| control.line);
            let name = &field.name.value;
            if let Some(sample) = samples.iter().find(|sample| !sample.entries().is_empty()) {
                let message = format!(
                    "the page lists no fields of `{name}`: names and types are those of the sample"
                );
                self.note(collapsed.unwrap_or(line), message);
                for entry in of_sample(sample, line).entries() {
                    schema.set(&entry.key, entry.node.clone());
                }
            } else if let Some(line) = collapsed {
                let message = format!(
                    "the fields of `{name}` are folded away: unfold them and copy the page again"
                );
                self.note(line, message);
                leave_unstated(schema, "*");
            }
            return;
        }
        schema.set("type", string(line, "object"));
        let mut required = Vec::new();
        let mut properties = Node::object(at(field.children[0].name.line));
        for child in &field.children {
            let name = child.name.value.as_str();
            // `{key}` stands for the keys of a map.
            if name.starts_with('{') && name.ends_with('}') {
                let value = self.schema(child, &[], &format!("{pointer}/additionalProperties"));
                schema.set("additionalProperties", value);
                continue;
            }
            let inner: Vec<&Node> = samples.iter().filter_map(|sample| sample.get(name)).collect();
            let place = format!("{pointer}/properties/{}", escape_token(name));
            let value = self.schema(child, &inner, &place);
            if properties.get(name).is_some() {
                let message = format!("the field `{name}` is listed twice");
                let fact = Part::Property.named(name);
                self.contradict(child.name.line, pointer, fact, Json::Null, message);
                continue;
            }
            required.extend(child.required.map(|line| string(line, name)));
            properties.set(name, value);
        }
        if schema.get("additionalProperties").is_none() {
            self.unlisted(&mut properties, field, samples, pointer);
        }
        if !required.is_empty() {
            schema.set("required", Node::array(required[0].position, required));
        }
        if !properties.entries().is_empty() {
            schema.set("properties", properties);
        }
    }

    /// Adds what samples have and the list of fields has not.
    fn unlisted(&mut self, properties: &mut Node, field: &Field, samples: &[&Node], pointer: &str) {
        let last = field.children.iter().map(last_line).max().unwrap_or(0);
        // A page that breaks off leaves it to the sample to say what else there is.
        let breaks_off = self.truncated.is_some_and(|line| last + 8 >= line);
        for entry in samples.iter().flat_map(|sample| sample.entries()) {
            let name = entry.key.as_str();
            if properties.get(name).is_some() {
                continue;
            }
            let mut value = of_sample(&entry.node, entry.key_position.line);
            value.set(SAMPLED, yes(entry.key_position.line));
            if breaks_off {
                let line = self.truncated.unwrap_or(entry.key_position.line);
                self.note(line, format!("the type of `{name}` is that of the sample"));
            } else {
                value.set(SAMPLED, string(entry.key_position.line, "unlisted"));
                let message = format!(
                    "`{name}` is in the sample, and not among the fields that the page lists"
                );
                let fact = Part::Property.named(name);
                self.contradict(entry.key_position.line, pointer, fact, Json::Null, message);
            }
            properties.set(name, value);
        }
    }
}

fn last_line(field: &Field) -> usize {
    field.children.iter().map(last_line).max().unwrap_or(0).max(field.last_line)
}

/// The names and types of a sample.
pub(super) fn of_sample(sample: &Node, line: usize) -> Node {
    let mut schema = match &sample.value {
        Value::Mapping(fields) => {
            let mut properties = Node::object(at(line));
            for entry in fields.entries() {
                properties.set(&entry.key, of_sample(&entry.node, entry.key_position.line));
            }
            object(line, [("type", string(line, "object")), ("properties", properties)])
        }
        Value::Sequence(items) => {
            let shown = items.iter().find(|item| item.value != Value::Null);
            let items = shown.map_or_else(|| unknown(line), |item| of_sample(item, line));
            object(line, [("type", string(line, "array")), ("items", items)])
        }
        Value::Null => return unknown(line),
        scalar => {
            let kind = match scalar {
                Value::Bool(_) => "boolean",
                Value::Number(number) if number.is_f64() => "number",
                Value::Number(_) => "integer",
                _ => "string",
            };
            let mut schema = object(line, [("type", string(line, kind))]);
            if !values::has_placeholder(&sample.to_json()) {
                schema.set("example", sample.clone());
            }
            schema
        }
    };
    schema.set(SAMPLED, yes(line));
    schema
}
