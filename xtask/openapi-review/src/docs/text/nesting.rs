//! The schemas that a flat list of fields describes, with the samples of their values.
//!
//! A page lists the fields of an object after it: as `parent.child`, or under their own names
//! after `Hide child attributes`. In the second case the sample shows where they end.

use std::collections::HashSet;

use cx_client_build::{Node, Value};
use serde_json::Value as Json;

use super::super::facts::Part;
use super::super::page::{Located, SAMPLED, UNSTATED, at, leave_unstated, text as string, yes};
use super::super::values;
use super::fields::{Control, Field};
use super::reader::Reader;
use super::{json, samples, types};

/// An object whose fields are being collected.
struct Frame {
    field: Field,
    /// The name as the page writes it, with those of the parents.
    name: String,
    /// Whether the fields were written with the parent's name.
    dotted: bool,
    /// The values that the page shows in its place.
    samples: Vec<Node>,
    /// What they have and the list so far has not.
    pending: HashSet<String>,
    found: Vec<Field>,
}

impl Frame {
    fn new(field: Field, name: String, samples: Vec<Node>) -> Self {
        let mut frame = Self {
            field,
            name,
            dotted: false,
            samples,
            pending: HashSet::new(),
            found: Vec::new(),
        };
        frame.pending =
            frame.shown().iter().flat_map(|one| one.entries()).map(|one| one.key.clone()).collect();
        frame
    }

    /// The objects that the samples are, or hold.
    fn shown(&self) -> Vec<&Node> {
        fn gather<'n>(node: &'n Node, found: &mut Vec<&'n Node>) {
            match &node.value {
                Value::Sequence(items) => items.iter().for_each(|item| gather(item, found)),
                Value::Mapping(_) => found.push(node),
                _ => {}
            }
        }
        let mut found = Vec::new();
        self.samples.iter().for_each(|sample| gather(sample, &mut found));
        found
    }

    fn takes_undotted(&self, name: &str, outer_expects: bool) -> bool {
        let Some(control) = self.field.control.as_ref().filter(|_| !self.dotted) else {
            return false;
        };
        // A field that no sample shows belongs here while others that the sample shows are still
        // to come.
        let complete = !self.shown().is_empty() && self.pending.is_empty();
        self.pending.contains(name) || control.value == Control::Hide && !outer_expects && !complete
    }

    fn keep(&mut self, mut field: Field) {
        let example = field.schema.get("example");
        if example.is_some_and(|value| values::has_placeholder(&value.to_json())) {
            field.schema.remove("example");
        }
        self.field.last_line = self.field.last_line.max(field.last_line);
        self.found.push(field);
    }
}

