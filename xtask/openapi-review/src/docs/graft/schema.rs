//! Schemas: what they are, and what they are made of.

use cx_client_build::{Document, Entry, Node, escape_token};
use serde_json::Value as Json;

use super::super::facts::{Kind, Part, stated};
use super::super::flat::{OF_WRAPPER, composition, discriminator, flat, written_out};
use super::super::page::{Form, SAMPLED, UNSTATED, is_unstated, leave_unstated, set_or_remove};
use super::super::values;
use super::state::{Edit, Graft};
use super::uses::use_of;
use crate::reader::At;

/// Whether the page says nothing at all of a schema.
pub(super) fn is_unknown(page: &Node) -> bool {
    let open = page.get(UNSTATED).map_or(&[][..], Node::items);
    page.get("type").is_none() && open.iter().any(|one| one.as_str() == Some("*"))
}

/// The names that a schema requires.
fn required(schema: &Node) -> impl Iterator<Item = &str> {
    schema.get("required").map_or(&[][..], Node::items).iter().filter_map(Node::as_str)
}

/// Whether a schema requires a property.
pub(in super::super) fn is_required(schema: &Node, name: &str) -> bool {
    required(schema).any(|one| one == name)
}

fn has_property(schema: &Node, name: &str) -> bool {
    schema.get("properties").is_some_and(|all| all.get(name).is_some())
}

/// The keyword of a choice, and its alternatives.
fn choice(schema: &Node) -> Option<(&'static str, &[Node])> {
    let of = |key| Some((key, schema.get(key)?.items()));
    of("anyOf").or_else(|| of("oneOf"))
}

/// The value by which a discriminator tells an alternative of a schema.
fn tag(schema: &Node, alternative: &Node) -> Option<String> {
    let (found, target) = (discriminator(schema)?, alternative.get("$ref")?);
    let is_it = |one: &&Entry| one.node.as_str() == target.as_str();
    found.get("mapping")?.entries().iter().find(is_it).map(|one| one.key.clone())
}

/// How much two schemas have in common: their type, their values, and names of properties.
fn likeness(ours: &Node, theirs: &Node) -> (bool, bool, usize) {
    let is_same =
        |key: &str| ours.get(key).map(Node::to_json) == theirs.get(key).map(Node::to_json);
    let properties = ours.get("properties").map_or(&[][..], Node::entries).iter();
    (
        is_same("type"),
        is_same("enum"),
        properties.filter(|one| has_property(theirs, &one.key)).count(),
    )
}

/// Whether a value that a page shows is one of a schema of the document.
fn admits(document: &Document, schema: &Node, page: &Node) -> bool {
    let written = written_out(document, schema);
    match page.get("example") {
        Some(example) => values::violations(&written, &example.to_json()).is_empty(),
        None => {
            let ours = written.get("type").and_then(Json::as_str);
            let theirs = page.get("type").and_then(Node::as_str);
            ours.is_none() || ours == theirs || (ours, theirs) == (Some("integer"), Some("number"))
        }
    }
}

/// Whether two schemas are composed of the same members, which may differ in what they say.
fn is_composed_alike(ours: &Node, theirs: &Node) -> bool {
    let members = |node: &'_ Node| -> Vec<Option<String>> {
        let all = composition(node).and_then(|key| node.get(key)).map_or(&[][..], Node::items);
        all.iter().map(|one| one.get("$ref").and_then(Node::as_str).map(str::to_owned)).collect()
    };
    members(ours) == members(theirs)
}

impl<'a> Graft<'a> {
    /// A schema of the document, written out, as the page states it.
    pub(super) fn schema(&mut self, doc: &At<'a>, page: &At<'_>) -> Node {
        let composed = page;
        let flat = flat(&self.page.document, page.node).into_owned();
        let page = At { node: &flat, pointer: page.pointer.clone() };
        if is_unknown(page.node) {
            self.coverage.infers(&doc.pointer, doc.node, "what it holds");
            return doc.node.clone();
        }
        if page.node.get(SAMPLED).is_some() {
            self.coverage.infers(&doc.pointer, doc.node, "names and types");
        }
        if let Some(key) = composition(doc.node) {
            return match is_composed_alike(doc.node, composed.node) {
                true => self.members(key, doc, composed),
                false => self.all_of(key, doc, &page),
            };
        }
        let known = self.edits.len();
        let mut out = doc.node.clone();
        if let Some(replaced) = self.kind(&mut out, doc, &page) {
            return replaced;
        }
        self.choices(&mut out, doc, &page);
        self.keywords(&mut out, Kind::Schema, doc, page.node);
        if self.edits.len() == known {
            self.own_values(doc, page.node);
        }
        self.fields(&mut out, Kind::Schema, doc, &page);
        self.required(&mut out, doc, page.node);
        out
    }

