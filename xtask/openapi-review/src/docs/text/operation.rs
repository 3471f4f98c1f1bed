//! The OpenAPI document that the parts of a page make.

use cx_client_build::Node;
use serde_json::Value as Json;

use super::super::facts::Part;
use super::super::page::{
    Located, at, leave_unstated, object, template_names, text as string, unknown, yes,
};
use super::super::values;
use super::blocks::literal;
use super::bodies::Content;
use super::contradictions::Contradictions;
use super::curl::Sample;
use super::fields::Field;
use super::reader::Reader;
use super::sections::Kind;
use super::{samples, types};

impl Reader<'_> {
    /// The document, with what no section says.
    pub(super) fn root(&mut self) -> Node {
        let line = self.heading.method.line;
        let info = object(line, [("title", string(line, "")), ("version", string(line, ""))]);
        let mut root = object(line, [("openapi", string(line, "3.0.3")), ("info", info)]);
        match self.servers() {
            Some(servers) => root.set("servers", servers),
            None => leave_unstated(&mut root, "servers"),
        }
        if let Some(title) = &self.heading.title {
            self.operation.set("summary", string(line, title));
        }
        if let Some(line) = self.heading.deprecated {
            self.operation.set("deprecated", yes(line));
        }
        let schemes = self.security();
        if self.operation.get("requestBody").is_none() {
            self.sent_body();
        }
        if self.operation.get("responses").is_none() {
            self.shown();
        }
        for kind in &self.empty {
            match kind {
                Kind::Body if self.operation.get("requestBody").is_none() => {
                    leave_unstated(&mut self.operation, "requestBody");
                }
                Kind::Parameters(place) => {
                    leave_unstated(&mut self.operation, &format!("{place} parameters"));
                }
                _ => {}
            }
        }
        self.template();
        self.sent_headers();
        let parameters = std::mem::take(&mut self.parameters);
        let position = parameters.first().map_or(at(line), |one| one.position);
        self.operation.set("parameters", Node::array(position, parameters));
        let mut item = Node::object(at(self.heading.path.line));
        item.set(&self.heading.method.value, self.operation.clone());
        let mut paths = Node::object(at(self.heading.path.line));
        paths.set(&self.heading.path.value, item);
        root.set("paths", paths);
        root.set("components", object(line, [("securitySchemes", schemes)]));
        root
    }

    /// Whether there is a parameter of the location whose name is that one.
    pub(super) fn has_parameter(&self, place: &str, is: impl Fn(&str) -> bool) -> bool {
        let text = |node: &'_ Node, key: &str| node.get(key).and_then(Node::as_str).map(&is);
        let is_there = |one: &Node| one.get("in").and_then(Node::as_str) == Some(place);
        self.parameters.iter().any(|one| is_there(one) && text(one, "name") == Some(true))
    }

    /// The parameters of a section.
    pub(super) fn parameters(&mut self, place: &'static str, fields: Vec<Field>) {
        for mut field in fields {
            let Located { value: name, line } = field.name.clone();
            // OpenAPI ignores a parameter of that name (3.0.4 section 4.7.12.2).
            if place == "header" && name.eq_ignore_ascii_case("authorization") {
                let message = format!(
                    "the header `{name}` is read as the authentication, since it is no parameter in \
                     OpenAPI"
                );
                self.note(line, message);
                if self.authorizations.is_empty() {
                    field.location = None;
                    self.authorizations.push(field);
                }
                continue;
            }
            if self.has_parameter(place, |other| other == name) {
                let message = format!("the parameter `{name}` is listed twice");
                let fact = Part::parameter(place).named(&name);
                self.contradict(line, fact, Json::Null, message);
                continue;
            }
            let mut parameter =
                object(line, [("name", string(line, &name)), ("in", string(line, place))]);
            check_place(&mut parameter, &field, place, &mut self.contradictions);
            for key in ["description", "deprecated"] {
                if let Some(value) = field.schema.remove(key) {
                    parameter.set(key, value);
                }
            }
            if let Some(line) = field.required {
                parameter.set("required", yes(line));
            }
            parameter.set("schema", field.schema);
            self.parameters.push(parameter);
        }
    }

    /// The parameters in the path and those of the section must be the same.
    fn template(&mut self) {
        let Located { value: path, line } = self.heading.path.clone();
        let mut wrong: Vec<(usize, String, String)> = Vec::new();
        for name in template_names(&path) {
            if !self.has_parameter("path", |other| other == name) {
                let message =
                    format!("the path has the parameter `{name}`, which no section lists");
                wrong.push((line, name.to_owned(), message));
            }
        }
        for one in &self.parameters {
            let text = |key: &str| one.get(key).and_then(Node::as_str).unwrap_or_default();
            let name = text("name");
            if text("in") == "path" && !template_names(&path).any(|other| other == name) {
                let message = format!(
                    "the path parameter `{name}` does not stand in the path {path} of line {line}"
                );
                wrong.push((one.position.line, name.to_owned(), message));
            }
        }
        for (line, name, message) in wrong {
            let fact = Part::PathParameter.named(name);
            self.contradict(line, fact, Json::Null, message);
        }
    }

    /// The request body; its media type may be that of the curl command.
    pub(super) fn request_body(&mut self, mut content: Content) {
        let sent = self.heading.curl.as_mut().and_then(|curl| curl.body.take());
        let sample = sent.or(content.sample.take());
        let mut body = Node::object(at(content.line));
        for field in &content.fields {
            check_place(&mut body, field, "body", &mut self.contradictions);
        }
        if let Some(words) = content.description.take() {
            body.set("description", words);
        }
        if let Some(sample) = &sample {
            content.media_type = self.sent_type(content.media_type, sample);
        }
        let line = content.line;
        let content = self.body(content, sample.as_ref());
        // A page does not say whether the body itself can be left out; one with a required field
        // cannot.
        let schema = content.entries().first().and_then(|media| media.node.get("schema"));
        let required = schema.and_then(|schema| types::innermost(schema).get("required"));
        match required.map(|names| names.position.line) {
            Some(required) => {
                if let (Some(curl), None) = (&self.heading.curl, &sample) {
                    let message = format!(
                        "the curl command sends no body, and the one of line {line} has required \
                         fields"
                    );
                    let line = curl.line();
                    self.contradict(line, "curl body", Json::Null, message);
                }
                body.set("required", yes(required));
            }
            None => leave_unstated(&mut body, "required"),
        }
        body.set("content", content);
        self.operation.set("requestBody", body);
    }

    /// The content of a body.
    pub(super) fn body(&mut self, mut content: Content, sample: Option<&Sample>) -> Node {
        if let Some(sample) = sample {
            self.see_end(&mut content, &sample.node);
        }
        let media_type = content.media_type.take();
        let line = media_type.as_ref().map_or(content.line, |media_type| media_type.line);
        let mut media = Node::object(at(line));
        if media_type.is_none() {
            self.note(content.line, "the page does not say the media type");
            leave_unstated(&mut media, "media type");
        }
        let is_form = media_type.as_ref().is_some_and(|name| name.value.contains("form"));
        let structured = sample.filter(|sample| sample.structured).map(|sample| &sample.node);
        self.is_made_up =
            structured.is_some_and(|sample| values::has_placeholder(&sample.to_json()));
        let schema = self.body_schema(content, structured);
        let shown = structured.map(|sample| match is_form {
            true => typed(sample, &schema),
            false => sample.clone(),
        });
        media.set("schema", schema);
        match sample {
            Some(sample) if !sample.structured => {
                self.note(sample.line(), "the sample is not JSON, and is not compared");
            }
            Some(sample) if self.is_made_up => {
                let message = "the sample has placeholders, and is compared with the schema only";
                self.note(sample.line(), message);
                media.set("x-placeholders", shown.unwrap_or_else(|| sample.node.clone()));
            }
            _ => shown.into_iter().for_each(|sample| media.set("example", sample)),
        }
        let mut all = Node::object(at(line));
        all.set(media_type.as_ref().map_or("application/json", |name| &name.value), media);
        all
    }

    fn body_schema(&mut self, content: Content, sample: Option<&Node>) -> Node {
        let Content { body_type, fields, .. } = content;
        let line = body_type.as_ref().map_or(content.line, |kind| kind.position.line);
        if fields.is_empty() {
            let has_fields = body_type.as_ref().is_none_or(types::has_fields);
            let is_any = body_type.as_ref().is_some_and(|kind| kind.entries().is_empty());
            let shown = sample.filter(|one| !is_any || one.to_json().is_object());
            if let (true, Some(sample)) = (has_fields, shown) {
                let says = match &body_type {
                    Some(kind) => format!("says only that its type is {}", name_of(kind)),
                    None => "lists no fields".to_owned(),
                };
                let shown_at = sample.position.line;
                let message = format!(
                    "the page {says}: names and types are those of the sample on line {shown_at}"
                );
                self.note(line, message);
                return samples::schema(&[sample], shown_at, self.is_made_up);
            }
            let Some(mut schema) = body_type else { return unknown(line) };
            if has_fields {
                types::change_innermost(&mut schema, |inner| leave_unstated(inner, "*"));
            }
            return schema;
        }
        // Fields can be those of the items of an array: the type says so, or else the sample.
        let is_list = sample.is_some_and(|sample| !sample.items().is_empty());
        let inner = || object(line, [("type", string(line, "object"))]);
        let schema = body_type.unwrap_or_else(|| match is_list {
            true => object(line, [("type", string(line, "array")), ("items", inner())]),
            false => inner(),
        });
        self.nested_in(schema, fields, sample)
    }
}

