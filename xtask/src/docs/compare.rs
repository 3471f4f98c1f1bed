//! How the facts of a page differ from those of the OpenAPI document.

mod schema;

use std::collections::BTreeSet;

use cx_client_build::{Document, Node, Position, escape_token};
use serde_json::{Map, Value};

use super::check;
use super::facts::{Scheme, UNKNOWN};
use super::model::{self, Model};
use super::page::{Located, Page};
use super::spec::{self, Operation, SpecFacts};

/// What comparing a page with the document finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The operation of the document that was compared; `None` if it has none like the page's.
    pub operation: Option<String>,
    /// What the page says otherwise than the document, or in two ways.
    pub differences: Vec<Difference>,
    /// What the document says beyond the page, and why.
    pub inferences: Vec<Inference>,
    /// What a reader has to know about how the page was read.
    pub notes: Vec<Located<String>>,
}

/// One fact that page and document do not agree on.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// What kind of difference it is, in kebab case.
    pub id: String,
    /// A JSON pointer into the document: the fact, or the place where it would stand.
    pub pointer: String,
    /// Where that is.
    pub position: Position,
    /// The line of the page.
    pub line: usize,
    /// What the document says; `null` if nothing.
    pub old: Value,
    /// What the page says; `null` if nothing.
    pub new: Value,
    /// Both, as a sentence without a full stop.
    pub message: String,
    /// What would make the document say what the page says; nothing where no single change would.
    pub edits: Vec<Edit>,
}

/// A change of the document.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// The value at the pointer becomes this.
    Set(String, Value),
    /// The value at the pointer goes.
    Remove(String),
    /// The last key of the pointer becomes another.
    Rename(String, String),
    /// The schema at the pointer requires the property, or no longer does.
    Require(String, String, bool),
}

/// Something that the document says beyond its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inference {
    /// A JSON pointer into the document.
    pub pointer: String,
    /// Where that is.
    pub position: Position,
    /// What is inferred, such as `format: uuid`; empty where it is the whole object.
    pub what: String,
    /// The text of `x-inferred`.
    pub reason: String,
}

/// Compares a page with the operation of `document` that it describes.
pub fn compare(document: &Document, page: &Page) -> Comparison {
    let model = model::build(page);
    let operations = spec::operations(document);
    let Some(operation) = spec::closest(&operations, &page.method.value, &page.path.value) else {
        return absent(document, page, model);
    };
    let spec = spec::facts(document, &operation);
    let page_facts = model.facts.to_value();
    let mut comparer = Comparer {
        document,
        page,
        lines: model.lines,
        spec,
        used: BTreeSet::new(),
        differences: Vec::new(),
        inferences: Vec::new(),
        notes: model.notes,
    };
    comparer.documents(&operation);
    let spec_facts = comparer.spec.facts.take();
    comparer.operation(&operation, &spec_facts, &page_facts);
    comparer.contradictions(&model.contradictions);
    comparer.finish(&operation)
}

/// The document has no operation like that of the page.
fn absent(document: &Document, page: &Page, model: Model) -> Comparison {
    let label = format!("{} {}", page.method.value, page.path.value);
    let pointer = "/paths".to_owned();
    let position = document.position(&pointer);
    let mut differences = vec![Difference {
        id: "endpoint-added".to_owned(),
        line: page.method.line,
        old: Value::Null,
        new: label.as_str().into(),
        message: format!(
            "the page documents {label}, and the document has no such operation; `cargo xtask docs \
             --draft` prints it as OpenAPI"
        ),
        edits: Vec::new(),
        pointer,
        position,
    }];
    differences.extend(model.contradictions.into_iter().map(|one| Difference {
        id: "page-contradiction".to_owned(),
        pointer: "/paths".to_owned(),
        position,
        line: one.line,
        old: Value::Null,
        new: Value::Null,
        message: format!("the page contradicts itself: {}", one.message),
        edits: Vec::new(),
    }));
    Comparison { operation: None, differences, inferences: Vec::new(), notes: model.notes }
}

/// A place in the facts of both sides. The pointers are the same but where a name differs.
#[derive(Debug, Clone)]
struct Place {
    spec: String,
    page: String,
}

impl Place {
    fn new(pointer: &str) -> Self {
        Self { spec: pointer.to_owned(), page: pointer.to_owned() }
    }

    fn key(&self, key: &str) -> Self {
        self.keys(key, key)
    }

