//! A page as an OpenAPI fragment to paste into the document.

mod fragment;
mod names;
mod objects;
mod schemas;

use std::collections::HashMap;

use cx_client_build::{Document, Node, Position, escape_token};

use super::facts::Kind;
use super::page::{Page, free_name, is_unstated, object, template_names, text as string};
use super::{contradictions, security, yaml};
use fragment::{Draft, Place, described};

/// The pages as one fragment of OpenAPI 3.0 in YAML: paths and components, to be pasted into
/// `document`, with whose components it shares what has the same shape.
///
/// What a page does not say and the fragment needs is marked `x-inferred`; what a page leaves open
/// or contradicts stands in comments.
pub fn draft(document: &Document, pages: &[Page]) -> String {
    let mut draft = Draft {
        document,
        comments: String::new(),
        paths: Node::object(Position::START),
        tags: Vec::new(),
        schemes: Node::object(Position::START),
        schemas: Node::object(Position::START),
        named: HashMap::new(),
    };
    for page in pages {
        draft.page(page);
    }
    let mut root = Node::object(Position::START);
    if !draft.tags.is_empty() {
        root.set("tags", Node::array(Position::START, draft.tags));
    }
    root.set("paths", draft.paths);
    let mut components = Node::object(Position::START);
    for (key, all) in [("securitySchemes", draft.schemes), ("schemas", draft.schemas)] {
        if !all.entries().is_empty() {
            components.set(key, all);
        }
    }
    if !components.entries().is_empty() {
        root.set("components", components);
    }
    format!("{}{}", draft.comments, yaml::print(&root))
}

