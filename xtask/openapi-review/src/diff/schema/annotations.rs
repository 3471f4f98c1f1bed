//! Compares what schemas say besides which values fit.

use std::collections::BTreeSet;

use super::super::change::Impact;
use super::super::matching::Matching;
use super::super::reading::{At, GENERATOR_EXTENSIONS, is_docs, same};
use super::super::rules::docs_rule;
use super::super::wording::{changed, docs_text};
use super::difference::{Ends, Id, SchemaComparison, SchemaDifference};
use super::single_value::text;
use super::sum::Sum;
use super::wire::Wire;

impl<'a> SchemaComparison<'a, '_> {
    /// Words, and what only the generator reads.
    pub(super) fn annotations(&mut self, old: &[At<'a>], new: &[At<'a>]) {
        let is_annotation = |key: &&str| {
            is_docs(key)
                || GENERATOR_EXTENSIONS.contains(key)
                || matches!(*key, "title" | "deprecated" | "xml")
        };
        let entries = old.iter().chain(new).flat_map(|at| at.node.entries());
        let keys: BTreeSet<&str> = entries.map(|entry| &*entry.key).filter(is_annotation).collect();
        for key in keys {
            if matches!(key, "x-sensitive" | "deprecated") {
                self.said_of_all(key, old, new);
                continue;
            }
            let all = |parts: &[At<'a>]| parts.iter().filter_map(|part| part.get(key)).collect();
            let text = |at: &At<'a>| at.node.to_json().to_string();
            let Matching { old: mut a, new: mut b, .. } =
                Matching::by_key(all(old), all(new), text);
            // What stands where it stood was not removed, though it may no longer be named here.
            let sides = self.sides();
            for (list, other) in [(&mut a, sides.new), (&mut b, sides.old)] {
                list.retain(|at| other.at(&at.pointer).is_none_or(|node| !same(node, at.node)));
            }
            for index in 0..a.len().max(b.len()) {
                self.annotation(key, [a.get(index), b.get(index)]);
            }
        }
    }

    fn annotation(&mut self, key: &str, [old, new]: Ends<'_, 'a>) {
        let docs = Id::Whole(docs_rule("schema", key).id);
        let found = match key {
            "title" => {
                SchemaDifference::new(Id::Whole("schema-title-changed"), changed(key, old, new))
            }
            "xml" if self.wire == Wire::Xml => {
                SchemaDifference::new(Id::Suffix("xml-changed"), "its form in XML changed")
            }
            _ if GENERATOR_EXTENSIONS.contains(&key) => {
                SchemaDifference::new(docs, changed(key, old, new))
            }
            "xml" => return,
            _ => {
                let what = docs_text(key, old.map(|at| at.node), new.map(|at| at.node));
                return self
                    .add(SchemaDifference::new(docs, what).known(Impact::None).at([old, new]));
            }
        };
        self.add(found.rust(Impact::None, key != "xml").at([old, new]));
    }

    /// What holds of a schema if one of its parts says so.
    fn said_of_all(&mut self, key: &str, old: &[At<'a>], new: &[At<'a>]) {
        let stated = |parts: &[At<'a>]| parts.iter().find(|part| part.flag(key))?.get(key);
        let (a, b) = (stated(old), stated(new));
        let (id, what) = match (key, a.is_some(), b.is_some()) {
            ("deprecated", false, true) => (Id::Suffix("deprecated"), "deprecated"),
            ("deprecated", true, false) => (Id::Suffix("reactivated"), "no longer deprecated"),
            (_, false, true) => (
                Id::Whole("schema-sensitivity-changed"),
                "became sensitive: `Debug` prints `[redacted]`",
            ),
            (_, true, false) => (
                Id::Whole("schema-sensitivity-changed"),
                "is no longer sensitive: `Debug` prints the value",
            ),
            _ => return,
        };
        let found = SchemaDifference::new(id, what).at([a.as_ref(), b.as_ref()]);
        self.add(match key {
            "deprecated" => found.rust(Impact::None, false),
            _ => found.known(Impact::Compatible),
        });
    }

    pub(super) fn default(&mut self, old: &Sum<'a>, new: &Sum<'a>) {
        let stated = |sum: &Sum<'a>| sum.root.all("default").into_iter().next();
        let (a, b) = (stated(old), stated(new));
        let id = match (&a, &b) {
            (None, Some(_)) => "default-value-added",
            (Some(_), None) => "default-value-removed",
            (Some(a), Some(b)) if text(a, self.wire) != text(b, self.wire) => {
                "default-value-changed"
            }
            _ => return,
        };
        let what = changed("default", a.as_ref(), b.as_ref());
        self.add(SchemaDifference::new(Id::Suffix(id), what).at([a.as_ref(), b.as_ref()]));
    }
}
