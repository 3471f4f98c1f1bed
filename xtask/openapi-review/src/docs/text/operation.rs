//! The OpenAPI document that the parts of a page make.

use std::collections::BTreeMap;

use cx_client_build::{Document, Node, escape_token};
use serde_json::Value as Json;

use super::super::facts::Part;
use super::super::page::{
    Form, Located, Note, Page, Problem, at, leave_unstated, object, template_names, text as string,
    unknown, yes,
};
use super::super::values;
use super::bodies::Content;
use super::curl::Sample;
use super::fields::Field;
use super::heading::Heading;
use super::schemas::of_sample;
use super::sections::Kind;
use super::{Reader, Sections, types};

/// What a document of a page is made of.
pub(super) struct Builder<'a> {
    pub(super) heading: Heading,
    pub(super) said: Sections,
    /// The JSON pointer of the operation.
    pub(super) pointer: String,
    pub(super) reader: Reader<'a>,
}

/// The page that a heading and sections are; what cannot be understood instead, if there is such.
pub(super) fn page(
    file: &str,
    heading: Heading,
    said: Sections,
    reader: Reader<'_>,
) -> Result<Page, Vec<Problem>> {
    let (method, path) = (heading.method.value.clone(), heading.path.value.clone());
    let pointer = format!("/paths/{}/{method}", escape_token(&path));
    let title = heading.title.clone();
    let mut builder = Builder { heading, said, pointer, reader };
    let document = Document::new(file, builder.document());
    let Reader { mut contradictions, mut notes, problems, truncated, .. } = builder.reader;
    if !problems.is_empty() {
        return Err(problems);
    }
    notes.extend(builder.heading.shown.notes);
    notes.extend(truncated.map(|line| Note::new(line, "the page breaks off here")));
    contradictions.sort_by_key(|one| one.line);
    notes.sort_by_key(|note| note.line);
    Ok(Page { form: Form::Text, title, method, path, document, contradictions, notes })
}

