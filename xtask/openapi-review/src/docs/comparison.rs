//! Compares pages with a document, one after another.

use std::collections::BTreeSet;

use cx_client_build::{Document, Node, validate};
use serde_json::Value as Json;

use super::contradictions;
use super::deviations::{Coverage, components_of};
use super::differences::{Note, PageDifference, PagePlace, spec_place};
use super::facts::{DEVIATION, Fact, FactName, Part};
use super::graft::{Decided, EXAMPLE_CHANGED, Edit, Grafted, graft, is_required};
use super::page::{Contradiction, Note as PageNote, Page};
use crate::diff::{self, Change, Impact, Level, Location};
use crate::reader::Operation;

/// A comparison of pages with a document.
pub(super) struct PageComparison<'a> {
    pub(super) document: &'a Document,
    pub(super) coverage: Coverage,
    pub(super) findings: Vec<PageDifference>,
    /// Whether `diff` is asked what differences mean.
    pub(super) judges: bool,
}

impl PageComparison<'_> {
    pub(super) fn page(
        &mut self,
        page: &Page,
        operation: Option<&Operation<'_>>,
        notes: &mut Vec<Note>,
    ) {
        let place = |note: &PageNote| Note {
            message: note.message.clone(),
            page: PagePlace { file: page.file().to_owned(), line: note.line },
        };
        notes.extend(page.notes.iter().map(place));
        let Some(operation) = operation else { return self.added(page) };
        let grafted = graft(self.document, page, operation, &mut self.coverage);
        let label = operation.name();
        let before = self.findings.len();
        for decided in &grafted.decided {
            self.decided(page, &label, decided);
        }
        self.judge(page, &label, &grafted, notes);
        for contradiction in contradictions::find(page) {
            self.contradiction(page, &label, &grafted, contradiction);
        }
        // By the document, so that every form of a page gives the same report.
        self.findings[before..].sort_by_key(|one| (one.spec.line, one.spec.column, one.page.line));
    }

    /// What it would mean to follow the page.
    fn judge(&mut self, page: &Page, label: &str, grafted: &Grafted, notes: &mut Vec<Note>) {
        if grafted.edits.is_empty() {
            return;
        }
        let mut note = |line: usize, message: String| {
            let page = PagePlace { file: page.file().to_owned(), line };
            notes.push(Note { message, page });
        };
        let mut changes = Vec::new();
        if self.judges {
            let compared = diff::compare_with_notes(self.document, &grafted.document);
            let by_rule = compared.rust_by_rule.as_ref().and_then(|told| told.lines().next());
            if let Some(reason) = by_rule {
                note(page.line(), format!("`rust` is judged by rules, since {reason}"));
            }
            if let Some(found) = validate(&grafted.document).first() {
                let message =
                    format!("what the page states would not be OpenAPI: {}", found.message);
                note(found.position.line.max(1), message);
            }
            changes = compared.changes;
            let count = changes.len();
            changes.retain(|change| !is_form(change));
            if changes.is_empty() && count > 0 {
                for edit in &grafted.edits {
                    let name = &edit.fact.name;
                    note(
                        edit.line,
                        format!("the document says `{name}` in other words, which mean the same"),
                    );
                }
                return;
            }
        }
        if changes.is_empty() {
            for edit in &grafted.edits {
                let message =
                    format!("the document and the page state `{}` otherwise", edit.fact.name);
                let edit = edit.clone();
                self.decided(page, label, &Decided { id: "document-differs", edit, message });
            }
        }
        for change in changes {
            self.change(page, label, grafted, change);
        }
    }

    fn push(
        &mut self,
        page: &Page,
        line: usize,
        pointer: &str,
        change: Change,
        fact: Option<Fact>,
    ) {
        let position = self.document.position(pointer);
        self.findings.push(PageDifference {
            page: PagePlace { file: page.file().to_owned(), line },
            spec: spec_place(self.document, position),
            change: Change {
                old_at: Some(Location { file: self.document.file().to_owned(), position }),
                new_at: Some(Location {
                    file: page.file().to_owned(),
                    position: super::page::at(line),
                }),
                ..change
            },
            fact,
        });
    }

    fn added(&mut self, page: &Page) {
        let label = page.label();
        let message = format!(
            "the page documents {label}, and the document has no such operation; `cargo xtask docs \
             --draft` prints it as OpenAPI"
        );
        let level = (Level::Compatible, Impact::Compatible);
        let change = made("endpoint-added", level, &label, "/paths", message);
        self.push(page, page.line(), "/paths", change, None);
    }

    fn decided(&mut self, page: &Page, label: &str, decided: &Decided) {
        let level = match decided.id {
            // The path of every request changes, or the form of what is sent.
            "path-changed" | "media-type-changed" => (Level::Breaking, Impact::Breaking),
            "security-changed" => (Level::Breaking, Impact::None),
            "response-status-changed" => (Level::Compatible, Impact::None),
            EXAMPLE_CHANGED => (Level::Docs, Impact::None),
            _ => (Level::Warning, Impact::None),
        };
        let Decided { id, edit, message } = decided;
        let change = made(id, level, label, &edit.place, message.clone());
        let change = Change { old: edit.old.clone(), new: edit.said.clone(), ..change };
        self.push(page, edit.line, &edit.place, change, Some(edit.fact.clone()));
    }

    /// A change of the document that makes it say what the page says, as `diff` judges it.
    fn change(&mut self, page: &Page, label: &str, grafted: &Grafted, change: Change) {
        let near: Vec<(Near, &Edit)> = grafted
            .edits
            .iter()
            .filter_map(|edit| Some((nearness(edit, &change.pointer)?, edit)))
            .collect();
        // Where one item of a list is gone and another one is added, they have the same place.
        let likely = near
            .iter()
            .max_by_key(|(near, edit)| (*near, edit.old.is_null() == change.old.is_null()));
        let edit = likely.map(|(_, edit)| *edit);
        let is_only =
            near.iter().all(|(_, one)| edit.is_some_and(|it| it.fact.name == one.fact.name));
        let is_at = likely.is_some_and(|(near, _)| *near >= Near::At);
        let fact = edit.filter(|_| is_at || is_only).map(|edit| &edit.fact);
        let in_graft = grafted.document.position(&change.pointer).line;
        let told = change.new_at.as_ref().map_or(0, |at| at.position.line);
        let line = [told, edit.map_or(0, |edit| edit.line), in_graft, page.line()];
        let line = line.into_iter().find(|line| *line > 0).unwrap_or(1);
        let pointer = change.pointer.clone();
        let operation =
            if change.operation.is_empty() { label.to_owned() } else { change.operation.clone() };
        let of_change = change.old_at.as_ref().map(|at| at.position);
        // A fact of another object than the change is told of where it stands.
        let of_edit = edit.filter(|_| !is_at && is_only);
        let of_edit = of_edit.map(|edit| self.document.position(&edit.place));
        let known = of_edit.or(of_change);
        let change = Change { operation, ..change };
        self.push(page, line, &pointer, change, fact.cloned());
        if let (Some(position), Some(finding)) = (known, self.findings.last_mut()) {
            finding.spec = spec_place(self.document, position);
        }
    }

    fn contradiction(&mut self, page: &Page, label: &str, grafted: &Grafted, found: Contradiction) {
        let mut place = found.pointer.as_str();
        while !grafted.places.contains_key(place) {
            match place.rsplit_once('/') {
                Some((parent, _)) => place = parent,
                None => break,
            }
        }
        let pointer = grafted.places.get(place).map_or(grafted.operation.as_str(), String::as_str);
        let Some(node) = self.document.at(pointer) else { return };
        if self.coverage.deviates(pointer, node, &found.fact, &found.said)
            || self.is_inferred(node, &found.fact)
        {
            return;
        }
        let level = (Level::Warning, Impact::None);
        let message = format!("the page contradicts itself: {}", found.message);
        let change = made("page-contradiction", level, label, pointer, message);
        let change = Change { new: found.said, ..change };
        let fact = Fact::new(pointer, found.fact);
        self.push(page, found.line, pointer, change, Some(fact));
    }

    /// Whether the document infers what the page shows and does not list.
    fn is_inferred(&self, node: &Node, fact: &FactName) -> bool {
        let inferred = |node: &Node| {
            node.get("x-inferred").is_some()
                || self.document.resolve(node).get("x-inferred").is_some()
        };
        let (part, name) = match fact {
            FactName::Part(part, name) => (*part, name),
            _ => return false,
        };
        if part == Part::Property {
            let property = node.get("properties").and_then(|all| all.get(name));
            return property.is_some_and(inferred) && !is_required(node, name);
        }
        let parameters = node.get("parameters").map_or(&[][..], Node::items).iter();
        part == Part::PathParameter
            && parameters.map(|one| self.document.resolve(one)).any(|parameter| {
                let is = |key: &str, value: &str| {
                    parameter.get(key).and_then(Node::as_str) == Some(value)
                };
                is("in", "path") && is("name", name) && inferred(parameter)
            })
    }

    /// Recorded deviations that no page bears out.
    pub(super) fn stale(
        &mut self,
        pages: &[Page],
        operations: &[Operation<'_>],
        matched: &[Option<usize>],
    ) {
        let of_all: Vec<(BTreeSet<String>, Option<&Page>)> = operations
            .iter()
            .enumerate()
            .map(|(at, one)| {
                let mut places = components_of(self.document, &one.at);
                places.insert(one.at.pointer.to_string());
                let page = matched.iter().position(|of| *of == Some(at));
                (places, page.and_then(|page| pages.get(page)))
            })
            .collect();
        for (places, _) in of_all.iter().filter(|(_, page)| page.is_some()) {
            places.iter().for_each(|place| self.coverage.gather(self.document, place));
        }
        let deviations = self.coverage.deviations.clone();
        for fact in deviations.into_iter().filter_map(|(fact, covers)| (!covers).then_some(fact)) {
            let is_in = |place: &String| is_in(&fact.pointer, place);
            // Another page may bear it out.
            let using = of_all
                .iter()
                .filter(|(places, _)| fact.pointer.is_empty() || places.iter().any(is_in))
                .map(|(_, page)| *page);
            let using: Option<Vec<&Page>> = using.collect();
            let Some(page) = using.as_ref().and_then(|pages| pages.first()) else { continue };
            let message = format!(
                "`{DEVIATION}` records that the page is wrong about `{}`, and no page says what it \
                 records: take it out, or bring it up to date",
                fact.name
            );
            let record = fact.record();
            let level = (Level::Warning, Impact::None);
            let change = made("deviation-covers-nothing", level, &page.label(), &record, message);
            self.push(page, page.line(), &record, change, None);
        }
    }

    /// Notes of each `x-inferred` that covers nothing.
    pub(super) fn unused(&self, notes: &mut Vec<Note>) {
        for (pointer, _) in self.coverage.inferred.iter().filter(|(_, covered)| covered.is_empty())
        {
            let position = self.document.position(pointer);
            notes.push(Note {
                message: "`x-inferred` covers nothing that the page does not say".to_owned(),
                page: PagePlace { file: self.document.file().to_owned(), line: position.line },
            });
        }
    }
}

