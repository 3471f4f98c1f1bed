//! Puts what a page states into a copy of the document, in the place of what was there.
//!
//! What the page leaves unstated stays, and so does what the document infers (`x-inferred`) or
//! records as a deviation (`x-deviation`). A schema that the document refers to is changed where it
//! stands, in the components; where two uses of it state different things, those that change it get
//! a component of their own. In the copy, every value that the page states stands on its line of the
//! page, and every other one on line 0.

mod examples;
mod keywords;
mod objects;
mod operation;
mod schema;
mod security;
mod uses;

use std::collections::{BTreeMap, HashMap, HashSet};

use cx_client_build::{Document, Node, Position, Value, escape_token};
use serde_json::Value as Json;

use super::coverage::Coverage;
use super::facts::{Fact, FactName, Kind};
use super::page::{Page, SAMPLED, UNSTATED};
use crate::reader::{At, Operation, put};

pub(super) use examples::example;
pub(super) use schema::is_required;
use uses::{Use, shared};

/// The place of what no page states.
const NOWHERE: Position = Position { line: 0, column: 0 };

/// The id of a decided difference between the examples of a schema.
pub(super) const EXAMPLE_CHANGED: &str = "schema-example-changed";

/// A fact that the page states and the document does not, or states otherwise.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    pub(super) fact: Fact,
    /// What changes of the document or is added to it, as a JSON pointer.
    pub(super) place: String,
    pub(super) line: usize,
    pub(super) old: Json,
    pub(super) said: Json,
}

impl Edit {
    fn new(doc: &At<'_>, fact: impl Into<FactName>, line: usize, old: Json, said: Json) -> Self {
        let fact = Fact::new(&*doc.pointer, fact);
        let place = match &fact.name {
            FactName::Keyword(keyword) => doc.below(keyword),
            _ => doc.pointer.clone(),
        };
        Self { fact, place: place.to_string(), line, old, said }
    }
}

/// A difference that the graft itself decides: there is nothing to put into the document, or what
/// would be put there is not what it means.
#[derive(Debug, Clone)]
pub(super) struct Decided {
    pub(super) id: &'static str,
    pub(super) edit: Edit,
    pub(super) message: String,
}

/// The document with what a page states.
pub(super) struct Grafted {
    /// The operation of the document, as a JSON pointer.
    pub(super) operation: String,
    pub(super) document: Document,
    pub(super) decided: Vec<Decided>,
    pub(super) edits: Vec<Edit>,
    /// From places of the page's document to those of the document that they speak of.
    pub(super) places: BTreeMap<String, String>,
}

struct Graft<'a> {
    /// The document, all of whose values stand nowhere.
    document: &'a Document,
    page: &'a Page,
    edited: Document,
    coverage: &'a mut Coverage,
    uses: Vec<Use>,
    /// Uses by component and by the origin of what the page says.
    known: HashMap<(String, String), usize>,
    /// The references and compositions of the page, by the places at which it has them.
    origins: HashMap<String, String>,
    /// Components that the document refers to more than once.
    shared: HashSet<String>,
    /// Places in these whose example the page shows too.
    shown: HashSet<String>,
    /// Components of the page that were taken into the document, with their new names.
    taken: HashMap<String, String>,
    decided: Vec<Decided>,
    edits: Vec<Edit>,
    places: BTreeMap<String, String>,
}

/// Puts what the page states into an operation of the document.
pub(super) fn graft(
    document: &Document,
    page: &Page,
    operation: &Operation<'_>,
    coverage: &mut Coverage,
) -> Grafted {
    let mut document = document.clone();
    document.at_mut("").into_iter().for_each(|root| root.replace_positions(&|_| NOWHERE));
    let mut graft = Graft::new(&document, page, coverage);
    graft.operation(operation);
    graft.settle_uses();
    let shown = graft.shown;
    let is_of_shared =
        |one: &Decided| one.id == EXAMPLE_CHANGED && shown.contains(&one.edit.fact.pointer);
    graft.decided.retain(|one| !is_of_shared(one));
    Grafted {
        operation: operation.at.pointer.to_string(),
        document: graft.edited,
        decided: graft.decided,
        edits: graft.edits,
        places: graft.places,
    }
}

/// Whether a schema of the page states nothing but what a component of the document says.
pub(super) fn agrees(document: &Document, page: &Page, component: &str, schema: &Node) -> bool {
    let pointer = format!("/components/schemas/{}", escape_token(component));
    let Some(node) = document.at(&pointer) else { return false };
    let mut coverage = Coverage::default();
    let mut graft = Graft::new(document, page, &mut coverage);
    let theirs = At { node: schema, pointer: "".into() };
    graft.merge(Kind::Schema, &At { node, pointer: pointer.into() }, &theirs);
    // What is shown as an example does not make it another type.
    graft.edits.iter().all(|edit| edit.fact.name == FactName::Keyword("example"))
}

