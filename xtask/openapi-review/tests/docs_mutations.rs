//! Every fact counts: whatever fact is changed in a document or on a page, `docs` finds it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by a panic, and prints its counts"
)]

use std::path::{Path, PathBuf};

use cx_client_build::{Document, Node, escape_token};
use openapi_review::docs::page::Page;
use openapi_review::docs::read::read;
use openapi_review::docs::report::{Note, PageDifference, Report};
use serde_json::{Map, Value, json};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/pages")
}

fn text(name: &str) -> String {
    std::fs::read_to_string(folder().join(name)).unwrap()
}

/// The saved pages that `openapi.yaml` was transcribed from.
fn saved_pages() -> Vec<Page> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/pages");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.file_name().is_some_and(|name| name != "README.md"));
    paths.sort();
    let names = paths.iter().map(|path| path.to_str().unwrap());
    names.map(|name| read(name, &text(name)).unwrap()).collect()
}

/// A document and the pages that it agrees with.
fn cases() -> Vec<(Value, Vec<Page>)> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../openapi.yaml");
    let parcels = folder().join("parcels.yaml");
    let page = |name: &str| read(name, &text(name)).unwrap();
    let mut parcels = Document::load(parcels).unwrap().to_json();
    // The operations of the pages that are not among these.
    let paths = parcels["paths"].as_object_mut().unwrap();
    paths.retain(|path, _| !path.ends_with("/moves") && !path.starts_with("/v1/scales"));
    vec![
        (Document::load(own).unwrap().to_json(), saved_pages()),
        (Document::load(folder().join("quotes.yaml")).unwrap().to_json(), vec![page("quote.txt")]),
        (
            parcels,
            ["create-parcel.txt", "list-parcels.txt", "cancel-parcel.txt", "weigh-parcel.txt"]
                .map(page)
                .into(),
        ),
    ]
}

fn document(json: &Value) -> Document {
    Document::parse("mutated.json", &json.to_string()).unwrap()
}

fn is_found(json: &Value, pages: &[Page]) -> bool {
    let document = document(json);
    !Report::unjudged(&document, pages).agrees()
}

/// A change of one fact: what it is called, and the document after it.
struct Mutation {
    name: String,
    json: Value,
}

/// Collects the changes of every fact of a document.
struct Mutator<'a> {
    json: &'a Value,
    /// Schemas that the document infers from the samples of its pages, as the report says.
    sampled: Vec<String>,
    found: Vec<Mutation>,
}

impl<'a> Mutator<'a> {
    fn new(json: &'a Value, pages: &[Page]) -> Self {
        let inferences = Report::unjudged(&document(json), pages).inferences;
        let of_sample = |what: &str| what == "names and types" || what == "the property";
        let mut sampled = Vec::new();
        for one in inferences.iter().filter(|one| of_sample(&one.what)) {
            reached(json, &one.pointer, &mut sampled);
        }
        Self { json, sampled, found: Vec::new() }
    }

    /// Whether the documentation shows the schema, or one around it, by a sample only.
    fn is_sampled(&self, pointer: &str) -> bool {
        let is_within = |outer: &String| {
            pointer
                .strip_prefix(outer.as_str())
                .is_some_and(|rest| matches!(rest.chars().next(), None | Some('/')))
        };
        self.sampled.iter().any(is_within)
    }

    /// Whether a schema is part of a component that the document has for several places, of which
    /// one has to show its example.
    fn is_shared(&self, pointer: &str) -> bool {
        let component = pointer.split('/').take(4).collect::<Vec<_>>().join("/");
        let reference = json!({ "$ref": format!("#{component}") }).to_string();
        let inner = &reference[1..reference.len() - 1];
        self.json.to_string().matches(inner).count() > 1
    }

    fn change(&mut self, what: &str, pointer: &str, change: impl FnOnce(&mut Value)) {
        let mut json = self.json.clone();
        change(json.pointer_mut(pointer).unwrap_or_else(|| panic!("there is no {pointer}")));
        assert_ne!(json, *self.json, "{what} at {pointer} changes nothing");
        self.found.push(Mutation { name: format!("{what} at {pointer}"), json });
    }

