//! The walk over document and page together: objects, their parts, and what one side lacks.

use cx_client_build::{Node, escape_token};
use serde_json::Value as Json;

use super::super::facts::{FactName, Field, Kind, Part as PartKind};
use super::super::flat;
use super::super::page::{Form, SAMPLED, is_unstated, set_or_remove};
use super::schema::is_required;
use super::schema::is_unknown;
use super::state::{Edit, Graft};
use super::uses::Use;
use crate::reader::At;

/// A part that one side has, or both.
pub(super) struct Part<'a, 'p> {
    pub(super) kind: Kind,
    pub(super) fact: FactName,
    /// What its absence from the page leaves to be inferred; `None` where it cannot be.
    pub(super) inferred: Option<String>,
    pub(super) ours: Option<At<'a>>,
    pub(super) theirs: Option<At<'p>>,
    /// Where the document would have it, as a JSON pointer.
    pub(super) place: String,
    /// Where the page would have it.
    pub(super) line: usize,
}

/// Parts of the document and of the page that are the same one.
type Pair<'a, 'p> = (Option<(&'a str, At<'a>)>, Option<(&'p str, At<'p>)>);

/// The entries of a mapping; that of responses can have extensions, which are none of its entries.
fn entries<'n>(at: Option<&At<'n>>, kind: Kind) -> Vec<(&'n str, At<'n>)> {
    let is_part = |name: &str| kind != Kind::Response || !name.starts_with("x-");
    at.into_iter().flat_map(At::entries).filter(|(name, _)| is_part(name)).collect()
}

/// Whether two names of headers, statuses or media types are the same: none of them has case, and
/// spaces before a parameter mean nothing (RFC 9110 section 8.3.1).
fn is_same_name(a: &str, b: &str) -> bool {
    let plain = |name: &str| name.replace(' ', "").to_ascii_lowercase();
    plain(a) == plain(b)
}

impl<'a> Graft<'a> {
    /// The document's object as the page states it. `page` stands where the page speaks of it,
    /// before references are followed.
    pub(super) fn merge(&mut self, kind: Kind, doc: &At<'a>, page: &At<'_>) -> Node {
        let target = doc.clone().resolve(self.document);
        if doc.reference().is_none() {
            self.origin(page);
            return self.own(kind, &target, page);
        }
        self.component(kind, &target, page)
    }

    /// As [`merge`](Self::merge), of a component: gives what stands for its use.
    pub(super) fn component(&mut self, kind: Kind, target: &At<'a>, page: &At<'_>) -> Node {
        let origin = self.origin(page);
        // Text cannot show what is in itself without end: where it stops says nothing.
        let within = |one: &Use| *one.component == *target.pointer && one.grafted.is_none();
        let outer = self.uses.iter().position(within).filter(|_| self.page.form == Form::Text);
        if let Some(index) = outer {
            return Use::mark(page.node, index);
        }
        let key = (target.pointer.to_string(), origin);
        if let Some(index) = self.known.get(&key).copied() {
            self.place(target, page);
            return Use::mark(page.node, index);
        }
        let index = self.uses.len();
        self.known.insert(key, index);
        let component = target.pointer.to_string();
        self.uses.push(Use { component, grafted: None, changes: false });
        let before = self.edits.len();
        let mut grafted = self.own(kind, target, page);
        grafted.position = page.node.position;
        self.uses[index].changes = self.edits.len() > before;
        self.uses[index].grafted = Some(grafted);
        Use::mark(page.node, index)
    }

    /// What the page says here, by the reference or the composition that it is a part of: places
    /// below one that is part of itself have no end, and these are finitely many.
    fn origin(&mut self, page: &At<'_>) -> String {
        let pointer = &*page.pointer;
        if let Some(origin) = flat::origin(page.node) {
            self.origins.insert(pointer.to_owned(), origin.clone());
            return origin;
        }
        let ends = pointer.match_indices('/').map(|(at, _)| at).chain([pointer.len()]);
        let known = |at| self.origins.get(&pointer[..at]).map(|origin| (origin, &pointer[at..]));
        let known = ends.rev().find_map(known);
        known.map_or_else(|| pointer.to_owned(), |(origin, rest)| format!("{origin}{rest}"))
    }

    /// As [`merge`](Self::merge), of an object that is written out.
    fn own(&mut self, kind: Kind, doc: &At<'a>, page: &At<'_>) -> Node {
        self.place(doc, page);
        let node = self.page.document.resolve(page.node);
        let page = At { node, pointer: page.pointer.clone() };
        match kind {
            Kind::Schema => self.schema(doc, &page),
            Kind::Parameter | Kind::Header => self.parameter(kind, doc, &page),
            _ => {
                let mut out = self.object(kind, doc, &page);
                if kind == Kind::MediaType {
                    self.sample(&mut out, doc, &page);
                }
                out
            }
        }
    }

