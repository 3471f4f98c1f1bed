//! Checks operation ids and path parameters.

use std::collections::{BTreeSet, HashMap};

use super::object_model::METHODS;
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::node::{Node, escape_token};
use crate::position::Position;

pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let mut checker = Checker { document, diagnostics: Vec::new(), ids: HashMap::new() };
    for path in document.root().get("paths").map_or(&[][..], Node::entries) {
        if path.key.starts_with("x-") {
            continue;
        }
        let pointer = format!("/paths/{}", escape_token(&path.key));
        if path.node.get("$ref").is_some() {
            checker.report(
                "path-reference",
                &format!("{pointer}/$ref"),
                "this reference names no path item of the document".to_owned(),
                "write the operations here",
            );
            continue;
        }
        for method in METHODS {
            if let Some(operation) = path.node.get(method) {
                let pointer = format!("{pointer}/{method}");
                checker.id(operation, &pointer);
                checker.path_parameters(&path.key, &path.node, operation, &pointer);
            }
        }
    }
    checker.diagnostics
}

struct Checker<'a> {
    document: &'a Document,
    diagnostics: Vec<Diagnostic>,
    ids: HashMap<&'a str, Position>,
}

impl<'a> Checker<'a> {
    fn report(&mut self, rule: &'static str, pointer: &str, message: String, help: &str) {
        let position = self.document.position(pointer);
        self.diagnostics.push(
            Diagnostic::error(rule, self.document.file(), position, message)
                .pointer(pointer)
                .help(help),
        );
    }

    fn id(&mut self, operation: &'a Node, pointer: &str) {
        // One without a name is called by its method and path.
        let Some(id) = operation.get("operationId").and_then(Node::as_str) else { return };
        let pointer = format!("{pointer}/operationId");
        let position = self.document.position(&pointer);
        // A path item that two paths refer to is the same one.
        let first = self.ids.insert(id, position).filter(|first| *first != position);
        if let Some(first) = first {
            self.report(
                "operation-id",
                &pointer,
                format!("the operation id `{id}` stands twice; first at line {}", first.line),
                "give one of the two operations another id",
            );
        }
    }

    fn path_parameters(&mut self, path: &str, item: &Node, operation: &Node, pointer: &str) {
        let template: BTreeSet<&str> = path
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name)
            .collect();
        let mut declared = BTreeSet::new();
        for parameters in [item.get("parameters"), operation.get("parameters")] {
            for parameter in parameters.map_or(&[][..], Node::items) {
                let parameter = self.document.resolve(parameter);
                if parameter.get("in").and_then(Node::as_str) == Some("path") {
                    let name = parameter.get("name").and_then(Node::as_str).unwrap_or_default();
                    declared.insert(name.to_owned());
                    if parameter.get("required").and_then(Node::as_bool) != Some(true) {
                        self.report(
                            "path-parameter",
                            pointer,
                            format!("the path parameter `{name}` is not marked required"),
                            "add `required: true` to it (OpenAPI 3.0.4 section 4.7.12.2)",
                        );
                    }
                }
            }
        }
        for name in &template {
            if !declared.contains(*name) {
                self.report(
                    "path-parameter",
                    pointer,
                    format!("the path has `{{{name}}}`, and no parameter declares it"),
                    "add a parameter of that name with `in: path` and `required: true`",
                );
            }
        }
        for name in &declared {
            if !template.contains(name.as_str()) {
                self.report(
                    "path-parameter",
                    pointer,
                    format!("the path parameter `{name}` does not occur in the path `{path}`"),
                    "remove it, or put its name in braces into the path",
                );
            }
        }
    }
}
