//! References as URIs write them.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use crate::node::{Node, Value, walk};

/// Writes every reference within the document as the JSON pointer that it stands for: in a URI,
/// `{` of a path is `%7B` (RFC 6901 section 6). One that names something as it is stays so.
pub(super) fn decode(root: &mut Node) {
    let mut decoded = HashMap::new();
    collect(root, root, &mut decoded);
    if !decoded.is_empty() {
        replace(root, &decoded);
    }
}

fn collect(root: &Node, node: &Node, decoded: &mut HashMap<String, String>) {
    let is_there = |target: &str| walk(root, target.trim_start_matches('#')).1.is_some();
    if let Some(target) = node.get("$ref").and_then(Node::as_str)
        && target.starts_with('#')
        && target.contains('%')
        && !is_there(target)
        && let Ok(pointer) = percent_decode_str(target).decode_utf8()
        && is_there(&pointer)
    {
        decoded.insert(target.to_owned(), pointer.into_owned());
    }
    let members = node.entries().iter().map(|entry| &entry.node);
    for below in members.chain(node.items()) {
        collect(root, below, decoded);
    }
}

fn replace(node: &mut Node, decoded: &HashMap<String, String>) {
    match &mut node.value {
        Value::Sequence(items) => items.iter_mut().for_each(|item| replace(item, decoded)),
        Value::Mapping(mapping) => {
            for entry in &mut mapping.entries {
                match &mut entry.node.value {
                    Value::String(target) if entry.key == "$ref" => {
                        if let Some(pointer) = decoded.get(target) {
                            target.clone_from(pointer);
                        }
                    }
                    _ => replace(&mut entry.node, decoded),
                }
            }
        }
        _ => {}
    }
}
