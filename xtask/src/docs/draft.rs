//! A page as an OpenAPI fragment, to begin the transcription with.

use std::collections::HashMap;

use super::facts::{FROM_SAMPLE, UNKNOWN};
use super::model::{self, Model};
use super::page::Page;
use super::tree::Tree;
use super::yaml;

/// The pages as one fragment of OpenAPI 3.0 in YAML: paths and components.
///
/// What a page does not say and the fragment needs is marked `x-inferred`; what is to be known of
/// a page stands in comments.
pub fn draft(pages: &[Page]) -> String {
    let mut fragment = Fragment::default();
    let mut comments = String::new();
    for page in pages {
        let model = model::build(page);
        comments.push_str(&comment(page, &model));
        fragment.add(page, &model.facts);
    }
    format!("{comments}{}", yaml::to_yaml(&fragment.into_tree()))
}

fn comment(page: &Page, model: &Model) -> String {
    let servers = model.facts.get("servers").map_or(&[][..], Tree::fields);
    let server = servers.iter().find(|(url, _)| url != UNKNOWN);
    let mut lines = vec![format!("{} {}, from {}", page.method.value, page.path.value, page.file)];
    lines.extend(server.map(|(url, _)| format!("Server: {url}")));
    let notes = model.notes.iter().map(|note| format!("Line {}: {}", note.line, note.value));
    lines.extend(notes);
    lines.extend(
        model
            .contradictions
            .iter()
            .map(|one| format!("Line {}: the page contradicts itself: {}", one.line, one.message)),
    );
    lines.iter().map(|line| format!("# {}\n", line.replace(['\n', '\r'], " "))).collect()
}

#[derive(Default)]
struct Fragment {
    paths: Vec<(String, Tree)>,
    schemes: Components,
    schemas: Components,
}

/// Components in the order in which they were added.
#[derive(Default)]
struct Components {
    list: Vec<(String, Tree)>,
    index: HashMap<String, usize>,
}

impl Components {
    /// Adds a component under a name that is free or has the same value already; gives the name.
    fn add(&mut self, name: &str, value: Tree) -> String {
        let mut candidate = name.to_owned();
        let mut number = 2;
        while let Some(&at) = self.index.get(&candidate) {
            if self.list[at].1 == value {
                return candidate;
            }
            candidate = format!("{name}{number}");
            number += 1;
        }
        self.index.insert(candidate.clone(), self.list.len());
        self.list.push((candidate.clone(), value));
        candidate
    }
}

impl Fragment {
    fn into_tree(self) -> Tree {
        let mut components = Tree::object();
        if !self.schemes.list.is_empty() {
            components.set("securitySchemes", Tree::Map(self.schemes.list));
        }
        if !self.schemas.list.is_empty() {
            components.set("schemas", Tree::Map(self.schemas.list));
        }
        let mut tree = Tree::from([("paths", Tree::Map(self.paths))]);
        if !components.fields().is_empty() {
            tree.set("components", components);
        }
        tree
    }

    fn add(&mut self, page: &Page, facts: &Tree) {
        let id = operation_id(page);
        let mut operation = Tree::from([("operationId", id.as_str().into())]);
        if let Some(title) = &page.title {
            operation.set("summary", title.value.as_str());
        }
        if page.deprecated.is_some() {
            operation.set("deprecated", true);
        }
        if let Some(security) = self.security(facts) {
            operation.set("security", security);
        }
        let parameters = facts.get("parameters").map_or(&[][..], Tree::fields);
        let mut parameters: Vec<Tree> =
            parameters.iter().map(|(_, parameter)| self.parameter(parameter)).collect();
        // A path template is nothing without its parameters, even if the page lists none.
        for name in model::template_names(&page.path.value) {
            let is_known = |parameter: &Tree| {
                parameter.get("in").and_then(Tree::as_str) == Some("path")
                    && parameter.get("name").and_then(Tree::as_str) == Some(name)
            };
            if !parameters.iter().any(is_known) {
                parameters.push(Tree::from([
                    ("name", name.into()),
                    ("in", "path".into()),
                    ("required", true.into()),
                    ("x-inferred", "The documentation names it in the path only.".into()),
                    ("schema", Tree::from([("type", "string".into())])),
                ]));
            }
        }
        parameters.retain(|parameter| {
            parameter.get("in").and_then(Tree::as_str) != Some("path")
                || parameter.get("name").and_then(Tree::as_str).is_some_and(|name| {
                    model::template_names(&page.path.value).any(|one| one == name)
                })
        });
        if !parameters.is_empty() {
            operation.set("parameters", Tree::List(parameters));
        }
        let name = pascal(&id);
        if let Some(body) = facts.get("requestBody") {
            let body = self.body(body, &format!("{name}Request"), None);
            operation.set("requestBody", body);
        }
        operation.set("responses", self.responses(facts, &name));
        let method = page.method.value.to_ascii_lowercase();
        match self.paths.iter_mut().find(|(path, _)| *path == page.path.value) {
            Some((_, item)) => item.set(&method, operation),
            None => {
                let item = Tree::from([(method.as_str(), operation)]);
                self.paths.push((page.path.value.clone(), item));
            }
        }
    }