    /// A key that is not called the same on both sides.
    fn keys(&self, spec: &str, page: &str) -> Self {
        Self {
            spec: format!("{}/{}", self.spec, escape_token(spec)),
            page: format!("{}/{}", self.page, escape_token(page)),
        }
    }

    fn required(&self) -> Self {
        Self { spec: format!("{}#required", self.spec), page: format!("{}#required", self.page) }
    }
}

/// Where in an operation a schema stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Parameter,
    Request,
    Response,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Parameter => "parameter",
            Self::Request => "request",
            Self::Response => "response",
        }
    }
}

struct Comparer<'a> {
    document: &'a Document,
    page: &'a Page,
    lines: std::collections::BTreeMap<String, usize>,
    spec: SpecFacts,
    /// The objects marked `x-inferred` whose mark was needed.
    used: BTreeSet<String>,
    differences: Vec<Difference>,
    inferences: Vec<Inference>,
    notes: Vec<Located<String>>,
}

impl Comparer<'_> {
    /// The line of the page that states a fact, or the nearest thing around it.
    fn line(&self, pointer: &str) -> usize {
        let mut pointer = pointer;
        loop {
            if let Some(line) = self.lines.get(pointer) {
                return *line;
            }
            match pointer.rfind(['/', '#']) {
                Some(at) => pointer = &pointer[..at],
                None => return self.page.method.line,
            }
        }
    }

    /// Where a fact stands in the document, or would stand.
    fn source(&self, pointer: &str) -> String {
        let mut known = pointer;
        loop {
            if let Some(source) = self.spec.sources.get(known) {
                let rest = &pointer[known.len()..];
                return if rest.starts_with('#') {
                    source.clone()
                } else {
                    format!("{source}{rest}")
                };
            }
            match known.rfind(['/', '#']) {
                Some(at) => known = &known[..at],
                None => return String::new(),
            }
        }
    }

    /// Where a part of a schema has to be changed or added in the document.
    fn target(&self, pointer: &str) -> String {
        if let Some(source) = self.spec.sources.get(pointer)
            && !self.spec.targets.contains_key(pointer)
        {
            return source.clone();
        }
        let mut known = pointer;
        loop {
            if let Some(target) = self.spec.targets.get(known) {
                return format!("{target}{}", &pointer[known.len()..]);
            }
            match known.rfind('/') {
                Some(at) => known = &known[..at],
                None => return self.source(pointer),
            }
        }
    }

    fn differ(
        &mut self,
        id: impl Into<String>,
        place: &Place,
        (old, new): (Value, Value),
        message: impl Into<String>,
        edits: impl IntoIterator<Item = Edit>,
    ) {
        let pointer = self.source(&place.spec);
        self.differences.push(Difference {
            id: id.into(),
            position: self.document.position(&pointer),
            line: self.line(&place.page),
            pointer,
            old,
            new,
            message: message.into(),
            edits: edits.into_iter().collect(),
        });
    }

    fn note(&mut self, line: usize, text: impl Into<String>) {
        self.notes.push(Located::new(text.into(), line));
    }

    /// Lists what the document has beyond the page, if it is marked as inferred.
    fn infer(&mut self, pointer: &str, what: impl Into<String>) -> bool {
        let Some(inferred) = self.spec.inferred.get(pointer).cloned() else { return false };
        self.used.insert(pointer.to_owned());
        self.push_inference(inferred.source, what.into(), inferred.reason);
        true
    }

    fn push_inference(&mut self, pointer: String, what: String, reason: String) {
        let position = self.document.position(&pointer);
        let inference = Inference { pointer, position, what, reason };
        if !self.inferences.contains(&inference) {
            self.inferences.push(inference);
        }
    }

    /// What the document infers about itself and about the tags of the operation.
    fn documents(&mut self, operation: &Operation) {
        let tags = self
            .document
            .at(&format!("{}/tags", operation.pointer()))
            .map_or(&[][..], Node::items)
            .iter()
            .filter_map(Node::as_str)
            .collect::<Vec<_>>();
        let mut pointers = vec![String::new(), "/info".to_owned()];
        let listed = self.document.at("/tags").map_or(&[][..], Node::items);
        for (index, tag) in listed.iter().enumerate() {
            if tag.get("name").and_then(Node::as_str).is_some_and(|name| tags.contains(&name)) {
                pointers.push(format!("/tags/{index}"));
            }
        }
        pointers.push(format!("/paths/{}", escape_token(&operation.path)));
        for pointer in pointers {
            let reason = self.document.at(&pointer).and_then(|node| node.get("x-inferred"));
            if let Some(reason) = reason.and_then(Node::as_str) {
                self.push_inference(pointer, String::new(), reason.to_owned());
            }
        }
        self.infer("", "");
    }

    fn operation(&mut self, operation: &Operation, spec: &Value, page: &Value) {
        let root = Place::new("");
        let text = |facts: &Value, key: &str| facts.get(key).cloned().unwrap_or_default();
        for key in ["path", "method"] {
            let (old, new) = (text(spec, key), text(page, key));
            if old != new {
                let edit = match key {
                    "path" => Edit::Rename(
                        format!("/paths/{}", escape_token(&operation.path)),
                        page["path"].as_str().unwrap_or_default().to_owned(),
                    ),
                    _ => Edit::Rename(
                        operation.pointer(),
                        page["method"].as_str().unwrap_or_default().to_ascii_lowercase(),
                    ),
                };
                let message = format!(
                    "the {key} is {} in the document, and {} on the page",
                    plain(&old),
                    plain(&new)
                );
                self.differ(format!("{key}-changed"), &root.key(key), (old, new), message, [edit]);
            }
        }
        self.flag("operation-deprecated", "the operation", &root.key("deprecated"), spec, page);
        self.servers(&spec["servers"], &page["servers"]);
        self.security(&spec["security"], &page["security"], operation);
        self.parameters(&spec["parameters"], &page["parameters"]);
        self.request_body(spec.get("requestBody"), page.get("requestBody"));
        self.responses(&spec["responses"], &page["responses"]);
    }

    /// A key that is true or missing.
    fn flag(&mut self, id: &str, subject: &str, place: &Place, spec: &Value, page: &Value) {
        let key = place.page.rsplit('/').next().unwrap_or_default().to_owned();
        let is_true = |facts: &Value| facts.get(&key) == Some(&Value::Bool(true));
        let (old, new) = (is_true(spec), is_true(page));
        if old == new {
            return;
        }
        let not = |value: bool| if value { "" } else { "not " };
        let message = format!(
            "{subject} is {}{key} in the document, and {}{key} on the page",
            not(old),
            not(new)
        );
        let edit = Edit::Set(self.source(&place.spec), new.into());
        self.differ(id, place, (old.into(), new.into()), message, [edit]);
    }

    fn servers(&mut self, spec: &Value, page: &Value) {
        if page.get(UNKNOWN).is_some() {
            return;
        }
        let place = Place::new("/servers");
        let names = |facts: &Value| -> Vec<String> { keys(facts).map(str::to_owned).collect() };
        let (ours, theirs) = (names(spec), names(page));
        let missing: Vec<&String> = theirs.iter().filter(|url| !ours.contains(url)).collect();
        let mut extra: Vec<&String> = ours.iter().filter(|url| !theirs.contains(url)).collect();
        extra.retain(|url| !self.infer(&place.key(url).spec, "the server"));
        let mut extra = extra.into_iter();
        for url in missing {
            match extra.next() {
                Some(old) => {
                    let at = place.keys(old, url);
                    let message =
                        format!("the server is {old} in the document, and {url} on the page");
                    let edit = Edit::Set(self.source(&at.spec), url.as_str().into());
                    let values = (old.as_str().into(), url.as_str().into());
                    self.differ("server-changed", &at, values, message, [edit]);
                }
                None => {
                    let message = format!(
                        "the page's sample calls the server {url}, which the document lacks"
                    );
                    let values = (Value::Null, url.as_str().into());
                    self.differ("server-added", &place.key(url), values, message, []);
                }
            }
        }
        for url in extra {
            let at = place.key(url);
            let source = self.source(&at.spec);
            let server = source.strip_suffix("/url").unwrap_or(&source).to_owned();
            let message =
                format!("the document has the server {url}, which the page does not name");
            let values = (url.as_str().into(), Value::Null);
            self.differ("server-removed", &at, values, message, [Edit::Remove(server)]);
        }
    }

    fn security(&mut self, spec: &Value, page: &Value, operation: &Operation) {
        let place = Place::new("/security/schemes");
        let (ours, theirs) = (&spec["schemes"], &page["schemes"]);
        let mut old: Vec<&str> = keys(ours).filter(|key| theirs.get(key).is_none()).collect();
        let mut new: Vec<&str> = keys(theirs).filter(|key| ours.get(key).is_none()).collect();
        // A page that speaks of OAuth does not say how a request carries the token.
        let oauth = new.iter().position(|key| *key == Scheme::OAuth2.key());
        let stands_for = old.iter().find(|key| {
            key.starts_with("http ") && self.spec.inferred.contains_key(&place.key(key).spec)
        });
        if let (Some(oauth), true) = (oauth, stands_for.is_some()) {
            new.remove(oauth);
        }
        old.retain(|key| !self.infer(&place.key(key).spec, "the security scheme"));
        let mut old = old.into_iter();
        for key in new {
            match old.next() {
                Some(ours) => {
                    let message = format!(
                        "the authentication is {ours} in the document, and {key} on the page"
                    );
                    let at = place.keys(ours, key);
                    let edit = Edit::Set(self.source(&at.spec), theirs[key].clone());
                    let values = (ours.into(), key.into());
                    self.differ("security-changed", &at, values, message, [edit]);
                }
                None => {
                    let message = format!(
                        "the page asks for the authentication {key}, and the document does not"
                    );
                    let values = (Value::Null, key.into());
                    self.differ("security-added", &place.key(key), values, message, []);
                }
            }
        }
        for key in old {
            let message =
                format!("the document asks for the authentication {key}, and the page does not");
            let edit =
                Edit::Set(format!("{}/security", operation.pointer()), Value::Array(Vec::new()));
            self.differ(
                "security-removed",
                &place.key(key),
                (key.into(), Value::Null),
                message,
                [edit],
            );
        }
        let is_optional = |facts: &Value| facts.get("optional") == Some(&Value::Bool(true));
        let (old, new) = (is_optional(spec), is_optional(page));
        if old != new {
            let word = |optional| if optional { "can be left out" } else { "is required" };
            let message = format!(
                "the authentication {} by the document, and {} by the page",
                word(old),
                word(new)
            );
            let at = Place::new("/security/optional");
            self.differ("security-changed", &at, (old.into(), new.into()), message, []);
        }
    }

    fn parameters(&mut self, spec: &Value, page: &Value) {
        let place = Place::new("/parameters");
        for key in keys(spec).filter(|key| page.get(key).is_none()) {
            let at = place.key(key);
            let subject = parameter(&spec[key]);
            if self.infer(&at.spec, subject.as_str()) {
                continue;
            }
            let message = format!("the document has {subject}, and the page does not list it");
            let edit = Edit::Remove(self.source(&at.spec));
            let old = without_marks(&spec[key]);
            self.differ("request-parameter-removed", &at, (old, Value::Null), message, [edit]);
        }
        for key in keys(page) {
            let at = place.key(key);
            let theirs = &page[key];
            let subject = parameter(theirs);
            let Some(ours) = spec.get(key) else {
                let message = format!(
                    "the page lists the {key} parameter, and the document does not have it"
                );
                let new = without_marks(theirs);
                let edit = Edit::Set(format!("{}/-", self.source("/parameters")), new.clone());
                self.differ("new-request-parameter", &at, (Value::Null, new), message, [edit]);
                continue;
            };
            let id = |what: &str| format!("request-parameter-{what}-changed");
            self.flag(&id("required"), &subject, &at.key("required"), ours, theirs);
            self.flag(&id("deprecated"), &subject, &at.key("deprecated"), ours, theirs);
            let known = self.differences.len();
            let subject = schema::Subject::new(Part::Parameter, subject);
            self.schema(&subject, &at.key("schema"), &ours["schema"], &theirs["schema"]);
            self.own_values(&subject, &at.key("schema"), &ours["schema"], &theirs["schema"], known);
        }
    }

    fn request_body(&mut self, spec: Option<&Value>, page: Option<&Value>) {
        let place = Place::new("/requestBody");
        match (spec, page) {
            (None, None) => {}
            (Some(_), None) => {
                if self.infer(&place.spec, "the request body") {
                    return;
                }
                let edit = Edit::Remove(self.source(&place.spec));
                let values = ("a request body".into(), Value::Null);
                let message = "the document has a request body, and the page describes none";
                self.differ("request-body-removed", &place, values, message, [edit]);
            }
            (None, Some(page)) => {
                let values = (Value::Null, "a request body".into());
                let message = "the page describes a request body, and the document has none";
                let edit = Edit::Set(self.source(&place.spec), without_marks(page));
                self.differ("request-body-added", &place, values, message, [edit]);
            }
            (Some(spec), Some(page)) => {
                if page.get("required").is_none_or(|required| required.get(UNKNOWN).is_none()) {
                    let id = "request-body-required-changed";
                    self.flag(id, "the request body", &place.key("required"), spec, page);
                }
                let empty = Value::Object(Map::new());
                let contents = |facts: &Value| facts.get("content").cloned().unwrap_or_default();
                let (ours, theirs) = (contents(spec), contents(page));
                let ours = if ours.is_null() { &empty } else { &ours };
                self.content(
                    Part::Request,
                    "the request body",
                    &place.key("content"),
                    ours,
                    &theirs,
                );
            }
        }
    }

    fn responses(&mut self, spec: &Value, page: &Value) {
        if page.get(UNKNOWN).is_some() {
            return;
        }
        let place = Place::new("/responses");
        let assumed = keys(page).find(|status| page[*status].get(UNKNOWN).is_some());
        let mut missing: Vec<&str> = keys(page).filter(|key| spec.get(key).is_none()).collect();
        let mut extra: Vec<&str> = keys(spec).filter(|key| page.get(key).is_none()).collect();
        if let Some(assumed) = assumed {
            // The page does not say which status it shows: any success will do.
            let success = keys(spec).find(|status| status.starts_with('2')).unwrap_or(assumed);
            let at = place.keys(success, assumed);
            missing.retain(|status| *status != assumed);
            extra.clear();
            if let Some(ours) = spec.get(success) {
                self.response(&at, success, ours, &page[assumed]);
            }
        }
        extra.retain(|status| !self.infer(&place.key(status).spec, format!("the status {status}")));
        // One that is missing and one that is left over, of the same class, are one that differs.
        let mut pairs = Vec::new();
        missing.retain(|status| {
            let same = extra.iter().position(|other| other.get(..1) == status.get(..1));
            same.map(|at| pairs.push((extra.remove(at), *status))).is_none()
        });
        for (old, new) in pairs {
            let at = place.keys(old, new);
            let message = format!("the status is {old} in the document, and {new} on the page");
            let edit = Edit::Rename(self.source(&at.spec), new.to_owned());
            self.differ("response-status-changed", &at, (old.into(), new.into()), message, [edit]);
            self.response(&at, old, &spec[old], &page[new]);
        }
        for status in missing {
            let at = place.key(status);
            let message =
                format!("the page lists the status {status}, and the document does not have it");
            let mut response = without_marks(&page[status]);
            if let Value::Object(fields) = &mut response {
                fields.entry("description").or_insert_with(|| "".into());
            }
            let edit = Edit::Set(self.source(&at.spec), response);
            self.differ(
                "response-status-added",
                &at,
                (Value::Null, status.into()),
                message,
                [edit],
            );
        }
        for status in extra {
            let at = place.key(status);
            let message =
                format!("the document has the status {status}, and the page does not list it");
            let edit = Edit::Remove(self.source(&at.spec));
            self.differ(
                "response-status-removed",
                &at,
                (status.into(), Value::Null),
                message,
                [edit],
            );
        }
        for status in keys(page).filter(|status| assumed != Some(status)) {
            if let Some(ours) = spec.get(status) {
                self.response(&place.key(status), status, ours, &page[status]);
            }
        }
    }

    fn response(&mut self, place: &Place, status: &str, spec: &Value, page: &Value) {
        let at = place.key("content");
        let subject = format!("the response {status}");
        let empty = Value::Object(Map::new());
        let ours = spec.get("content").unwrap_or(&empty);
        let theirs = page.get("content").unwrap_or(&empty);
        self.content(Part::Response, &subject, &at, ours, theirs);
    }

    fn content(&mut self, part: Part, subject: &str, place: &Place, spec: &Value, page: &Value) {
        if page.get(UNKNOWN).is_some() {
            return;
        }
        let name = part.name();
        let mut missing: Vec<&str> = keys(page).filter(|key| spec.get(key).is_none()).collect();
        let mut extra: Vec<&str> = keys(spec).filter(|key| page.get(key).is_none()).collect();
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        // A page that does not say the media type means that of the document.
        missing.retain(|theirs| {
            let is_assumed = page[*theirs].get(UNKNOWN).is_some();
            if is_assumed && !extra.is_empty() {
                pairs.push((extra.remove(0), *theirs));
                return false;
            }
            true
        });
        extra.retain(|key| !self.infer(&place.key(key).spec, format!("the media type {key}")));
        missing.retain(|theirs| {
            if extra.is_empty() {
                return true;
            }
            let ours = extra.remove(0);
            let at = place.keys(ours, theirs);
            let message = format!(
                "the media type of {subject} is {ours} in the document, and {theirs} on the page"
            );
            let edit = Edit::Rename(self.source(&at.spec), (*theirs).to_owned());
            let id = format!("{name}-body-media-type-changed");
            self.differ(id, &at, (ours.into(), (*theirs).into()), message, [edit]);
            pairs.push((ours, *theirs));
            false
        });
        for theirs in missing {
            let at = place.key(theirs);
            let message = if keys(spec).next().is_none() {
                format!("the page shows a body of {subject}, and the document has none")
            } else {
                format!("the page shows {theirs} for {subject}, and the document does not have it")
            };
            let edit = Edit::Set(self.source(&at.spec), without_marks(&page[theirs]));
            let id = format!("{name}-body-media-type-added");
            self.differ(id, &at, (Value::Null, theirs.into()), message, [edit]);
        }
        for ours in extra {
            let at = place.key(ours);
            let message =
                format!("the document has {ours} for {subject}, and the page does not show it");
            let edit = Edit::Remove(self.source(&at.spec));
            let id = format!("{name}-body-media-type-removed");
            self.differ(id, &at, (ours.into(), Value::Null), message, [edit]);
        }
        let shared = keys(page).filter(|key| spec.get(key).is_some()).map(|key| (key, key));
        for (ours, theirs) in shared.chain(pairs).collect::<Vec<_>>() {
            let at = place.keys(ours, theirs);
            self.media(part, subject, &at, &spec[ours], &page[theirs]);
        }
    }

    fn media(&mut self, part: Part, subject: &str, place: &Place, spec: &Value, page: &Value) {
        let subject = schema::Subject::new(part, subject.to_owned());
        let at = place.key("schema");
        match (spec.get("schema"), page.get("schema")) {
            (Some(ours), Some(theirs)) => self.schema(&subject, &at, ours, theirs),
            (None, Some(theirs)) if theirs.get(UNKNOWN).is_none() => {
                let message = format!(
                    "the page describes {}, and the document has no schema for it",
                    subject.name
                );
                let new = without_marks(theirs);
                let edit = Edit::Set(self.source(&at.spec), new.clone());
                let id = format!("{}-body-schema-added", part.name());
                self.differ(id, &at, (Value::Null, new), message, [edit]);
            }
            _ => {}
        }
        self.example(&subject, place, page.get("example"));
        self.samples(&subject, place, spec.get("schema"), page.get("schema"));
    }

    /// The page's sample must be among the document's examples of the media type.
    fn example(&mut self, subject: &schema::Subject, place: &Place, page: Option<&Value>) {
        if page.is_some_and(|example| example.get(UNKNOWN).is_some()) {
            return;
        }
        let at = place.key("example");
        let id = |what: &str| format!("{}-sample-{what}", subject.part.name());
        let examples = self.spec.examples.remove(&place.spec).unwrap_or_default();
        let Some(sample) = page else {
            // A page without a curl command shows no request at all.
            if subject.part == Part::Request && self.page.curl.is_none() {
                return;
            }
            for example in examples.into_iter().filter(|example| !example.is_inferred) {
                let message = format!(
                    "the document has an example of {}, and the page shows no sample",
                    subject.name
                );
                self.spec.sources.insert(at.spec.clone(), example.source.clone());
                let edit = Edit::Remove(example.source);
                self.differ(id("removed"), &at, (example.value, Value::Null), message, [edit]);
            }
            return;
        };
        if examples.iter().any(|example| same(&example.value, sample)) {
            if examples.len() > 1 {
                let line = self.line(&at.page);
                self.note(
                    line,
                    format!(
                        "the document has other examples of {} too; a page shows one at a time",
                        subject.name
                    ),
                );
            }
            return;
        }
        let Some(example) = examples.iter().find(|example| !example.is_inferred) else {
            let message = format!(
                "the page shows a sample of {}, and the document has no example of it",
                subject.name
            );
            let edit = Edit::Set(self.source(&at.spec), sample.clone());
            self.differ(id("added"), &at, (Value::Null, sample.clone()), message, [edit]);
            return;
        };
        let mut leaves = Vec::new();
        different_leaves(&example.value, sample, String::new(), &mut leaves);
        let source = example.source.clone();
        for (pointer, old, new) in leaves {
            let place = Place {
                spec: format!("{}{pointer}", at.spec),
                page: format!("{}{pointer}", at.page),
            };
            let where_ = if pointer.is_empty() { String::new() } else { format!(" at {pointer}") };
            let message = format!(
                "the sample of {} has {}{where_}, and the document's example has {}",
                subject.name,
                new.as_ref().map_or_else(|| "nothing".to_owned(), Value::to_string),
                old.as_ref().map_or_else(|| "nothing".to_owned(), Value::to_string),
            );
            self.spec.sources.insert(place.spec.clone(), format!("{source}{pointer}"));
            let line = self.sample_line(&at.page, &pointer);
            self.lines.insert(place.page.clone(), line);
            let edit = match &new {
                Some(new) => Edit::Set(format!("{source}{pointer}"), new.clone()),
                None => Edit::Remove(format!("{source}{pointer}")),
            };
            let values = (old.unwrap_or_default(), new.unwrap_or_default());
            self.differ(id("changed"), &place, values, message, [edit]);
        }
    }

    /// The line of a value in the sample whose fact stands at `place`.
    fn sample_line(&self, place: &str, pointer: &str) -> usize {
        let first = self.line(place);
        let text = self
            .page
            .curl
            .iter()
            .filter_map(|curl| curl.body.as_ref())
            .chain(self.page.samples.iter().map(|shown| &shown.sample))
            .find(|sample| sample.line == first)
            .map(|sample| sample.text.as_str())
            .unwrap_or_default();
        // JSON is YAML, whose parser knows where each value stands.
        match Document::parse("sample", text) {
            Ok(sample) => first + sample.position(pointer).line - 1,
            Err(_) => first,
        }
    }

    /// The page's sample must follow the page's own fields, and the document's schema.
    fn samples(
        &mut self,
        subject: &schema::Subject,
        place: &Place,
        spec: Option<&Value>,
        page: Option<&Value>,
    ) {
        let at = place.key("example");
        let own_line = self.line(&at.page);
        let sample = self
            .page
            .curl
            .iter()
            .filter_map(|curl| curl.body.as_ref())
            .chain(self.page.samples.iter().map(|shown| &shown.sample))
            .find(|sample| sample.structured && sample.line == own_line)
            .map(|sample| sample.tree.to_value());
        let Some(sample) = sample else { return };
        let own = page.map(|schema| check::violations(schema, &sample)).unwrap_or_default();
        for violation in &own {
            let line = self.sample_line(&at.page, &violation.pointer);
            let place = Place {
                spec: format!("{}{}", at.spec, violation.pointer),
                page: format!("{}{}", at.page, violation.pointer),
            };
            self.lines.insert(place.page.clone(), line);
            let message = format!(
                "the page contradicts itself: {} {}, by the fields that the page lists",
                part_of(&format!("the sample of {}", subject.name), &violation.pointer),
                violation.message
            );
            let values =
                (Value::Null, sample.pointer(&violation.pointer).cloned().unwrap_or_default());
            self.differ("page-contradiction", &place, values, message, []);
        }
        let Some(schema) = spec else { return };
        for violation in check::violations(schema, &sample) {
            let in_schema = schema_pointer(&violation.pointer, &sample);
            let lacking = violation.message.strip_prefix("lacks `").and_then(|rest| {
                rest.split_once('`').map(|(name, _)| format!("/properties/{}", escape_token(name)))
            });
            let source = self.source(&format!(
                "{}/schema{in_schema}{}",
                place.spec,
                lacking.unwrap_or_default()
            ));
            let line = self.sample_line(&at.page, &violation.pointer);
            // Where the field itself differs, that is said already.
            let is_known = self.differences.iter().any(|one| {
                one.pointer.starts_with(&source)
                    || (one.line == line && one.id == "page-contradiction")
            });
            if is_known {
                continue;
            }
            let place = Place {
                spec: format!("{}/schema{in_schema}", place.spec),
                page: format!("{}{}", at.page, violation.pointer),
            };
            self.lines.insert(place.page.clone(), line);
            let message = format!(
                "{} {}, by the document's schema",
                part_of(&format!("the page's sample of {}", subject.name), &violation.pointer),
                violation.message
            );
            let values =
                (Value::Null, sample.pointer(&violation.pointer).cloned().unwrap_or_default());
            let id = format!("{}-sample-invalid", subject.part.name());
            self.differ(id, &place, values, message, []);
        }
    }

    fn contradictions(&mut self, contradictions: &[model::Contradiction]) {
        for one in contradictions {
            let pointer = self.source(&one.pointer);
            self.differences.push(Difference {
                id: "page-contradiction".to_owned(),
                position: self.document.position(&pointer),
                pointer,
                line: one.line,
                old: Value::Null,
                new: Value::Null,
                message: format!("the page contradicts itself: {}", one.message),
                edits: Vec::new(),
            });
        }
    }

    fn finish(mut self, operation: &Operation) -> Comparison {
        let unused: Vec<_> = self
            .spec
            .inferred
            .iter()
            .filter(|(pointer, _)| pointer.contains("/schema") && !self.used.contains(*pointer))
            .map(|(pointer, inferred)| (self.line(pointer), inferred.source.clone()))
            .collect();
        for (line, source) in unused {
            // The same component may be needed in another place.
            if !self.inferences.iter().any(|inference| inference.pointer == source) {
                let position = self.document.position(&source);
                self.note(
                    line,
                    format!(
                        "`x-inferred` at {}:{position} covers nothing that the page does not say",
                        self.document.file()
                    ),
                );
            }
        }
        self.differences
            .sort_by(|a, b| (a.line, &a.id, &a.message).cmp(&(b.line, &b.id, &b.message)));
        self.differences.dedup();
        self.inferences.sort_by_key(|inference| inference.position);
        self.notes.sort_by(|a, b| (a.line, &a.value).cmp(&(b.line, &b.value)));
        self.notes.dedup();
        Comparison {
            operation: Some(operation.label()),
            differences: self.differences,
            inferences: self.inferences,
            notes: self.notes,
        }
    }
}

