//! Schemas: what they are, and what they are made of.

use cx_client_build::Node;
use serde_json::Value as Json;

use super::super::flat::flat;
use super::super::page::{Form, SAMPLED, UNSTATED, is_unstated, leave_unstated};
use super::facets::{KEYWORDS, admits};
use super::uses::{USE, Use, use_of};
use super::{At, Graft};

/// What a wrapper around one `allOf` member says for itself.
const OF_WRAPPER: [&str; 6] =
    ["nullable", "deprecated", "readOnly", "writeOnly", "default", "example"];

/// The names of the properties of a schema, or of those that it requires.
fn names(node: &Node, key: &str) -> Vec<String> {
    let all = node.get(key);
    let entries = all.map_or(&[][..], Node::entries).iter().map(|one| one.key.clone());
    let items = all.map_or(&[][..], Node::items).iter().filter_map(Node::as_str);
    entries.chain(items.map(str::to_owned)).collect()
}

/// Whether the page says nothing at all of a schema.
fn is_unknown(page: &Node) -> bool {
    page.get("type").is_none()
        && page
            .get(UNSTATED)
            .map_or(&[][..], Node::items)
            .iter()
            .any(|one| one.as_str() == Some("*"))
}

fn use_reference(page: &Node, index: usize) -> Node {
    let mut reference = Node::object(page.position);
    reference.set(USE, Node::text(page.position, index.to_string()));
    reference
}

impl<'a> Graft<'a> {
    /// The document's schema as the page states it.
    pub(super) fn schema(&mut self, doc: &At<'a>, page: &Node, place: &str) -> Node {
        let target = doc.clone().resolve(self.document);
        if doc.node.get("$ref").is_none() {
            return self.written(&target, page, place);
        }
        // Text cannot show what is in itself without end: where it stops says nothing.
        let within = |one: &Use| one.component == target.pointer && one.grafted.is_none();
        let outer = self.uses.iter().position(within).filter(|_| self.page.form == Form::Text);
        if let Some(index) = outer {
            return use_reference(page, index);
        }
        // What is composed of what the page names can be part of itself, too.
        let composed = page.get("allOf").map(|_| page.to_json().to_string());
        let of_page = page.get("$ref").and_then(Node::as_str).map(str::to_owned).or(composed);
        let key = (target.pointer.clone(), of_page.unwrap_or_else(|| place.to_owned()));
        let index = match self.known.get(&key).copied() {
            Some(index) => {
                self.place(place, &target);
                index
            }
            None => {
                let index = self.uses.len();
                self.known.insert(key, index);
                let component = target.pointer.clone();
                self.uses.push(Use { component, grafted: None, changes: false });
                let before = self.edits.len();
                let grafted = self.written(&target, page, place);
                self.uses[index].changes = self.edits.len() > before;
                self.uses[index].grafted = Some(grafted);
                index
            }
        };
        use_reference(page, index)
    }

    /// As [`schema`](Self::schema), of one that is written out.
    fn written(&mut self, doc: &At<'a>, page: &Node, place: &str) -> Node {
        let page = flat(&self.page.document, page).into_owned();
        self.place(place, doc);
        if is_unknown(&page) {
            self.coverage.infers(&doc.pointer, doc.node, "what it holds");
            return doc.node.clone();
        }
        if page.get(SAMPLED).is_some() {
            self.coverage.infers(&doc.pointer, doc.node, "names and types");
        }
        if doc.node.get("allOf").is_some() {
            return self.all_of(doc, &page, place);
        }
        let known = self.edits.len();
        if let Some(replaced) = self.kind(doc, &page, place) {
            return replaced;
        }
        let mut out = doc.node.clone();
        out.replace_positions(&|_| super::NOWHERE);
        out.position = page.position;
        if let (Some(entry), Some(kind)) = (out.entry_mut("type"), page.get("type")) {
            if entry.node.value != kind.value && self.edits.len() > known {
                entry.node.value = kind.value.clone();
            }
            entry.key_position = kind.position;
        } else if let (Some(kind), true) = (page.get("type"), self.edits.len() > known) {
            out.set("type", kind.clone());
        }
        if out.get("type").is_some() && page.get("type").is_none() && self.edits.len() > known {
            out.remove("type");
        }
        self.facets(&mut out, doc, &page);
        self.own_values(doc, &out, &page, known);
        self.choices(&mut out, doc, &page, place);
        self.properties(&mut out, doc, &page, place);
        self.items(&mut out, doc, &page, place);
        self.additional(&mut out, doc, &page, place);
        out
    }