impl Builder<'_> {
    fn document(&mut self) -> Node {
        let line = self.heading.method.line;
        let info = object(line, [("title", string(line, "")), ("version", string(line, ""))]);
        let mut root = object(line, [("openapi", string(line, "3.0.3")), ("info", info)]);
        match self.servers() {
            Some(servers) => root.set("servers", servers),
            None => leave_unstated(&mut root, "servers"),
        }
        let mut operation = Node::object(at(line));
        if let Some(title) = &self.heading.title {
            operation.set("summary", string(line, title));
        }
        if let Some(line) = self.heading.deprecated {
            operation.set("deprecated", yes(line));
        }
        let (security, schemes) = self.security();
        match security {
            Some(security) => operation.set("security", security),
            None => leave_unstated(&mut operation, "security"),
        }
        let parameters = self.parameters();
        operation.set("parameters", parameters);
        match self.request_body() {
            Some(body) => operation.set("requestBody", body),
            None if self.said.empty.contains(&Kind::Body) => {
                leave_unstated(&mut operation, "requestBody");
            }
            None => {}
        }
        for kind in &self.said.empty {
            if let Kind::Parameters(place) = kind {
                leave_unstated(&mut operation, &format!("{place} parameters"));
            }
        }
        let responses = self.responses();
        operation.set("responses", responses);
        self.sent_headers();
        let mut item = Node::object(at(self.heading.path.line));
        item.set(&self.heading.method.value, operation);
        let mut paths = Node::object(at(self.heading.path.line));
        paths.set(&self.heading.path.value, item);
        root.set("paths", paths);
        root.set("components", object(line, [("securitySchemes", schemes)]));
        root
    }

    fn parameters(&mut self) -> Node {
        let line = self.heading.method.line;
        let mut parameters: Vec<Node> = Vec::new();
        for (place, field) in std::mem::take(&mut self.said.parameters) {
            let pointer = format!("{}/parameters/{}", self.pointer, parameters.len());
            let parameter = self.parameter(place, &field, &pointer);
            let is_same = |other: &Node, key: &str| {
                let value = |node: &Node| node.get(key).and_then(Node::as_str).map(str::to_owned);
                value(other) == value(&parameter)
            };
            if parameters.iter().any(|other| is_same(other, "name") && is_same(other, "in")) {
                let message = format!("the parameter `{}` is listed twice", field.name.value);
                let fact = Part::parameter(place).named(&field.name.value);
                self.contradict(field.name.line, fact, Json::Null, message);
                continue;
            }
            parameters.push(parameter);
            self.said.parameters.push((place, field));
        }
        self.template();
        Node::array(parameters.first().map_or(at(line), |one| one.position), parameters)
    }

    fn parameter(&mut self, place: &str, field: &Field, pointer: &str) -> Node {
        self.check_place(field, pointer, place);
        let line = field.name.line;
        let mut schema = self.reader.schema(field, &[], &format!("{pointer}/schema"));
        let mut parameter =
            object(line, [("name", string(line, &field.name.value)), ("in", string(line, place))]);
        for key in ["description", "deprecated"] {
            if let Some(value) = schema.remove(key) {
                parameter.set(key, value);
            }
        }
        if let Some(line) = field.required {
            parameter.set("required", yes(line));
        }
        parameter.set("schema", schema);
        parameter
    }

    /// The parameters in the path and those of the section must be the same.
    fn template(&mut self) {
        let path = self.heading.path.clone();
        let in_path: Vec<&str> = template_names(&path.value).collect();
        let listed: BTreeMap<String, usize> = self
            .said
            .parameters
            .iter()
            .filter(|(place, _)| *place == "path")
            .map(|(_, field)| (field.name.value.clone(), field.name.line))
            .collect();
        for name in in_path.iter().filter(|name| !listed.contains_key(**name)) {
            let message = format!("the path has the parameter `{name}`, which no section lists");
            self.contradict(path.line, Part::PathParameter.named(*name), Json::Null, message);
        }
        for (name, line) in listed.iter().filter(|(name, _)| !in_path.contains(&name.as_str())) {
            let message = format!(
                "the path parameter `{name}` does not stand in the path {} of line {}",
                path.value, path.line
            );
            self.contradict(*line, Part::PathParameter.named(name), Json::Null, message);
        }
    }

    /// The marker of a location must say what the section says.
    fn check_place(&mut self, field: &Field, pointer: &str, expected: &str) {
        if let Some(marked) = field.location.as_ref().filter(|one| one.value != expected) {
            let message = format!(
                "`{}` is marked `{}`, and its section is that of the {expected}",
                field.name.value, marked.value
            );
            let said = marked.value.as_str();
            self.reader.contradict(marked.line, pointer, "in", said, message);
        }
    }

    fn request_body(&mut self) -> Option<Node> {
        let sample = self.heading.shown.curl.as_mut().and_then(|curl| curl.body.take());
        let mut content = self.said.body.take().or_else(|| {
            let line = sample.as_ref()?.line();
            let lack = self.lack(Kind::Body, "Body");
            let message = format!("{lack}; names and types are those of the curl command's body");
            self.reader.note(line, message);
            Some(Content { line, ..Content::default() })
        })?;
        self.reader.nest(&mut content, sample.as_ref().map(|sample| &sample.node));
        let pointer = format!("{}/requestBody", self.pointer);
        for field in &content.fields {
            self.check_place(field, &pointer, "body");
        }
        let mut body = Node::object(at(content.line));
        if let Some(words) = &content.description {
            body.set("description", words.clone());
        }
        // A page does not say whether the body itself can be left out; one with a required field
        // cannot.
        match content.fields.iter().find_map(|field| field.required) {
            Some(line) => body.set("required", yes(line)),
            None => leave_unstated(&mut body, "required"),
        }
        let media_type = self.sent_body(&content, sample.as_ref());
        let content = self.content(&content, media_type, sample.as_ref(), &pointer);
        body.set("content", content);
        Some(body)
    }

    /// The content of a body whose object stands at `pointer`.
    pub(super) fn content(
        &mut self,
        content: &Content,
        media_type: Option<Located<String>>,
        sample: Option<&Sample>,
        pointer: &str,
    ) -> Node {
        let line = media_type.as_ref().map_or(content.line, |media_type| media_type.line);
        let mut media = Node::object(at(line));
        if media_type.is_none() {
            self.reader.note(content.line, "the page does not say the media type");
            leave_unstated(&mut media, "media type");
        }
        let name = media_type.map_or("application/json".to_owned(), |name| name.value);
        let place = format!("{pointer}/content/{}/schema", escape_token(&name));
        let structured = sample.filter(|sample| sample.structured).map(|sample| &sample.node);
        let schema = self.body_schema(content, structured, &place);
        media.set("schema", schema);
        match sample {
            Some(sample) if !sample.structured => {
                self.reader.note(sample.line(), "the sample is not JSON, and is not compared");
            }
            Some(sample) if values::has_placeholder(&sample.node.to_json()) => {
                let message = "the sample has placeholders, and is compared with the schema only";
                self.reader.note(sample.line(), message);
                media.set("x-placeholders", sample.node.clone());
            }
            Some(sample) => media.set("example", sample.node.clone()),
            None => {}
        }
        let mut all = Node::object(at(line));
        all.set(&name, media);
        all
    }

    fn body_schema(&mut self, content: &Content, sample: Option<&Node>, pointer: &str) -> Node {
        let line = content.body_type.as_ref().map_or(content.line, |kind| kind.position.line);
        if content.fields.is_empty() {
            let has_fields = content.body_type.as_ref().is_none_or(types::has_fields);
            let is_any = content.body_type.as_ref().is_some_and(|kind| kind.entries().is_empty());
            let shown = sample.filter(|one| !is_any || one.to_json().is_object());
            if let (true, Some(sample)) = (has_fields, shown) {
                let says = match &content.body_type {
                    Some(kind) => format!("says only that its type is {}", name_of(kind)),
                    None => "lists no fields".to_owned(),
                };
                let message = format!(
                    "the page {says}: names and types are those of the sample on line {}",
                    sample.position.line
                );
                self.reader.note(line, message);
                return of_sample(sample, sample.position.line);
            }
            let Some(kind) = &content.body_type else { return unknown(line) };
            let mut schema = kind.clone();
            if has_fields {
                types::change_innermost(&mut schema, |inner| leave_unstated(inner, "*"));
            }
            return schema;
        }
        // Fields can be those of the items of an array: the type says so, or else the sample.
        let is_list = sample.is_some_and(|sample| !sample.items().is_empty());
        let inner = object(line, [("type", string(line, "object"))]);
        let schema = match &content.body_type {
            Some(kind) => kind.clone(),
            None if is_list => object(line, [("type", string(line, "array")), ("items", inner)]),
            None => inner,
        };
        let unnamed = Located::new(String::new(), line);
        let mut field = Field::new(unnamed.clone(), unnamed, schema);
        field.children = content.fields.clone();
        let samples: Vec<&Node> = sample.into_iter().collect();
        self.reader.schema(&field, &samples, pointer)
    }
}

/// `object[]`.
fn name_of(schema: &Node) -> String {
    match (schema.get("items"), schema.get("type").and_then(Node::as_str)) {
        (Some(items), _) => format!("{}[]", name_of(items)),
        (None, kind) => kind.unwrap_or("any").to_owned(),
    }
}
