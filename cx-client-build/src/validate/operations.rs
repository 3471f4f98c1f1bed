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
        if names_in(&path.key).is_none() {
            checker.report(
                "path-parameter",
                &pointer,
                format!("a brace of the path `{}` has no partner", path.key),
                "write the name of a parameter as `{name}`, and a brace that is none as %7B or %7D",
            );
        }
        checker.repeated_parameters(&pointer);
        for method in METHODS {
            if let Some(operation) = path.node.get(method) {
                let pointer = format!("{pointer}/{method}");
                checker.id(operation, &pointer);
                checker.repeated_parameters(&pointer);
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

    /// A list names a parameter once (OpenAPI 3.0.4 section 4.7.10).
    fn repeated_parameters(&mut self, holder: &str) {
        let list = self.document.at(&format!("{holder}/parameters"));
        let mut seen = BTreeSet::new();
        for (index, parameter) in list.map_or(&[][..], Node::items).iter().enumerate() {
            let parameter = self.document.resolve(parameter);
            let text = |key| parameter.get(key).and_then(Node::as_str).unwrap_or_default();
            let (name, location) = (text("name"), text("in"));
            if !seen.insert((name, location)) {
                self.report(
                    "parameter",
                    &format!("{holder}/parameters/{index}"),
                    format!("the {location} parameter `{name}` stands in this list already"),
                    "remove one of the two",
                );
            }
        }
    }

    fn path_parameters(&mut self, path: &str, item: &Node, operation: &Node, pointer: &str) {
        let Some(template) = names_in(path) else { return };
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

/// The names in the braces of a path; `None` where a brace has no partner.
fn names_in(path: &str) -> Option<BTreeSet<&str>> {
    let mut names = BTreeSet::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, next) = after.split_once('}')?;
        if before.contains('}') || name.contains('{') {
            return None;
        }
        names.insert(name);
        rest = next;
    }
    (!rest.contains('}')).then_some(names)
}