/// A place in a sample, as the subject of a sentence.
fn part_of(sample: &str, pointer: &str) -> String {
    if pointer.is_empty() { sample.to_owned() } else { format!("`{pointer}` in {sample}") }
}

/// The keys of an object of facts, without the marks of this module.
fn keys(facts: &Value) -> impl Iterator<Item = &str> {
    facts
        .as_object()
        .into_iter()
        .flatten()
        .map(|(key, _)| key.as_str())
        .filter(|key| *key != UNKNOWN)
}

/// A parameter in words.
fn parameter(facts: &Value) -> String {
    let text = |key: &str| facts.get(key).and_then(Value::as_str).unwrap_or_default();
    format!("the {} parameter `{}`", text("in"), text("name"))
}

/// A value in a sentence.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A value without the marks that only the comparison knows.
fn without_marks(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(without_marks).collect(),
        Value::Object(fields) => Value::Object(
            fields
                .iter()
                .filter(|(key, _)| !key.starts_with("x-page-"))
                .map(|(key, value)| (key.clone(), without_marks(value)))
                .collect(),
        ),
        scalar => scalar.clone(),
    }
}

/// Whether two values are one: numbers are compared by what they are worth.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        (a, b) => a == b,
    }
}

type Leaf = (String, Option<Value>, Option<Value>);

