//! Checks that every `$ref` names something in the document.

use crate::diagnostic::Diagnostic;
use crate::document::{Document, has_free_keys};
use crate::node::{Node, Value, escape_token};

pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    visit(document, document.root(), "", &mut diagnostics);
    diagnostics
}

fn visit(document: &Document, node: &Node, pointer: &str, diagnostics: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                visit(document, item, &format!("{pointer}/{index}"), diagnostics);
            }
        }
        Value::Mapping(mapping) => {
            let is_sensitive = node.get("x-sensitive").and_then(Node::as_bool) == Some(true);
            if is_sensitive && node.get("$ref").and_then(Node::as_str).is_some() {
                let at = format!("{pointer}/x-sensitive");
                diagnostics.push(
                    Diagnostic::error(
                        "reference",
                        document.file(),
                        document.position(&at),
                        "what stands beside `$ref` is ignored, so this would not be redacted",
                    )
                    .pointer(at)
                    .help("mark the schema that the reference names, or write `allOf: [$ref: …]`"),
                );
            }
            for entry in mapping.entries() {
                let child = format!("{pointer}/{}", escape_token(&entry.key));
                // Examples and extensions hold data, in which `$ref` means nothing.
                let data = !has_free_keys(pointer)
                    && (matches!(entry.key.as_str(), "example" | "default" | "enum" | "value")
                        || entry.key.starts_with("x-"));
                if data {
                    continue;
                }
                match (entry.key.as_str(), entry.node.as_str()) {
                    ("$ref", Some(target)) if !has_free_keys(pointer) => {
                        diagnostics.extend(target_error(document, target, &child));
                    }
                    _ => visit(document, &entry.node, &child, diagnostics),
                }
            }
        }
        _ => {}
    }
}

fn target_error(document: &Document, target: &str, pointer: &str) -> Option<Diagnostic> {
    let error = |message: String, help: &str| {
        let position = document.position(pointer);
        Some(
            Diagnostic::error("reference", document.file(), position, message)
                .pointer(pointer)
                .help(help),
        )
    };
    let Some(inside) = target.strip_prefix('#') else {
        return error(
            format!("`{target}` points outside this document"),
            "copy what it names into `components` and write '#/components/…'; the generator reads \
             one file",
        );
    };
    let mut seen = vec![inside];
    loop {
        let current = seen[seen.len() - 1];
        let Some(node) = document.at(current) else {
            return error(
                format!("`{target}` names nothing in this document"),
                &similar(document, inside),
            );
        };
        let next = node.get("$ref").and_then(Node::as_str)?.strip_prefix('#')?;
        if seen.contains(&next) {
            return error(
                format!("`{target}` refers to itself in a circle"),
                "let one of the references in the circle name a real definition",
            );
        }
        seen.push(next);
    }
}

fn similar(document: &Document, pointer: &str) -> String {
    let default = "check the spelling, or add what it names".to_owned();
    let Some((parent, name)) = pointer.rsplit_once('/') else { return default };
    let Some(parent_node) = document.at(parent) else { return default };
    parent_node
        .entries()
        .iter()
        .map(|entry| (strsim::jaro_winkler(name, &entry.key), &entry.key))
        .filter(|(similarity, _)| *similarity > 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map_or(default, |(_, key)| format!("did you mean '#{parent}/{}'?", escape_token(key)))
}
