//! What the document says beyond the pages, and where it deviates from them, with its reasons.
//!
//! `x-inferred: <reason>` at an object covers whatever that object says and the page leaves out.
//! `x-deviation` records that a page is wrong. It is a mapping from facts of the object at which it
//! stands to what the page says of them, and why the document says something else:
//!
//! ```yaml
//! type: integer
//! x-deviation:
//!   type:
//!     page: number
//!     reason: Pages are counted; the sample requests send whole numbers only.
//! ```
//!
//! A fact is a keyword of the object, or a part of it by its kind and name (see
//! [`FactName`]). `page` is left out where the page says no single value.

use std::collections::{BTreeMap, BTreeSet};

use cx_client_build::{Document, Node};
use serde_json::Value as Json;

use super::facts::{DEVIATION, Fact, FactName, same};
use crate::reader::At;

/// What of the reasons in a document the pages that were compared with it bear out.
#[derive(Debug, Default)]
pub(super) struct Coverage {
    /// By the object that is marked `x-inferred`: what it covers.
    pub(super) inferred: BTreeMap<String, BTreeSet<String>>,
    /// By fact: whether a page says what the deviation says that it says.
    pub(super) deviations: BTreeMap<Fact, bool>,
}

impl Coverage {
    /// Sees an object of the document that a page speaks of.
    pub(super) fn visit(&mut self, pointer: &str, node: &Node) {
        if node.get("x-inferred").is_some() {
            let covered = self.inferred.entry(pointer.to_owned()).or_default();
            // That it is no personal data is inferred, whatever the page says.
            if node.get("x-sensitive").and_then(Node::as_bool) == Some(false) {
                covered.insert("x-sensitive: false".to_owned());
            }
        }
        self.records(pointer, node);
    }

    /// Sees every deviation that is recorded in a part of the document.
    pub(super) fn gather(&mut self, document: &Document, pointer: &str) {
        for at in At::of(document, pointer).iter().flat_map(At::objects) {
            self.records(&at.pointer, at.node);
        }
    }

    fn records(&mut self, pointer: &str, node: &Node) {
        for entry in node.get(DEVIATION).map_or(&[][..], Node::entries) {
            self.deviations.entry(Fact::new(pointer, FactName::parse(&entry.key))).or_default();
        }
    }

    /// Whether `x-inferred` covers something that the page does not say.
    pub(super) fn infers(&mut self, pointer: &str, node: &Node, what: impl Into<String>) -> bool {
        self.visit(pointer, node);
        let Some(covered) = self.inferred.get_mut(pointer) else { return false };
        covered.insert(what.into());
        true
    }

    /// Whether a deviation covers a fact of which the page says `said`.
    pub(super) fn deviates(
        &mut self,
        pointer: &str,
        node: &Node,
        fact: &FactName,
        said: &Json,
    ) -> bool {
        self.visit(pointer, node);
        let record = node.get(DEVIATION).and_then(|all| all.get(&fact.to_string()));
        let Some(record) = record else { return false };
        let recorded = record.get("page").map_or(Json::Null, Node::to_json);
        let covers = same(&recorded, said);
        *self.deviations.entry(Fact::new(pointer, fact.clone())).or_default() |= covers;
        covers
    }
}

/// The objects of the components that an operation reaches, by JSON pointer: `#` references are
/// followed.
pub(super) fn components_of(document: &Document, operation: &At<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut left = vec![operation.clone()];
    while let Some(at) = left.pop() {
        for target in at.objects().iter().filter_map(At::reference) {
            if let Some(pointer) = target.strip_prefix('#')
                && found.insert(pointer.to_owned())
            {
                left.extend(At::of(document, pointer));
            }
        }
    }
    found
}
