//! The facts of a page.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use cx_client_build::escape_token;
use serde_json::Value;

use super::check;
use super::facts::{FROM_SAMPLE, Scheme, UNKNOWN, parameter_key};
use super::page::{
    Content, Field, Limit, Located, Location, Page, Primitive, Response, Sample, Shape, Type,
};
use super::tree::Tree;

/// The facts of a page, in the shape of [`super::facts`], each with its line.
pub(super) struct Model {
    pub(super) facts: Tree,
    /// The lines of the facts, by JSON pointer. A pointer followed by `#required` is the line that
    /// says whether a field is required.
    pub(super) lines: BTreeMap<String, usize>,
    /// What the page says in two ways, or cannot mean.
    pub(super) contradictions: Vec<Contradiction>,
    /// What a reader has to know about where the facts come from.
    pub(super) notes: Vec<Located<String>>,
}

/// A place where a page contradicts itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Contradiction {
    pub(super) line: usize,
    /// The fact, as a JSON pointer into the facts.
    pub(super) pointer: String,
    pub(super) message: String,
}

/// Gathers the facts of a page.
pub(super) fn build(page: &Page) -> Model {
    let mut builder = Builder {
        page,
        lines: BTreeMap::new(),
        contradictions: Vec::new(),
        notes: page.notes.clone(),
    };
    let facts = builder.operation();
    if let Some(line) = page.truncated {
        builder.notes.push(Located::new("the page breaks off here".to_owned(), line));
    }
    builder.contradictions.sort_by_key(|one| one.line);
    builder.notes.sort_by_key(|note| note.line);
    Model {
        facts,
        lines: builder.lines,
        contradictions: builder.contradictions,
        notes: builder.notes,
    }
}

struct Builder<'a> {
    page: &'a Page,
    lines: BTreeMap<String, usize>,
    contradictions: Vec<Contradiction>,
    notes: Vec<Located<String>>,
}