    /// Compares what the schemas are. Gives the schema where nothing of the document's is left, or
    /// where a recorded deviation says that one is a list of what the other is.
    fn kind(&mut self, doc: &At<'a>, page: &Node, place: &str) -> Option<Node> {
        let choice =
            |node: &Node| node.get("anyOf").or(node.get("oneOf")).map(|one| one.items().len());
        let (ours, theirs) = (choice(doc.node), choice(page));
        let kind = |node: &Node| node.get("type").map_or(Json::Null, Node::to_json);
        let line = page.get("type").map_or(page.position.line, |node| node.position.line);
        if ours != theirs {
            let is_open = page.get(SAMPLED).is_some() && admits(self.document, doc.node, page);
            let what = "the alternatives";
            if is_open || theirs.is_none() && self.coverage.infers(&doc.pointer, doc.node, what) {
                return Some(doc.node.clone());
            }
            let said = page.get("anyOf").or(page.get("oneOf")).map_or(kind(page), Node::to_json);
            return Some(match self.edit(doc, "type", line, kind(doc.node), said) {
                true => self.replaced(doc, page),
                false => doc.node.clone(),
            });
        }
        let (old, new) = (kind(doc.node), kind(page));
        if old == new || page.get(SAMPLED).is_some() && admits(self.document, doc.node, page) {
            return None;
        }
        if new.is_null()
            && (is_unstated(page, "type")
                || self.coverage.infers(&doc.pointer, doc.node, format!("type: {old}")))
        {
            return None;
        }
        if !self.edit(doc, "type", line, old.clone(), new.clone()) {
            return self.one_of_many(doc, page, place);
        }
        let is_plain = |kind: &Json| !matches!(kind.as_str(), Some("object" | "array"));
        (!is_plain(&old) || !is_plain(&new)).then(|| self.replaced(doc, page))
    }

    /// A list in the document, of which the page shows one item; or the other way round.
    fn one_of_many(&mut self, doc: &At<'a>, page: &Node, place: &str) -> Option<Node> {
        if let Some(items) = doc.get("items").filter(|_| page.get("items").is_none()) {
            let mut out = doc.node.clone();
            out.set("items", self.schema(&items, page, place));
            return Some(out);
        }
        let items = page.get("items").filter(|_| doc.node.get("items").is_none())?.clone();
        Some(self.written(doc, &items, &format!("{place}/items")))
    }

    /// The page's schema in place of the document's, with what the document says in words.
    fn replaced(&mut self, doc: &At<'a>, page: &Node) -> Node {
        let mut out = self.take(page);
        for entry in doc.node.entries() {
            if entry.key == "description" || entry.key.starts_with("x-") {
                out.set(&entry.key, entry.node.clone());
            }
        }
        out
    }

