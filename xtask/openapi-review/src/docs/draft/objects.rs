//! The objects of a draft, by the table of what each kind of object can have.

use cx_client_build::Node;

use super::super::facts::Kind;
use super::super::flat::flat;
use super::super::graft;
use super::super::page::{Form, Page, UNSTATED, is_unstated, object, text as string};
use super::fragment::{Draft, Place, described};
use super::names;

const NO_TEXT: &str = "The documentation does not describe the response.";

impl Draft<'_> {
    /// An object of a page with all that it can have.
    pub(super) fn object(&mut self, kind: Kind, node: &Node, place: &Place<'_>) -> Node {
        let node = place.page.document.resolve(node);
        let mut out = Node::object(node.position);
        for key in ["name", "in", "description"].into_iter().chain(kind.keywords()) {
            let value = node.get(key).filter(|value| value.as_str() != Some(""));
            let drafted = value.map(|value| match key {
                "description" => described(value),
                _ => value.clone(),
            });
            drafted.into_iter().for_each(|value| out.set(key, value));
        }
        if kind == Kind::MediaType && is_unstated(node, "media type") {
            let reason = "The documentation does not state the media type.";
            out.set("x-inferred", string(node.position.line, reason));
        }
        for field in kind.fields() {
            let Some(inner) = node.get(field.key) else { continue };
            let drafted = match (kind, field.each) {
                (Kind::Parameter | Kind::Header, None) => {
                    self.schema(&with_example(inner, node), place)
                }
                (Kind::MediaType, None) => self.body_schema(inner, place),
                (_, None) => self.schema(inner, place),
                (_, Some(_)) => {
                    let mut all = Node::object(inner.position);
                    for entry in inner.entries() {
                        let name = match field.of {
                            Kind::Header => names::pascal(&entry.key),
                            _ => place.name.clone(),
                        };
                        let place = Place { name, ..place.clone() };
                        all.set(&entry.key, self.object(field.of, &entry.node, &place));
                    }
                    all
                }
            };
            out.set(field.key, drafted);
        }
        if kind == Kind::MediaType {
            let examples = examples(place.page, node);
            examples.into_iter().for_each(|all| out.set("examples", all));
        }
        out
    }

    pub(super) fn responses(&mut self, page: &Page, operation: &Node, id: &str) -> Node {
        let mut out = Node::object(operation.position);
        let all = operation.get("responses");
        let is_shown_only = all.is_some_and(|all| all.get(UNSTATED).is_some());
        for entry in all.map_or(&[][..], Node::entries).iter().filter(|one| one.key != UNSTATED) {
            let mut response = page.document.resolve(&entry.node).clone();
            let name = match entry.key.starts_with('2') {
                true => names::noun(id),
                false => format!(
                    "{}{}Error",
                    names::pascal(id),
                    names::pascal(&entry.key).trim_start_matches("Value")
                ),
            };
            if response.get("description").is_none_or(|words| words.as_str() == Some("")) {
                let words = format!("The response {}.", entry.key);
                response.set("description", string(response.position.line, &words));
            }
            let mut one = self.object(Kind::Response, &response, &Place::new(page, name, id));
            if is_shown_only || is_unstated(&response, "status") {
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

/// The schema of a parameter or a header, with the example that stands beside it.
fn with_example(schema: &Node, holder: &Node) -> Node {
    let Some(example) = graft::example(holder).filter(|_| schema.get("example").is_none()) else {
        return schema.clone();
    };
    let mut out = schema.clone();
    if schema.get("$ref").is_some() {
        let all = Node::array(schema.position, vec![schema.clone()]);
        out = object(schema.position.line, [("allOf", all)]);
    }
    out.set("example", example.clone());
    out
}

/// The examples of a media type; a sample is one of them.
fn examples(page: &Page, media: &Node) -> Option<Node> {
    if let Some(example) = media.get("example") {
        let line = example.position.line;
        let summary = string(line, "The documentation's sample");
        let documented = object(line, [("summary", summary), ("value", example.clone())]);
        return Some(object(line, [("documented", documented)]));
    }
    let examples = media.get("examples")?;
    let mut all = Node::object(examples.position);
    for example in examples.entries() {
        all.set(&example.key, page.document.resolve(&example.node).clone());
    }
    Some(all)
}