    /// Compares what the schemas are. Gives the schema where nothing of the document's is left, or
    /// where a recorded deviation says that one is a list of what the other is.
    fn kind(&mut self, out: &mut Node, doc: &At<'a>, page: &At<'_>) -> Option<Node> {
        let kind = |node: &Node| node.get("type").map_or(Json::Null, Node::to_json);
        let line = page.node.get("type").unwrap_or(page.node).position.line;
        let (old, new) = (kind(doc.node), kind(page.node));
        let (ours, theirs) = (choice(doc.node), choice(page.node));
        let is_admitted =
            page.node.get(SAMPLED).is_some() && admits(self.document, doc.node, page.node);
        if ours.map(|(_, all)| all.len()) != theirs.map(|(_, all)| all.len()) {
            let what = "the alternatives";
            if is_admitted || theirs.is_none() && self.coverage.infers(&doc.pointer, doc.node, what)
            {
                return Some(doc.node.clone());
            }
            let said = theirs.map(|(_, all)| all.iter().map(Node::to_json).collect());
            let said = said.unwrap_or_else(|| new.clone());
            if !self.edit(doc, Edit::new(doc, "type", line, old.clone(), said)) {
                return Some(doc.node.clone());
            }
            if ours.is_none() || theirs.is_none() {
                return Some(self.replaced(doc, page.node));
            }
        }
        if old == new
            || is_admitted
            || new.is_null()
                && (is_unstated(page.node, "type")
                    || old == "object" && page.node.get("properties").is_some()
                    || self.coverage.infers(&doc.pointer, doc.node, format!("type: {old}")))
        {
            return None;
        }
        if !self.edit(doc, Edit::new(doc, "type", line, old.clone(), new.clone())) {
            return self.one_of_many(doc, page);
        }
        let is_plain = |kind: &Json| !matches!(kind.as_str(), Some("object" | "array"));
        let is_choice = ours.is_some() && theirs.is_some();
        if !is_choice && (!is_plain(&old) || !is_plain(&new)) {
            return Some(self.replaced(doc, page.node));
        }
        set_or_remove(out, "type", page.node.get("type").cloned());
        None
    }