impl Builder<'_> {
    fn at(&mut self, pointer: impl Into<String>, line: usize) {
        self.lines.insert(pointer.into(), line);
    }

    fn note(&mut self, line: usize, text: impl Into<String>) {
        self.notes.push(Located::new(text.into(), line));
    }

    fn contradict(&mut self, line: usize, pointer: &str, message: impl Into<String>) {
        self.contradictions.push(Contradiction {
            line,
            pointer: pointer.to_owned(),
            message: message.into(),
        });
    }

    fn operation(&mut self) -> Tree {
        let page = self.page;
        let mut facts = Tree::object();
        self.at("", page.method.line);
        self.at("/method", page.method.line);
        self.at("/path", page.path.line);
        facts.set("method", page.method.value.as_str());
        facts.set("path", page.path.value.as_str());
        if let Some(line) = page.deprecated {
            self.at("/deprecated", line);
            facts.set("deprecated", true);
        }
        facts.set("servers", self.servers());
        facts.set("security", self.security());
        facts.set("parameters", self.parameters());
        if let Some(body) = self.request_body() {
            facts.set("requestBody", body);
        }
        facts.set("responses", self.responses());
        self.curl_headers();
        facts
    }

    fn servers(&mut self) -> Tree {
        let page = self.page;
        let line = page.method.line;
        self.at("/servers", line);
        let Some(curl) = &page.curl else {
            self.note(line, "the page has no curl command: it does not say which server it means");
            return Tree::from([(UNKNOWN, true.into())]);
        };
        if curl.names_method && curl.method.value != page.method.value {
            self.contradict(
                curl.method.line,
                "/method",
                format!(
                    "the curl command uses {}, and line {} says {}",
                    curl.method.value, page.method.line, page.method.value
                ),
            );
        } else if curl.method.value != page.method.value {
            self.contradict(
                curl.method.line,
                "/method",
                format!(
                    "the curl command names no method and would use {}, and line {} says {}",
                    curl.method.value, page.method.line, page.method.value
                ),
            );
        }
        let Some(url) = &curl.url else {
            self.note(curl.method.line, "the curl command has no URL: the server is not known");
            return Tree::from([(UNKNOWN, true.into())]);
        };
        self.at("/servers", url.line);
        let text = url.value.as_str();
        let text = text.split(['?', '#']).next().unwrap_or(text);
        let server = match server_of(text, &page.path.value) {
            Some(server) => server,
            None => {
                self.contradict(
                    url.line,
                    "/path",
                    format!(
                        "the curl command calls {text}, which does not end with the path {} of \
                         line {}",
                        page.path.value, page.path.line
                    ),
                );
                origin(text)
            }
        };
        self.query_of_url(&url.value, url.line);
        self.at(format!("/servers/{}", escape_token(&server)), url.line);
        Tree::from([(server.as_str(), Tree::object())])
    }

    /// The names in the query of the sample request must be those of parameters.
    fn query_of_url(&mut self, url: &str, line: usize) {
        let Some((_, query)) = url.split_once('?') else { return };
        let query = query.split('#').next().unwrap_or(query);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let name = pair.split('=').next().unwrap_or(pair).trim_end_matches("[]");
            let listed = |field: &Field| field.name.value.trim_end_matches("[]") == name;
            let is_parameter =
                self.page.parameters.iter().any(|parameter| {
                    parameter.location == Location::Query && listed(&parameter.field)
                });
            if !is_parameter && !self.page.authorizations.iter().any(listed) {
                self.contradict(
                    line,
                    "/parameters",
                    format!("the URL has the query parameter `{name}`, which no section lists"),
                );
            }
        }
    }

    /// The headers of the sample request must be documented, and the other way round.
    fn curl_headers(&mut self) {
        let page = self.page;
        let Some(curl) = &page.curl else { return };
        let is_header = |field: &Field, name: &str| field.name.value.eq_ignore_ascii_case(name);
        for header in &curl.headers {
            let name = header.value.0.as_str();
            let usual = ["authorization", "content-type", "accept", "cookie", "user-agent"];
            let known = usual.iter().any(|usual| name.eq_ignore_ascii_case(usual))
                || page.authorizations.iter().any(|field| is_header(field, name))
                || page.parameters.iter().any(|parameter| {
                    parameter.location == Location::Header && is_header(&parameter.field, name)
                });
            if !known {
                self.contradict(
                    header.line,
                    "/parameters",
                    format!("the curl command sends the header `{name}`, which no section lists"),
                );
            }
        }
        for parameter in &page.parameters {
            let field = &parameter.field;
            if parameter.location == Location::Header
                && field.required.is_some()
                && curl.header(&field.name.value).is_none()
            {
                let pointer = format!(
                    "/parameters/{}",
                    escape_token(&parameter_key("header", &field.name.value))
                );
                self.contradict(
                    field.name.line,
                    &pointer,
                    format!(
                        "the header `{}` is required, and the curl command does not send it",
                        field.name.value
                    ),
                );
            }
        }
    }

    fn security(&mut self) -> Tree {
        let page = self.page;
        let mut schemes = Tree::object();
        let mut optional = !page.authorizations.is_empty();
        self.at("/security", page.authorizations.first().map_or(page.method.line, |f| f.name.line));
        for field in &page.authorizations {
            let scheme = self.scheme(field);
            let pointer = format!("/security/schemes/{}", escape_token(&scheme.key()));
            self.at(pointer.as_str(), field.name.line);
            self.at("/security/optional", field.required.unwrap_or(field.kind.line));
            optional &= field.required.is_none();
            schemes.set(&scheme.key(), scheme.to_tree());
            if field.kind.value.shape != Shape::Plain(Primitive::String, None) {
                self.contradict(
                    field.kind.line,
                    &pointer,
                    format!(
                        "`{}` is part of the authentication, which is text, and its type is `{}`",
                        field.name.value, field.kind.value
                    ),
                );
            }
        }
        let of_curl = self.page.curl.as_ref().and_then(scheme_of_curl);
        if let (Some(scheme), true) = (of_curl, page.authorizations.is_empty()) {
            self.note(
                scheme.line,
                "the page has no section `Authorizations`; the authentication is that of the curl \
                 command",
            );
            self.at("/security", scheme.line);
            self.at(
                format!("/security/schemes/{}", escape_token(&scheme.value.key())),
                scheme.line,
            );
            schemes.set(&scheme.value.key(), scheme.value.to_tree());
        }
        let mut security = Tree::from([("schemes", schemes)]);
        if optional {
            security.set("optional", true);
        }
        security
    }

    fn scheme(&mut self, field: &Field) -> Scheme {
        let name = field.name.value.as_str();
        let location = field.location.as_ref().map_or("header", |location| location.value.as_str());
        let curl = self.page.curl.as_ref();
        if location == "header"
            && field.required.is_some()
            && let Some(curl) = curl
            && curl.header(name).is_none()
            && !(curl.user.is_some() && name.eq_ignore_ascii_case("authorization"))
        {
            let line = curl.url.as_ref().map_or(curl.method.line, |url| url.line);
            self.contradict(
                line,
                "/security",
                format!("the curl command does not send the header `{name}`, which is required"),
            );
        }
        if location != "header" || !name.eq_ignore_ascii_case("authorization") {
            return Scheme::ApiKey(location.to_owned(), name.to_owned());
        }
        let words = field.description.as_ref().map(|words| words.value.to_ascii_lowercase());
        let said = words.as_deref().and_then(|words| {
            if words.contains("oauth") {
                return Some(Scheme::OAuth2);
            }
            // The form of the value says more than the name of the method.
            let form = words.split_once("of the form").map_or(words, |(_, form)| form);
            scheme_word(form).or_else(|| scheme_word(words))
        });
        let of_curl = curl.and_then(scheme_of_curl);
        match (said, of_curl) {
            (Some(said), Some(sent)) if !carries(&said, &sent.value) => {
                self.contradict(
                    sent.line,
                    &format!("/security/schemes/{}", escape_token(&said.key())),
                    format!(
                        "the curl command authenticates by {}, and line {} describes {}",
                        sent.value.key(),
                        field.description.as_ref().map_or(field.name.line, |words| words.line),
                        said.key(),
                    ),
                );
                said
            }
            (Some(said), _) => said,
            (None, Some(sent)) => sent.value,
            (None, None) => Scheme::ApiKey("header".to_owned(), name.to_owned()),
        }
    }

    fn parameters(&mut self) -> Tree {
        let page = self.page;
        let mut parameters = Tree::object();
        self.at("/parameters", page.method.line);
        for parameter in &page.parameters {
            let field = &parameter.field;
            let place = parameter.location.name();
            let key = parameter_key(place, &field.name.value);
            let pointer = format!("/parameters/{}", escape_token(&key));
            self.at(pointer.as_str(), field.name.line);
            self.place(field, &pointer, place);
            let mut schema = self.schema(field, None, &format!("{pointer}/schema"));
            let mut one = Tree::object();
            one.set("name", field.name.value.as_str());
            one.set("in", place);
            if let Some(words) = schema.remove("description") {
                one.set("description", words);
            }
            if field.required.is_some() {
                one.set("required", true);
            }
            self.at(format!("{pointer}/required"), field.required.unwrap_or(field.kind.line));
            if let Some(deprecated) = schema.remove("deprecated") {
                one.set("deprecated", deprecated);
            }
            self.at(format!("{pointer}/deprecated"), field.deprecated.unwrap_or(field.kind.line));
            one.set("schema", schema);
            if parameters.get(&key).is_some() {
                self.contradict(
                    field.name.line,
                    &pointer,
                    format!("the parameter `{}` is listed twice", field.name.value),
                );
            }
            parameters.set(&key, one);
        }
        self.template();
        parameters
    }

    /// The parameters in the path and those of the section must be the same.
    fn template(&mut self) {
        let page = self.page;
        let in_path: BTreeSet<&str> = template_names(&page.path.value).collect();
        let listed: BTreeMap<&str, usize> = page
            .parameters
            .iter()
            .filter(|parameter| parameter.location == Location::Path)
            .map(|parameter| (parameter.field.name.value.as_str(), parameter.field.name.line))
            .collect();
        for name in in_path.iter().filter(|name| !listed.contains_key(*name)) {
            self.contradict(
                page.path.line,
                "/path",
                format!("the path has the parameter `{name}`, which no section lists"),
            );
        }
        for (name, line) in listed.iter().filter(|(name, _)| !in_path.contains(*name)) {
            self.contradict(
                *line,
                &format!("/parameters/{}", escape_token(&parameter_key("path", name))),
                format!(
                    "the path parameter `{name}` does not stand in the path {} of line {}",
                    page.path.value, page.path.line
                ),
            );
        }
    }

    /// The marker of a location must say what the section says.
    fn place(&mut self, field: &Field, pointer: &str, expected: &str) {
        if let Some(location) = &field.location
            && location.value != expected
        {
            self.contradict(
                location.line,
                pointer,
                format!(
                    "`{}` is marked `{}`, and its section is that of the {expected}",
                    field.name.value, location.value
                ),
            );
        }
    }

    fn request_body(&mut self) -> Option<Tree> {
        let page = self.page;
        let sample = page.curl.as_ref().and_then(|curl| curl.body.as_ref());
        let sent = page.curl.as_ref().and_then(|curl| curl.header("content-type"));
        let from_curl;
        let content = match (&page.body, sample) {
            (Some(content), _) => content,
            (None, None) => return None,
            (None, Some(sample)) => {
                self.note(
                    sample.line,
                    "the page has no section `Body`; names and types are those of the curl \
                     command's body",
                );
                from_curl = Content { line: sample.line, ..Content::default() };
                &from_curl
            }
        };
        self.at("/requestBody", content.line);
        for field in &content.fields {
            self.place(field, "/requestBody", "body");
        }
        let mut body = Tree::object();
        if let Some(words) = &content.description {
            body.set("description", words.value.as_str());
        }
        // A page does not say whether the body itself can be left out. One with a required field
        // cannot; of one that is known from a sample only, nothing is known.
        let required = content.fields.iter().find_map(|field| field.required);
        self.at("/requestBody/required", required.unwrap_or(content.line));
        match required {
            Some(_) => body.set("required", true),
            None if content.fields.is_empty() => body.set("required", unknown()),
            None => {}
        }
        self.sent_body(content, sample);
        let essence = sent.map(|header| {
            let name = header.value.split(';').next().unwrap_or_default().trim().to_owned();
            Located::new(name, header.line)
        });
        let media_type = match (&content.media_type, essence) {
            (Some(stated), Some(sent))
                if sample.is_some() && !stated.value.eq_ignore_ascii_case(&sent.value) =>
            {
                self.contradict(
                    sent.line,
                    "/requestBody/content",
                    format!(
                        "the curl command sends {}, and line {} says {}",
                        sent.value, stated.line, stated.value
                    ),
                );
                Some(stated.clone())
            }
            (Some(stated), _) => Some(stated.clone()),
            (None, sent) => sent,
        };
        let media = self.content(content, media_type, sample, "/requestBody/content");
        body.set("content", media);
        Some(body)
    }

    /// The curl command must send the body that the page describes, and say what it is.
    fn sent_body(&mut self, content: &Content, sample: Option<&Sample>) {
        let Some(curl) = &self.page.curl else { return };
        let line = curl.url.as_ref().map_or(curl.method.line, |url| url.line);
        let is_required = content.fields.iter().any(|field| field.required.is_some());
        match sample {
            None if is_required => self.contradict(
                line,
                "/requestBody",
                format!(
                    "the curl command sends no body, and the one of line {} has required fields",
                    content.line
                ),
            ),
            // Without the header, curl says that the data is a form.
            Some(sample) if content.media_type.is_some() && curl.is_untyped() => self.contradict(
                sample.line,
                "/requestBody/content",
                "the curl command sends data without a `Content-Type`, which makes it a form",
            ),
            _ => {}
        }
    }

    fn responses(&mut self) -> Tree {
        let page = self.page;
        let mut responses = Tree::object();
        self.at("/responses", page.method.line);
        let Some(listed) = &page.responses else {
            let line = page.samples.first().map_or(page.method.line, |one| one.sample.line);
            self.at("/responses", line);
            let Some(shown) = page.sample_of("200") else {
                self.note(
                    line,
                    "the page has no section `Response`: it does not say what is answered",
                );
                return unknown();
            };
            let status = shown.status.as_ref().map_or("200", |status| status.value.as_str());
            self.note(
                line,
                "the page has no section `Response`; names and types are those of the sample, and \
                 the status is taken to be that of a success",
            );
            let content = Content { line, ..Content::default() };
            let pointer = format!("/responses/{}", escape_token(status));
            self.at(pointer.as_str(), line);
            let media =
                self.content(&content, None, Some(&shown.sample), &format!("{pointer}/content"));
            let mut response = Tree::from([("content", media)]);
            response.set(UNKNOWN, true);
            responses.set(status, response);
            return responses;
        };
        for response in listed {
            let one = self.response(response);
            responses.set(&response.status.value, one);
        }
        for shown in &page.samples {
            let line = shown.sample.line;
            let is_used = listed.iter().any(|response| {
                page.sample_of(&response.status.value).is_some_and(|one| one.sample.line == line)
            });
            if !is_used && shown.status.is_none() {
                self.contradict(
                    line,
                    "/responses",
                    "there is a sample that belongs to none of the listed responses",
                );
            }
            if let Some(status) = &shown.status
                && !listed.iter().any(|response| response.status.value == status.value)
            {
                self.contradict(
                    status.line,
                    "/responses",
                    format!(
                        "there is a sample of the status {}, which the section `Response` does not \
                         list",
                        status.value
                    ),
                );
            }
        }
        responses
    }

    fn response(&mut self, response: &Response) -> Tree {
        let status = response.status.value.as_str();
        let pointer = format!("/responses/{}", escape_token(status));
        self.at(pointer.as_str(), response.status.line);
        let content = &response.content;
        let mut one = Tree::object();
        if let Some(words) = &content.description {
            one.set("description", words.value.as_str());
        }
        let sample = self.page.sample_of(status).map(|shown| &shown.sample);
        let has_body = content.media_type.is_some()
            || content.body_type.is_some()
            || !content.fields.is_empty()
            || sample.is_some();
        if has_body {
            let place = format!("{pointer}/content");
            one.set("content", self.content(content, content.media_type.clone(), sample, &place));
        } else if response.is_bare() && !matches!(status, "204" | "205" | "304") {
            self.note(
                response.status.line,
                format!("the page lists the status {status} and does not show its response"),
            );
            one.set("content", unknown());
        }
        one
    }

    fn content(
        &mut self,
        content: &Content,
        media_type: Option<Located<String>>,
        sample: Option<&Sample>,
        pointer: &str,
    ) -> Tree {
        let line = media_type.as_ref().map_or(content.line, |media_type| media_type.line);
        self.at(pointer, line);
        let (name, is_known) = match media_type {
            Some(media_type) => (media_type.value, true),
            None => ("application/json".to_owned(), false),
        };
        let place = format!("{pointer}/{}", escape_token(&name));
        self.at(place.as_str(), line);
        let mut media = Tree::object();
        if !is_known {
            self.note(content.line, "the page does not say the media type");
            media.set(UNKNOWN, true);
        }
        let tree = sample.filter(|sample| sample.structured).map(|sample| &sample.tree);
        let schema = self.body_schema(content, tree, sample, &format!("{place}/schema"));
        media.set("schema", schema);
        if let Some(sample) = sample {
            self.at(format!("{place}/example"), sample.line);
            if !sample.structured {
                self.note(sample.line, "the sample is not JSON, and is not compared");
                media.set("example", unknown());
            } else if check::has_placeholder(&sample.tree.to_value()) {
                self.note(
                    sample.line,
                    "the sample has placeholders, and is compared with the schema only",
                );
                media.set("example", unknown());
            } else {
                media.set("example", sample.tree.clone());
            }
        }
        Tree::from([(name.as_str(), media)])
    }

    fn body_schema(
        &mut self,
        content: &Content,
        tree: Option<&Tree>,
        sample: Option<&Sample>,
        pointer: &str,
    ) -> Tree {
        let line = content.body_type.as_ref().map_or(content.line, |kind| kind.line);
        self.at(pointer, line);
        self.at(format!("{pointer}/type"), line);
        let stated = content.body_type.as_ref().map(|kind| &kind.value);
        if content.fields.is_empty() {
            let has_fields = stated.is_none_or(Type::has_fields);
            if let (true, Some(tree), Some(sample)) = (has_fields, tree, sample) {
                let says = match stated {
                    Some(kind) => format!("says only that its type is {kind}"),
                    None => "lists no fields".to_owned(),
                };
                self.note(
                    line,
                    format!(
                        "the page {says}: names and types are those of the sample on line {}",
                        sample.line
                    ),
                );
                return self.schema_of_sample(tree, pointer, sample.line);
            }
            let Some(kind) = stated else { return unknown() };
            let field = self.bare_field(kind, line, Vec::new());
            let schema = self.typed(kind, &field, tree, pointer, true);
            return if kind.has_fields() { with_unknown(schema) } else { schema };
        }
        // Fields can be those of the items of an array: the type says so, or else the sample.
        let from_sample = match tree {
            Some(Tree::List(_)) if stated.is_none() => {
                Some(Type { shape: Shape::Array(Some(Box::new(Type::OBJECT))), nullable: false })
            }
            _ => None,
        };
        let kind = from_sample.as_ref().or(stated).unwrap_or(&Type::OBJECT);
        let field = self.bare_field(kind, line, content.fields.clone());
        self.typed(kind, &field, tree, pointer, true)
    }

    /// A field that stands for a whole body.
    fn bare_field(&self, kind: &Type, line: usize, children: Vec<Field>) -> Field {
        Field {
            name: Located::new(String::new(), line),
            kind: Located::new(kind.clone(), line),
            required: None,
            deprecated: None,
            read_only: None,
            write_only: None,
            location: None,
            default: None,
            description: None,
            options: None,
            limits: Vec::new(),
            examples: Vec::new(),
            children,
            collapsed: None,
        }
    }

    fn schema(&mut self, field: &Field, sample: Option<&Tree>, pointer: &str) -> Tree {
        self.at(pointer, field.name.line);
        self.at(format!("{pointer}#required"), field.required.unwrap_or(field.kind.line));
        for key in ["deprecated", "readOnly", "writeOnly", "default", "example", "enum"] {
            self.at(format!("{pointer}/{key}"), field.kind.line);
        }
        let sample = sample.or_else(|| field.examples.first().map(|example| &example.value));
        let typed = self.typed(&field.kind.value, field, sample, pointer, true);
        let mut schema = Tree::object();
        if let Some(words) = &field.description {
            schema.set("description", words.value.as_str());
        }
        for (key, value) in typed.fields() {
            schema.set(key, value.clone());
        }
        let flags = [
            ("deprecated", field.deprecated),
            ("readOnly", field.read_only),
            ("writeOnly", field.write_only),
        ];
        for (key, line) in flags {
            if let Some(line) = line {
                self.at(format!("{pointer}/{key}"), line);
                schema.set(key, true);
            }
        }
        self.limits(field, &mut schema, pointer);
        if let Some(default) = &field.default {
            self.at(format!("{pointer}/default"), default.line);
            schema.set("default", default.value.clone());
        }
        if let Some(example) = field.examples.first() {
            self.at(format!("{pointer}/example"), example.line);
            if !check::has_placeholder(&example.value.to_value()) {
                schema.set("example", example.value.clone());
            }
        }
        self.own_values(field, &schema, pointer);
        schema
    }

    /// The example and the default of a field must be values of its type.
    fn own_values(&mut self, field: &Field, schema: &Tree, pointer: &str) {
        let plain = schema.to_value();
        let values = field.examples.iter().map(|value| ("example", value));
        for (what, value) in values.chain(field.default.iter().map(|value| ("default", value))) {
            for violation in check::violations(&plain, &value.value.to_value()) {
                let at = if violation.pointer.is_empty() {
                    String::new()
                } else {
                    format!(" at {}", violation.pointer)
                };
                self.contradict(
                    value.line,
                    &format!("{pointer}/{what}"),
                    format!(
                        "the {what} of `{}`{at} {}, by what its own block says",
                        field.name.value, violation.message
                    ),
                );
            }
        }
    }

    fn limits(&mut self, field: &Field, schema: &mut Tree, pointer: &str) {
        for limit in &field.limits {
            let (kinds, entries): (&[&str], Vec<(&str, Tree)>) = match &limit.value {
                Limit::Minimum(bound, excluded) => (
                    &["integer", "number"],
                    with_flag(("minimum", bound.clone().into()), "exclusiveMinimum", *excluded),
                ),
                Limit::Maximum(bound, excluded) => (
                    &["integer", "number"],
                    with_flag(("maximum", bound.clone().into()), "exclusiveMaximum", *excluded),
                ),
                Limit::MultipleOf(factor) => {
                    (&["integer", "number"], vec![("multipleOf", factor.clone().into())])
                }
                // Nothing is shorter than this.
                Limit::MinLength(0) | Limit::MinItems(0) => continue,
                Limit::MinLength(n) => (&["string"], vec![("minLength", (*n).into())]),
                Limit::MaxLength(n) => (&["string"], vec![("maxLength", (*n).into())]),
                Limit::Pattern(pattern) => {
                    (&["string"], vec![("pattern", pattern.as_str().into())])
                }
                Limit::MinItems(n) => (&["array"], vec![("minItems", (*n).into())]),
                Limit::MaxItems(n) => (&["array"], vec![("maxItems", (*n).into())]),
            };
            let Some(place) = place_of(schema, kinds) else {
                self.contradict(
                    limit.line,
                    pointer,
                    format!(
                        "the limit of `{}` is one for {}, and its type is `{}`",
                        field.name.value,
                        kinds.join(" or "),
                        field.kind.value
                    ),
                );
                continue;
            };
            for (key, value) in entries {
                self.at(format!("{pointer}{}/{key}", "/items".repeat(place)), limit.line);
                set_in_items(schema, place, key, value);
            }
        }
    }

    fn typed(
        &mut self,
        kind: &Type,
        field: &Field,
        sample: Option<&Tree>,
        pointer: &str,
        outermost: bool,
    ) -> Tree {
        let line = field.kind.line;
        for key in ["type", "format", "nullable", "anyOf", "items"] {
            self.at(format!("{pointer}/{key}"), line);
        }
        if !outermost {
            self.at(pointer, line);
        }
        let mut schema = match &kind.shape {
            Shape::Any if field.children.is_empty() => {
                let mut schema = Tree::object();
                self.options(field, &mut schema, None, pointer);
                schema
            }
            Shape::Any | Shape::Plain(Primitive::Object, _) => self.object(field, sample, pointer),
            Shape::Plain(kind, format) => {
                let mut schema = Tree::from([("type", kind.name().into())]);
                if let Some(format) = format {
                    schema.set("format", format.as_str());
                }
                self.options(field, &mut schema, Some(*kind), pointer);
                schema
            }
            Shape::Enum(kind) => {
                let mut schema = Tree::from([("type", kind.name().into())]);
                self.options(field, &mut schema, Some(*kind), pointer);
                if field.options.is_none() {
                    if self.page.truncated.is_none() {
                        self.contradict(
                            line,
                            pointer,
                            format!(
                                "the type of `{}` is `{}`, and no options are listed",
                                field.name.value, field.kind.value
                            ),
                        );
                    }
                    schema.set("enum", unknown());
                }
                schema
            }
            Shape::Array(items) => {
                let first = sample.and_then(|sample| sample.items().first());
                let place = format!("{pointer}/items");
                let items = match (items, first) {
                    (Some(items), _) => self.typed(items, field, first, &place, false),
                    (None, Some(first)) => {
                        self.note(line, "the type of the items is that of the sample");
                        self.schema_of_sample(first, &place, line)
                    }
                    (None, None) => unknown(),
                };
                Tree::from([("type", "array".into()), ("items", items)])
            }
            Shape::Union(types) => {
                let types = types.iter().enumerate().map(|(index, kind)| {
                    self.typed(kind, field, None, &format!("{pointer}/anyOf/{index}"), false)
                });
                let types = types.collect();
                Tree::from([("anyOf", Tree::List(types))])
            }
        };
        if kind.nullable {
            schema.set("nullable", true);
        }
        schema
    }

    fn options(
        &mut self,
        field: &Field,
        schema: &mut Tree,
        kind: Option<Primitive>,
        pointer: &str,
    ) {
        let Some(options) = &field.options else { return };
        self.at(format!("{pointer}/enum"), options.line);
        let list = options.value.iter().map(Tree::from).collect();
        schema.set("enum", Tree::List(list));
        let fits = |value: &Value| match kind {
            None => true,
            Some(Primitive::String) => value.is_string(),
            Some(Primitive::Integer) => value.is_i64() || value.is_u64(),
            Some(Primitive::Number) => value.is_number(),
            Some(Primitive::Boolean) => value.is_boolean(),
            Some(Primitive::Object) => value.is_object(),
        };
        let nullable = field.kind.value.nullable;
        for (index, option) in options.value.iter().enumerate() {
            let is_allowed = fits(option) || option.is_null() && nullable;
            if !is_allowed {
                self.contradict(
                    options.line,
                    &format!("{pointer}/enum"),
                    format!(
                        "the option {option} of `{}` is not of its type `{}`",
                        field.name.value, field.kind.value
                    ),
                );
            }
            if options.value[..index].contains(option) {
                self.contradict(
                    options.line,
                    &format!("{pointer}/enum"),
                    format!("the option {option} of `{}` is listed twice", field.name.value),
                );
            }
        }
    }

    fn object(&mut self, field: &Field, sample: Option<&Tree>, pointer: &str) -> Tree {
        let mut schema = Tree::from([("type", "object".into())]);
        if field.children.is_empty() {
            let shown = sample.filter(|sample| !sample.fields().is_empty());
            if let Some(sample) = shown {
                self.note(
                    field.collapsed.unwrap_or(field.kind.line),
                    format!(
                        "the page lists no fields of `{}`: names and types are those of the sample",
                        field.name.value
                    ),
                );
                return self.schema_of_sample(sample, pointer, field.kind.line);
            }
            if let Some(line) = field.collapsed {
                self.note(
                    line,
                    format!(
                        "the fields of `{}` are folded away: unfold them and copy the page again",
                        field.name.value
                    ),
                );
                return with_unknown(schema);
            }
            return schema;
        }
        let mut required = Vec::new();
        let mut properties = Vec::new();
        let mut names = HashSet::new();
        for child in &field.children {
            let name = child.name.value.as_str();
            let own = sample.and_then(|sample| sample.get(name));
            // `{key}` stands for the keys of a map.
            if name.starts_with('{') && name.ends_with('}') {
                let value = self.schema(child, None, &format!("{pointer}/additionalProperties"));
                schema.set("additionalProperties", value);
                continue;
            }
            let place = format!("{pointer}/properties/{}", escape_token(name));
            let value = self.schema(child, own, &place);
            if !names.insert(name) {
                self.contradict(
                    child.name.line,
                    &place,
                    format!("the field `{name}` is listed twice"),
                );
                continue;
            }
            if child.required.is_some() {
                required.push(Tree::from(name));
            }
            properties.push((name.to_owned(), value));
        }
        if !required.is_empty() {
            schema.set("required", Tree::List(required));
        }
        if !properties.is_empty() {
            schema.set("properties", Tree::Map(properties));
        }
        // A page that breaks off leaves it to the sample to say what else there is.
        if let (Some(line), Some(sample)) = (self.page.truncated, sample)
            && field.children.iter().map(last_line).max().is_some_and(|last| last + 8 >= line)
        {
            self.rest_of_sample(&mut schema, sample, pointer, line);
        }
        schema
    }

    fn rest_of_sample(&mut self, schema: &mut Tree, sample: &Tree, pointer: &str, line: usize) {
        let Some(mut properties) = schema.remove("properties") else { return };
        for (name, value) in sample.fields() {
            if properties.get(name).is_none() {
                let place = format!("{pointer}/properties/{}", escape_token(name));
                self.note(line, format!("the type of `{name}` is that of the sample"));
                let value = self.schema_of_sample(value, &place, line);
                properties.set(name, value);
            }
        }
        schema.set("properties", properties);
    }

    /// Names and types of a sample.
    fn schema_of_sample(&mut self, sample: &Tree, pointer: &str, line: usize) -> Tree {
        self.at(pointer, line);
        let mut schema = match sample {
            Tree::Map(fields) => {
                let properties = fields.iter().map(|(name, value)| {
                    let place = format!("{pointer}/properties/{}", escape_token(name));
                    (name.clone(), self.schema_of_sample(value, &place, line))
                });
                let properties = Tree::Map(properties.collect());
                Tree::from([("type", "object".into()), ("properties", properties)])
            }
            Tree::List(items) => {
                let items = match items.first() {
                    Some(first) => self.schema_of_sample(first, &format!("{pointer}/items"), line),
                    None => unknown(),
                };
                Tree::from([("type", "array".into()), ("items", items)])
            }
            Tree::Scalar(Value::Null) => return unknown(),
            Tree::Scalar(value) => {
                let kind = match value {
                    Value::Bool(_) => "boolean",
                    Value::Number(number) if number.is_f64() => "number",
                    Value::Number(_) => "integer",
                    _ => "string",
                };
                let mut schema = Tree::from([("type", kind.into())]);
                if !check::is_placeholder(value) {
                    schema.set("example", Tree::Scalar(value.clone()));
                }
                schema
            }
        };
        schema.set(FROM_SAMPLE, true);
        schema
    }
}

