//! An operation: its path and its parameters.

use cx_client_build::{Document, Node, Value, escape_token};
use serde_json::Value as Json;

use super::super::facts::{Kind, Part as PartKind};
use super::super::page::{is_unstated, template_names};
use super::objects::Part;
use super::state::{Edit, Graft, NOWHERE};
use crate::reader::{At, Operation};

/// What describes three headers otherwise (OpenAPI 3.0.4 section 4.7.12.2).
const IGNORED_HEADERS: [&str; 3] = ["accept", "content-type", "authorization"];

impl<'a> Graft<'a> {
    pub(super) fn at(&self, pointer: &str) -> Option<At<'a>> {
        let node = self.document.at(pointer)?;
        Some(At { node, pointer: pointer.into() })
    }

    pub(super) fn operation(&mut self, operation: &Operation<'a>) {
        // A Path Item can be a reference.
        let item = operation.item.pointer.to_string();
        let Some(item) = self.at(&item).map(|one| one.resolve(self.document)) else { return };
        let Some(at) = item.get(operation.method) else { return };
        let page = self.page;
        let Some(theirs) = page.operation() else { return };
        self.place(&at, &theirs.at);
        self.path(&at, operation.path);
        let grafted = self.object(Kind::Operation, &at, &theirs.at);
        self.put(&at.pointer, grafted);
        self.servers(&at, &item.pointer);
        self.security(&at, theirs.at.node);
        self.parameters(&Operation { at, item, ..*operation }, &theirs);
    }

    fn path(&mut self, doc: &At<'a>, ours: &str) {
        let theirs = self.page.path.as_str();
        if ours == theirs {
            return;
        }
        let line = self.page.document.position(&format!("/paths/{}", escape_token(theirs))).line;
        let edit = Edit::new(doc, "path", line, ours.into(), theirs.into());
        let message = format!("the path is {ours} in the document, and {theirs} on the page");
        self.decide("path-changed", doc, edit, message);
    }

    fn parameters(&mut self, operation: &Operation<'a>, theirs: &Operation<'_>) {
        let (doc, node) = (&operation.at, theirs.at.node);
        let mut left = keyed(&self.page.document, theirs);
        let mut pairs = Vec::new();
        for (key, written, one) in keyed(self.document, operation) {
            let found = left.iter().position(|(other, ..)| *other == key);
            pairs.push((key, written, Some(one), found.map(|at| left.remove(at).2)));
        }
        pairs.extend(left.into_iter().map(|(key, written, one)| (key, written, None, Some(one))));
        let list = doc.below("parameters");
        for ((location, name), written, ours, theirs) in pairs {
            if ours.is_none() {
                self.take_out_parameters(operation);
            }
            let in_path = location == "path";
            let what = format!("the {location} parameter `{written}`");
            let is_settled = match (&ours, &theirs) {
                // That no section lists it, or that it does not stand in the path, contradicts the
                // page, and is reported as that.
                (Some(ours), None) if in_path && self.is_in_path(&name) => {
                    self.is_inferred(&ours.clone().resolve(self.document), &what);
                    true
                }
                (None, Some(_)) if in_path => !self.is_in_path(&name),
                (None, Some(_)) => location == "header" && IGNORED_HEADERS.contains(&&*name),
                (_, None) => is_unstated(node, &format!("{location} parameters")),
                _ => false,
            };
            if is_settled {
                continue;
            }
            let count = self.edited.at(&list).map_or(0, |all| all.items().len());
            let end = || format!("{list}/{count}");
            let place = ours.as_ref().map_or_else(end, |one| one.pointer.to_string());
            let is_new = ours.is_none();
            let part = Part {
                kind: Kind::Parameter,
                fact: PartKind::parameter(location).named(written),
                inferred: Some(what),
                ours,
                theirs,
                place: place.clone(),
                line: self.page.line(),
            };
            match self.part(doc, part) {
                Some(node) if is_new && count == 0 => {
                    self.put(&list, Node::array(node.position, vec![node]));
                }
                Some(node) => self.put(&place, node),
                // Taken out later: the places of those behind it would move.
                None if !is_new && !in_path => {
                    self.put(&place, Node::from_json(NOWHERE, &Json::Null));
                }
                None => {}
            }
        }
        self.take_out_parameters(operation);
    }

    /// Takes out the parameters that the document is not to have, in whose place null stands.
    fn take_out_parameters(&mut self, operation: &Operation<'a>) {
        for holder in [&operation.at, &operation.item] {
            let list = self.edited.at_mut(&holder.below("parameters")).and_then(Node::items_mut);
            list.into_iter().for_each(|all| all.retain(|one| one.value != Value::Null));
        }
    }

    fn is_in_path(&self, name: &str) -> bool {
        template_names(&self.page.path).any(|one| one == name)
    }
}

/// The parameters of an operation, each with its location and name, and the name as it is written;
/// the names of headers do not differ by case (RFC 9110 section 5.1).
fn keyed<'n>(
    document: &'n Document,
    operation: &Operation<'n>,
) -> Vec<((&'n str, String), &'n str, At<'n>)> {
    let keyed = |at: At<'n>| {
        let target = at.clone().resolve(document);
        let text = |key: &str| target.text(key).unwrap_or_default();
        let (place, name) = (text("in"), text("name"));
        let key = if place == "header" { name.to_ascii_lowercase() } else { name.to_owned() };
        ((place, key), name, at)
    };
    operation.parameters_as_written(document).into_iter().map(keyed).collect()
}