    fn set(&mut self, what: &str, pointer: &str, key: &str, value: Value) {
        self.change(what, pointer, |object| {
            object[key] = value;
        });
    }

    fn drop(&mut self, what: &str, pointer: &str, key: &str) {
        self.change(what, pointer, |object| {
            object.as_object_mut().unwrap().remove(key).unwrap();
        });
    }

    fn rename(&mut self, what: &str, pointer: &str, key: &str, to: &str) {
        self.change(what, pointer, |object| {
            let fields = object.as_object_mut().unwrap();
            let value = fields.remove(key).unwrap();
            fields.insert(to.to_owned(), value);
        });
    }

    /// A flag that is true, or else missing.
    fn flip(&mut self, pointer: &str, key: &str) {
        let is_set = self.at(pointer).get(key) == Some(&Value::Bool(true));
        self.set(&format!("flip {key}"), pointer, key, (!is_set).into());
    }

    fn at(&self, pointer: &str) -> Value {
        self.json.pointer(pointer).cloned().unwrap()
    }

    fn keys(&self, pointer: &str) -> Vec<String> {
        self.json
            .pointer(pointer)
            .and_then(Value::as_object)
            .map(|fields| fields.keys().cloned().collect())
            .unwrap_or_default()
    }

    fn document(&mut self) {
        for index in 0..self.json["servers"].as_array().unwrap().len() {
            let pointer = format!("/servers/{index}");
            self.set("change server", &pointer, "url", "https://elsewhere.example".into());
        }
        self.change("add server", "/servers", |servers| {
            servers.as_array_mut().unwrap().push(json!({ "url": "https://elsewhere.example" }));
        });
        for name in self.keys("/components/securitySchemes") {
            let pointer = format!("/components/securitySchemes/{name}");
            self.scheme(&pointer);
        }
        for path in self.keys("/paths") {
            let item = format!("/paths/{}", escape_token(&path));
            self.rename("change path", "/paths", &path, &format!("{path}/more"));
            self.rename("change path", "/paths", &path, &path.replacen("/v1/", "/v9/", 1));
            for method in self.keys(&item) {
                self.operation(&item, &method);
            }
        }
        for name in self.keys("/components/parameters") {
            self.parameter(&format!("/components/parameters/{name}"));
        }
        for name in self.keys("/components/schemas") {
            let pointer = format!("/components/schemas/{name}");
            if is_used(self.json, &pointer) {
                self.schema(&pointer);
            }
        }
    }

    fn scheme(&mut self, pointer: &str) {
        match self.at(pointer)["type"].as_str().unwrap() {
            "http" => {
                let is_basic = self.at(pointer)["scheme"] == "basic";
                let other = if is_basic { "bearer" } else { "basic" };
                // Where it stands for OAuth, as its reason says, any scheme can.
                if self.at(pointer).get("x-inferred").is_none() {
                    self.set("change scheme", pointer, "scheme", other.into());
                }
                self.change("change kind of scheme", pointer, |scheme| {
                    *scheme = json!({ "type": "apiKey", "in": "header", "name": "X-Key" });
                });
            }
            "apiKey" => {
                self.set("change place of key", pointer, "in", "query".into());
                self.set("change name of key", pointer, "name", "X-Other".into());
                self.change("change kind of scheme", pointer, |scheme| {
                    *scheme = json!({ "type": "http", "scheme": "basic" });
                });
            }
            other => panic!("{other}"),
        }
    }

