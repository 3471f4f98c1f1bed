//! The keywords of a schema that hold a value and no schema.

use cx_client_build::{Document, Node};
use serde_json::Value as Json;

use super::super::page::{Form, SAMPLED, is_unstated};
use super::super::{coverage, values};
use super::{At, Graft};

/// Keywords that every form of a page can state.
pub(super) const KEYWORDS: [&str; 18] = [
    "format",
    "nullable",
    "default",
    "example",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "pattern",
    "minItems",
    "maxItems",
    "deprecated",
    "readOnly",
    "writeOnly",
    "enum",
];

/// Keywords that only a page with OpenAPI in it can state.
const MORE_KEYWORDS: [&str; 3] = ["uniqueItems", "minProperties", "maxProperties"];

/// The value of a keyword; `None` where it says nothing.
pub(super) fn stated(node: &Node, keyword: &str) -> Option<Json> {
    let value = node.get(keyword)?.to_json();
    let says_nothing = value == Json::Bool(false) && is_flag(keyword)
        || value == 0 && keyword.starts_with("min") && keyword != "minimum";
    (!says_nothing).then_some(value)
}

fn is_flag(keyword: &str) -> bool {
    matches!(
        keyword,
        "nullable"
            | "deprecated"
            | "readOnly"
            | "writeOnly"
            | "uniqueItems"
            | "exclusiveMinimum"
            | "exclusiveMaximum"
            | "required"
    )
}

/// Whether two lists of values hold the same ones; whether null is among them is said by `nullable`.
fn same_values(a: &Json, b: &Json) -> bool {
    let list = |json: &Json| -> Vec<Json> {
        json.as_array().into_iter().flatten().filter(|one| !one.is_null()).cloned().collect()
    };
    let (a, b) = (list(a), list(b));
    let within = |one: &Json, all: &[Json]| all.iter().any(|other| coverage::same(one, other));
    a.iter().all(|one| within(one, &b)) && b.iter().all(|one| within(one, &a))
}

impl<'a> Graft<'a> {
    /// Brings the keywords of `out`, a copy of the document's schema, to what the page states.
    pub(super) fn facets(&mut self, out: &mut Node, doc: &At<'a>, page: &Node) {
        let more = if self.page.form == Form::Markdown { &MORE_KEYWORDS[..] } else { &[] };
        for keyword in KEYWORDS.iter().chain(more) {
            self.facet(out, doc, page, keyword);
        }
    }

    /// As [`facets`](Self::facets), for one keyword.
    pub(super) fn facet(&mut self, out: &mut Node, doc: &At<'a>, page: &Node, keyword: &str) {
        self.facet_of(out, doc, stated(doc.node, keyword), page, keyword);
    }

    /// As [`facet`](Self::facet), of a schema that has the value `ours` by itself or by its parts.
    /// Gives whether the keyword is to go.
    pub(super) fn facet_of(
        &mut self,
        out: &mut Node,
        doc: &At<'a>,
        ours: Option<Json>,
        page: &Node,
        keyword: &str,
    ) -> bool {
        let theirs = stated(page, keyword);
        let line = page.get(keyword).map_or(page.position.line, |node| node.position.line);
        let of_shared = keyword == "example" && self.is_shared(&doc.pointer);
        let is_same = match (&ours, &theirs) {
            (None, None) if of_shared => true,
            (None, None) => return false,
            (Some(a), Some(b)) if keyword == "enum" => same_values(a, b),
            (Some(a), Some(b)) => coverage::same(a, b),
            (Some(value), None) => {
                let is_open = is_unstated(page, keyword) || of_shared;
                let what = format!("{keyword}: {}", shown(value));
                // An example shows what is documented, and cannot be inferred; nor can what a page
                // would mark, unless it only shows a sample.
                let can_be_inferred = keyword != "example"
                    && (!is_flag(keyword)
                        || keyword.starts_with("exclusive")
                        || keyword == "uniqueItems"
                        || page.get(SAMPLED).is_some());
                is_open || can_be_inferred && self.coverage.infers(&doc.pointer, doc.node, what)
            }
            (None, Some(_)) => page.get(SAMPLED).is_some() && keyword == "example",
        };
        if of_shared && (ours.is_none() || theirs.is_some()) {
            self.example_of_shared(doc, is_same, line, ours, theirs);
            return false;
        }
        if is_same {
            if let (true, Some(entry)) = (theirs.is_some(), out.entry_mut(keyword)) {
                entry.key_position = super::super::page::at(line);
            }
            return false;
        }
        let said = theirs.clone().unwrap_or_default();
        if !self.edit(doc, keyword, line, ours.unwrap_or_default(), said) {
            return false;
        }
        match (page.get(keyword).filter(|_| theirs.is_some()), keyword) {
            (Some(node), "enum") => out.set("enum", merged(doc.node.get("enum"), node)),
            (Some(node), _) => out.set(keyword, node.clone()),
            (None, _) => {
                out.remove(keyword);
            }
        }
        theirs.is_none()
    }

