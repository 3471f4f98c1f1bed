//! An operation: its path and its parameters.

use cx_client_build::{Document, Node, Value, escape_token};
use serde_json::Value as Json;

use super::super::facts::{Kind, Part as PartKind};
use super::super::page::{is_unstated, template_names};
use super::objects::Part;
use super::{Edit, Graft, NOWHERE};
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

    fn parameters(&mut self, ours: &Operation<'a>, theirs: &Operation<'_>) {
        let (doc, node) = (&ours.at, theirs.at.node);
        let mut of_page = keyed(&self.page.document, theirs);
        let of_document = keyed(self.document, ours);
        for (key, ours) in of_document {
            let found = of_page.iter().position(|(other, _)| *other == key);
            let theirs = found.map(|index| of_page.remove(index).1);
            let in_path = key.place == "path";
            if found.is_none() && is_unstated(node, &format!("{} parameters", key.place)) {
                continue;
            }
            // That no section lists it contradicts the path of the page, and is reported as that.
            if theirs.is_none() && in_path && self.is_in_path(&key.name) {
                let target = ours.resolve(self.document);
                self.is_inferred(&target, &key.what());
                continue;
            }
            let pointer = ours.pointer.clone();
            match self.part(doc, self.parameter_part(&key, Some(ours), theirs, String::new())) {
                Some(node) => self.put(&pointer, node),
                None if in_path => {}
                // Taken out below: the places of those behind it would move.
                None => self.put(&pointer, Node::from_json(NOWHERE, &Json::Null)),
            }
        }
        for holder in [&ours.at, &ours.item] {
            let list = self.edited.at_mut(&holder.below("parameters")).and_then(Node::items_mut);
            list.into_iter().for_each(|all| all.retain(|one| one.value != Value::Null));
        }
        for (key, theirs) in of_page {
            // One that does not stand in the path contradicts the page, and is reported as that.
            let is_ignored = match key.place.as_str() {
                "header" => IGNORED_HEADERS.contains(&key.name.as_str()),
                "path" => !self.is_in_path(&key.name),
                _ => false,
            };
            let list = doc.below("parameters");
            let count = self.edited.at(&list).map(|all| all.items().len());
            let place = format!("{list}/{}", count.unwrap_or(0));
            let part = self.parameter_part(&key, None, Some(theirs), place.clone());
            let Some(taken) = (!is_ignored).then(|| self.part(doc, part)).flatten() else {
                continue;
            };
            if count.is_none() {
                self.put(&list, Node::array(taken.position, Vec::new()));
            }
            self.put(&place, taken);
        }
    }

    fn parameter_part<'p>(
        &self,
        key: &Key,
        ours: Option<At<'a>>,
        theirs: Option<At<'p>>,
        place: String,
    ) -> Part<'a, 'p> {
        Part {
            kind: Kind::Parameter,
            fact: PartKind::parameter(&key.place).named(&key.written),
            inferred: Some(key.what()),
            ours,
            theirs,
            said: Json::Null,
            place,
            line: self.page.line(),
        }
    }

    fn is_in_path(&self, name: &str) -> bool {
        template_names(&self.page.path).any(|one| one == name)
    }
}

/// By what a parameter is told from others; the names of headers do not differ by case (RFC 9110
/// section 5.1).
struct Key {
    place: String,
    name: String,
    written: String,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place && self.name == other.name
    }
}

impl Key {
    fn what(&self) -> String {
        format!("the {} parameter `{}`", self.place, self.written)
    }
}

/// The parameters of an operation, with what each is told by.
fn keyed<'n>(document: &'n Document, operation: &Operation<'n>) -> Vec<(Key, At<'n>)> {
    let keyed = |at: At<'n>| {
        let target = at.clone().resolve(document);
        let text = |key: &str| target.text(key).unwrap_or_default().to_owned();
        let (place, written) = (text("in"), text("name"));
        let name = if place == "header" { written.to_ascii_lowercase() } else { written.clone() };
        (Key { place, name, written }, at)
    };
    operation.parameters_as_written(document).into_iter().map(keyed).collect()
}