    fn operation(&mut self, item: &str, method: &str) {
        let other = if method == "patch" { "trace" } else { "patch" };
        self.rename("change method", item, method, other);
        let pointer = format!("{item}/{method}");
        self.flip(&pointer, "deprecated");
        self.set("drop security", &pointer, "security", json!([]));
        self.change("make security optional", &pointer, |operation| {
            operation["security"].as_array_mut().unwrap().push(json!({}));
        });
        let parameters = self.at(&pointer).get("parameters").cloned().unwrap_or_default();
        for index in 0..parameters.as_array().map_or(0, Vec::len) {
            self.change("drop parameter", &format!("{pointer}/parameters"), |list| {
                list.as_array_mut().unwrap().remove(index);
            });
            let one = format!("{pointer}/parameters/{index}");
            if self.at(&one).get("$ref").is_none() {
                self.parameter(&one);
            }
        }
        self.change("add parameter", &pointer, |operation| {
            let added = json!({ "name": "added", "in": "query", "schema": { "type": "string" } });
            match operation.get_mut("parameters").and_then(Value::as_array_mut) {
                Some(list) => list.push(added),
                None => operation["parameters"] = json!([added]),
            }
        });
        if self.at(&pointer).get("requestBody").is_some() {
            self.drop("drop request body", &pointer, "requestBody");
            let body = format!("{pointer}/requestBody");
            self.flip(&body, "required");
            self.content(&body);
        } else {
            let body = json!({ "content": { "application/json": { "schema": {} } } });
            self.set("add request body", &pointer, "requestBody", body);
        }
        let responses = format!("{pointer}/responses");
        self.set("add response", &responses, "418", json!({ "description": "" }));
        for status in self.keys(&responses) {
            self.drop("drop response", &responses, &status);
            self.rename("change status", &responses, &status, "299");
            self.content(&format!("{responses}/{status}"));
        }
    }

    fn parameter(&mut self, pointer: &str) {
        let name = self.at(pointer)["name"].as_str().unwrap().to_owned();
        self.set("rename parameter", pointer, "name", format!("{name}x").into());
        let other = if self.at(pointer)["in"] == "query" { "header" } else { "query" };
        self.set("move parameter", pointer, "in", other.into());
        self.flip(pointer, "required");
        self.flip(pointer, "deprecated");
        self.schema(&format!("{pointer}/schema"));
    }

    fn content(&mut self, pointer: &str) {
        let content = format!("{pointer}/content");
        for media_type in self.keys(&content) {
            self.rename("change media type", &content, &media_type, "text/plain");
            self.drop("drop media type", &content, &media_type);
            let media = format!("{content}/{}", escape_token(&media_type));
            self.set("add media type", &content, "text/csv", json!({ "schema": {} }));
            self.drop("drop schema", &media, "schema");
            let examples = self.keys(&format!("{media}/examples"));
            if examples.iter().any(|name| name == "documented") {
                self.drop("drop example", &format!("{media}/examples"), "documented");
                self.leaves(&format!("{media}/examples/documented/value"));
            }
            let schema = format!("{media}/schema");
            if self.at(&schema).get("$ref").is_none() {
                self.schema(&schema);
            }
        }
    }

    /// Changes every value of an example.
    fn leaves(&mut self, pointer: &str) {
        match self.at(pointer) {
            Value::Object(fields) if !fields.is_empty() => {
                for key in fields.keys() {
                    self.drop("drop from example", pointer, key);
                    self.leaves(&format!("{pointer}/{}", escape_token(key)));
                }
            }
            Value::Array(items) if !items.is_empty() => {
                for index in 0..items.len() {
                    self.leaves(&format!("{pointer}/{index}"));
                }
            }
            value => self.change("change example", pointer, |slot| *slot = other(&value)),
        }
    }