    /// The example of a schema that the document has once for several places has to be the one of
    /// only one of them.
    fn example_of_shared(
        &mut self,
        doc: &At<'a>,
        is_same: bool,
        line: usize,
        ours: Option<Json>,
        theirs: Option<Json>,
    ) {
        let (old, new) = (ours.unwrap_or_default(), theirs.unwrap_or_default());
        if is_same {
            self.shown.insert(doc.pointer.clone());
        } else if !self.coverage.deviates(&doc.pointer, doc.node, "example", &new) {
            let message = match &old {
                Json::Null => format!("the page has the example `{}`", shown(&new)),
                old => format!(
                    "the example is `{}` in the document, and `{}` on the page",
                    shown(old),
                    shown(&new)
                ),
            };
            let fact = super::Fact::new(doc.pointer.clone(), "example");
            self.decided.push(super::Decided {
                id: super::EXAMPLE_CHANGED,
                fact,
                line,
                old,
                new,
                message,
            });
        }
    }

    /// The page's example and default must be values of the document's schema, with what that
    /// infers; `known` is how many edits there were before the schema's.
    pub(super) fn own_values(&mut self, doc: &At<'a>, out: &Node, page: &Node, known: usize) {
        if self.edits.len() != known {
            return;
        }
        for keyword in ["example", "default"] {
            let Some(value) = page.get(keyword) else { continue };
            let json = value.to_json();
            let of_page = super::super::flat::written_out(&self.page.document, page);
            let of_document = super::super::flat::written_out(self.document, out);
            let own = values::violations(&of_page, &json);
            for violation in values::violations(&of_document, &json) {
                if own.contains(&violation) {
                    continue;
                }
                let fact = format!("{keyword}{}", violation.at());
                if self.coverage.deviates(&doc.pointer, doc.node, &fact, &json) {
                    continue;
                }
                self.decided.push(super::Decided {
                    id: "example-invalid",
                    fact: super::Fact::new(doc.pointer.clone(), fact),
                    line: value.position.line,
                    old: Json::Null,
                    new: json.clone(),
                    message: format!(
                        "the page's {keyword} `{}` {}, by the document's schema",
                        shown(&json),
                        violation.message
                    ),
                });
            }
        }
    }
}

/// The values of the document that the page has too, in their order, and then those that it adds.
fn merged(ours: Option<&Node>, theirs: &Node) -> Node {
    let has = |all: &[Node], one: &Node| {
        all.iter().any(|other| coverage::same(&other.to_json(), &one.to_json()))
    };
    let ours = ours.map_or(&[][..], Node::items);
    let kept = ours.iter().filter(|one| has(theirs.items(), one));
    let added = theirs.items().iter().filter(|one| !has(ours, one));
    Node::array(theirs.position, kept.chain(added).cloned().collect())
}

fn shown(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Whether a value that a page shows is one of a schema of the document.
pub(super) fn admits(document: &Document, schema: &Node, page: &Node) -> bool {
    let written = super::super::flat::written_out(document, schema);
    match page.get("example") {
        Some(example) => values::violations(&written, &example.to_json()).is_empty(),
        None => {
            let ours = written.get("type").and_then(Json::as_str);
            ours.is_none() || ours == page.get("type").and_then(Node::as_str)
        }
    }
}
