//! The properties of a schema: which there are, which are required, and what others are allowed.

use cx_client_build::{Node, escape_token};
use serde_json::Value as Json;

use super::super::page::{Form, SAMPLED, UNSTATED, is_unstated};
use super::{At, Graft};

/// Whether a schema requires a property.
pub(in super::super) fn is_required(schema: &Node, name: &str) -> bool {
    let names = schema.get("required").map_or(&[][..], Node::items);
    names.iter().any(|one| one.as_str() == Some(name))
}

impl<'a> Graft<'a> {
    pub(super) fn properties(&mut self, out: &mut Node, doc: &At<'a>, page: &Node, place: &str) {
        let no_statement = page.get("properties").is_none()
            && page.get(UNSTATED).is_some()
            && is_unstated(page, "properties");
        let is_object = |node: &Node| node.get("properties").is_some();
        if no_statement || !is_object(doc.node) && !is_object(page) {
            return;
        }
        let position = page.get("properties").map_or(page.position, |all| all.position);
        let mut properties =
            doc.node.get("properties").cloned().unwrap_or_else(|| Node::object(position));
        properties.position = position;
        for (name, ours) in doc.entries("properties") {
            let pointer = format!("{place}/properties/{}", escape_token(name));
            match page.get("properties").and_then(|all| all.entry(name)) {
                Some(theirs) => {
                    let is_unlisted = theirs.node.get(SAMPLED).and_then(Node::as_str).is_some();
                    if is_unlisted && !is_required(doc.node, name) {
                        // In a sample only, which contradicts the page and is told as that.
                        self.is_inferred(&ours, "the property");
                    }
                    let mut grafted = self.schema(&ours, &theirs.node, &pointer);
                    grafted.position = theirs.key_position;
                    properties.set(name, grafted);
                }
                None => {
                    let fact = format!("property {name}");
                    let said = Json::Null;
                    // One that is required is known from more than a sample; what is inferred of it
                    // is something else.
                    if (is_required(doc.node, name) || !self.is_inferred(&ours, "the property"))
                        && self.edit(doc, &fact, position.line, ours.node.to_json(), said)
                    {
                        properties.remove(name);
                    }
                }
            }
        }
        for entry in page.get("properties").map_or(&[][..], Node::entries) {
            let is_unlisted = entry.node.get(SAMPLED).and_then(Node::as_str).is_some();
            if properties.get(&entry.key).is_some() || is_unlisted {
                continue;
            }
            let fact = format!("property {}", entry.key);
            if doc.node.get("properties").is_none_or(|all| all.get(&entry.key).is_none())
                && self.edit(doc, &fact, entry.key_position.line, Json::Null, Json::Null)
            {
                let taken = self.take(&entry.node);
                properties.set(&entry.key, taken);
            }
        }
        self.required(out, doc, page, &properties);
        out.set("properties", properties);
    }

    fn required(&mut self, out: &mut Node, doc: &At<'a>, page: &Node, properties: &Node) {
        let names = |node: &Node| -> Vec<(String, Node)> {
            let items = node.get("required").map_or(&[][..], Node::items).iter();
            items.filter_map(|one| Some((one.as_str()?.to_owned(), one.clone()))).collect()
        };
        let (ours, theirs) = (names(doc.node), names(page));
        let mut list: Vec<Node> = Vec::new();
        for (name, node) in &ours {
            let of_page = page.get("properties").and_then(|all| all.entry(name));
            let of_doc = doc.node.get("properties").is_some_and(|all| all.get(name).is_some());
            let stays = match of_page {
                _ if theirs.iter().any(|(other, _)| other == name) => true,
                // What a sample shows is not said to be required, nor not to be.
                Some(one) if one.node.get(SAMPLED).is_some() => true,
                Some(one) => {
                    let line = one
                        .node
                        .get("type")
                        .map_or(one.key_position.line, |kind| kind.position.line);
                    !self.edit(doc, &format!("required {name}"), line, true.into(), false.into())
                }
                // Of a property that one side lacks, the lack is what counts.
                None if of_doc => properties.get(name).is_some(),
                None => {
                    let line = page.position.line;
                    !self.edit(doc, &format!("required {name}"), line, true.into(), false.into())
                }
            };
            if stays {
                list.push(node.clone());
            }
        }
        for (name, node) in theirs {
            if ours.iter().any(|(known, _)| *known == name) {
                continue;
            }
            let is_new = doc.node.get("properties").is_none_or(|all| all.get(&name).is_none());
            if is_new && properties.get(&name).is_some()
                || !is_new
                    && self.edit(
                        doc,
                        &format!("required {name}"),
                        node.position.line,
                        false.into(),
                        true.into(),
                    )
            {
                list.push(node);
            }
        }
        match list.is_empty() {
            true => drop(out.remove("required")),
            false => out.set("required", Node::array(page.position, list)),
        }
    }

    pub(super) fn additional(&mut self, out: &mut Node, doc: &At<'a>, page: &Node, place: &str) {
        // `true` and a schema without keywords are what holds anyway.
        let says = |node: &'_ Node| {
            node.get("additionalProperties")
                .filter(|one| one.as_bool() == Some(false) || !one.entries().is_empty())
                .cloned()
        };
        let key = "additionalProperties";
        let line = page.get(key).map_or(page.position.line, |node| node.position.line);
        match (says(doc.node), says(page)) {
            (Some(ours), Some(theirs))
                if !ours.entries().is_empty() && !theirs.entries().is_empty() =>
            {
                let Some(ours) = doc.get(key) else { return };
                let grafted = self.schema(&ours, &theirs, &format!("{place}/{key}"));
                out.set(key, grafted);
            }
            (Some(ours), Some(theirs)) if ours.value == theirs.value => {}
            (Some(ours), None) => {
                let is_open = is_unstated(page, key)
                    || self.page.form == Form::Text && ours.entries().is_empty();
                let what = format!("{key}: {}", ours.to_json());
                if !is_open
                    && !self.coverage.infers(&doc.pointer, doc.node, what)
                    && self.edit(doc, key, line, ours.to_json(), Json::Null)
                {
                    out.remove(key);
                }
            }
            (ours, Some(theirs)) => {
                let old = ours.map_or(Json::Null, |ours| ours.to_json());
                if self.edit(doc, key, line, old, theirs.to_json()) {
                    let taken = self.take(&theirs);
                    out.set(key, taken);
                }
            }
            (None, None) => {}
        }
    }
}
