//! Schemas: types, limits, enum values, properties.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::{Comparer, Edit, Part, Place, keys, plain, same, without_marks};
use crate::docs::check;
use crate::docs::facts::{FROM_SAMPLE, UNKNOWN};

/// What a schema is the schema of.
#[derive(Debug, Clone)]
pub(super) struct Subject {
    pub(super) part: Part,
    /// In words, such as `the property size.width of the response 200`.
    pub(super) name: String,
    /// The names of the properties that lead here.
    path: Vec<String>,
    root: String,
}

impl Subject {
    pub(super) fn new(part: Part, name: String) -> Self {
        Self { part, root: name.clone(), name, path: Vec::new() }
    }

    fn property(&self, name: &str) -> Self {
        let mut path = self.path.clone();
        path.push(name.to_owned());
        Self {
            part: self.part,
            name: format!("the property `{}` of {}", path.join("."), self.root),
            path,
            root: self.root.clone(),
        }
    }

    fn items(&self) -> Self {
        let mut path = self.path.clone();
        match path.last_mut() {
            Some(last) => last.push_str("[]"),
            None => path.push("[]".to_owned()),
        }
        let name = format!("each item of {}", self.name);
        Self { part: self.part, name, path, root: self.root.clone() }
    }

    /// The rule's name for a change of `what`.
    fn id(&self, what: &str) -> String {
        let kind = match (self.part, self.path.is_empty()) {
            (Part::Parameter, _) => "request-parameter",
            (Part::Request, true) => "request-body",
            (Part::Request, false) => "request-property",
            (Part::Response, true) => "response-body",
            (Part::Response, false) => "response-property",
        };
        format!("{kind}-{what}")
    }
}

/// Keys whose values are compared part by part.
const STRUCTURE: [&str; 8] = [
    "properties",
    "required",
    "items",
    "additionalProperties",
    "anyOf",
    "enum",
    FROM_SAMPLE,
    UNKNOWN,
];

/// What a page always states of a field, so that the document cannot infer it.
const STATED: [&str; 7] =
    ["type", "nullable", "deprecated", "readOnly", "writeOnly", "default", "example"];

/// Words of a page, which are not compared.
const WORDS: [&str; 2] = ["description", "title"];

