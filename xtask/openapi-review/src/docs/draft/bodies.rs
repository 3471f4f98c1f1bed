//! The bodies of a draft.

use cx_client_build::Node;

use super::super::flat::flat;
use super::super::page::{Form, Page, UNSTATED, is_unstated, object, text as string};
use super::{Draft, Place, described, names};

const NO_TEXT: &str = "The documentation does not describe the response.";

impl Draft<'_> {
    pub(super) fn responses(&mut self, page: &Page, operation: &Node, id: &str) -> Node {
        let mut out = Node::object(operation.position);
        let all = operation.get("responses");
        let is_shown_only = all.is_some_and(|all| all.get(UNSTATED).is_some());
        for entry in all.map_or(&[][..], Node::entries).iter().filter(|one| one.key != UNSTATED) {
            let response = page.document.resolve(&entry.node);
            let name = match entry.key.starts_with('2') {
                true => names::noun(id),
                false => format!(
                    "{}{}Error",
                    names::pascal(id),
                    names::pascal(&entry.key).trim_start_matches("Value")
                ),
            };
            let mut one = self.body(page, response, &name, &names::noun(id), Some(&entry.key));
            if is_shown_only || is_unstated(response, "status") {
                let shown = response.get("content").map_or(&[][..], Node::entries);
                let reason = match shown.iter().any(|one| one.node.get("example").is_some()) {
                    true => "The documentation shows a sample and states no status.",
                    false => "The documentation states no status.",
                };
                one.set("x-inferred", string(entry.node.position.line, reason));
            }
            out.set(&entry.key, one);
        }
        if out.entries().is_empty() {
            let line = operation.position.line;
            let (words, reason) = (string(line, "The response."), string(line, NO_TEXT));
            out.set("default", object(line, [("description", words), ("x-inferred", reason)]));
        }
        out
    }

    /// A request body or a response.
    pub(super) fn body(
        &mut self,
        page: &Page,
        body: &Node,
        name: &str,
        owner: &str,
        status: Option<&str>,
    ) -> Node {
        let mut out = Node::object(body.position);
        let words = body.get("description").filter(|words| words.as_str() != Some(""));
        match (words, status) {
            (Some(words), _) => out.set("description", described(words)),
            (None, Some(status)) => {
                let words = format!("The response {status}.");
                out.set("description", string(body.position.line, &words));
            }
            (None, None) => {}
        }
        if let Some(required) = body.get("required") {
            out.set("required", required.clone());
        }
        let mut content = Node::object(body.position);
        for entry in body.get("content").map_or(&[][..], Node::entries) {
            let media = &entry.node;
            let mut one = Node::object(media.position);
            if is_unstated(media, "media type") {
                let reason = "The documentation does not state the media type.";
                one.set("x-inferred", string(media.position.line, reason));
            }
            if let Some(schema) = media.get("schema") {
                let (name, owner) = (name.to_owned(), owner.to_owned());
                let place = Place { page, name, owner, words: String::new(), in_sample: false };
                one.set("schema", self.body_schema(schema, &place));
            }
            if let Some(example) = media.get("example") {
                let line = example.position.line;
                let summary = string(line, "The documentation's sample");
                let documented = object(line, [("summary", summary), ("value", example.clone())]);
                one.set("examples", object(line, [("documented", documented)]));
            } else if let Some(examples) = media.get("examples") {
                let mut all = Node::object(examples.position);
                for example in examples.entries() {
                    all.set(&example.key, page.document.resolve(&example.node).clone());
                }
                one.set("examples", all);
            }
            content.set(&entry.key, one);
        }
        // A request body must say what it holds, even if nothing is known.
        if !content.entries().is_empty() || status.is_none() {
            out.set("content", content);
        }
        out
    }

    /// The schema of a body. One that is a page of a list is called after the operation, and what it
    /// lists after what the operation is about.
    fn body_schema(&mut self, schema: &Node, place: &Place<'_>) -> Node {
        let document = &place.page.document;
        let flat = flat(document, schema);
        let lists = flat.get("properties").map_or(&[][..], Node::entries).iter().any(|one| {
            ["data", "items", "results"].contains(&one.key.as_str())
                && one.node.get("items").is_some()
        });
        let is_request = place.name.ends_with("Request") || place.name.ends_with("Error");
        let name = match lists && !is_request && place.page.form == Form::Text {
            true => format!("{}Page", place.name),
            false => place.name.clone(),
        };
        self.schema(schema, &Place { name, ..place.clone() })
    }
}