impl Reader<'_> {
    /// The fields of a list that are none of another one, each with its schema.
    pub(super) fn nested(&mut self, fields: Vec<Field>) -> Vec<Field> {
        let unnamed = Located::new(String::new(), 0);
        let root = Field::new(unnamed.clone(), unnamed, Node::object(at(0)));
        self.tree(Frame::new(root, String::new(), Vec::new()), fields).found
    }

    /// The schema of a body of which this is what its type says; its fields are those of a list, and
    /// the page may show the whole.
    pub(super) fn nested_in(
        &mut self,
        schema: Node,
        fields: Vec<Field>,
        sample: Option<&Node>,
    ) -> Node {
        let unnamed = Located::new(String::new(), schema.position.line);
        let root = Field::new(unnamed.clone(), unnamed, schema);
        let samples = sample.into_iter().cloned().collect();
        let root = self.tree(Frame::new(root, String::new(), samples), fields);
        self.close(root).schema
    }

    fn tree(&mut self, root: Frame, fields: Vec<Field>) -> Frame {
        let mut stack = vec![root];
        for mut field in fields {
            let full = field.name.value.clone();
            let level = level(&stack, &full);
            self.close_to(&mut stack, level);
            let depth = stack.len();
            let parent = &mut stack[level];
            if let Some(local) = local_name(&parent.name, &full).filter(|_| level > 0) {
                parent.dotted = true;
                field.name.value = local.to_owned();
            }
            let name = &field.name.value;
            parent.pending.remove(name);
            if !types::has_fields(&field.schema) {
                parent.keep(field);
            } else if depth >= json::MAX_DEPTH {
                let message = format!("fields are nested deeper than {} levels", json::MAX_DEPTH);
                self.refuse(field.name.line - 1, message, "a page of ordinary depth");
                break;
            } else {
                let shown = parent.shown().into_iter().filter_map(|one| one.get(name));
                let mut samples: Vec<Node> = shown.cloned().collect();
                if samples.is_empty() {
                    samples.extend(field.schema.get("example").cloned());
                    field.is_open = field.control.is_none();
                }
                stack.push(Frame::new(field, full, samples));
            }
        }
        self.close_to(&mut stack, 0);
        stack.remove(0)
    }

    /// Closes the objects that are deeper than a level.
    fn close_to(&mut self, stack: &mut Vec<Frame>, level: usize) {
        while stack.len() > level + 1
            && let Some(frame) = stack.pop()
        {
            let field = self.close(frame);
            if let Some(parent) = stack.last_mut() {
                parent.keep(field);
            }
        }
    }

    /// The field of an object with all that its own fields and its samples say.
    fn close(&mut self, frame: Frame) -> Field {
        let Frame { mut field, samples, found, .. } = frame;
        let mut schema = std::mem::replace(&mut field.schema, Node::object(at(0)));
        self.fill(&mut schema, &field, found, &samples.iter().collect::<Vec<_>>());
        Field { schema, ..field }
    }

    fn fill(&mut self, schema: &mut Node, field: &Field, found: Vec<Field>, samples: &[&Node]) {
        let line = field.kind.line;
        if let Some(items) = schema.get_mut("items") {
            let inner: Vec<&Node> = samples.iter().flat_map(|sample| sample.items()).collect();
            let is_unknown = items.get(UNSTATED).is_some() && found.is_empty();
            if is_unknown && !inner.is_empty() {
                self.note(line, "the type of the items is that of the sample");
                *items = samples::schema(&inner, line, self.is_made_up);
                return;
            }
            self.fill(items, field, found, &inner);
        } else if let Some(choices) = schema.get_mut("anyOf").and_then(Node::items_mut) {
            let object = choices.iter_mut().find(|one| types::has_fields(one));
            if let Some(object) = object.filter(|_| !found.is_empty()) {
                self.fill(object, field, found, samples);
            }
        } else if !found.is_empty() {
            self.properties(schema, found, samples, field);
        } else if schema.get("type").and_then(Node::as_str) == Some("object") {
            self.unlisted(schema, field, samples);
        }
    }

    /// An object of which the page lists no fields.
    fn unlisted(&mut self, schema: &mut Node, field: &Field, samples: &[&Node]) {
        let name = &field.name.value;
        let collapsed = field.control.as_ref().map(|control| control.line);
        let line = field.kind.line;
        let is_shown = samples.iter().any(|sample| !sample.entries().is_empty());
        if is_shown && field.is_open {
            let message = format!(
                "the page lists no fields of `{name}`, and its example has some: what it can have is \
                 left open"
            );
            self.note(line, message);
            for key in ["properties", "additionalProperties"] {
                leave_unstated(schema, key);
            }
        } else if is_shown {
            let message = format!(
                "the page lists no fields of `{name}`: names and types are those of the sample"
            );
            self.note(collapsed.unwrap_or(line), message);
            for entry in samples::schema(samples, line, self.is_made_up).entries() {
                schema.set(&entry.key, entry.node.clone());
            }
        } else if let Some(line) = collapsed {
            let message = format!(
                "the fields of `{name}` are folded away: unfold them and copy the page again"
            );
            self.note(line, message);
            leave_unstated(schema, "*");
        }
    }

    fn properties(
        &mut self,
        schema: &mut Node,
        found: Vec<Field>,
        samples: &[&Node],
        field: &Field,
    ) {
        schema.set("type", string(field.kind.line, "object"));
        let mut required = Vec::new();
        let mut properties = Node::object(at(found[0].name.line));
        for child in found {
            let Located { value: name, line } = &child.name;
            if name.starts_with('{') && name.ends_with('}') {
                // `{key}` stands for the keys of a map.
                schema.set("additionalProperties", child.schema);
            } else if properties.get(name).is_some() {
                let message = format!("the field `{name}` is listed twice");
                let fact = Part::Property.named(name);
                self.contradictions.note(schema, *line, fact, Json::Null, message);
            } else {
                required.extend(child.required.map(|line| string(line, name)));
                properties.set(name, child.schema);
            }
        }
        if schema.get("additionalProperties").is_none() {
            self.add_shown(schema, &mut properties, samples, field.last_line);
        }
        if let Some(first) = required.first() {
            schema.set("required", Node::array(first.position, required));
        }
        if !properties.entries().is_empty() {
            schema.set("properties", properties);
        }
    }

    /// Adds what samples have and the list of fields, which ends on a line, has not.
    fn add_shown(
        &mut self,
        schema: &mut Node,
        properties: &mut Node,
        samples: &[&Node],
        last_line: usize,
    ) {
        // A page that breaks off leaves it to the sample to say what else there is.
        let breaks_off = self.truncated.filter(|line| last_line + 8 >= *line);
        for entry in samples.iter().flat_map(|sample| sample.entries()) {
            let (name, line) = (entry.key.as_str(), entry.key_position.line);
            if properties.get(name).is_some() {
                continue;
            }
            let values: Vec<&Node> = samples.iter().filter_map(|sample| sample.get(name)).collect();
            let mut value = samples::schema(&values, line, self.is_made_up);
            value.set(SAMPLED, yes(line));
            if let Some(line) = breaks_off {
                self.note(line, format!("the type of `{name}` is that of the sample"));
            } else {
                value.set(SAMPLED, string(line, "unlisted"));
                let message = format!(
                    "`{name}` is in the sample, and not among the fields that the page lists"
                );
                let fact = Part::Property.named(name);
                self.contradictions.note(schema, line, fact, Json::Null, message);
            }
            properties.set(name, value);
        }
    }
}

/// The index of the frame that a field belongs to.
fn level(stack: &[Frame], full: &str) -> usize {
    let is_dotted = |level: &usize| local_name(&stack[*level].name, full).is_some();
    let is_taken = |level: &usize| {
        let outer_expects = stack[..*level].iter().any(|frame| frame.pending.contains(full));
        stack[*level].takes_undotted(full, outer_expects)
    };
    let inner = || (1..stack.len()).rev();
    inner().find(is_dotted).or_else(|| inner().find(is_taken)).unwrap_or(0)
}

/// `child` of `parent.child`, or of `parent[].child`.
fn local_name<'a>(parent: &str, full: &'a str) -> Option<&'a str> {
    let rest = full.strip_prefix(parent)?;
    let rest = rest.trim_start_matches("[]").strip_prefix('.')?;
    (!rest.is_empty()).then_some(rest)
}
