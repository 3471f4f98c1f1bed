//! The facts of an operation of an OpenAPI document.

use std::collections::BTreeMap;

use cx_client_build::{Document, Node, escape_token};
use serde_json::{Map, Value, json};

use super::facts::{Scheme, UNKNOWN, parameter_key};

/// How many values the facts of an operation may have once references are resolved; schemas that
/// refer to each other can grow without bound.
const MAX_VALUES: usize = 200_000;
/// How deep schemas may nest once references are resolved.
const MAX_DEPTH: usize = 64;
/// How long a chain of references may be.
const MAX_REFERENCES: usize = 64;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The place of an operation in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Operation {
    /// The method in capital letters.
    pub(super) method: String,
    /// The path as the document writes it.
    pub(super) path: String,
}

impl Operation {
    pub(super) fn pointer(&self) -> String {
        format!("/paths/{}/{}", escape_token(&self.path), self.method.to_ascii_lowercase())
    }

    pub(super) fn label(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// The operations of a document, in its order.
pub(super) fn operations(document: &Document) -> Vec<Operation> {
    let mut operations = Vec::new();
    for item in document.root().get("paths").map_or(&[][..], Node::entries) {
        for entry in item.node.entries() {
            if METHODS.contains(&entry.key.as_str()) {
                operations.push(Operation {
                    method: entry.key.to_ascii_uppercase(),
                    path: item.key.clone(),
                });
            }
        }
    }
    operations
}

/// The operation of a document that a method and a path name, or else the one that is meant by
/// them most likely.
///
/// That is one whose path differs in the names of its parameters only, or has another method, or
/// else the one with the most equal segments, if at least half of them are.
pub(super) fn closest(operations: &[Operation], method: &str, path: &str) -> Option<Operation> {
    let names: Vec<&str> = path.split('/').collect();
    operations
        .iter()
        .filter_map(|operation| {
            let others: Vec<&str> = operation.path.split('/').collect();
            let is_parameter = |segment: &str| segment.contains('{');
            let equal = names
                .iter()
                .zip(&others)
                .skip(1)
                .filter(|(a, b)| a == b || is_parameter(a) && is_parameter(b))
                .count();
            let longest = names.len().max(others.len()).saturating_sub(1).max(1);
            let score = (
                operation.path == path,
                equal == longest,
                operation.method == method,
                equal * 100 / longest,
            );
            let is_close = score.1 || score.2 && equal * 2 >= longest && equal > 0;
            is_close.then_some((score, operation))
        })
        // The first of several equal ones.
        .rev()
        .max_by_key(|(score, _)| *score)
        .map(|(_, operation)| operation.clone())
}

/// What the document infers beyond its source, and says so with `x-inferred`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inferred {
    /// The object that says so, in the document.
    pub(super) source: String,
    pub(super) reason: String,
}

/// The facts of an operation, in the shape of [`super::facts`].
pub(super) struct SpecFacts {
    pub(super) facts: Value,
    /// The places of the facts in the document: from JSON pointer to JSON pointer.
    pub(super) sources: BTreeMap<String, String>,
    /// Where the schemas of the facts are written, behind any references: what a schema lacks has
    /// to be added there.
    pub(super) targets: BTreeMap<String, String>,
    /// The objects of the facts that are marked `x-inferred`.
    pub(super) inferred: BTreeMap<String, Inferred>,
    /// The examples of each media type, by its pointer: the pointer of each in the document, its
    /// value, and whether it is marked `x-inferred`.
    pub(super) examples: BTreeMap<String, Vec<SpecExample>>,
}

/// An example of a media type.
pub(super) struct SpecExample {
    pub(super) source: String,
    pub(super) value: Value,
    pub(super) is_inferred: bool,
}

/// Gathers the facts of an operation that the document has.
pub(super) fn facts(document: &Document, operation: &Operation) -> SpecFacts {
    let mut reader = Reader {
        document,
        out: SpecFacts {
            facts: Value::Null,
            sources: BTreeMap::new(),
            targets: BTreeMap::new(),
            inferred: BTreeMap::new(),
            examples: BTreeMap::new(),
        },
        values: 0,
    };
    reader.out.facts = reader.operation(operation);
    reader.out
}

struct Reader<'a> {
    document: &'a Document,
    out: SpecFacts,
    values: usize,
}