impl Draft<'_> {
    fn page(&mut self, page: &Page) {
        let Some(operation) = page.document.at(&page.pointer()) else { return };
        let (id, made) = names::operation_id(page, operation);
        self.comment(&format!("{}, from {}", page.label(), page.file()));
        for server in page.document.root().get("servers").map_or(&[][..], Node::items) {
            let url = server.get("url").and_then(Node::as_str).unwrap_or_default();
            let known = self.document.root().get("servers").map_or(&[][..], Node::items);
            if !known.iter().any(|one| one.get("url").and_then(Node::as_str) == Some(url)) {
                let mut line = format!("Server: {url}");
                for one in server.get("variables").map_or(&[][..], Node::entries) {
                    let default = one.node.get("default").and_then(Node::as_str);
                    line.push_str(&format!("; `{}` is `{}`", one.key, default.unwrap_or_default()));
                }
                self.comment(&line);
            }
        }
        if let Some(made) = made {
            self.comment(&format!("The operation id `{id}` {made}."));
        }
        for note in &page.notes {
            self.comment(&format!("Line {}: {}", note.line, note.message));
        }
        for one in contradictions::find(page) {
            self.comment(&format!(
                "Line {}: the page contradicts itself: {}",
                one.line, one.message
            ));
        }
        let drafted = self.operation(page, operation, &id);
        let mut item = self.paths.remove(&page.path).unwrap_or(Node::object(Position::START));
        item.set(&page.method, drafted);
        self.paths.set(&page.path, item);
    }

    fn operation(&mut self, page: &Page, operation: &Node, id: &str) -> Node {
        let line = operation.position.line;
        let mut out = object(line, [("operationId", string(line, id))]);
        let tag = self.tag(page, operation);
        out.set("tags", Node::array(operation.position, vec![string(line, &tag)]));
        let title = page.title.as_deref().map(|title| string(line, title));
        for (key, value) in [
            ("summary", operation.get("summary").cloned().or(title)),
            ("description", operation.get("description").map(described)),
            ("deprecated", operation.get("deprecated").cloned()),
        ] {
            if let Some(value) = value {
                out.set(key, value);
            }
        }
        let item = page.pointer().rsplit_once('/').and_then(|(item, _)| page.document.at(item));
        let own = operation.get("servers").or_else(|| item?.get("servers"));
        if let Some(servers) = own {
            out.set("servers", servers.clone());
        }
        if !is_unstated(operation, "security") {
            let security = self.security(page, operation);
            security.into_iter().for_each(|security| out.set("security", security));
        }
        let parameters = self.parameters(page, operation, id);
        if !parameters.is_empty() {
            out.set("parameters", Node::array(operation.position, parameters));
        }
        if let Some(body) = operation.get("requestBody") {
            let name = format!("{}Request", names::pascal(id));
            let mut body = self.object(Kind::RequestBody, body, &Place::new(page, name, id));
            // It must say what it holds, even if nothing is known.
            if body.get("content").is_none() {
                body.set("content", Node::object(body.position));
            }
            out.set("requestBody", body);
        }
        out.set("responses", self.responses(page, operation, id));
        out
    }

    /// The tag, which is added to those of the document if it lacks it.
    fn tag(&mut self, page: &Page, operation: &Node) -> String {
        let given = operation.get("tags").map_or(&[][..], Node::items).first();
        let given = given.and_then(Node::as_str).map(|tag| names::words(tag).join("-"));
        let name = given.clone().filter(|tag| !tag.is_empty());
        let name = name.unwrap_or_else(|| names::resource(page));
        let known = self.document.root().get("tags").map_or(&[][..], Node::items);
        let is_it = |one: &Node| one.get("name").and_then(Node::as_str) == Some(&name);
        if !known.iter().chain(&self.tags).any(is_it) {
            let line = operation.position.line;
            let description = format!("The operations on {}.", name.replace('-', " "));
            let mut tag = object(
                line,
                [("name", string(line, &name)), ("description", string(line, &description))],
            );
            if given.is_none() {
                let reason = "The documentation groups nothing; the tag is the resource named by \
                              the documented path.";
                tag.set("x-inferred", string(line, reason));
            }
            self.tags.push(tag);
        }
        name
    }

    /// The requirements of the page, unless they name what it does not describe.
    fn security(&mut self, page: &Page, operation: &Node) -> Option<Node> {
        let required = security::requirements(&page.document, operation);
        let mut named = required.iter().flat_map(|one| one.entries());
        if let Some(unknown) =
            named.find(|one| security::scheme(&page.document, &one.key).is_none())
        {
            let name = &unknown.key;
            let comment =
                format!("The page names the security scheme `{name}` and does not describe it.");
            self.comment(&comment);
            return None;
        }
        let mut alternatives = Vec::new();
        for requirement in required {
            let mut out = Node::object(requirement.position);
            for entry in requirement.entries() {
                if let Some(scheme) = security::scheme(&page.document, &entry.key) {
                    let name = self.scheme(&entry.key, scheme);
                    out.set(&name, entry.node.clone());
                }
            }
            alternatives.push(out);
        }
        Some(Node::array(operation.position, alternatives))
    }

    /// The name of a scheme: that of the document, if it has the same one.
    fn scheme(&mut self, name: &str, scheme: &Node) -> String {
        let mut scheme = scheme.clone();
        if is_unstated(&scheme, "flows") {
            let line = scheme.position.line;
            let reason = "The documentation speaks of OAuth 2.0 and states no flow; a request \
                          carries a bearer token.";
            scheme = object(
                line,
                [
                    ("type", string(line, "http")),
                    ("scheme", string(line, "bearer")),
                    ("x-inferred", string(line, reason)),
                ],
            );
        }
        let key = security::key(&scheme);
        let known = self.document.at("/components/securitySchemes").map_or(&[][..], Node::entries);
        let mut known = known.iter().chain(self.schemes.entries());
        let is_inferred = |node: &Node| node.get("x-inferred").is_some();
        if let Some(known) = known.find(|one| {
            security::key(&one.node) == key && is_inferred(&one.node) == is_inferred(&scheme)
        }) {
            return known.key.clone();
        }
        let name = match key.strip_prefix("http ") {
            Some(kind) => format!("{kind}Auth"),
            None => name.to_owned(),
        };
        let free = free_name(name, |name| {
            let pointer = format!("/components/securitySchemes/{}", escape_token(name));
            self.schemes.get(name).is_some() || self.document.at(&pointer).is_some()
        });
        self.schemes.set(&free, scheme);
        free
    }

    fn parameters(&mut self, page: &Page, operation: &Node, id: &str) -> Vec<Node> {
        let mut drafted = Vec::new();
        let mut in_path = Vec::new();
        for parameter in page.operation().iter().flat_map(|one| one.parameters(&page.document)) {
            let name = parameter.text("name").unwrap_or_default();
            if parameter.text("in") == Some("path") {
                if !template_names(&page.path).any(|one| one == name) {
                    continue;
                }
                in_path.push(name.to_owned());
            }
            drafted.push(self.parameter(page, parameter.node, id));
        }
        // A path is nothing without its parameters, even if the page lists none.
        for name in template_names(&page.path).filter(|name| !in_path.iter().any(|one| one == name))
        {
            let line = operation.position.line;
            let reason = "The documentation names it in the path only.";
            drafted.push(object(
                line,
                [
                    ("name", string(line, name)),
                    ("in", string(line, "path")),
                    ("required", super::page::yes(line)),
                    ("x-inferred", string(line, reason)),
                    ("schema", object(line, [("type", string(line, "string"))])),
                ],
            ));
        }
        drafted
    }

    fn parameter(&mut self, page: &Page, parameter: &Node, id: &str) -> Node {
        let text = |key: &str| parameter.get(key).and_then(Node::as_str).unwrap_or_default();
        let mut stated = parameter.clone();
        if text("in") == "path" {
            stated.set("required", super::page::yes(parameter.position.line));
        }
        if parameter.get("content").is_none() && parameter.get("schema").is_none() {
            stated.set("schema", Node::object(parameter.position));
        }
        let place = Place {
            words: text("description").to_owned(),
            ..Place::new(page, names::pascal(text("name")), id)
        };
        let mut drafted = self.object(Kind::Parameter, &stated, &place);
        let said = [text("name"), text("description")];
        if let Some(schema) = drafted.get_mut("schema") {
            schemas::mark_sensitive(schema, said);
        }
        drafted
    }
}