    fn schema(&mut self, pointer: &str) {
        let schema = self.at(pointer);
        let Value::Object(fields) = &schema else { panic!("{pointer}") };
        if fields.contains_key("$ref") {
            return;
        }
        // What the page does not know cannot be found on it.
        let inferred = fields.get("x-inferred").and_then(Value::as_str).unwrap_or_default();
        if inferred.contains("does not say what this holds") {
            return;
        }
        if let Some(kind) = fields.get("type").and_then(Value::as_str) {
            let others = ["string", "integer", "boolean", "array", "object"];
            // A sample of a whole number may be that of a number.
            for other in others.into_iter().filter(|other| *other != kind) {
                self.set("change type", pointer, "type", other.into());
            }
        }
        // Where the page is wrong about the type, it says nothing else of it, but for the items.
        if fields.get("x-deviation").is_some_and(|all| all.get("type").is_some()) {
            if fields.contains_key("items") {
                self.schema(&format!("{pointer}/items"));
            }
            return;
        }
        // Of what only a sample shows, the document may infer that it can be null, or is deprecated.
        if !self.is_sampled(pointer) || inferred.is_empty() {
            self.flip(pointer, "nullable");
            // `deprecated` of a parameter's schema and of the parameter are one.
            self.flip(pointer, "deprecated");
        }
        if inferred.is_empty() || !self.is_sampled(pointer) {
            self.flip(pointer, "readOnly");
            self.flip(pointer, "writeOnly");
        }
        self.limits(pointer, fields, inferred);
        for key in ["default", "example"] {
            if let Some(value) = fields.get(key) {
                self.set(&format!("change {key}"), pointer, key, other(value));
                // What only a sample shows needs no example in the document.
                if !(key == "example" && self.is_sampled(pointer)) {
                    self.drop(&format!("drop {key}"), pointer, key);
                }
            } else if inferred.is_empty() && !(key == "example" && self.is_shared(pointer)) {
                self.set(&format!("add {key}"), pointer, key, "added".into());
            }
        }
        match fields.get("enum").and_then(Value::as_array) {
            Some(values) => {
                for index in 0..values.len() {
                    self.change("drop enum value", &format!("{pointer}/enum"), |list| {
                        list.as_array_mut().unwrap().remove(index);
                    });
                    let value = other(&values[index]);
                    self.change("change enum value", &format!("{pointer}/enum"), |list| {
                        list[index] = value;
                    });
                }
                self.change("add enum value", &format!("{pointer}/enum"), |list| {
                    list.as_array_mut().unwrap().push("added".into());
                });
                self.drop("drop enum", pointer, "enum");
            }
            None if inferred.is_empty() => self.set("add enum", pointer, "enum", json!(["added"])),
            None => {}
        }
        match fields.get("format").and_then(Value::as_str) {
            // An inferred format is no fact of the page, unless its example says otherwise.
            Some(_) if !inferred.is_empty() && fields.contains_key("example") => {
                self.set("change format", pointer, "format", "date-time".into());
            }
            Some(_) if !inferred.is_empty() => {}
            Some(_) => {
                self.set("change format", pointer, "format", "other".into());
                self.drop("drop format", pointer, "format");
            }
            None if inferred.is_empty() => {
                self.set("add format", pointer, "format", "added".into());
            }
            None => {}
        }
        self.properties(pointer, fields);
        for key in ["items", "additionalProperties"] {
            if fields.get(key).is_some_and(Value::is_object) {
                self.schema(&format!("{pointer}/{key}"));
            }
        }
        for key in ["allOf", "anyOf", "oneOf"] {
            let parts = fields.get(key).and_then(Value::as_array).map_or(0, Vec::len);
            for index in 0..parts {
                self.change(&format!("drop from {key}"), &format!("{pointer}/{key}"), |list| {
                    list.as_array_mut().unwrap().remove(index);
                });
                self.schema(&format!("{pointer}/{key}/{index}"));
            }
        }
    }

    fn limits(&mut self, pointer: &str, fields: &Map<String, Value>, inferred: &str) {
        let limits =
            ["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems", "multipleOf"];
        for key in limits {
            if let Some(value) = fields.get(key) {
                self.set(&format!("change {key}"), pointer, key, other(value));
                self.drop(&format!("drop {key}"), pointer, key);
            } else if inferred.is_empty() {
                self.set(&format!("add {key}"), pointer, key, 3.into());
            }
        }
        for key in ["exclusiveMinimum", "exclusiveMaximum"] {
            if fields.contains_key(key) || inferred.is_empty() {
                self.flip(pointer, key);
            }
        }
        if fields.contains_key("pattern") {
            self.set("change pattern", pointer, "pattern", "^.*$".into());
            self.drop("drop pattern", pointer, "pattern");
        }
    }

    fn properties(&mut self, pointer: &str, fields: &Map<String, Value>) {
        let Some(properties) = fields.get("properties").and_then(Value::as_object) else { return };
        let place = format!("{pointer}/properties");
        self.set("add property", &place, "added", json!({ "type": "string" }));
        let required: Vec<&str> = fields
            .get("required")
            .and_then(Value::as_array)
            .map(|list| list.iter().filter_map(Value::as_str).collect())
            .unwrap_or_default();
        // Of what only a sample shows it is not known whether it can be left out.
        let is_sampled = self.is_sampled(pointer);
        for name in properties.keys() {
            self.drop("drop property", &place, name);
            self.rename("rename property", &place, name, &format!("{name}x"));
            if !is_sampled {
                let is_required = required.contains(&name.as_str());
                self.change(&format!("flip required of {name}"), pointer, |schema| {
                    let mut names: Vec<Value> = required.iter().map(|name| json!(name)).collect();
                    if is_required {
                        names.retain(|one| one != name);
                    } else {
                        names.push(json!(name));
                    }
                    schema["required"] = names.into();
                });
            }
            self.schema(&format!("{place}/{}", escape_token(name)));
        }
    }
}