    fn choices(&mut self, out: &mut Node, doc: &At<'a>, page: &Node, place: &str) {
        let keyword =
            |node: &Node| ["anyOf", "oneOf"].into_iter().find(|key| node.get(key).is_some());
        let (Some(ours), Some(theirs)) = (keyword(doc.node), keyword(page)) else { return };
        // The order of a choice means nothing: pair those of the same type.
        let mut left: Vec<At<'a>> = doc.items(ours);
        let mut grafted = doc.node.get(ours).map_or(&[][..], Node::items).to_vec();
        let order: Vec<String> = left.iter().map(|one| one.pointer.clone()).collect();
        for (index, choice) in page.get(theirs).map_or(&[][..], Node::items).iter().enumerate() {
            let kind = flat(&self.page.document, choice).get("type").map(Node::to_json);
            let same = |one: &At<'a>| {
                let schema = flat(self.document, one.node);
                schema.get("type").map(Node::to_json) == kind
            };
            let found = left.iter().position(same).unwrap_or(0);
            let one = left.remove(found);
            let at = order.iter().position(|pointer| *pointer == one.pointer).unwrap_or(0);
            grafted[at] = self.schema(&one, choice, &format!("{place}/{theirs}/{index}"));
        }
        out.set(ours, Node::array(page.position, grafted));
    }

    fn items(&mut self, out: &mut Node, doc: &At<'a>, page: &Node, place: &str) {
        let Some(theirs) = page.get("items") else { return };
        match doc.get("items") {
            Some(ours) => out.set("items", self.schema(&ours, theirs, &format!("{place}/items"))),
            None if is_unknown(theirs) => {}
            None => {
                if self.edit(doc, "items", theirs.position.line, Json::Null, theirs.to_json()) {
                    let items = self.take(theirs);
                    out.set("items", items);
                }
            }
        }
    }

    /// A schema with `allOf`: each member gets what the page states of the properties that it has.
    fn all_of(&mut self, doc: &At<'a>, page: &Node, place: &str) -> Node {
        let members = doc.items("allOf");
        let whole = flat(self.document, doc.node).into_owned();
        let all_names = names(&whole, "properties");
        let all_required = names(&whole, "required");
        let last = members.iter().rposition(|one| one.node.get("$ref").is_none());
        let last = last.unwrap_or(members.len().saturating_sub(1));
        let mut out = doc.node.clone();
        out.position = page.position;
        let mut grafted = Vec::new();
        let is_single = members.len() == 1 && doc.node.get("properties").is_none();
        for (index, member) in members.iter().enumerate() {
            let schema = flat(self.document, member.node).into_owned();
            let (own, required) = (names(&schema, "properties"), names(&schema, "required"));
            let mut part = page.clone();
            let unstated = if is_single { &OF_WRAPPER[..] } else { &KEYWORDS[..] };
            for keyword in unstated {
                part.remove(keyword);
                leave_unstated(&mut part, keyword);
            }
            if !is_single {
                let is_mine = |name: &str| {
                    own.iter().any(|one| one == name)
                        || index == last && !all_names.iter().any(|one| one == name)
                };
                let mut properties = Node::object(page.position);
                for entry in page.get("properties").map_or(&[][..], Node::entries) {
                    if is_mine(&entry.key) {
                        properties.set(&entry.key, entry.node.clone());
                    }
                }
                let stays = |node: &&Node| {
                    let name = node.as_str().unwrap_or_default();
                    required.iter().any(|one| one == name)
                        || is_mine(name) && !all_required.iter().any(|one| one == name)
                };
                let kept = page.get("required").map_or(&[][..], Node::items).iter().filter(stays);
                let kept: Vec<Node> = kept.cloned().collect();
                part.set("required", Node::array(page.position, kept));
                part.set("properties", properties);
                if schema.get("type").is_none() {
                    part.remove("type");
                }
            }
            grafted.push(self.schema(member, &part, place));
        }
        // What the wrapper and its members say together.
        let together = if is_single { &OF_WRAPPER[..] } else { &KEYWORDS[..] };
        for keyword in together {
            let ours = super::facets::stated(&whole, keyword);
            if self.facet_of(&mut out, doc, ours, page, keyword) {
                grafted.iter_mut().for_each(|member| self.take_out(member, keyword));
            }
        }
        out.set("allOf", Node::array(page.position, grafted));
        out
    }

    /// Takes a keyword out of a member of an `allOf`.
    fn take_out(&mut self, member: &mut Node, keyword: &str) {
        let Some(one) = use_of(member).and_then(|index| self.uses.get_mut(index)) else {
            return drop(member.remove(keyword));
        };
        one.changes |= one.grafted.as_mut().and_then(|node| node.remove(keyword)).is_some();
    }
}