    /// A list in the document, of which the page shows one item; or the other way round.
    fn one_of_many(&mut self, doc: &At<'a>, page: &At<'_>) -> Option<Node> {
        match (doc.get("items"), page.get("items")) {
            (Some(items), None) => {
                let mut out = doc.node.clone();
                out.set("items", self.merge(Kind::Schema, &items, page));
                Some(out)
            }
            // A list of lists of lists is no list of what the document has one of.
            (None, Some(items)) if flat(&self.page.document, items.node).get("items").is_none() => {
                Some(self.schema(doc, &items))
            }
            _ => None,
        }
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

    /// The alternatives of both; their order means nothing: those that are most alike are paired. What
    /// is left of the page's is added, and what is left of the document's is taken out.
    fn choices(&mut self, out: &mut Node, doc: &At<'a>, page: &At<'_>) {
        let (Some((ours, _)), Some((theirs, _))) = (choice(doc.node), choice(page.node)) else {
            return;
        };
        let (ours_at, theirs_at): (Vec<At<'a>>, Vec<At<'_>>) =
            (doc.items_of(ours).collect(), page.items_of(theirs).collect());
        let mut likely: Vec<_> = (0..ours_at.len())
            .flat_map(|at| (0..theirs_at.len()).map(move |other| (at, other)))
            .map(|(at, other)| {
                let (a, b) = (ours_at[at].node, theirs_at[other].node);
                let is_named = tag(doc.node, a).is_some() && tag(doc.node, a) == tag(page.node, b);
                let (one, two) = (flat(self.document, a), flat(&self.page.document, b));
                ((is_named, likeness(&one, &two)), at, other)
            })
            .collect();
        likely.sort_by_key(|(likeness, ..)| std::cmp::Reverse(*likeness));
        let mut grafted: Vec<Option<Node>> = vec![None; ours_at.len()];
        let mut added: Vec<Option<&At<'_>>> = theirs_at.iter().map(Some).collect();
        for (_, at, other) in likely {
            if grafted[at].is_none()
                && let Some(theirs) = added[other].take()
            {
                grafted[at] = Some(self.merge(Kind::Schema, &ours_at[at], theirs));
            }
        }
        let added: Vec<Node> = added.into_iter().flatten().map(|one| self.take(one.node)).collect();
        let all = grafted.into_iter().flatten().chain(added).collect();
        out.set(ours, Node::array(page.node.position, all));
    }

    /// Which properties are required. Of one that a side lacks, the lack is what counts.
    fn required(&mut self, out: &mut Node, doc: &At<'a>, page: &Node) {
        if page.get("properties").is_none() && is_unstated(page, "properties") {
            return;
        }
        let names =
            required(doc.node).chain(required(page).filter(|one| !is_required(doc.node, one)));
        let mut kept = Vec::new();
        for name in names {
            let (ours, theirs) = (is_required(doc.node, name), is_required(page, name));
            let of_page = page.get("properties").and_then(|all| all.entry(name));
            let is_text = self.page.form == Form::Text;
            let stays = if ours == theirs {
                true
            } else if is_text && of_page.is_none() && !has_property(doc.node, name) {
                // Text says of a field whether it is required, and nothing of what is none.
                ours
            } else if of_page.is_some_and(|one| one.node.get(SAMPLED).is_some()) {
                // What a sample shows is not said to be required, nor not to be.
                ours
            } else if has_property(doc.node, name) != of_page.is_some()
                && (theirs || of_page.is_none())
            {
                has_property(out, name)
            } else {
                let named = page.get("required").map_or(&[][..], Node::items);
                let named = named.iter().find(|one| one.as_str() == Some(name));
                let of_type = of_page
                    .map(|one| one.node.get("type").map_or(one.key_position, |kind| kind.position));
                let position = named.map(|one| one.position).or(of_type).unwrap_or(page.position);
                let fact = Part::Required.named(name);
                let edit = Edit::new(doc, fact, position.line, ours.into(), theirs.into());
                let place = format!("{}/properties/{}", doc.pointer, escape_token(name));
                self.edit(doc, Edit { place, ..edit }) == theirs
            };
            if stays {
                kept.push(Node::text(page.position, name));
            }
        }
        match kept.is_empty() {
            true => drop(out.remove("required")),
            false => out.set("required", Node::array(page.position, kept)),
        }
    }

    /// A schema that is composed as the page's: each member is that of the page.
    fn members(&mut self, key: &str, doc: &At<'a>, page: &At<'_>) -> Node {
        let mut out = self.object(Kind::Schema, doc, page);
        self.required(&mut out, doc, page.node);
        let theirs = composition(page.node).unwrap_or(key);
        let pairs = doc.items_of(key).zip(page.items_of(theirs));
        let grafted = pairs.map(|(ours, theirs)| self.merge(Kind::Schema, &ours, &theirs));
        let grafted = grafted.collect();
        out.set(key, Node::array(page.node.position, grafted));
        out
    }

    /// A composed schema: each member gets what the page states of the properties that it has.
    fn all_of(&mut self, key: &str, doc: &At<'a>, page: &At<'_>) -> Node {
        let whole = flat(self.document, doc.node).into_owned();
        let members: Vec<At<'a>> = doc.items_of(key).collect();
        let last = members.iter().rposition(|one| one.reference().is_none());
        let last = last.unwrap_or(members.len().saturating_sub(1));
        let is_single = members.len() == 1 && doc.node.get("properties").is_none();
        let together: Vec<&str> = self
            .comparable(Kind::Schema)
            .filter(|keyword| !is_single || OF_WRAPPER.contains(keyword))
            .collect();
        let mut grafted = Vec::new();
        for (index, member) in members.iter().enumerate() {
            let mut part = page.node.clone();
            for keyword in &together {
                part.remove(keyword);
                leave_unstated(&mut part, keyword);
            }
            if !is_single {
                let schema = flat(self.document, member.node);
                self.share(&mut part, &schema, &whole, index == last);
            }
            let part = At { node: &part, pointer: page.pointer.clone() };
            grafted.push(self.merge(Kind::Schema, member, &part));
        }
        // What the wrapper and its members say together.
        let mut out = doc.node.clone();
        for keyword in together {
            if self.keyword(&mut out, doc, stated(&whole, keyword), page.node, keyword) {
                grafted.iter_mut().for_each(|member| self.take_out(member, keyword));
            }
        }
        out.set(key, Node::array(page.node.position, grafted));
        // What the wrapper requires is its own; what more the page requires is of the members.
        let mut own = page.node.clone();
        let named = own.get_mut("required").and_then(Node::items_mut);
        named.into_iter().for_each(|all| {
            all.retain(|one| is_required(doc.node, one.as_str().unwrap_or_default()));
        });
        self.required(&mut out, doc, &own);
        out
    }

    /// Leaves in a copy of the page's schema what is of one member of an `allOf`; what is of none is
    /// of the last one.
    fn share(&self, part: &mut Node, member: &Node, whole: &Node, is_last: bool) {
        let is_mine =
            |name: &str| has_property(member, name) || is_last && !has_property(whole, name);
        let position = part.position;
        let mut properties = Node::object(position);
        for entry in part.get("properties").map_or(&[][..], Node::entries) {
            if is_mine(&entry.key) {
                properties.set(&entry.key, entry.node.clone());
            }
        }
        let stays = |node: &&Node| {
            let name = node.as_str().unwrap_or_default();
            is_required(member, name) || is_mine(name) && !is_required(whole, name)
        };
        let kept = part.get("required").map_or(&[][..], Node::items).iter().filter(stays);
        let kept = kept.cloned().collect();
        part.set("required", Node::array(position, kept));
        part.set("properties", properties);
        if member.get("type").is_none() {
            part.remove("type");
        }
        let has_choice = choice(member).is_some() || is_last && choice(whole).is_none();
        if !has_choice {
            ["anyOf", "oneOf"].iter().for_each(|key| drop(part.remove(key)));
        }
    }

    /// Takes a keyword out of a member of an `allOf`.
    fn take_out(&mut self, member: &mut Node, keyword: &str) {
        let Some(one) = use_of(member).and_then(|index| self.uses.get_mut(index)) else {
            return drop(member.remove(keyword));
        };
        one.changes |= one.grafted.as_mut().and_then(|node| node.remove(keyword)).is_some();
    }
}