impl Comparer<'_> {
    pub(super) fn schema(&mut self, subject: &Subject, place: &Place, spec: &Value, page: &Value) {
        if spec.get(UNKNOWN).is_some() {
            let line = self.line(&place.page);
            self.note(
                line,
                format!("{} refers to itself, and is compared no deeper", subject.name),
            );
            return;
        }
        let is_unknown = page.get(UNKNOWN).is_some();
        if is_unknown && page.get("type").is_none() {
            self.infer(&place.spec, "what it holds");
            return;
        }
        let from_sample = page.get(FROM_SAMPLE).is_some();
        self.keywords(subject, place, spec, page, from_sample);
        if (is_unknown || from_sample) && !self.used.contains(&place.spec) {
            self.infer(&place.spec, "names and types");
        }
        if is_unknown {
            return;
        }
        self.enumeration(subject, place, spec, page);
        self.alternatives(subject, place, spec, page);
        self.items(subject, place, spec, page);
        // An object of which the document says no property is free in its keys: a sample of it
        // names none.
        if from_sample && spec.get("properties").is_none() {
            return;
        }
        self.properties(subject, place, spec, page);
        self.additional(subject, place, spec, page);
        if !from_sample {
            self.required(subject, place, spec, page);
        }
    }

    /// The keys with values that are compared as a whole.
    fn keywords(
        &mut self,
        subject: &Subject,
        place: &Place,
        spec: &Value,
        page: &Value,
        from_sample: bool,
    ) {
        let own = |facts: &Value| -> Vec<String> {
            keys(facts)
                .filter(|key| !STRUCTURE.contains(key) && !WORDS.contains(key))
                .map(str::to_owned)
                .collect()
        };
        let mut names = own(spec);
        for name in own(page) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        for key in names {
            let (old, new) = (spec.get(&key), page.get(&key));
            let is_same = match (old, new) {
                (Some(old), Some(new)) => same(old, new),
                _ => false,
            };
            // A sample of `2` may be a number, and a sample has no type where the document has a
            // choice of them.
            let fits = from_sample
                && match key.as_str() {
                    "type" => {
                        old.is_none()
                            || old == Some(&"number".into()) && new == Some(&"integer".into())
                    }
                    "example" => old.is_none(),
                    _ => false,
                };
            if is_same || fits {
                continue;
            }
            let may_infer = new.is_none() && (from_sample || !STATED.contains(&key.as_str()));
            let shown = |value: Option<&Value>| value.map_or_else(|| "none".to_owned(), plain);
            if may_infer && self.infer(&place.spec, format!("{key}: {}", shown(old))) {
                continue;
            }
            let at = place.key(&key);
            let message = match (old, new) {
                (Some(old), None) => format!(
                    "the document says `{key}: {}` of {}, and the page does not",
                    plain(old),
                    subject.name
                ),
                (None, Some(new)) => format!(
                    "the page says `{key}: {}` of {}, and the document does not",
                    plain(new),
                    subject.name
                ),
                _ => format!(
                    "the {key} of {} is {} in the document, and {} on the page",
                    subject.name,
                    shown(old),
                    shown(new)
                ),
            };
            let source = self.target(&at.spec);
            let edit = match new {
                Some(new) => Edit::Set(source, new.clone()),
                None => Edit::Remove(source),
            };
            let values = (old.cloned().unwrap_or_default(), new.cloned().unwrap_or_default());
            self.differ(
                subject.id(&format!("{}-changed", kebab(&key))),
                &at,
                values,
                message,
                [edit],
            );
        }
    }

    fn enumeration(&mut self, subject: &Subject, place: &Place, spec: &Value, page: &Value) {
        let at = place.key("enum");
        let list = |facts: &Value| facts.get("enum").and_then(Value::as_array).cloned();
        if page.get("enum").is_some_and(Value::is_object) {
            return;
        }
        let (ours, theirs) = (list(spec), list(page));
        let (ours, theirs) = match (ours, theirs) {
            (None, None) => return,
            (Some(ours), None) => {
                let values = Value::Array(ours);
                if self.infer(&place.spec, format!("enum: {values}")) {
                    return;
                }
                let message = format!(
                    "the document lists the values of {}, and the page does not",
                    subject.name
                );
                let edit = Edit::Remove(self.target(&at.spec));
                let id = subject.id("became-not-enum");
                return self.differ(id, &at, (values, Value::Null), message, [edit]);
            }
            (None, Some(theirs)) => {
                let values = Value::Array(theirs);
                let message = format!(
                    "the page lists the values of {}, and the document does not",
                    subject.name
                );
                let edit = Edit::Set(self.target(&at.spec), values.clone());
                let id = subject.id("became-enum");
                return self.differ(id, &at, (Value::Null, values), message, [edit]);
            }
            (Some(ours), Some(theirs)) => (ours, theirs),
        };
        let source = self.target(&at.spec);
        for (index, value) in ours.iter().enumerate() {
            if !theirs.iter().any(|other| same(other, value)) {
                let message = format!(
                    "the document has the value `{}` of {}, and the page does not list it",
                    plain(value),
                    subject.name
                );
                let edit = Edit::Remove(format!("{source}/{index}"));
                let id = subject.id("enum-value-removed");
                let one = at.key(&index.to_string());
                self.differ(id, &one, (value.clone(), Value::Null), message, [edit]);
            }
        }
        for value in theirs {
            if !ours.iter().any(|other| same(other, &value)) {
                let message = format!(
                    "the page lists the value `{}` of {}, and the document does not have it",
                    plain(&value),
                    subject.name
                );
                let edit = Edit::Set(format!("{source}/-"), value.clone());
                let id = subject.id("enum-value-added");
                self.differ(id, &at, (Value::Null, value), message, [edit]);
            }
        }
    }

    fn alternatives(&mut self, subject: &Subject, place: &Place, spec: &Value, page: &Value) {
        let at = place.key("anyOf");
        let empty = Vec::new();
        let list = |facts: &'_ Value| facts.get("anyOf").and_then(Value::as_array).cloned();
        let (ours, theirs) = (list(spec), list(page));
        let is_sample = page.get(FROM_SAMPLE).is_some();
        if ours == theirs || ours.is_some() && theirs.is_none() && is_sample {
            return;
        }
        let (old, new) = (ours.as_ref().unwrap_or(&empty), theirs.as_ref().unwrap_or(&empty));
        if old.len() == new.len() {
            // The order of a choice means nothing: pair those of the same type.
            let mut left: Vec<usize> = (0..old.len()).collect();
            for (index, one) in new.iter().enumerate() {
                let same_type = |at: &usize| old[*at].get("type") == one.get("type");
                let found = left.iter().position(same_type).unwrap_or(0);
                let ours = left.remove(found);
                let at = at.keys(&ours.to_string(), &index.to_string());
                self.schema(subject, &at, &old[ours], one);
            }
            return;
        }
        let message = format!(
            "{} is one of {} types in the document, and of {} on the page",
            subject.name,
            old.len().max(1),
            new.len().max(1)
        );
        let values = (
            ours.map_or(Value::Null, |ours| without_marks(&Value::Array(ours))),
            theirs.map_or(Value::Null, |theirs| without_marks(&Value::Array(theirs))),
        );
        let edit = match &values.1 {
            Value::Null => Edit::Remove(self.target(&at.spec)),
            theirs => Edit::Set(self.target(&at.spec), theirs.clone()),
        };
        self.differ(subject.id("any-of-changed"), &at, values, message, [edit]);
    }

    fn items(&mut self, subject: &Subject, place: &Place, spec: &Value, page: &Value) {
        let at = place.key("items");
        match (spec.get("items"), page.get("items")) {
            (Some(ours), Some(theirs)) => self.schema(&subject.items(), &at, ours, theirs),
            (None, Some(theirs))
                if theirs.get(UNKNOWN).is_none() && spec.get("type") == page.get("type") =>
            {
                let message = format!(
                    "the page says what the items of {} are, and the document does not",
                    subject.name
                );
                let new = without_marks(theirs);
                let edit = Edit::Set(self.target(&at.spec), new.clone());
                self.differ(subject.id("items-changed"), &at, (Value::Null, new), message, [edit]);
            }
            // That the one is an array and the other is not is said of the type.
            _ => {}
        }
    }

    fn properties(&mut self, subject: &Subject, place: &Place, spec: &Value, page: &Value) {
        let at = place.key("properties");
        let empty = Map::new();
        let of = |facts: &'_ Value| facts.get("properties").and_then(Value::as_object).cloned();
        let (ours, theirs) = (of(spec), of(page));
        let (ours, theirs) = (ours.as_ref().unwrap_or(&empty), theirs.as_ref().unwrap_or(&empty));
        let (our_required, their_required) = (required_names(spec), required_names(page));
        for (name, own) in ours {
            let at = at.key(name);
            let property = subject.property(name);
            let Some(other) = theirs.get(name) else {
                if self.infer(&at.spec, "the property") {
                    continue;
                }
                let message =
                    format!("the document has {}, and the page does not list it", property.name);
                let mut edits = vec![Edit::Remove(self.source(&at.spec))];
                if our_required.contains(name.as_str()) {
                    edits.push(self.no_longer_required(place, name));
                }
                let values = (without_marks(own), Value::Null);
                self.differ(property.id("removed"), &at, values, message, edits);
                continue;
            };
            let known = self.differences.len();
            self.schema(&property, &at, own, other);
            self.own_values(&property, &at, own, other, known);
        }
        for (name, other) in theirs.iter().filter(|(name, _)| !ours.contains_key(*name)) {
            let at = at.key(name);
            let property = subject.property(name);
            let message =
                format!("the page lists {}, and the document does not have it", property.name);
            let new = without_marks(other);
            let mut edits = vec![Edit::Set(self.target(&at.spec), new.clone())];
            if their_required.contains(name.as_str()) && !our_required.contains(name.as_str()) {
                edits.push(Edit::Require(self.target(&place.spec), name.clone(), true));
            }
            self.differ(property.id("added"), &at, (Value::Null, new), message, edits);
        }
    }

    fn additional(&mut self, subject: &Subject, place: &Place, spec: &Value, page: &Value) {
        let at = place.key("additionalProperties");
        match (spec.get("additionalProperties"), page.get("additionalProperties")) {
            (Some(ours @ Value::Object(_)), Some(theirs @ Value::Object(_))) => {
                self.schema(&subject.property("{key}"), &at, ours, theirs);
            }
            (Some(ours), None) => {
                if self.infer(&place.spec, format!("additionalProperties: {ours}")) {
                    return;
                }
                let message = format!(
                    "the document says what other properties {} has, and the page does not",
                    subject.name
                );
                let edit = Edit::Remove(self.target(&at.spec));
                let values = (without_marks(ours), Value::Null);
                self.differ(
                    subject.id("additional-properties-changed"),
                    &at,
                    values,
                    message,
                    [edit],
                );
            }
            (ours, Some(theirs)) if ours != Some(theirs) => {
                let message = format!(
                    "the page says what other properties {} has, and the document does not",
                    subject.name
                );
                let values = (ours.cloned().unwrap_or_default(), without_marks(theirs));
                let edit = Edit::Set(self.target(&at.spec), values.1.clone());
                self.differ(
                    subject.id("additional-properties-changed"),
                    &at,
                    values,
                    message,
                    [edit],
                );
            }
            _ => {}
        }
    }

    fn required(&mut self, subject: &Subject, place: &Place, spec: &Value, page: &Value) {
        let (ours, theirs) = (required_names(spec), required_names(page));
        let has = |facts: &Value, name: &str| {
            facts.get("properties").is_some_and(|properties| properties.get(name).is_some())
        };
        let mut candidates: Vec<&str> = ours.symmetric_difference(&theirs).copied().collect();
        candidates.sort_unstable();
        for name in candidates {
            // Of a property that one side lacks, the lack is what counts.
            let only_named = !has(spec, name) && !has(page, name);
            let on_both = has(spec, name) && has(page, name);
            if !(only_named || on_both) {
                continue;
            }
            // What a sample shows is not said to be required, nor not to be.
            let shown_only = page["properties"]
                .get(name)
                .is_some_and(|property| property.get(FROM_SAMPLE).is_some());
            if shown_only {
                continue;
            }
            let property = subject.property(name);
            let at = place.key("properties").key(name).required();
            let is_required = theirs.contains(name);
            let (message, id) = if is_required {
                (
                    format!("{} is required by the page, and not by the document", property.name),
                    "became-required",
                )
            } else {
                (
                    format!("{} is required by the document, and not by the page", property.name),
                    "became-optional",
                )
            };
            let edit = if is_required {
                Edit::Require(self.target(&place.spec), name.to_owned(), true)
            } else {
                self.no_longer_required(place, name)
            };
            let values = ((!is_required).into(), is_required.into());
            self.differ(property.id(id), &at, values, message, [edit]);
        }
    }

    /// Takes a name out of the list that has it, which can be that of a part of an `allOf`.
    fn no_longer_required(&self, place: &Place, name: &str) -> Edit {
        let item = place.key("properties").key(name).required();
        match self.spec.sources.get(&item.spec) {
            Some(item) => Edit::Remove(item.clone()),
            None => Edit::Require(self.target(&place.spec), name.to_owned(), false),
        }
    }

    /// The page's example and default must be values of the document's schema, with what that
    /// infers. Where the field differs anyway, the difference is enough.
    pub(super) fn own_values(
        &mut self,
        subject: &Subject,
        place: &Place,
        spec: &Value,
        page: &Value,
        known: usize,
    ) {
        if self.differences.len() != known || page.get(FROM_SAMPLE).is_some() {
            return;
        }
        for key in ["example", "default"] {
            let Some(value) = page.get(key) else { continue };
            let own = check::violations(page, value);
            for violation in check::violations(spec, value) {
                if own.contains(&violation) {
                    continue;
                }
                let message = format!(
                    "the page's {key} of {} {}, by the document's schema",
                    subject.name, violation.message
                );
                let at = Place { spec: place.spec.clone(), page: place.key(key).page };
                let values = (Value::Null, value.clone());
                self.differ(subject.id("example-invalid"), &at, values, message, []);
            }
        }
    }
}

/// The names of the properties that a schema requires.
fn required_names(schema: &Value) -> HashSet<&str> {
    let names = schema.get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str).collect()
}

/// `minLength` as `min-length`.
fn kebab(key: &str) -> String {
    let mut word = String::new();
    for c in key.chars() {
        if c.is_ascii_uppercase() {
            word.push('-');
        }
        word.push(c.to_ascii_lowercase());
    }
    word
}