/// The values of a form, which is text, as what the fields say that they are.
fn typed(sample: &Node, schema: &Node) -> Node {
    let kind = |schema: &Node| schema.get("type").and_then(Node::as_str).map(str::to_owned);
    let mut out = sample.clone();
    for entry in sample.entries() {
        let schema = schema.get("properties").and_then(|all| all.get(&entry.key));
        let (Some(schema), Some(text)) = (schema, entry.node.as_str()) else { continue };
        let position = entry.node.position;
        match (kind(schema).as_deref(), schema.get("items")) {
            (Some("integer" | "number" | "boolean"), _) => {
                out.set(&entry.key, literal(text, schema, position.line));
            }
            (_, Some(items)) => {
                let item = literal(text, items, position.line);
                out.set(&entry.key, Node::array(position, vec![item]));
            }
            _ => {}
        }
    }
    out
}

/// The mark of a location must say what the section says.
fn check_place(node: &mut Node, field: &Field, expected: &str, found: &mut Contradictions) {
    if let Some(marked) = field.location.as_ref().filter(|one| one.value != expected) {
        let (name, said) = (&field.name.value, marked.value);
        let message =
            format!("`{name}` is marked `{said}`, and its section is that of the {expected}");
        found.note(node, marked.line, "in", said, message);
    }
}

/// `object[]`.
fn name_of(schema: &Node) -> String {
    match (schema.get("items"), schema.get("type").and_then(Node::as_str)) {
        (Some(items), _) => format!("{}[]", name_of(items)),
        (None, kind) => kind.unwrap_or("any").to_owned(),
    }
}
