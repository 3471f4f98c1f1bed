//! References as URIs write them.

use percent_encoding::percent_decode_str;

use super::{Document, has_free_keys};
use crate::node::{Node, Value, escape_token};

/// Writes every reference within the document as the JSON pointer that it stands for: in a URI,
/// `{` of a path is `%7B` (RFC 6901 section 6). One that names something as it is stays so.
pub(super) fn decode(document: &mut Document) {
    let mut found = Vec::new();
    collect(document, document.root(), "", &mut found);
    for (pointer, target) in found {
        if let Some(node) = document.at_mut(&pointer) {
            node.value = Value::String(target);
        }
    }
}

fn collect(document: &Document, node: &Node, pointer: &str, found: &mut Vec<(String, String)>) {
    for (index, item) in node.items().iter().enumerate() {
        collect(document, item, &format!("{pointer}/{index}"), found);
    }
    for entry in node.entries() {
        let at = format!("{pointer}/{}", escape_token(&entry.key));
        let is_data = matches!(entry.key.as_str(), "example" | "default" | "enum" | "value");
        match (entry.key.as_str(), entry.node.as_str()) {
            _ if is_data && !has_free_keys(pointer) => {}
            ("$ref", Some(target)) if target.starts_with('#') && target.contains('%') => {
                let is_there = |target: &str| document.at(&target[1..]).is_some();
                if let Ok(decoded) = percent_decode_str(target).decode_utf8()
                    && !is_there(target)
                    && is_there(&decoded)
                {
                    found.push((at, decoded.into_owned()));
                }
            }
            _ => collect(document, &entry.node, &at, found),
        }
    }
}