/// Another value of the same type.
fn other(value: &Value) -> Value {
    match value {
        Value::Null => json!("other"),
        Value::Bool(value) => json!(!value),
        Value::Number(number) => number.as_u64().map_or(json!(0.25), |number| json!(number + 1)),
        Value::String(text) => json!(format!("{text}x")),
        Value::Array(items) => {
            let mut items = items.clone();
            items.push(json!("other"));
            items.into()
        }
        Value::Object(_) => json!({ "other": 1 }),
    }
}

/// The component schemas that one refers to, with itself.
fn reached(json: &Value, pointer: &str, found: &mut Vec<String>) {
    if found.iter().any(|known| known == pointer) {
        return;
    }
    found.push(pointer.to_owned());
    let mut values = vec![json.pointer(pointer).unwrap()];
    while let Some(value) = values.pop() {
        match value {
            Value::Array(items) => values.extend(items),
            Value::Object(fields) => {
                if let Some(target) = fields.get("$ref").and_then(Value::as_str) {
                    reached(json, target.trim_start_matches('#'), found);
                }
                values.extend(fields.values());
            }
            _ => {}
        }
    }
}

/// Whether an operation reaches a component.
fn is_used(json: &Value, pointer: &str) -> bool {
    let mut found = Vec::new();
    reached(json, "/paths", &mut found);
    found.iter().any(|one| one == pointer)
}

#[test]
fn every_fact_of_the_document_counts() {
    let (mut mutations, mut finds) = (0, 0);
    let mut missed = Vec::new();
    for (json, pages) in cases() {
        assert!(!is_found(&json, &pages), "the documents agree before they are changed");
        let mut mutator = Mutator::new(&json, &pages);
        mutator.document();
        mutations += mutator.found.len();
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        let share = mutator.found.len().div_ceil(threads);
        std::thread::scope(|scope| {
            let handles: Vec<_> = mutator
                .found
                .chunks(share)
                .map(|chunk| {
                    let pages = &pages;
                    scope.spawn(move || {
                        chunk.iter().map(|one| is_found(&one.json, pages)).collect::<Vec<_>>()
                    })
                })
                .collect();
            let found = handles.into_iter().flat_map(|handle| handle.join().unwrap());
            for (mutation, is_found) in mutator.found.iter().zip(found) {
                if is_found {
                    finds += 1;
                } else {
                    missed.push(mutation.name.clone());
                }
            }
        });
    }
    println!("documents: {mutations} mutations, {finds} found");
    assert!(missed.is_empty(), "{} are not found:\n{}", missed.len(), missed.join("\n"));
    assert_eq!(mutations, finds);
    assert!(mutations > 1000, "only {mutations} mutations were made");
}

/// The lines of a page that are words: titles, descriptions, and the labels of its controls.
fn words(page: &Page, raw: &str) -> Vec<usize> {
    const CONTROLS: [&str; 9] = [
        "Try it",
        "cURL",
        "API Reference",
        "Parcels",
        "Show child attributes",
        "Hide child attributes",
        "YesNo",
        "Was this page helpful?",
        "Create parcel",
    ];
    let mut lines = Vec::new();
    described(page.document.root(), &mut lines);
    let is_words = |line: &str| {
        let title = page.title.as_deref().unwrap_or("-");
        CONTROLS.contains(&line.trim()) || line.rsplit("> ").next() == Some(title)
    };
    let words = raw.lines().enumerate().filter(|(_, line)| is_words(line));
    lines.extend(words.map(|(index, _)| index + 1));
    lines
}

fn described(node: &Node, lines: &mut Vec<usize>) {
    let words = node.get("description").filter(|words| words.as_str().is_some());
    lines.extend(words.map(|words| words.position.line));
    node.items().iter().for_each(|item| described(item, lines));
    node.entries().iter().for_each(|entry| described(&entry.node, lines));
}