    fn security(&mut self, facts: &Tree) -> Option<Tree> {
        let security = facts.get("security")?;
        let mut requirement = Tree::object();
        for (_, scheme) in security.get("schemes").map_or(&[][..], Tree::fields) {
            let kind = scheme.get("scheme").or(scheme.get("type")).and_then(Tree::as_str);
            let name = match kind {
                Some("apiKey") | None => "apiKey".to_owned(),
                Some(kind) => format!("{kind}Auth"),
            };
            let name = self.schemes.add(&name, scheme.clone());
            requirement.set(&name, Tree::List(Vec::new()));
        }
        if requirement.fields().is_empty() {
            return Some(Tree::List(Vec::new()));
        }
        let mut requirements = vec![requirement];
        if security.get("optional").is_some() {
            requirements.push(Tree::object());
        }
        Some(Tree::List(requirements))
    }

    fn parameter(&mut self, parameter: &Tree) -> Tree {
        let mut out = Tree::object();
        for key in ["name", "in", "description", "required", "deprecated"] {
            if let Some(value) = parameter.get(key) {
                out.set(key, value.clone());
            }
        }
        if parameter.get("in").and_then(Tree::as_str) == Some("path") {
            out.set("required", true);
        }
        let words = parameter.get("description").and_then(Tree::as_str).map(str::to_owned);
        let name = pascal(parameter.get("name").and_then(Tree::as_str).unwrap_or_default());
        let schema = parameter.get("schema").cloned().unwrap_or_else(Tree::object);
        out.set("schema", self.schema(&schema, &name, words.as_deref(), true));
        out
    }

    fn responses(&mut self, facts: &Tree, name: &str) -> Tree {
        let mut out = Tree::object();
        let listed = facts.get("responses").map_or(&[][..], Tree::fields);
        for (status, response) in listed.iter().filter(|(status, _)| status != UNKNOWN) {
            let suffix = match status.starts_with('2') {
                true => "Response".to_owned(),
                false => format!("{}Error", pascal(status)),
            };
            let mut one = self.body(response, &format!("{name}{suffix}"), Some(status));
            if response.get(UNKNOWN).is_some() {
                one.set("x-inferred", "The documentation shows a sample and states no status.");
            }
            out.set(status, one);
        }
        if out.fields().is_empty() {
            out.set(
                "default",
                Tree::from([
                    ("description", "The response.".into()),
                    ("x-inferred", "The documentation does not say what is answered.".into()),
                ]),
            );
        }
        out
    }

    /// A request body or a response.
    fn body(&mut self, body: &Tree, name: &str, status: Option<&str>) -> Tree {
        let mut out = Tree::object();
        let words = body.get("description").cloned();
        match (words, status) {
            (Some(words), _) => out.set("description", words),
            (None, Some(status)) => out.set("description", format!("The response {status}.")),
            (None, None) => {}
        }
        if body.get("required") == Some(&true.into()) {
            out.set("required", true);
        }
        let listed = body.get("content").map_or(&[][..], Tree::fields);
        let mut content = Tree::object();
        for (media_type, media) in listed.iter().filter(|(key, _)| key != UNKNOWN) {
            let mut one = Tree::object();
            if media.get(UNKNOWN).is_some() {
                one.set("x-inferred", "The documentation does not state the media type.");
            }
            if let Some(schema) = media.get("schema") {
                one.set("schema", self.schema(schema, name, None, true));
            }
            if let Some(example) = media.get("example").filter(|value| value.get(UNKNOWN).is_none())
            {
                let documented = Tree::from([
                    ("summary", "The documentation's sample".into()),
                    ("value", example.clone()),
                ]);
                one.set("examples", Tree::from([("documented", documented)]));
            }
            content.set(media_type, one);
        }
        // A request body must say what it holds, even if nothing is known.
        if !content.fields().is_empty() || status.is_none() {
            out.set("content", content);
        }
        out
    }

