//! The keywords that hold a value and no schema.

use cx_client_build::Node;
use serde_json::Value as Json;

use super::super::facts::{Kind, NOT_IN_TEXT, Says, same, same_keyword, says, stated};
use super::super::flat::discriminator;
use super::super::page::{Form, SAMPLED, is_unstated};
use super::state::{Edit, Graft};
use crate::reader::At;

impl<'a> Graft<'a> {
    /// The keywords of a kind of object that the page has words for.
    pub(super) fn comparable(&self, kind: Kind) -> impl Iterator<Item = &'static str> + use<> {
        let is_text = self.page.form == Form::Text;
        kind.keywords().filter(move |keyword| !is_text || !NOT_IN_TEXT.contains(keyword))
    }

    /// Brings the keywords of `out`, a copy of the document's object, to what the page states.
    pub(super) fn keywords(&mut self, out: &mut Node, kind: Kind, doc: &At<'a>, page: &Node) {
        for keyword in self.comparable(kind) {
            self.keyword(out, doc, stated(doc.node, keyword), page, keyword);
        }
    }

    /// As [`keywords`](Self::keywords), for one of an object that has the value `ours` by itself or
    /// by its parts. Gives whether the keyword is to go.
    pub(super) fn keyword(
        &mut self,
        out: &mut Node,
        doc: &At<'a>,
        ours: Option<Json>,
        page: &Node,
        keyword: &'static str,
    ) -> bool {
        let theirs = stated(page, keyword);
        let line = page.get(keyword).unwrap_or(page).position.line;
        if keyword == "example"
            && self.is_shared(&doc.pointer)
            && (ours.is_none() || theirs.is_some())
        {
            self.example_of_shared(doc, line, ours, theirs);
            return false;
        }
        let is_same = match (&ours, &theirs) {
            (None, None) => return false,
            (Some(a), Some(b)) => self.says_the_same(keyword, a, b),
            (Some(value), None) => self.is_left_open(doc, page, keyword, value),
            (None, Some(_)) => page.get(SAMPLED).is_some() && keyword == "example",
        };
        if is_same {
            return false;
        }
        let said = theirs.clone().unwrap_or_default();
        if !self.edit(doc, Edit::new(doc, keyword, line, ours.unwrap_or_default(), said)) {
            return false;
        }
        let value = match keyword {
            "discriminator" => discriminator(page),
            _ => page.get(keyword).cloned(),
        };
        match value.filter(|_| theirs.is_some()) {
            Some(node) if keyword == "enum" => out.set("enum", merged(doc.node.get("enum"), &node)),
            Some(node) => out.set(keyword, self.take(&node)),
            None => drop(out.remove(keyword)),
        }
        theirs.is_none()
    }

    /// Whether the document and the page have the same value, as far as the page can show it.
    pub(super) fn says_the_same(&self, keyword: &str, ours: &Json, theirs: &Json) -> bool {
        let is_text = self.page.form == Form::Text;
        same_keyword(keyword, ours, theirs)
            || is_text && same_keyword(keyword, &as_text(ours), &as_text(theirs))
    }

    /// Whether that the page does not have a keyword leaves open what the document says.
    fn is_left_open(&mut self, doc: &At<'a>, page: &Node, keyword: &str, value: &Json) -> bool {
        let can_be_inferred = match says(keyword) {
            Says::Example => false,
            Says::Mark => page.get(SAMPLED).is_some(),
            Says::Limit | Says::Least | Says::Switch | Says::Values => true,
        };
        is_unstated(page, keyword)
            || keyword == "example" && self.is_shared(&doc.pointer)
            || can_be_inferred
                && self.coverage.infers(
                    &doc.pointer,
                    doc.node,
                    format!("{keyword}: {}", shown(value)),
                )
    }
}

/// The values of the document that the page has too, in their order, and then those that it adds.
fn merged(ours: Option<&Node>, theirs: &Node) -> Node {
    let has =
        |all: &[Node], one: &Node| all.iter().any(|other| same(&other.to_json(), &one.to_json()));
    let ours = ours.map_or(&[][..], Node::items);
    let kept = ours.iter().filter(|one| has(theirs.items(), one));
    let added = theirs.items().iter().filter(|one| !has(ours, one));
    Node::array(theirs.position, kept.chain(added).cloned().collect())
}

/// A value as text has it, where `"1"` and `1` can look the same.
fn as_text(value: &Json) -> Json {
    match value {
        Json::Array(items) => items.iter().map(as_text).collect(),
        Json::Object(_) => value.clone(),
        scalar => shown(scalar).into(),
    }
}

pub(super) fn shown(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