/// Whether a word of a line says nothing of its own.
fn says_nothing(line: &str, start: usize, end: usize) -> bool {
    let word = &line[start..end];
    let before = line[..start].chars().next_back();
    // `<token>` stands for a value, `--data` and `-d` are the syntax of curl.
    let is_placeholder = line[..start].rfind('<') > line[..start].rfind('>')
        && line[end..].contains('>')
        && !line.starts_with("enum<")
        && !line.starts_with("string<")
        && !line.starts_with("integer<")
        && !line.contains("<=");
    let is_option = line[..start].trim_start().ends_with('-') && before == Some('-')
        || line[..start].contains(" -") && before == Some('-') && !line.contains("://");
    // Values in the URL and in the headers of the command stand for any.
    let is_sent_value =
        line.contains("curl") || line.contains("--url") || line.contains("--header");
    let is_sent_value = is_sent_value
        && (line[..start].contains("Idempotency-Key:")
            || before == Some('=')
            || line.contains("7d444840") && "7d444840-9dc0-11d1-b245-5ffdce74fad2".contains(word));
    // `5 elements`.
    let is_unit = word == "elements";
    // That the type is all the page says.
    let is_sentence = line.starts_with("The response is of type") && word != "object";
    is_placeholder || is_option || is_sent_value || is_unit || is_sentence
}

/// Whether a page without the line says the same: the media type of a body stands in the curl
/// command as well, and a sample without a status is that of the first success.
fn is_said_twice(lines: &[&str], index: usize) -> bool {
    let is_sent = lines.iter().any(|line| line.to_ascii_lowercase().contains("content-type"));
    let body = lines.iter().position(|line| *line == "Body");
    let is_body_type = body.is_some_and(|body| index > body && index <= body + 2);
    let is_status = |line: &str| line.len() == 3 && line.starts_with('2');
    let is_first_sample = is_status(lines[index]) && lines.get(index + 1) == Some(&"{");
    is_sent && is_body_type || is_first_sample
}

/// The ranges of the words of a line.
fn word_ranges(line: &str) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut start = None;
    for (at, c) in line.char_indices() {
        match (c.is_ascii_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(begin)) => {
                ranges.push((begin, at));
                start = None;
            }
            _ => {}
        }
    }
    ranges.extend(start.map(|begin| (begin, line.len())));
    ranges
}

/// The same word, saying something else.
fn altered(word: &str) -> String {
    match word.parse::<u64>() {
        Ok(number) if !word.starts_with('0') => (number + 1).to_string(),
        _ => format!("{word}q"),
    }
}

/// The document with the operation of a page alone: the example of a component that several
/// operations share may be left out on the page of one of them.
fn of_operation(json: &Value, page: &Page) -> Document {
    let report = Report::unjudged(&document(json), std::slice::from_ref(page));
    let (method, path) = report.pages[0].operation.split_once(' ').unwrap();
    let mut json = json.clone();
    json["paths"].as_object_mut().unwrap().retain(|one, _| one == path);
    let methods = json["paths"][path].as_object_mut().unwrap();
    methods.retain(|one, _| one.eq_ignore_ascii_case(method));
    document(&json)
}