    /// A schema; objects and enums become components, and are referred to.
    fn schema(&mut self, schema: &Tree, name: &str, words: Option<&str>, outer: bool) -> Tree {
        let mut out = Tree::object();
        let shown = schema.get(FROM_SAMPLE).is_some();
        for (key, value) in schema.fields() {
            match key.as_str() {
                FROM_SAMPLE | UNKNOWN => {}
                "properties" => {
                    let properties = value.fields().iter().map(|(property, schema)| {
                        let schema = self.schema(schema, &pascal(property), None, outer && !shown);
                        (property.clone(), schema)
                    });
                    let properties = properties.collect();
                    out.set(key, Tree::Map(properties));
                }
                "items" => {
                    let schema = self.schema(value, &singular(name), None, outer && !shown);
                    out.set(key, schema);
                }
                "additionalProperties" => {
                    out.set(key, self.schema(value, &format!("{name}Value"), None, outer));
                }
                "anyOf" => {
                    let types = value.items().iter().enumerate().map(|(index, one)| {
                        self.schema(one, &format!("{name}{}", index + 1), None, outer)
                    });
                    let types = types.collect();
                    out.set(key, Tree::List(types));
                }
                "enum" if value.get(UNKNOWN).is_some() => {}
                _ => out.set(key, value.clone()),
            }
        }
        infer(&mut out, schema, words, outer && shown);
        let is_object = !out.get("properties").map_or(&[][..], Tree::fields).is_empty();
        if is_object || out.get("enum").is_some() {
            let name = if name.is_empty() { "Value" } else { name };
            let name = self.schemas.add(name, out);
            return Tree::from([("$ref", format!("#/components/schemas/{name}").into())]);
        }
        out
    }
}

/// Adds what the page lets one infer, with the reason.
fn infer(out: &mut Tree, schema: &Tree, words: Option<&str>, shown: bool) {
    let is_unknown = schema.get(UNKNOWN).is_some()
        || schema.get("enum").is_some_and(|values| values.get(UNKNOWN).is_some());
    if is_unknown {
        insert_after_type(
            out,
            "x-inferred",
            "The documentation does not say what this holds.".into(),
        );
        return;
    }
    let is_text = out.get("type").and_then(Tree::as_str) == Some("string");
    let is_free = out.get("format").is_none() && out.get("enum").is_none();
    let own = out.get("description").and_then(Tree::as_str);
    let is_called = |words: &str| {
        words
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| matches!(word.to_ascii_lowercase().as_str(), "uuid" | "guid"))
    };
    let example = out.get("example").and_then(Tree::as_str);
    let has_uuid = example.is_some_and(is_uuid);
    let reason = if is_text
        && is_free
        && own.or(words).is_some_and(is_called)
        && (has_uuid || example.is_none())
    {
        Some("The documentation types it as a string and calls it a UUID.")
    } else if is_text && is_free && has_uuid {
        Some("The documentation types it as a string; its example is a UUID.")
    } else {
        None
    };
    if let Some(reason) = reason {
        insert_after_type(out, "x-inferred", reason.into());
        insert_after_type(out, "format", "uuid".into());
    } else if shown {
        insert_after_type(
            out,
            "x-inferred",
            "The documentation lists no fields; names and types are those of its sample.".into(),
        );
    }
}

fn insert_after_type(out: &mut Tree, key: &str, value: Tree) {
    let Tree::Map(fields) = out else { return };
    let at = fields.iter().position(|(name, _)| name == "type").map_or(0, |at| at + 1);
    fields.insert(at, (key.to_owned(), value));
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The operation id: the title in small letters, or else the method and the path.
fn operation_id(page: &Page) -> String {
    let title = page.title.as_ref().map(|title| snake(&title.value));
    match title.filter(|id| id.starts_with(|c: char| c.is_ascii_lowercase())) {
        Some(id) => id,
        None => snake(&format!("{} {}", page.method.value.to_lowercase(), page.path.value)),
    }
}

fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut after_lower = false;
    let mut open = false;
    for c in text.chars() {
        if !c.is_ascii_alphanumeric() {
            open = false;
            after_lower = false;
            continue;
        }
        let begins = !open || (c.is_ascii_uppercase() && after_lower);
        match words.last_mut() {
            Some(word) if !begins => word.push(c.to_ascii_lowercase()),
            _ => words.push(c.to_ascii_lowercase().to_string()),
        }
        open = true;
        after_lower = !c.is_ascii_uppercase();
    }
    words
}

fn snake(text: &str) -> String {
    words(text).join("_")
}

fn pascal(text: &str) -> String {
    words(text)
        .iter()
        .map(|word| {
            let mut chars = word.chars();
            let first = chars.next().map(|c| c.to_ascii_uppercase());
            first.into_iter().chain(chars).collect::<String>()
        })
        .collect()
}

/// The name of one of several: `Events` holds an `Event`.
fn singular(name: &str) -> String {
    match name.strip_suffix('s') {
        Some(one) if !one.is_empty() && !one.ends_with('s') => one.to_owned(),
        _ => format!("{name}Item"),
    }
}