fn unknown() -> Tree {
    Tree::from([(UNKNOWN, true.into())])
}

/// The schema of an object whose fields are not known, also where it is the items of an array.
fn with_unknown(mut schema: Tree) -> Tree {
    match schema.remove("items") {
        Some(items) => schema.set("items", with_unknown(items)),
        None => schema.set(UNKNOWN, true),
    }
    schema
}

fn with_flag<'a>(bound: (&'a str, Tree), flag: &'a str, is_set: bool) -> Vec<(&'a str, Tree)> {
    let mut entries = vec![bound];
    if is_set {
        entries.push((flag, true.into()));
    }
    entries
}

/// How many `items` lie between a schema and the one that a limit for `kinds` belongs to.
fn place_of(schema: &Tree, kinds: &[&str]) -> Option<usize> {
    let mut schema = schema;
    let mut place = 0;
    loop {
        match schema.get("type").and_then(Tree::as_str) {
            Some(kind) if kinds.contains(&kind) => return Some(place),
            None => return Some(place),
            _ => {}
        }
        schema = schema.get("items")?;
        place += 1;
    }
}

/// Sets a key of the schema that lies `place` times below `items`.
fn set_in_items(schema: &mut Tree, place: usize, key: &str, value: Tree) {
    match place.checked_sub(1) {
        None => schema.set(key, value),
        Some(place) => {
            if let Some(items) = schema.get_mut("items") {
                set_in_items(items, place, key, value);
            }
        }
    }
}