    /// Notes which place of the document a place of the page speaks of.
    pub(super) fn place(&mut self, doc: &At<'a>, page: &At<'_>) {
        self.places.insert(page.pointer.to_string(), doc.pointer.to_string());
        self.coverage.visit(&doc.pointer, doc.node);
    }

    /// The document's object with the keywords and the parts that the page states.
    pub(super) fn object(&mut self, kind: Kind, doc: &At<'a>, page: &At<'_>) -> Node {
        let mut out = doc.node.clone();
        self.keywords(&mut out, kind, doc, page.node);
        self.fields(&mut out, kind, doc, page);
        out
    }

    /// Brings the parts of `out`, a copy of the document's object, to what the page states.
    pub(super) fn fields(&mut self, out: &mut Node, kind: Kind, doc: &At<'a>, page: &At<'_>) {
        for field in kind.fields() {
            let Field { key, of, each } = field;
            // `true` and a schema without keywords are what holds anyway.
            let says = |one: &At<'_>| {
                key != "additionalProperties"
                    || one.node.as_bool() == Some(false)
                    || !one.node.entries().is_empty()
            };
            let (ours, theirs) = (doc.get(key).filter(says), page.get(key).filter(says));
            let is_settled = match (&ours, &theirs) {
                (None, None) => true,
                (Some(ours), None) => self.is_open(kind, &field, doc, page, ours),
                (None, Some(theirs)) => {
                    let has_content = doc.node.get("content").is_some();
                    each.is_none() && (is_unknown(theirs.node) || has_content)
                }
                (Some(ours), Some(theirs)) => ours.node.value == theirs.node.value,
            };
            if is_settled {
                continue;
            }
            let grafted = match each {
                Some(each) => self.parts((&field, each), doc, page, (ours, theirs)),
                None => {
                    let inferred = (of != Kind::Schema).then(|| "the request body".to_owned());
                    let (place, line) = (doc.below(key).to_string(), page.node.position.line);
                    let fact = key.into();
                    self.part(doc, Part { kind: of, fact, inferred, ours, theirs, place, line })
                }
            };
            set_or_remove(out, key, grafted);
        }
    }

    /// Whether that the page lacks a part of the document's object is no statement.
    fn is_open(
        &mut self,
        kind: Kind,
        &Field { key, of, each }: &Field,
        doc: &At<'a>,
        page: &At<'_>,
        ours: &At<'a>,
    ) -> bool {
        let is_text = self.page.form == Form::Text;
        let says_nothing = match key {
            // It is there, and the page does not say what it is.
            "items" => true,
            "schema" => is_text || kind != Kind::MediaType,
            "headers" | "encoding" => is_text,
            // A page that has the schema of a parameter may leave open that it is written as JSON.
            "content" => page.node.get("schema").is_some(),
            "additionalProperties" => is_text && ours.node.entries().is_empty(),
            _ => false,
        };
        let what = || format!("{key}: {}", ours.node.to_json());
        says_nothing
            || is_unstated(page.node, key)
            || each.is_none()
                && of == Kind::Schema
                && self.coverage.infers(&doc.pointer, doc.node, what())
    }

    /// The parts that a mapping has by name.
    fn parts(
        &mut self,
        (field, each): (&Field, PartKind),
        doc: &At<'a>,
        page: &At<'_>,
        (ours, theirs): (Option<At<'a>>, Option<At<'_>>),
    ) -> Option<Node> {
        let position = theirs.as_ref().map_or(page.node.position, |all| all.node.position);
        let mut all = ours.as_ref().map_or_else(|| Node::object(position), |all| all.node.clone());
        for (ours, other) in self.pairs(field, ours.as_ref(), theirs.as_ref()) {
            let name = ours.as_ref().map(|one| one.0).or(other.as_ref().map(|one| one.0));
            let name = name.unwrap_or_default();
            let left_open = |all: &At<'_>| field.of != Kind::Schema && is_unstated(all.node, name);
            if other.is_none() && theirs.as_ref().is_some_and(left_open) {
                continue;
            }
            if let (Some(ours), Some(theirs)) = (&ours, &other) {
                self.rename(doc, page, each, ours, theirs);
            }
            let grafted = self.named(doc, (field, each, name), (ours, other), position.line);
            set_or_remove(&mut all, name, grafted);
        }
        (ours.is_some() || !all.entries().is_empty()).then_some(all)
    }

    /// One of the parts that a mapping has by name.
    fn named(
        &mut self,
        doc: &At<'a>,
        (field, each, name): (&Field, PartKind, &str),
        (ours, theirs): Pair<'a, '_>,
        line: usize,
    ) -> Option<Node> {
        let is_required = field.of == Kind::Schema && is_required(doc.node, name);
        let is_unlisted = |(_, one): &(&str, At<'_>)| one.text(SAMPLED) == Some("unlisted");
        if theirs.as_ref().is_some_and(is_unlisted) {
            // In a sample only, which contradicts the page and is reported as that.
            let (_, ours) = ours.as_ref()?;
            if !is_required {
                self.is_inferred(ours, "the property");
            }
        }
        // One that is required is known from more than a sample; what is inferred of it is something
        // else.
        let inferred = match field.of {
            Kind::Schema => (!is_required).then(|| "the property".to_owned()),
            _ => Some(format!("the {} {name}", each.words())),
        };
        let part = Part {
            kind: field.of,
            fact: each.named(name),
            inferred,
            ours: ours.map(|one| one.1),
            theirs: theirs.map(|one| one.1),
            place: format!("{}/{}", doc.below(field.key), escape_token(name)),
            line,
        };
        self.part(doc, part)
    }

    /// The parts of both sides that have the same name, in the order of the document, and then what
    /// only the page has. Media types and statuses that alone are left over are paired, too.
    fn pairs<'p>(
        &self,
        field: &Field,
        ours: Option<&At<'a>>,
        theirs: Option<&At<'p>>,
    ) -> Vec<Pair<'a, 'p>> {
        let same = |a: &str, b: &str| match field.of {
            Kind::Schema => a == b,
            _ => is_same_name(a, b),
        };
        let mut left = entries(theirs, field.of);
        let mut pairs: Vec<Pair<'a, 'p>> = Vec::new();
        for one in entries(ours, field.of) {
            let found = left.iter().position(|(other, _)| same(one.0, other));
            pairs.push((Some(one), found.map(|at| left.remove(at))));
        }
        let class = |status: &str| status.chars().next();
        let alike = |ours: &str, (status, at): &(&str, At<'p>)| match field.of {
            Kind::MediaType => true,
            Kind::Response => {
                class(ours) == class(status)
                    || is_unstated(at.node, "status") && class(ours) == Some('2')
            }
            _ => false,
        };
        for other in left {
            let fits = |(ours, theirs): &Pair<'_, '_>| {
                theirs.is_none() && ours.as_ref().is_some_and(|(name, _)| alike(name, &other))
            };
            let fitting: Vec<usize> = (0..pairs.len()).filter(|at| fits(&pairs[*at])).collect();
            match fitting[..] {
                [at] => pairs[at].1 = Some(other),
                _ => pairs.push((None, Some(other))),
            }
        }
        pairs
    }

    /// A status or a media type that is another one on the page.
    fn rename(
        &mut self,
        doc: &At<'a>,
        page: &At<'_>,
        each: PartKind,
        (ours, at): &(&str, At<'a>),
        (theirs, other): &(&str, At<'_>),
    ) {
        let (id, word) = match each {
            PartKind::Response => ("response-status-changed", "status"),
            _ => ("media-type-changed", "media type"),
        };
        let all = page.node.get("responses");
        if is_same_name(ours, theirs)
            || is_unstated(other.node, word)
            || all.is_some_and(|all| is_unstated(all, theirs))
        {
            return;
        }
        let line = other.node.position.line;
        let edit = Edit {
            place: at.pointer.to_string(),
            ..Edit::new(doc, each.named(*ours), line, (*ours).into(), (*theirs).into())
        };
        let message = format!("the {word} is {ours} in the document, and {theirs} on the page");
        self.decide(id, doc, edit, message);
    }

    /// What becomes of a part; `None` if the document is not to have it.
    pub(super) fn part(&mut self, doc: &At<'a>, part: Part<'a, '_>) -> Option<Node> {
        let Part { kind, fact, inferred, ours, theirs, place, line } = part;
        let is_keyword = matches!(fact, FactName::Keyword(_)) && kind == Kind::Schema;
        let edit = |place: String, line: usize, old: Option<&At<'a>>, new: Option<&At<'_>>| {
            let json = |one: Option<&At<'_>>| one.map_or(Json::Null, |one| one.node.to_json());
            let said = if is_keyword { json(new) } else { Json::Null };
            Edit { place, ..Edit::new(doc, fact, line, json(old), said) }
        };
        let is_flag = |one: &At<'_>| one.node.as_bool().is_some();
        match (ours, theirs) {
            (Some(ours), Some(theirs)) if !is_flag(&ours) && !is_flag(&theirs) => {
                Some(self.merge(kind, &ours, &theirs))
            }
            (Some(ours), None) => {
                let edit = edit(ours.pointer.to_string(), line, Some(&ours), None);
                let stays = inferred.is_some_and(|what| self.is_inferred(&ours, &what))
                    || !self.edit(doc, edit);
                stays.then(|| ours.node.clone())
            }
            (ours, Some(theirs)) => {
                let line = theirs.node.position.line;
                let node = self.page.document.resolve(theirs.node);
                let node = if kind == Kind::Schema { theirs.node } else { node };
                match self.edit(doc, edit(place, line, ours.as_ref(), Some(&theirs))) {
                    true => Some(self.take(node)),
                    false => ours.map(|ours| ours.node.clone()),
                }
            }
            (None, None) => None,
        }
    }
}
