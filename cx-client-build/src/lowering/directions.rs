//! What is sent and what is received of a schema.

use std::collections::HashSet;

use serde_json::Value;

use super::{Direction, Lowering};
use crate::rust_name::Case;

impl Lowering<'_> {
    /// The name of the type of a schema that a reference names.
    pub(super) fn component(&mut self, target: &str, direction: Direction) -> String {
        let (in_request, in_response) =
            (self.usage.requests.contains(target), self.usage.responses.contains(target));
        let splits = in_request && in_response && self.differs(target);
        let form = match (in_request, in_response) {
            (true, true) if splits => {
                if direction == Direction::Request {
                    direction
                } else {
                    Direction::Response
                }
            }
            (true, true) => Direction::Both,
            (false, true) => Direction::Response,
            _ => Direction::Request,
        };
        if let Some(made) = self.made.get(&(target.to_owned(), form)) {
            return made.clone();
        }
        let name = match self.component_names.get(target).cloned() {
            Some(name) if splits && form == Direction::Request => {
                self.scope.take(&format!("{name}-request"), Case::Pascal, "schema")
            }
            Some(name) => name,
            None => {
                let last = crate::unescape_token(target.rsplit('/').next().unwrap_or_default());
                self.scope.take(&last, Case::Pascal, "schema")
            }
        };
        self.made.insert((target.to_owned(), form), name.clone());
        let schema = self.json.pointer(target).cloned().unwrap_or_default();
        self.named(&schema, target, form, &name);
        if splits && let Some(made) = self.types.get_mut(&name) {
            made.facts.partial = form == Direction::Request;
            made.facts.response_only = form == Direction::Response;
        }
        name
    }

    /// The components of which what is sent differs from what is received: those that have a
    /// `readOnly` or a `writeOnly` property, however deep.
    pub(super) fn split_components(&self) -> HashSet<String> {
        let mut split = HashSet::new();
        let mut named: Vec<(String, Vec<String>)> = Vec::new();
        for pointer in self.component_pointers() {
            let Some(schema) = self.json.pointer(&pointer) else { continue };
            let (differs, references) = one_way_and_references(schema);
            if differs {
                split.insert(pointer.clone());
            }
            named.push((pointer, references));
        }
        loop {
            let before = split.len();
            for (pointer, references) in &named {
                if references.iter().any(|target| split.contains(target)) {
                    split.insert(pointer.clone());
                }
            }
            if split.len() == before {
                return split;
            }
        }
    }

    /// Whether a schema that a reference names is one of those, or names one.
    fn differs(&self, target: &str) -> bool {
        self.split.contains(target)
            || (!self.component_names.contains_key(target)
                && self.json.pointer(target).is_some_and(|schema| {
                    let (differs, references) = one_way_and_references(schema);
                    differs || references.iter().any(|target| self.split.contains(target))
                }))
    }
}

/// Whether a schema is, or has a property that is, `readOnly` or `writeOnly`; and what it names.
fn one_way_and_references(schema: &Value) -> (bool, Vec<String>) {
    let (mut differs, mut references) = (false, Vec::new());
    let mut values = vec![schema];
    while let Some(value) = values.pop() {
        match value {
            Value::Array(items) => values.extend(items),
            Value::Object(fields) => {
                for (key, field) in fields {
                    match (key.as_str(), field) {
                        ("readOnly" | "writeOnly", Value::Bool(true)) => differs = true,
                        ("$ref", Value::String(target)) => {
                            references.push(target.trim_start_matches('#').to_owned());
                        }
                        ("example" | "examples" | "default" | "enum", Value::Array(_)) => {}
                        (key, _) if key.starts_with("x-") => {}
                        _ => values.push(field),
                    }
                }
            }
            _ => {}
        }
    }
    (differs, references)
}