fn last_line(field: &Field) -> usize {
    let own = field.examples.iter().map(|example| example.line);
    let own = own.chain(field.options.iter().map(|options| options.line));
    let own = own.chain(field.description.iter().map(|words| words.line));
    own.chain(field.children.iter().map(last_line)).max().unwrap_or(0).max(field.kind.line)
}

/// The names in the braces of a path.
pub(super) fn template_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

/// The scheme that is named first.
fn scheme_word(words: &str) -> Option<Scheme> {
    words
        .split(|c: char| !c.is_ascii_alphanumeric())
        .find(|word| matches!(*word, "basic" | "bearer" | "digest"))
        .map(|word| Scheme::Http(word.to_owned()))
}

/// Whether a request can carry one scheme as another: a token of OAuth is a bearer token (RFC 6750).
fn carries(said: &Scheme, sent: &Scheme) -> bool {
    match said {
        Scheme::OAuth2 => *sent == Scheme::Http("bearer".to_owned()),
        said => said == sent,
    }
}

fn scheme_of_curl(curl: &super::page::Curl) -> Option<Located<Scheme>> {
    if let Some(line) = curl.user {
        return Some(Located::new(Scheme::Http("basic".to_owned()), line));
    }
    let header = curl.header("authorization")?;
    let word = header.value.split_whitespace().next()?.to_ascii_lowercase();
    let scheme = match word.as_str() {
        "basic" | "bearer" | "digest" => Scheme::Http(word),
        _ => Scheme::ApiKey("header".to_owned(), "Authorization".to_owned()),
    };
    Some(Located::new(scheme, header.line))
}

/// What stands before the path in a URL; `None` if the URL does not end with the path.
fn server_of(url: &str, path: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let (host, url_path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let segments: Vec<&str> = url_path.split('/').collect();
    let template: Vec<&str> = path.split('/').collect();
    // The first segment of a path is the nothing before its first slash.
    let base = segments.len().checked_sub(template.len())?;
    let fits = template.iter().zip(&segments[base..]).enumerate().all(|(index, (want, have))| {
        // In the place of a parameter stands its name, or any value.
        let is_value = want.contains('{') && !have.is_empty() && !have.contains('{');
        index == 0 || want == have || is_value
    });
    let prefix = segments[..=base].join("/");
    fits.then(|| format!("{scheme}://{host}{prefix}"))
}

fn origin(url: &str) -> String {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end = url[start..].find('/').map_or(url.len(), |at| start + at);
    url[..end].to_owned()
}
