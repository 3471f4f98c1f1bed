//! Compares a document with the table of objects.

use std::collections::HashSet;
use std::mem;

use super::object_model::{Kind, OPENAPI, Object, PATH_ITEM, Patterned, RESPONSE, SCHEMA};
use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::node::{Entry, Node, Value, escape_token};

pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let mut checker = Checker::of(document);
    checker.object(document.root(), &OPENAPI, "");
    checker.targets();
    checker.diagnostics
}

struct Checker<'a> {
    document: &'a Document,
    diagnostics: Vec<Diagnostic>,
    /// The values that have been checked as an object of a kind.
    checked: HashSet<(*const Node, &'static str)>,
    /// The references, each with the kind of what it has to name.
    references: Vec<(String, &'static Object)>,
}

impl<'a> Checker<'a> {
    fn of(document: &'a Document) -> Self {
        Self { document, diagnostics: Vec::new(), checked: HashSet::new(), references: Vec::new() }
    }

    /// Checks what references name as what they have to name, where it does not stand as that.
    fn targets(&mut self) {
        for (pointer, object) in mem::take(&mut self.references) {
            let Some(target) = self.document.at(&pointer).and_then(Node::as_str) else { continue };
            let Some(node) = target.strip_prefix('#').and_then(|at| self.document.at(at)) else {
                continue;
            };
            let node = self.document.resolve(node);
            let is_circle = node.get("$ref").is_some();
            if is_circle || !self.checked.insert((node, object.name)) {
                continue;
            }
            let mut checker = Checker::of(self.document);
            checker.object(node, object, target.trim_start_matches('#'));
            if let Some(problem) = checker.diagnostics.first() {
                let message =
                    format!("`{target}` is no {} Object: {}", object.name, problem.message);
                self.report(&pointer, message, "name another, or write it here".to_owned());
            }
        }
    }

    fn report(&mut self, pointer: &str, message: String, help: String) {
        let position = self.document.position(pointer);
        self.diagnostics.push(
            Diagnostic::error("structure", self.document.file(), position, message)
                .pointer(pointer)
                .help(help),
        );
    }

    fn object(&mut self, node: &Node, object: &'static Object, pointer: &str) {
        if !matches!(node.value, Value::Mapping(_)) {
            self.report(
                pointer,
                format!("expected the {} Object, found {}", object.name, node.kind()),
                "check the indentation of the lines below this key".to_owned(),
            );
            return;
        }
        self.checked.insert((node, object.name));
        for entry in node.entries() {
            let pointer = format!("{pointer}/{}", escape_token(&entry.key));
            let fixed = object.fields.iter().find(|(name, _)| *name == entry.key);
            if let Some((_, kind)) = fixed {
                self.value(&entry.node, *kind, &pointer);
            } else if !(object.extensible && entry.key.starts_with("x-")) {
                self.patterned(entry, object, &pointer);
            }
        }
        for name in object.required {
            if node.get(name).is_none() {
                self.report(
                    pointer,
                    format!("this {} Object lacks the required field `{name}`", object.name),
                    format!("add `{name}`, indented like the other fields of the object"),
                );
            }
        }
    }

    fn patterned(&mut self, entry: &Entry, object: &'static Object, pointer: &str) {
        let key = &entry.key;
        match object.patterned {
            Patterned::None => {
                let known = object.fields.iter().map(|(name, _)| *name);
                let help = match closest(key, known.clone()) {
                    Some(name) => format!("did you mean `{name}`?"),
                    None => format!(
                        "remove it, or check its indentation; the fields of the {} Object are {}",
                        object.name,
                        known.collect::<Vec<_>>().join(", "),
                    ),
                };
                let message = format!("`{key}` is not a field of the {} Object", object.name);
                self.report(pointer, message, help);
            }
            Patterned::Paths if key.starts_with('/') => {
                self.object(&entry.node, &PATH_ITEM, pointer);
            }
            Patterned::Paths => self.report(
                pointer,
                format!("the path `{key}` does not begin with a slash"),
                format!("write `/{key}`"),
            ),
            Patterned::Statuses if is_status(key) => {
                self.value(&entry.node, Kind::OrReference(&RESPONSE), pointer);
            }
            Patterned::Statuses => self.report(
                pointer,
                format!("`{key}` is not a status code"),
                "write a code such as '200', a range such as '4XX', or default".to_owned(),
            ),
            Patterned::Any(kind) => self.value(&entry.node, *kind, pointer),
        }
    }

    fn value(&mut self, node: &Node, kind: Kind, pointer: &str) {
        let fits = match kind {
            Kind::Any => true,
            Kind::Boolean => matches!(node.value, Value::Bool(_)),
            Kind::Number => matches!(node.value, Value::Number(_)),
            // `10.0` is an integer, too.
            Kind::Count => matches!(&node.value, Value::Number(number) if is_count(number)),
            Kind::Text => node.as_str().is_some(),
            Kind::OneOf(allowed) => return self.one_of(node, allowed, pointer),
            Kind::Object(object) => return self.object(node, object, pointer),
            Kind::OrReference(object) => return self.or_reference(node, object, pointer),
            Kind::BooleanOrSchema => match node.value {
                Value::Bool(_) => true,
                _ => return self.or_reference(node, &SCHEMA, pointer),
            },
            Kind::List(item) => {
                for (index, node) in node.items().iter().enumerate() {
                    self.value(node, *item, &format!("{pointer}/{index}"));
                }
                matches!(node.value, Value::Sequence(_))
            }
            Kind::Map(inner) | Kind::Components(inner) => {
                for entry in node.entries() {
                    let pointer = format!("{pointer}/{}", escape_token(&entry.key));
                    if matches!(kind, Kind::Components(_)) && !is_component_name(&entry.key) {
                        self.report(
                            &pointer,
                            format!("`{}` cannot name a component", entry.key),
                            "use letters, digits, dots, hyphens and underscores".to_owned(),
                        );
                    }
                    self.value(&entry.node, *inner, &pointer);
                }
                matches!(node.value, Value::Mapping(_))
            }
        };
        if !fits {
            let expected = match kind {
                Kind::Boolean => "true or false",
                Kind::Number => "a number",
                Kind::Count => "an integer of zero or more",
                Kind::Text => "a string",
                Kind::List(_) => "an array",
                _ => "an object",
            };
            let help = match (&node.value, kind) {
                (Value::Number(_) | Value::Bool(_), Kind::Text) => "put it in quotes",
                (Value::Null, _) => "give it a value, or check the indentation of what follows",
                _ => "check the value and the indentation of what follows",
            };
            self.report(
                pointer,
                format!("expected {expected}, found {}", node.kind()),
                help.to_owned(),
            );
        }
    }

    fn one_of(&mut self, node: &Node, allowed: &[&'static str], pointer: &str) {
        if node.as_str().is_some_and(|text| allowed.contains(&text)) {
            return;
        }
        let found =
            node.as_str().map_or_else(|| node.kind().to_owned(), |text| format!("`{text}`"));
        let help = match node.as_str().and_then(|text| closest(text, allowed.iter().copied())) {
            Some(name) => format!("did you mean `{name}`?"),
            None => "replace it by one of these".to_owned(),
        };
        self.report(
            pointer,
            format!("expected one of {}, found {found}", allowed.join(", ")),
            help,
        );
    }

    fn or_reference(&mut self, node: &Node, object: &'static Object, pointer: &str) {
        match node.get("$ref") {
            None => self.object(node, object, pointer),
            Some(target) if target.as_str().is_some() => {
                self.references.push((format!("{pointer}/$ref"), object));
            }
            Some(target) => self.report(
                &format!("{pointer}/$ref"),
                format!("expected a string, found {}", target.kind()),
                "put the reference in quotes: '#/components/…'".to_owned(),
            ),
        }
    }
}

fn is_count(number: &serde_json::Number) -> bool {
    number.as_f64().is_some_and(|number| number >= 0.0 && number.fract() == 0.0)
}

fn is_status(key: &str) -> bool {
    let bytes = key.as_bytes();
    key == "default"
        || (bytes.len() == 3
            && matches!(bytes[0], b'1'..=b'5')
            && (bytes[1..].iter().all(u8::is_ascii_digit) || &key[1..] == "XX"))
}

fn is_component_name(key: &str) -> bool {
    !key.is_empty()
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte))
}

/// The known word that is probably meant by `word`.
fn closest(word: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    known
        .map(|candidate| {
            (strsim::jaro_winkler(&word.to_lowercase(), &candidate.to_lowercase()), candidate)
        })
        .filter(|(similarity, _)| *similarity > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}
