//! Where a page contradicts itself: its examples and samples against what it says of their schemas.

use std::collections::HashSet;

use cx_client_build::{Document, Node};

use super::facts::{Kind, Part};
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
    if let Some(operation) = page.operation() {
        for parameter in operation.parameters_as_written(&page.document) {
            let name = page.document.resolve(parameter.node).get("name").and_then(Node::as_str);
            search.visit(Kind::Parameter, &parameter, name.unwrap_or_default());
        }
        search.visit(Kind::Operation, &operation.at, "");
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

impl Search<'_> {
    /// An object of the page, by what it is called.
    fn visit(&mut self, kind: Kind, at: &At<'_>, name: &str) {
        if kind == Kind::Schema {
            return self.schema(at, name, 0);
        }
        let at = At { node: self.page.document.resolve(at.node), pointer: at.pointer.clone() };
        if kind == Kind::MediaType {
            self.sample(&at, name);
        }
        for field in kind.fields() {
            let name = |key: &str| match field.of {
                Kind::RequestBody => "the request body".to_owned(),
                Kind::Response => format!("the response {key}"),
                Kind::Header => key.to_owned(),
                _ => name.to_owned(),
            };
            match field.each {
                Some(_) => at
                    .entries_of(field.key)
                    .for_each(|(key, inner)| self.visit(field.of, &inner, &name(key))),
                None => at
                    .get(field.key)
                    .iter()
                    .for_each(|inner| self.visit(field.of, inner, &name(field.key))),
            }
        }
    }

    /// The sample of a body against its schema.
    fn sample(&mut self, media: &At<'_>, what: &str) {
        let document = &self.page.document;
        let named = || media.node.get("examples")?.entries().first()?.node.get("value");
        let sample = media.node.get("example").or(media.node.get("x-placeholders"));
        let (Some(schema), Some(sample)) = (media.get("schema"), sample.or_else(named)) else {
            return;
        };
        let json = sample.to_json();
        let lines = Document::new("", sample.clone());
        for violation in values::violations(&written_out(document, schema.node), &json) {
            let Violation { pointer: at, message, unlisted } = &violation;
            let place = match at.as_str() {
                "" => format!("the sample of {what}"),
                at => format!("`{at}` in the sample of {what}"),
            };
            let (pointer, fact, said) = match unlisted {
                Some(name) => {
                    let parent = at.rsplit_once('/').map_or("", |(parent, _)| parent);
                    let holder = below(document, schema.node, &schema.pointer, parent);
                    (holder, Part::Property.named(name), None)
                }
                None => (media.pointer.to_string(), Part::Example.at(at), json.pointer(at)),
            };
            self.found.push(Contradiction {
                line: lines.position(at).line,
                pointer,
                fact,
                said: said.cloned().unwrap_or_default(),
                message: format!("{place} does not fit the fields that the page lists: {message}"),
            });
        }
    }

    /// The examples and defaults of a schema and of those within it.
    fn schema(&mut self, schema: &At<'_>, name: &str, depth: usize) {
        let unseen = |origin| self.seen.insert(origin);
        if depth > MAX_DEPTH || !origin(schema.node).is_none_or(unseen) {
            return;
        }
        let document = &self.page.document;
        let flat = flat(document, schema.node);
        for what in ["example", "default"] {
            let Some(value) = flat.get(what) else { continue };
            let json = value.to_json();
            for violation in values::violations(&written_out(document, schema.node), &json) {
                let at = match violation.pointer.as_str() {
                    "" => String::new(),
                    at => format!(" at {at}"),
                };
                self.found.push(Contradiction {
                    line: value.position.line,
                    pointer: schema.pointer.to_string(),
                    fact: what.into(),
                    said: json.clone(),
                    message: format!(
                        "the {what} of `{name}`{at} does not fit what its own block says: {}",
                        violation.message
                    ),
                });
            }
        }
        let flat = At { node: &flat, pointer: schema.pointer.clone() };
        for (key, property) in flat.entries_of("properties") {
            self.schema(&property, key, depth + 1);
        }
        if let Some(items) = flat.get("items") {
            self.schema(&items, name, depth + 1);
        }
    }
}
