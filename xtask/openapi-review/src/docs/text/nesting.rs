//! Which fields of a flat list are the fields of another one.
//!
//! A page lists the fields of an object after it: as `parent.child`, or under their own names
//! after `Hide child attributes`. In the second case the sample shows where they end.

use std::collections::{HashMap, HashSet};

use cx_client_build::{Node, Value};

use super::super::page::{Located, Problem};
use super::fields::{Control, Field};
use super::types;

/// How deep fields may nest; see [`super::json::MAX_DEPTH`].
const MAX_DEPTH: usize = super::json::MAX_DEPTH;

/// An object whose fields are being collected.
struct Frame<'a> {
    field: Option<Field>,
    /// The name as the page writes it, with those of the parents.
    name: String,
    control: Option<Located<Control>>,
    /// Whether the fields were written with the parent's name.
    dotted: bool,
    /// The object in the sample.
    sample: HashMap<&'a str, &'a Node>,
    /// What the sample has and the list so far has not.
    pending: HashSet<&'a str>,
    found: Vec<Field>,
}

impl<'a> Frame<'a> {
    fn new(sample: Option<&'a Node>) -> Self {
        let sample: HashMap<&str, &Node> = sample
            .and_then(object_in)
            .map_or(&[][..], Node::entries)
            .iter()
            .map(|entry| (entry.key.as_str(), &entry.node))
            .collect();
        Self {
            field: None,
            name: String::new(),
            control: None,
            dotted: false,
            pending: sample.keys().copied().collect(),
            sample,
            found: Vec::new(),
        }
    }

    /// Whether the sample has the name here, for a field that is not listed yet.
    fn expects(&self, name: &str) -> bool {
        self.pending.contains(name)
    }

    fn takes_undotted(&self, name: &str, outer_expects: bool) -> bool {
        let Some(control) = &self.control else { return false };
        if self.dotted {
            return false;
        }
        // A field that no sample shows belongs here while others that the sample shows are still
        // to come.
        let complete = !self.sample.is_empty() && self.pending.is_empty();
        self.expects(name) || control.value == Control::Hide && !outer_expects && !complete
    }
}

/// Builds the tree of fields; `sample` is the object, or the array of objects, that they describe.
pub(super) fn nest(
    fields: Vec<Field>,
    sample: Option<&Node>,
    problems: &mut Vec<Problem>,
) -> Vec<Field> {
    let mut stack = vec![Frame::new(sample)];
    for mut field in fields {
        let full = field.name.value.clone();
        let level = level(&mut stack, &full);
        while stack.len() > level + 1 {
            close(&mut stack);
        }
        let Some(parent) = stack.last_mut() else { continue };
        if level > 0
            && let Some(local) = local_name(&parent.name, &full)
        {
            parent.dotted = true;
            field.name.value = local.to_owned();
        }
        parent.pending.remove(field.name.value.as_str());
        let sample = parent.sample.get(field.name.value.as_str()).copied();
        if !types::has_fields(&field.schema) {
            parent.found.push(field);
            continue;
        }
        if stack.len() >= MAX_DEPTH {
            problems.push(Problem::new(
                field.name.line,
                format!("fields are nested deeper than {MAX_DEPTH} levels"),
                "a page of ordinary depth",
            ));
            return Vec::new();
        }
        stack.push(Frame {
            name: full,
            control: field.control.clone(),
            field: Some(field),
            ..Frame::new(sample)
        });
    }
    while stack.len() > 1 {
        close(&mut stack);
    }
    stack.pop().map(|root| root.found).unwrap_or_default()
}

/// The index of the frame that a field belongs to.
fn level(stack: &mut [Frame<'_>], full: &str) -> usize {
    for level in (1..stack.len()).rev() {
        if local_name(&stack[level].name, full).is_some() {
            return level;
        }
    }
    for level in (1..stack.len()).rev() {
        let outer_expects = stack[..level].iter().any(|frame| frame.expects(full));
        if stack[level].takes_undotted(full, outer_expects) {
            return level;
        }
    }
    0
}

/// `child` of `parent.child`, or of `parent[].child`.
fn local_name<'a>(parent: &str, full: &'a str) -> Option<&'a str> {
    let rest = full.strip_prefix(parent)?;
    let rest = rest.trim_start_matches("[]").strip_prefix('.')?;
    (!rest.is_empty()).then_some(rest)
}

fn close(stack: &mut Vec<Frame<'_>>) {
    let Some(frame) = stack.pop() else { return };
    let (Some(mut field), Some(parent)) = (frame.field, stack.last_mut()) else { return };
    field.children = frame.found;
    parent.found.push(field);
}

/// The object that a sample is, or the first that an array of objects holds.
fn object_in(sample: &Node) -> Option<&Node> {
    match &sample.value {
        Value::Mapping(_) => Some(sample),
        Value::Sequence(items) => items.iter().find_map(object_in),
        _ => None,
    }
}