/// A value of the document and its JSON pointer there.
#[derive(Clone)]
struct At<'a> {
    node: &'a Node,
    pointer: String,
}

impl<'a> At<'a> {
    fn get(&self, key: &str) -> Option<At<'a>> {
        let node = self.node.get(key)?;
        Some(At { node, pointer: format!("{}/{}", self.pointer, escape_token(key)) })
    }

    fn entries(&self) -> Vec<(&'a str, At<'a>)> {
        let entries = self.node.entries().iter();
        entries
            .map(|entry| {
                let pointer = format!("{}/{}", self.pointer, escape_token(&entry.key));
                (entry.key.as_str(), At { node: &entry.node, pointer })
            })
            .collect()
    }

    fn items(&self) -> Vec<At<'a>> {
        let items = self.node.items().iter().enumerate();
        items
            .map(|(index, node)| At { node, pointer: format!("{}/{index}", self.pointer) })
            .collect()
    }

    fn text(&self, key: &str) -> Option<&'a str> {
        self.node.get(key).and_then(Node::as_str)
    }

    fn is_true(&self, key: &str) -> bool {
        self.node.get(key).and_then(Node::as_bool) == Some(true)
    }
}

impl<'a> Reader<'a> {
    fn root(&self, pointer: &str) -> Option<At<'a>> {
        let node = self.document.at(pointer)?;
        Some(At { node, pointer: pointer.to_owned() })
    }

    fn resolve(&self, mut at: At<'a>) -> At<'a> {
        for _ in 0..MAX_REFERENCES {
            let Some(target) = at.text("$ref").and_then(|target| target.strip_prefix('#')) else {
                break;
            };
            let Some(next) = self.root(target) else { break };
            at = next;
        }
        at
    }

    /// Notes where a fact stands, and whether it is inferred.
    fn place(&mut self, out: &str, at: &At<'a>) {
        self.out.sources.insert(out.to_owned(), at.pointer.clone());
        self.infer(out, at);
    }

    fn infer(&mut self, out: &str, at: &At<'a>) {
        if let Some(reason) = at.node.get("x-inferred") {
            let reason =
                reason.as_str().map_or_else(|| reason.to_json().to_string(), str::to_owned);
            let inferred = Inferred { source: at.pointer.clone(), reason };
            self.out.inferred.insert(out.to_owned(), inferred);
        }
    }

    fn operation(&mut self, operation: &Operation) -> Value {
        let pointer = operation.pointer();
        let Some(at) = self.root(&pointer) else { return Value::Null };
        let item_pointer = format!("/paths/{}", escape_token(&operation.path));
        let item = self.root(&item_pointer);
        self.place("", &at);
        for (fact, source) in [("/method", &pointer), ("/path", &item_pointer)] {
            self.out.sources.insert(fact.to_owned(), source.clone());
        }
        let mut facts = Map::new();
        facts.insert("method".to_owned(), operation.method.as_str().into());
        facts.insert("path".to_owned(), operation.path.as_str().into());
        if at.is_true("deprecated") {
            self.flag("/deprecated", &at, "deprecated");
            facts.insert("deprecated".to_owned(), true.into());
        }
        facts.insert("servers".to_owned(), self.servers(&at, item.as_ref()));
        facts.insert("security".to_owned(), self.security(&at));
        facts.insert("parameters".to_owned(), self.parameters(&at, item.as_ref()));
        if let Some(body) = at.get("requestBody") {
            let body = self.resolve(body);
            self.place("/requestBody", &body);
            let mut one = Map::new();
            if body.is_true("required") {
                one.insert("required".to_owned(), true.into());
            }
            self.flag("/requestBody/required", &body, "required");
            if let Some(content) = body.get("content") {
                one.insert("content".to_owned(), self.content(&content, "/requestBody/content"));
            }
            facts.insert("requestBody".to_owned(), one.into());
        }
        facts.insert("responses".to_owned(), self.responses(&at));
        facts.into()
    }

    /// Notes where a key of an object stands, or would stand.
    fn flag(&mut self, out: &str, at: &At<'a>, key: &str) {
        let source = format!("{}/{}", at.pointer, escape_token(key));
        self.out.sources.insert(out.to_owned(), source);
    }

    fn servers(&mut self, operation: &At<'a>, item: Option<&At<'a>>) -> Value {
        let own = |at: Option<&At<'a>>| {
            at.and_then(|at| at.get("servers")).filter(|servers| !servers.node.items().is_empty())
        };
        let root = self.root("");
        let servers = own(Some(operation)).or_else(|| own(item)).or_else(|| own(root.as_ref()));
        let Some(servers) = servers else { return json!({}) };
        self.place("/servers", &servers);
        let mut found = Map::new();
        for server in servers.items() {
            let Some(url) = server.text("url") else { continue };
            let mut url = url.to_owned();
            for (name, variable) in
                server.get("variables").map(|variables| variables.entries()).unwrap_or_default()
            {
                let default = variable.text("default").unwrap_or_default();
                url = url.replace(&format!("{{{name}}}"), default);
            }
            // A slash at the end would stand twice before the path.
            let url = url.trim_end_matches('/').to_owned();
            let place = format!("/servers/{}", escape_token(&url));
            self.place(&place, &server);
            self.out.sources.insert(place, format!("{}/url", server.pointer));
            found.insert(url, json!({}));
        }
        found.into()
    }

    fn security(&mut self, operation: &At<'a>) -> Value {
        let root = self.root("");
        let requirements = operation
            .get("security")
            .or_else(|| root.as_ref().and_then(|root| root.get("security")));
        let Some(requirements) = requirements else { return json!({ "schemes": {} }) };
        self.place("/security", &requirements);
        self.place("/security/optional", &requirements);
        let mut schemes = Map::new();
        let mut optional = false;
        for requirement in requirements.items() {
            optional |= requirement.node.entries().is_empty();
            for (name, at) in requirement.entries() {
                let target = format!("/components/securitySchemes/{}", escape_token(name));
                let scheme = self.root(&target).map(|at| self.resolve(at));
                let key = scheme.as_ref().map_or_else(
                    || format!("`{name}`, which is not among the security schemes"),
                    |scheme| scheme_of(scheme).key(),
                );
                let place = format!("/security/schemes/{}", escape_token(&key));
                self.place(&place, scheme.as_ref().unwrap_or(&at));
                schemes.insert(key, json!({}));
            }
        }
        let mut security = Map::new();
        security.insert("schemes".to_owned(), schemes.into());
        // That nothing at all is needed is no choice.
        if optional && security["schemes"].as_object().is_some_and(|schemes| !schemes.is_empty()) {
            security.insert("optional".to_owned(), true.into());
        }
        security.into()
    }

    fn parameters(&mut self, operation: &At<'a>, item: Option<&At<'a>>) -> Value {
        let mut found = Map::new();
        self.out
            .sources
            .insert("/parameters".to_owned(), format!("{}/parameters", operation.pointer));
        // Those of the operation replace those of the path.
        for list in item.into_iter().chain([operation]).filter_map(|at| at.get("parameters")) {
            for parameter in list.items() {
                let parameter = self.resolve(parameter);
                let (Some(name), Some(location)) = (parameter.text("name"), parameter.text("in"))
                else {
                    continue;
                };
                // These three are described by other means (OpenAPI 3.0.4 section 4.7.12.2).
                let is_ignored = ["accept", "content-type", "authorization"];
                if location == "header" && is_ignored.contains(&name.to_ascii_lowercase().as_str())
                {
                    continue;
                }
                let key = parameter_key(location, name);
                let place = format!("/parameters/{}", escape_token(&key));
                self.place(&place, &parameter);
                let value = self.parameter(&parameter, &place);
                found.insert(key, value);
            }
        }
        found.into()
    }

    fn parameter(&mut self, at: &At<'a>, out: &str) -> Value {
        let mut one = Map::new();
        for key in ["name", "in"] {
            one.insert(key.to_owned(), at.text(key).unwrap_or_default().into());
        }
        for key in ["required", "deprecated"] {
            self.flag(&format!("{out}/{key}"), at, key);
            if at.is_true(key) {
                one.insert(key.to_owned(), true.into());
            }
        }
        let place = format!("{out}/schema");
        let in_content = at.get("content").and_then(|content| {
            content.entries().first().and_then(|(_, media)| media.get("schema"))
        });
        let mut schema = match at.get("schema").or(in_content) {
            Some(schema) => self.schema(&schema, &place, 0),
            None => json!({}),
        };
        let named = at.get("examples").and_then(|examples| {
            let first = examples.entries().into_iter().next()?.1;
            self.resolve(first).get("value")
        });
        if let (Some(example), Value::Object(fields)) = (at.get("example").or(named), &mut schema) {
            self.out.sources.insert(format!("{place}/example"), example.pointer.clone());
            fields.insert("example".to_owned(), example.node.to_json());
        }
        one.insert("schema".to_owned(), schema);
        one.into()
    }

    fn responses(&mut self, operation: &At<'a>) -> Value {
        let mut found = Map::new();
        let Some(responses) = operation.get("responses") else { return json!({}) };
        self.place("/responses", &responses);
        for (status, response) in responses.entries() {
            if status.starts_with("x-") {
                continue;
            }
            let response = self.resolve(response);
            let place = format!("/responses/{}", escape_token(status));
            self.place(&place, &response);
            // The status is where the reference stands, rather than what it refers to.
            let own = format!("{}/{}", responses.pointer, escape_token(status));
            self.out.sources.insert(place.clone(), own);
            let mut one = Map::new();
            if let Some(content) = response.get("content")
                && !content.node.entries().is_empty()
            {
                one.insert(
                    "content".to_owned(),
                    self.content(&content, &format!("{place}/content")),
                );
            }
            found.insert(status.to_owned(), one.into());
        }
        found.into()
    }

    fn content(&mut self, content: &At<'a>, out: &str) -> Value {
        self.place(out, content);
        let mut found = Map::new();
        for (name, media) in content.entries() {
            let essence = name.split(';').next().unwrap_or(name).trim();
            let place = format!("{out}/{}", escape_token(essence));
            self.place(&place, &media);
            let mut one = Map::new();
            if let Some(schema) = media.get("schema") {
                one.insert(
                    "schema".to_owned(),
                    self.schema(&schema, &format!("{place}/schema"), 0),
                );
            }
            let mut examples = Vec::new();
            if let Some(example) = media.get("example") {
                examples.push(SpecExample {
                    source: example.pointer.clone(),
                    value: example.node.to_json(),
                    is_inferred: false,
                });
            }
            for (_, example) in media.get("examples").map(|all| all.entries()).unwrap_or_default() {
                let example = self.resolve(example);
                let Some(value) = example.get("value") else { continue };
                examples.push(SpecExample {
                    source: value.pointer.clone(),
                    value: value.node.to_json(),
                    is_inferred: example.node.get("x-inferred").is_some(),
                });
            }
            self.out.examples.insert(place, examples);
            found.insert(essence.to_owned(), one.into());
        }
        found.into()
    }

    fn schema(&mut self, at: &At<'a>, out: &str, depth: usize) -> Value {
        self.values += 1;
        let at = self.resolve(at.clone());
        self.place(out, &at);
        self.out.targets.insert(out.to_owned(), at.pointer.clone());
        if depth > MAX_DEPTH || self.values > MAX_VALUES {
            return json!({ UNKNOWN: true });
        }
        let mut schema = Map::new();
        self.merge(&at, out, depth, &mut schema);
        schema.into()
    }

    /// Adds what a schema says to `schema`, and with it what each part of its `allOf` says.
    fn merge(&mut self, at: &At<'a>, out: &str, depth: usize, schema: &mut Map<String, Value>) {
        if depth > MAX_DEPTH || self.values > MAX_VALUES {
            schema.insert(UNKNOWN.to_owned(), true.into());
            return;
        }
        for part in at.get("allOf").map(|all| all.items()).unwrap_or_default() {
            self.values += 1;
            let part = self.resolve(part);
            self.infer(out, &part);
            self.merge(&part, out, depth + 1, schema);
        }
        self.infer(out, at);
        for (key, value) in at.entries() {
            let place = format!("{out}/{}", escape_token(key));
            match key {
                // Words, how things are called, and what a page cannot show.
                "allOf" | "$ref" | "title" | "description" | "externalDocs" | "xml"
                | "discriminator" => continue,
                key if key.starts_with("x-") => continue,
                "nullable" | "deprecated" | "readOnly" | "writeOnly" | "exclusiveMinimum"
                | "exclusiveMaximum" | "uniqueItems"
                    if value.node.as_bool() == Some(false) =>
                {
                    continue;
                }
                // Nothing is shorter than this.
                "minLength" | "minItems" | "minProperties" if value.node.to_json() == 0 => continue,
                "properties" => {
                    let mut properties = match schema.remove("properties") {
                        Some(Value::Object(known)) => known,
                        _ => Map::new(),
                    };
                    for (name, property) in value.entries() {
                        let place = format!("{place}/{}", escape_token(name));
                        let own = self.schema(&property, &place, depth + 1);
                        // The property itself is where its name stands.
                        self.out.sources.insert(place, property.pointer);
                        properties.insert(name.to_owned(), own);
                    }
                    if !properties.is_empty() {
                        schema.insert(key.to_owned(), properties.into());
                    }
                    self.out.sources.insert(place, value.pointer);
                    continue;
                }
                "required" => {
                    let mut names = match schema.remove("required") {
                        Some(Value::Array(known)) => known,
                        _ => Vec::new(),
                    };
                    for name in value.items() {
                        let json = name.node.to_json();
                        if let Some(text) = name.node.as_str() {
                            let place = format!("{out}/properties/{}#required", escape_token(text));
                            self.out.sources.insert(place, name.pointer);
                        }
                        if !names.contains(&json) {
                            names.push(json);
                        }
                    }
                    if !names.is_empty() {
                        schema.insert(key.to_owned(), names.into());
                    }
                }
                // Parts of an `allOf` that no value can satisfy together.
                "type"
                    if schema.get("type").is_some_and(|known| *known != value.node.to_json()) =>
                {
                    let known = schema["type"].as_str().unwrap_or_default();
                    let both = format!("{known} and {}", value.node.as_str().unwrap_or_default());
                    schema.insert(key.to_owned(), both.into());
                }
                "items" | "not" => {
                    let inner = self.schema(&value, &place, depth + 1);
                    schema.insert(key.to_owned(), inner);
                    continue;
                }
                "additionalProperties" => {
                    match value.node.as_bool() {
                        // That there may be others is what a schema says anyway.
                        Some(true) => continue,
                        Some(false) => {
                            schema.insert(key.to_owned(), false.into());
                        }
                        None => {
                            let inner = self.schema(&value, &place, depth + 1);
                            if inner != json!({}) {
                                schema.insert(key.to_owned(), inner);
                            }
                        }
                    }
                }
                "oneOf" | "anyOf" => {
                    let place = format!("{out}/anyOf");
                    let mut types = match schema.remove("anyOf") {
                        Some(Value::Array(known)) => known,
                        _ => Vec::new(),
                    };
                    for one in value.items() {
                        let inner =
                            self.schema(&one, &format!("{place}/{}", types.len()), depth + 1);
                        types.push(inner);
                    }
                    schema.insert("anyOf".to_owned(), types.into());
                    self.out.sources.insert(place, value.pointer);
                    continue;
                }
                "enum" => {
                    // `null` among the values is what `nullable` says.
                    let mut values = value.node.to_json();
                    if let Some(values) = values.as_array_mut() {
                        values.retain(|value| !value.is_null());
                    }
                    schema.insert(key.to_owned(), values);
                }
                _ => {
                    schema.insert(key.to_owned(), value.node.to_json());
                }
            }
            self.out.sources.insert(place, value.pointer);
        }
    }
}

fn scheme_of(at: &At<'_>) -> Scheme {
    let text = |key: &str| at.text(key).unwrap_or_default().to_owned();
    match at.text("type") {
        Some("http") => Scheme::Http(text("scheme").to_ascii_lowercase()),
        Some("apiKey") => Scheme::ApiKey(text("in"), text("name")),
        _ => Scheme::OAuth2,
    }
}
