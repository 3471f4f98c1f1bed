//! What samples alone say of a value: its names and types.

use std::collections::BTreeSet;

use cx_client_build::{Node, Value};
use serde_json::json;

use super::super::page::{SAMPLED, at, object, text as string, type_of, unknown, yes};
use super::super::values;

/// Placeholders that say nothing of the type.
const OF_ANY_TYPE: [&str; 2] = ["<any>", "<unknown>"];

/// The schema of a value of which a page shows samples, one or more, and nothing else.
///
/// A platform that makes samples up has placeholders for strings and this number for all numbers,
/// whole or not.
pub(super) fn schema(samples: &[&Node], line: usize, is_made_up: bool) -> Node {
    let shown: Vec<&Node> =
        samples.iter().copied().filter(|sample| sample.value != Value::Null).collect();
    let is_placeholder = |sample: &Node| is_made_up && sample.to_json() == json!(123);
    let kinds: Option<BTreeSet<&str>> = shown
        .iter()
        .map(|sample| match &sample.value {
            Value::Mapping(_) => Some("object"),
            Value::Sequence(_) => Some("array"),
            _ if sample.as_str().is_some_and(|text| OF_ANY_TYPE.contains(&text)) => None,
            _ if is_placeholder(sample) => Some("number"),
            _ => type_of(sample),
        })
        .collect();
    let mut kinds = kinds.unwrap_or_default();
    if kinds.contains("number") {
        kinds.remove("integer");
    }
    let (Some(kind), true) = (kinds.first().copied(), kinds.len() < 2) else {
        return unknown(line);
    };
    let mut schema = object(line, [("type", string(line, kind))]);
    match kind {
        "object" => {
            let mut properties = Node::object(at(line));
            for entry in shown.iter().flat_map(|sample| sample.entries()) {
                if properties.get(&entry.key).is_none() {
                    let values: Vec<&Node> =
                        shown.iter().filter_map(|sample| sample.get(&entry.key)).collect();
                    let property = self::schema(&values, entry.key_position.line, is_made_up);
                    properties.set(&entry.key, property);
                }
            }
            schema.set("properties", properties);
        }
        "array" => {
            let items: Vec<&Node> = shown.iter().flat_map(|sample| sample.items()).collect();
            schema.set("items", self::schema(&items, line, is_made_up));
        }
        _ => {
            let is_example = |sample: &&&Node| {
                !is_placeholder(sample) && !values::has_placeholder(&sample.to_json())
            };
            let example = shown.iter().find(is_example).copied();
            example.into_iter().for_each(|example| schema.set("example", example.clone()));
        }
    }
    if shown.len() < samples.len() {
        schema.set("nullable", yes(line));
    }
    schema.set(SAMPLED, yes(line));
    schema
}
