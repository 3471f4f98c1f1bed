//! Examples and defaults fit the schemas that they stand at.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use jsonschema::{Registry, ValidationError, Validator};
use serde_json::Value;

use super::context::Context;
use crate::lint::diagnostics::Diagnostics;
use crate::lint::json_schema::{BASE, encode, skeleton};
use crate::lint::sites::Direction;
use crate::reader::At;

/// Checks the `example` and `examples` of media types, parameters and headers, and the `example`
/// and `default` of schemas.
///
/// The formats of JSON Schema are asserted (`uuid`, `date-time`, `email`, `uri`, ...), and so are
/// the ranges of the integer formats.
pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics<'_>) {
    let values = values(context);
    if values.is_empty() {
        return;
    }
    let document = context.document.to_json();
    let has_one_way_properties = context.sites.schemas.iter().any(|site| {
        let node = site.at.node;
        node.get("readOnly").is_some() || node.get("writeOnly").is_some()
    });
    let directions = if has_one_way_properties {
        &[Direction::Request, Direction::Response, Direction::Either][..]
    } else {
        &[Direction::Either]
    };
    for direction in directions {
        let of_this_direction =
            values.iter().filter(|value| !has_one_way_properties || value.direction == *direction);
        let skeleton = skeleton(&document, context.sites, *direction);
        let registry = match Registry::new().add(BASE, &skeleton).and_then(|built| built.prepare())
        {
            Ok(registry) => registry,
            Err(error) => {
                unusable(diagnostics, "", &error.to_string());
                return;
            }
        };
        let mut validators = Validators::over(&registry);
        for value in of_this_direction {
            check_value(value, &mut validators, diagnostics);
        }
    }
}

/// A value that has to fit a schema.
struct Sample<'a> {
    /// What to call it in a sentence.
    kind: &'static str,
    rule: &'static str,
    value: At<'a>,
    /// The JSON pointer of the schema.
    schema: Rc<str>,
    direction: Direction,
}

fn values<'a>(context: &Context<'a>) -> Vec<Sample<'a>> {
    let sites = context.sites;
    let mut values = Vec::new();
    for site in &sites.media_types {
        let is_text = !site.name.contains("json") && !site.name.contains("form");
        add_examples(context, &site.at, site.direction, is_text, &mut values);
    }
    for site in &sites.parameters {
        add_examples(context, &site.at, site.direction, false, &mut values);
    }
    for site in &sites.schemas {
        if site.at.reference().is_some() {
            continue;
        }
        for (rule, kind) in [("example", "the example"), ("default", "the default")] {
            if let Some(value) = site.at.get(rule) {
                let schema = Rc::clone(&site.at.pointer);
                values.push(Sample { kind, rule, value, schema, direction: site.direction });
            }
        }
    }
    values
}

/// Adds `example` and `examples` of a media type, parameter or header.
fn add_examples<'a>(
    context: &Context<'a>,
    holder: &At<'a>,
    direction: Direction,
    is_text: bool,
    values: &mut Vec<Sample<'a>>,
) {
    // Examples of one component share one validator.
    let Some(At { pointer, .. }) = holder.resolved("schema", context.document) else { return };
    let named = holder
        .entries_of("examples")
        .filter_map(|(_, example)| example.resolve(context.document).get("value"));
    for value in holder.get("example").into_iter().chain(named) {
        // Of a media type that is not JSON the example may be its text.
        if is_text && value.node.as_str().is_some() {
            continue;
        }
        let schema = Rc::clone(&pointer);
        values.push(Sample { kind: "the example", rule: "example", value, schema, direction });
    }
}

fn check_value(
    sample: &Sample<'_>,
    validators: &mut Validators<'_>,
    diagnostics: &mut Diagnostics<'_>,
) {
    match validators.get(&sample.schema) {
        Ok(validator) => {
            let json = sample.value.node.to_json();
            let errors: Vec<ValidationError<'_>> = validator.iter_errors(&json).collect();
            let of_another_type: HashSet<String> = errors
                .iter()
                .filter(|error| error.kind().keyword() == "type")
                .map(|error| error.instance_path().to_string())
                .collect();
            let mut seen = HashSet::new();
            for error in &errors {
                let path = error.instance_path().to_string();
                // A value of another type breaks the other keywords as well; that is no news.
                if error.kind().keyword() != "type" && of_another_type.contains(&path) {
                    continue;
                }
                let message = sentence(sample.kind, &path, error);
                if seen.insert(message.clone()) {
                    let pointer = format!("{}{path}", sample.value.pointer);
                    let help = "correct the value, or the schema if the value is what the API \
                                really takes or gives";
                    diagnostics.error(sample.rule, &pointer, message, help);
                }
            }
        }
        Err(Some(problem)) => unusable(diagnostics, &sample.schema, &problem),
        // Reported with the first value of this schema.
        Err(None) => {}
    }
}

/// What is wrong, in the words of the schema. It quotes the part that does not fit, shortened.
fn sentence(kind: &str, path: &str, error: &ValidationError<'_>) -> String {
    let text = shortened(&error.to_string());
    if path.is_empty() {
        format!("{kind} does not fit its schema: {text}")
    } else {
        format!("{kind} does not fit its schema at `{path}`: {text}")
    }
}

fn shortened(text: &str) -> String {
    const LIMIT: usize = 200;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn unusable(diagnostics: &mut Diagnostics<'_>, pointer: &str, problem: &str) {
    diagnostics.error(
        "schema",
        pointer,
        format!("no value can be checked against this schema: {}", shortened(problem)),
        "correct the schema: for example a `pattern` that is no regular expression",
    );
}

/// The validators of the schemas that have been asked for, by JSON pointer.
struct Validators<'a> {
    registry: &'a Registry<'a>,
    built: HashMap<String, Option<Validator>>,
}

impl<'a> Validators<'a> {
    fn over(registry: &'a Registry<'a>) -> Self {
        Self { registry, built: HashMap::new() }
    }

    /// The validator of the schema at `pointer`; why there is none, the first time, or nothing.
    fn get(&mut self, pointer: &str) -> Result<&Validator, Option<String>> {
        if !self.built.contains_key(pointer) {
            let reference: Value =
                serde_json::json!({ "$ref": format!("{BASE}#{}", encode(pointer)) });
            let built = jsonschema::options()
                .with_draft(jsonschema::Draft::Draft202012)
                .with_registry(self.registry)
                .should_validate_formats(true)
                .build(&reference);
            match built {
                Ok(validator) => {
                    self.built.insert(pointer.to_owned(), Some(validator));
                }
                Err(error) => {
                    self.built.insert(pointer.to_owned(), None);
                    return Err(Some(error.to_string()));
                }
            }
        }
        self.built.get(pointer).and_then(Option::as_ref).ok_or(None)
    }
}