/// Whether a change is one of form or wording alone, or of the components: a page has none of the
/// document, and what is in them is a change of its own.
fn is_form(change: &Change) -> bool {
    change.id == "document-form-changed"
        || change.id.starts_with("api-schema-")
        || change.level == Level::Docs && !change.id.ends_with("-example-changed")
}

/// A change that `docs` finds itself.
fn made(
    id: &'static str,
    (level, rust): (Level, Impact),
    operation: &str,
    pointer: &str,
    message: String,
) -> Change {
    Change {
        id: id.into(),
        level,
        rust,
        operation: operation.to_owned(),
        pointer: pointer.to_owned(),
        old: Json::Null,
        new: Json::Null,
        message,
        operations: vec![operation.to_owned()],
        old_at: None,
        new_at: None,
    }
}

/// How near a change is to an edit; of those that are as near, the longer pointer counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Near {
    /// It is in a property of the same name: a part of the same `allOf`.
    Named,
    /// It is around what was edited, or in the same object.
    Around(usize),
    /// It is the object that has the fact.
    At,
    /// It is what was edited, or within that.
    Within(usize),
}

/// Whether a JSON pointer is another one, or leads into its value.
fn is_in(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn nearness(edit: &Edit, pointer: &str) -> Option<Near> {
    if is_in(pointer, &edit.place) {
        Some(Near::Within(edit.place.len()))
    } else if pointer == edit.fact.pointer {
        Some(Near::At)
    } else if is_in(&edit.place, pointer) {
        Some(Near::Around(pointer.len()))
    } else {
        let property = |pointer: &'_ str| pointer.rfind("/properties/");
        let is_named = property(pointer)
            .zip(property(&edit.place))
            .is_some_and(|(at, place)| is_in(&pointer[at..], &edit.place[place..]));
        let is_around = is_in(pointer, &edit.fact.pointer);
        let around = is_around.then_some(Near::Around(edit.fact.pointer.len()));
        around.or(is_named.then_some(Near::Named))
    }
}