impl<'a> Graft<'a> {
    fn new(document: &'a Document, page: &'a Page, coverage: &'a mut Coverage) -> Self {
        Self {
            document,
            page,
            edited: Document::new(page.file(), document.root().clone()),
            coverage,
            uses: Vec::new(),
            known: HashMap::new(),
            origins: HashMap::new(),
            shared: shared(document),
            shown: HashSet::new(),
            taken: HashMap::new(),
            decided: Vec::new(),
            edits: Vec::new(),
            places: BTreeMap::new(),
        }
    }

    /// Whether a place is in a component that the document has for several others.
    fn is_shared(&self, pointer: &str) -> bool {
        let component = pointer.match_indices('/').nth(3).map_or(pointer, |(at, _)| &pointer[..at]);
        self.shared.contains(component)
    }

    /// Notes a fact that the page states otherwise, unless the document records why it deviates.
    fn edit(&mut self, doc: &At<'a>, edit: Edit) -> bool {
        let deviates = self.coverage.deviates(&doc.pointer, doc.node, &edit.fact.name, &edit.said);
        if !deviates {
            self.edits.push(edit);
        }
        !deviates
    }

    /// As [`edit`](Self::edit), of what is not put into the document but reported.
    fn decide(&mut self, id: &'static str, doc: &At<'a>, mut edit: Edit, message: String) {
        if self.document.at(&edit.place).is_none() {
            edit.place = doc.pointer.to_string();
        }
        if !self.coverage.deviates(&doc.pointer, doc.node, &edit.fact.name, &edit.said) {
            self.decided.push(Decided { id, edit, message });
        }
    }

    /// Whether the document infers a part that the page does not have.
    fn is_inferred(&mut self, doc: &At<'a>, what: &str) -> bool {
        let target = doc.clone().resolve(self.document);
        self.coverage.infers(&doc.pointer, doc.node, what)
            || self.coverage.infers(&target.pointer, target.node, what)
    }

    /// Puts a value into the copy.
    fn put(&mut self, pointer: &str, node: Node) {
        put(&mut self.edited, pointer, node);
    }

    /// A value of the page as it stands in the document: references lead to components there.
    fn take(&mut self, node: &Node) -> Node {
        if let Some(target) = node.get("$ref").and_then(Node::as_str) {
            let name = self.take_component(target);
            return super::page::object(
                node.position.line,
                [("$ref", Node::text(node.position, name))],
            );
        }
        let mut out = node.clone();
        match &node.value {
            Value::Sequence(items) => {
                out.value = Value::Sequence(items.iter().map(|item| self.take(item)).collect());
            }
            Value::Mapping(mapping) => {
                for entry in mapping.entries() {
                    match entry.key.as_str() {
                        SAMPLED | UNSTATED | "x-placeholders" => drop(out.remove(&entry.key)),
                        "mapping" => out.set("mapping", self.take_mapping(&entry.node)),
                        key => out.set(key, self.take(&entry.node)),
                    }
                }
            }
            _ => {}
        }
        out
    }

    /// A mapping of a discriminator, whose values can be references. So can be a property's schema of
    /// that name, which has no text of that form.
    fn take_mapping(&mut self, mapping: &Node) -> Node {
        let mut out = self.take(mapping);
        for entry in mapping.entries() {
            if let Some(target) = entry.node.as_str().filter(|target| target.starts_with("#/")) {
                let own = self.known.iter().find(|((_, origin), _)| origin == target);
                let own = own.map(|((component, _), _)| format!("#{component}"));
                let to = own.unwrap_or_else(|| self.take_component(target));
                out.set(&entry.key, Node::text(entry.node.position, to));
            }
        }
        out
    }

    /// Takes a component of the page into the document; gives the reference to it.
    fn take_component(&mut self, target: &str) -> String {
        if let Some(known) = self.taken.get(target) {
            return known.clone();
        }
        let Some(node) = target.strip_prefix('#').and_then(|at| self.page.document.at(at)) else {
            return target.to_owned();
        };
        let (parent, name) = target.rsplit_once('/').unwrap_or((target, "Schema"));
        let pointer = self.free_component(parent.trim_start_matches('#'), name);
        self.taken.insert(target.to_owned(), format!("#{pointer}"));
        let node = self.take(node);
        self.put(&pointer, node);
        format!("#{pointer}")
    }
}
