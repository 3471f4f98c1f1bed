//! The copy of a document into which a page is put, and what differs.

use std::collections::{BTreeMap, HashMap, HashSet};

use cx_client_build::{Document, Node, Position, Value};
use serde_json::Value as Json;

use super::super::deviations::Coverage;
use super::super::facts::{Fact, FactName, Kind};
use super::super::page::{Page, SAMPLED, UNSTATED, free_name, object};
use super::uses::{Use, shared};
use crate::reader::{At, put};

/// The place of what no page states.
pub(super) const NOWHERE: Position = Position { line: 0, column: 0 };

/// The id of a decided difference between the examples of a schema.
pub(in super::super) const EXAMPLE_CHANGED: &str = "schema-example-changed";

/// A fact that the page states and the document does not, or states otherwise.
#[derive(Debug, Clone)]
pub(in super::super) struct Edit {
    pub(in super::super) fact: Fact,
    /// What changes of the document or is added to it, as a JSON pointer.
    pub(in super::super) place: String,
    pub(in super::super) line: usize,
    pub(in super::super) old: Json,
    pub(in super::super) said: Json,
}

impl Edit {
    pub(super) fn new(
        doc: &At<'_>,
        fact: impl Into<FactName>,
        line: usize,
        old: Json,
        said: Json,
    ) -> Self {
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
pub(in super::super) struct Decided {
    pub(in super::super) id: &'static str,
    pub(in super::super) edit: Edit,
    pub(in super::super) message: String,
}

/// A copy of a document into which a page is put.
pub(super) struct Graft<'a> {
    /// The document, all of whose values stand nowhere.
    pub(super) document: &'a Document,
    pub(super) page: &'a Page,
    pub(super) edited: Document,
    pub(super) coverage: &'a mut Coverage,
    pub(super) uses: Vec<Use>,
    /// Uses by component and by the origin of what the page says.
    pub(super) known: HashMap<(String, String), usize>,
    /// The references and compositions of the page, by the places at which it has them.
    pub(super) origins: HashMap<String, String>,
    /// Components that the document refers to more than once.
    pub(super) shared: HashSet<String>,
    /// Places in these whose example the page shows too.
    pub(super) shown: HashSet<String>,
    /// Components of the page that were taken into the document, with their new names.
    pub(super) taken: HashMap<String, String>,
    pub(super) decided: Vec<Decided>,
    pub(super) edits: Vec<Edit>,
    pub(super) places: BTreeMap<String, String>,
}

impl<'a> Graft<'a> {
    pub(super) fn new(document: &'a Document, page: &'a Page, coverage: &'a mut Coverage) -> Self {
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
    pub(super) fn is_shared(&self, pointer: &str) -> bool {
        let component = pointer.match_indices('/').nth(3).map_or(pointer, |(at, _)| &pointer[..at]);
        self.shared.contains(component)
    }

    /// Notes a fact that the page states otherwise, unless the document records why it deviates.
    pub(super) fn edit(&mut self, doc: &At<'a>, edit: Edit) -> bool {
        let deviates = self.coverage.deviates(&doc.pointer, doc.node, &edit.fact.name, &edit.said);
        if !deviates {
            self.edits.push(edit);
        }
        !deviates
    }

    /// As [`edit`](Self::edit), of what is not put into the document but reported.
    pub(super) fn decide(
        &mut self,
        id: &'static str,
        doc: &At<'a>,
        mut edit: Edit,
        message: String,
    ) {
        if self.document.at(&edit.place).is_none() {
            edit.place = doc.pointer.to_string();
        }
        if !self.coverage.deviates(&doc.pointer, doc.node, &edit.fact.name, &edit.said) {
            self.decided.push(Decided { id, edit, message });
        }
    }

    /// Whether the document infers a part that the page does not have.
    pub(super) fn is_inferred(&mut self, doc: &At<'a>, what: &str) -> bool {
        let target = doc.clone().resolve(self.document);
        self.coverage.infers(&doc.pointer, doc.node, what)
            || self.coverage.infers(&target.pointer, target.node, what)
    }

    /// Puts a value into the copy.
    pub(super) fn put(&mut self, pointer: &str, node: Node) {
        put(&mut self.edited, pointer, node);
    }

    /// A value of the page as it stands in the document: references lead to components there, a
    /// schema's to that of its name if there is one.
    pub(super) fn take(&mut self, node: &Node) -> Node {
        if let Some(target) = node.get("$ref").and_then(Node::as_str) {
            let pointer = target.trim_start_matches('#');
            let own = self.at(pointer).filter(|_| pointer.starts_with("/components/schemas/"));
            if let Some(own) = own {
                let page = At { node, pointer: pointer.into() };
                return self.component(Kind::Schema, &own, &page);
            }
            let name = self.take_component(target);
            return object(node.position.line, [("$ref", Node::text(node.position, name))]);
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
            // An alternative without a name.
            if entry.node.as_str() == Some("") {
                out.remove(&entry.key);
            }
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

    /// A pointer among the components that nothing stands at; a placeholder is put there.
    pub(super) fn free_component(&mut self, parent: &str, name: &str) -> String {
        let is_taken = |one: &str| self.edited.at(one).is_some();
        let pointer = free_name(format!("{parent}/{name}"), is_taken);
        self.put(&pointer, Node::object(NOWHERE));
        pointer
    }
}