#[test]
fn every_fact_of_a_page_counts() {
    let (mut mutations, mut finds) = (0, 0);
    let mut missed = Vec::new();
    for (json, pages) in cases() {
        for page in pages {
            let document = of_operation(&json, &page);
            assert!(Report::unjudged(&document, std::slice::from_ref(&page)).agrees());
            let raw = text(page.file()).replace("\r\n", "\n").replace('\u{a0}', " ");
            let raw = raw.trim_start_matches('\u{feff}');
            let skipped = words(&page, raw);
            let end = raw.lines().position(|line| line == "Was this page helpful?");
            let lines: Vec<&str> = raw.lines().take(end.unwrap_or(usize::MAX)).collect();
            let notes = Report::unjudged(&document, std::slice::from_ref(&page)).notes;
            let mut check = |index: usize, line: &str, changed: &str| {
                let mut mutated = lines.clone();
                mutated[index] = changed;
                mutations += 1;
                // What makes no sense any more is found as well.
                let found = match read(page.file(), &mutated.join("\n")) {
                    Ok(page) => {
                        let report = Report::unjudged(&document, &[page]);
                        // A page that says less is no difference, and is told.
                        let is_new =
                            |note: &Note| notes.iter().all(|old| old.message != note.message);
                        let says_less = changed.is_empty() && report.notes.iter().any(is_new);
                        !report.agrees() || says_less
                    }
                    Err(_) => true,
                };
                if found {
                    finds += 1;
                } else {
                    missed.push(format!("{}:{}: {line} -> {changed}", page.file(), index + 1));
                }
            };
            for (index, line) in lines.iter().enumerate() {
                if skipped.contains(&(index + 1)) {
                    continue;
                }
                for (start, end) in word_ranges(line) {
                    if says_nothing(line, start, end) {
                        continue;
                    }
                    let changed =
                        format!("{}{}{}", &line[..start], altered(&line[start..end]), &line[end..]);
                    check(index, line, &changed);
                }
                if !line.trim().is_empty() && !is_said_twice(&lines, index) {
                    check(index, line, "");
                }
            }
        }
    }
    println!("pages: {mutations} mutations, {finds} found");
    assert!(missed.is_empty(), "{} are not found:\n{}", missed.len(), missed.join("\n"));
    assert_eq!(mutations, finds);
    assert!(mutations > 500, "only {mutations} mutations were made");
}

/// A page as Markdown that holds `json` as its operation.
fn markdown(json: &Value, operation: &str) -> String {
    let block = serde_json::to_string_pretty(json).unwrap();
    format!("# A page\n\n## OpenAPI\n\n```yaml {operation}\n{block}\n```\n")
}

/// Every fact of the OpenAPI in a page as Markdown counts, but for names and examples of its own.
#[test]
fn every_fact_of_a_markdown_page_counts() {
    let document = Document::load(folder().join("quotes.yaml")).unwrap();
    let page = read("quote-3.0.md", &text("quote-3.0.md")).unwrap();
    let json = page.document.to_json();
    let is_found = |json: &Value| match read("page.md", &markdown(json, "post /v1/quotes")) {
        Ok(page) => !Report::unjudged(&document, &[page]).agrees(),
        Err(_) => true,
    };
    assert!(!is_found(&json));
    let mut mutator = Mutator::new(&json, &[]);
    mutator.document();
    let missed: Vec<&str> = mutator
        .found
        .iter()
        .filter(|mutation| !is_found(&mutation.json))
        .map(|mutation| mutation.name.as_str())
        .collect();
    println!("markdown: {} mutations", mutator.found.len());
    assert!(missed.is_empty(), "{} are not found:\n{}", missed.len(), missed.join("\n"));
    assert!(mutator.found.len() > 150, "only {} mutations were made", mutator.found.len());
}

/// What is found is also something that `diff` sees: one mutation of each kind, judged. One that
/// means nothing, such as a length of a number, is none.
#[test]
fn every_kind_of_fact_is_judged() {
    let mut judged: Vec<String> = Vec::new();
    let mut tried: Vec<String> = Vec::new();
    for (json, pages) in cases() {
        let mut mutator = Mutator::new(&json, &pages);
        mutator.document();
        for mutation in &mutator.found {
            let kind = mutation.name.split(" at ").next().unwrap();
            if judged.iter().any(|known| known == kind) {
                continue;
            }
            let document = document(&mutation.json);
            // Of a whole body these say nothing.
            let is_of_body = kind.ends_with("Only") && !mutation.name.contains("/properties/");
            if is_of_body || !cx_client_build::validate(&document).is_empty() {
                continue;
            }
            tried.push(kind.to_owned());
            let report = Report::new(&document, &pages);
            let is_unjudged = |finding: &PageDifference| finding.change.id == "document-differs";
            let unjudged = report.differences.iter().any(is_unjudged);
            assert!(!unjudged, "{} is not judged", mutation.name);
            if !report.agrees() {
                judged.push(kind.to_owned());
            }
        }
    }
    let missed: Vec<&String> = tried.iter().filter(|kind| !judged.contains(kind)).collect();
    assert!(missed.is_empty(), "not judged: {missed:?}");
}