/// The smallest parts in which two samples differ.
fn different_leaves(old: &Value, new: &Value, pointer: String, leaves: &mut Vec<Leaf>) {
    match (old, new) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, a) in a {
                let pointer = format!("{pointer}/{}", escape_token(key));
                match b.get(key) {
                    Some(b) => different_leaves(a, b, pointer, leaves),
                    None => leaves.push((pointer, Some(a.clone()), None)),
                }
            }
            for (key, b) in b.iter().filter(|(key, _)| !a.contains_key(*key)) {
                leaves.push((format!("{pointer}/{}", escape_token(key)), None, Some(b.clone())));
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                different_leaves(a, b, format!("{pointer}/{index}"), leaves);
            }
        }
        (a, b) if same(a, b) => {}
        (a, b) => leaves.push((pointer, Some(a.clone()), Some(b.clone()))),
    }
}

/// The pointer into a schema of a place in a sample.
fn schema_pointer(pointer: &str, sample: &Value) -> String {
    let mut schema = String::new();
    let mut value = Some(sample);
    for token in pointer.split('/').skip(1) {
        let key = cx_client_build::unescape_token(token);
        match value {
            Some(Value::Array(items)) => {
                schema.push_str("/items");
                value = key.parse::<usize>().ok().and_then(|index| items.get(index));
            }
            other => {
                schema.push_str("/properties/");
                schema.push_str(token);
                value = other.and_then(|value| value.get(&key));
            }
        }
    }
    schema
}
