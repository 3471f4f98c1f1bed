//! Where a page contradicts itself: its examples and samples against what it says of their schemas.

use std::collections::HashSet;

use cx_client_build::{Node, escape_token};

use super::flat::{below, flat, origin, written_out};
use super::page::{Contradiction, Page};
use super::values::{self, Violation};
use crate::reader::At;

/// How deep schemas are looked into; those of real pages stay below 10.
const MAX_DEPTH: usize = 24;

/// The contradictions of a page, in its order: those that were found when it was read, and those
/// between its examples and its schemas.
pub(super) fn find(page: &Page) -> Vec<Contradiction> {
    let mut search = Search { page, found: page.contradictions.clone(), seen: HashSet::new() };
    let pointer = page.pointer();
    if let Some(operation) = page.document.at(&pointer) {
        search.operation(operation, &pointer);
    }
    let mut found = search.found;
    found.sort_by_key(|one| one.line);
    found.dedup();
    found
}

struct Search<'a> {
    page: &'a Page,
    found: Vec<Contradiction>,
    /// Components and compositions that have been looked into: each speaks for itself once.
    seen: HashSet<String>,
}

impl<'a> Search<'a> {
    fn resolve(&self, node: &'a Node) -> &'a Node {
        self.page.document.resolve(node)
    }

    fn operation(&mut self, operation: &'a Node, pointer: &str) {
        let written =
            self.page.operation().map(|one| one.parameters_as_written(&self.page.document));
        for At { node, pointer } in written.into_iter().flatten() {
            let parameter = self.resolve(node);
            let name = parameter.get("name").and_then(Node::as_str).unwrap_or_default();
            if let Some(schema) = parameter.get("schema") {
                self.schema(schema, name, &format!("{pointer}/schema"), 0);
            }
        }
        if let Some(body) = operation.get("requestBody") {
            self.content(self.resolve(body), "the request body", &format!("{pointer}/requestBody"));
        }
        for entry in operation.get("responses").map_or(&[][..], Node::entries) {
            let pointer = format!("{pointer}/responses/{}", entry.key);
            self.content(
                self.resolve(&entry.node),
                &format!("the response {}", entry.key),
                &pointer,
            );
        }
    }

    fn content(&mut self, body: &'a Node, what: &str, pointer: &str) {
        for entry in body.get("content").map_or(&[][..], Node::entries) {
            let pointer = format!("{pointer}/content/{}", escape_token(&entry.key));
            let Some(schema) = entry.node.get("schema") else { continue };
            let place = format!("{pointer}/schema");
            let named = || entry.node.get("examples")?.entries().first()?.node.get("value");
            let sample = entry.node.get("example").or(entry.node.get("x-placeholders"));
            if let Some(sample) = sample.or_else(named) {
                self.sample(schema, sample, what, &pointer);
            }
            self.schema(schema, what, &place, 0);
        }
    }

    fn sample(&mut self, schema: &'a Node, sample: &Node, what: &str, pointer: &str) {
        let written = written_out(&self.page.document, schema);
        let json = sample.to_json();
        for violation in values::violations(&written, &json) {
            let Violation { pointer: at, message, unlisted } = &violation;
            let place = match at.as_str() {
                "" => format!("the sample of {what}"),
                at => format!("`{at}` in the sample of {what}"),
            };
            let (pointer, fact) = match unlisted {
                Some(name) => {
                    let parent = at.rsplit_once('/').map_or("", |(parent, _)| parent);
                    let place = format!("{pointer}/schema");
                    let holder = below(&self.page.document, schema, &place, parent);
                    (holder, format!("property {name}"))
                }
                None => (pointer.to_owned(), format!("example{}", violation.at())),
            };
            let said = match unlisted {
                Some(_) => serde_json::Value::Null,
                None => json.pointer(at).cloned().unwrap_or_default(),
            };
            self.found.push(Contradiction {
                line: line_of(sample, at),
                pointer,
                fact,
                said,
                message: format!("{place} {message}, by the fields that the page lists"),
            });
        }
    }

    /// The examples and defaults of a schema and of those within it.
    fn schema(&mut self, schema: &Node, name: &str, pointer: &str, depth: usize) {
        if depth > MAX_DEPTH || origin(schema).is_some_and(|origin| !self.seen.insert(origin)) {
            return;
        }
        let document = &self.page.document;
        let flat = flat(document, schema);
        for what in ["example", "default"] {
            let Some(value) = flat.get(what) else { continue };
            let json = value.to_json();
            for violation in values::violations(&written_out(document, schema), &json) {
                let at = match violation.pointer.as_str() {
                    "" => String::new(),
                    at => format!(" at {at}"),
                };
                self.found.push(Contradiction {
                    line: value.position.line,
                    pointer: pointer.to_owned(),
                    fact: what.to_owned(),
                    said: json.clone(),
                    message: format!(
                        "the {what} of `{name}`{at} {}, by what its own block says",
                        violation.message
                    ),
                });
            }
        }
        let children = flat.get("properties").map_or(&[][..], Node::entries);
        for entry in children {
            let place = format!("{pointer}/properties/{}", escape_token(&entry.key));
            self.schema(&entry.node, &entry.key, &place, depth + 1);
        }
        if let Some(items) = flat.get("items") {
            self.schema(items, name, &format!("{pointer}/items"), depth + 1);
        }
    }
}

/// The line of the value of a sample that a JSON pointer names, or of the nearest one around it.
fn line_of(sample: &Node, pointer: &str) -> usize {
    let mut node = sample;
    let mut line = sample.position.line;
    for token in pointer.split('/').skip(1) {
        let key = cx_client_build::unescape_token(token);
        if let Some(entry) = node.entry(&key) {
            (node, line) = (&entry.node, entry.key_position.line);
        } else if let Some(item) = key.parse::<usize>().ok().and_then(|at| node.items().get(at)) {
            (node, line) = (item, item.position.line);
        } else {
            break;
        }
    }
    line
}
