//! Values against schemas.

use cx_client_build::escape_token;
use jsonschema::error::ValidationErrorKind;
use jsonschema::{ValidationError, Validator};
use serde_json::{Value, json};

use super::page::UNSTATED;
use crate::lint::json_schema::{BASE, convert};
use crate::lint::sites::Direction;

/// A place in a sample that its schema does not allow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Violation {
    /// The JSON pointer into the sample.
    pub(super) pointer: String,
    /// What is wrong there.
    pub(super) message: String,
    /// The property that is not among those of the schema, where that is what is wrong.
    pub(super) unlisted: Option<String>,
}

/// What `instance` has that an OpenAPI 3.0 schema, whose references lead to its `$defs`, does not
/// allow.
///
/// An object may only have the properties that are named, unless the schema says that there are
/// others: a sample shows what is documented.
pub(super) fn violations(schema: &Value, instance: &Value) -> Vec<Violation> {
    let mut closed = schema.clone();
    let mut components = closed.as_object_mut().and_then(|fields| fields.remove("$defs"));
    close(&mut closed);
    let mut converted = convert(&closed, Direction::Either);
    for component in components.iter_mut().filter_map(Value::as_object_mut).flatten() {
        close(component.1);
        *component.1 = convert(component.1, Direction::Either);
    }
    if let Some(fields) = converted.as_object_mut() {
        fields.insert("$id".to_owned(), BASE.into());
        fields.extend(components.map(|components| ("$defs".to_owned(), components)));
    }
    let validator = validator(&converted).or_else(|_| {
        // A pattern that is none is a finding of its own; the rest of the schema still counts.
        remove_patterns(&mut converted);
        validator(&converted)
    });
    let validator = match validator {
        Ok(validator) => validator,
        Err(error) => {
            return vec![Violation {
                pointer: String::new(),
                message: format!("the schema is unusable: {error}"),
                unlisted: None,
            }];
        }
    };
    let mut found = Vec::new();
    for error in validator.iter_errors(instance) {
        let at = error.instance_path().as_str().to_owned();
        let shown = error.instance();
        if let ValidationErrorKind::AdditionalProperties { unexpected } = error.kind() {
            found.extend(unexpected.iter().map(|name| Violation {
                pointer: format!("{at}/{}", escape_token(name)),
                message: "it is not among the properties".to_owned(),
                unlisted: Some(name.clone()),
            }));
            continue;
        }
        if is_placeholder(shown) && !matches!(error.kind(), ValidationErrorKind::Type { .. }) {
            continue;
        }
        // What has parts is not repeated.
        let message = match shown.as_ref() {
            Value::Array(_) | Value::Object(_) => error.masked().to_string(),
            _ => error.to_string(),
        };
        found.push(Violation { pointer: at, message, unlisted: None });
    }
    found.sort();
    found.dedup();
    found
}

fn validator(schema: &Value) -> Result<Validator, ValidationError<'static>> {
    jsonschema::draft202012::options().should_validate_formats(true).build(schema)
}

fn remove_patterns(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(remove_patterns),
        Value::Object(fields) => {
            fields.retain(|key, value| key != "pattern" || !value.is_string());
            fields.values_mut().for_each(remove_patterns);
        }
        _ => {}
    }
}

/// Whether a value stands for one that the page does not give: `<string>`.
pub(super) fn is_placeholder(value: &Value) -> bool {
    value.as_str().is_some_and(|text| {
        text.strip_prefix('<')
            .and_then(|rest| rest.strip_suffix('>'))
            .is_some_and(|inner| !inner.is_empty() && !inner.contains(['<', '>']))
    })
}

/// Whether a sample holds a placeholder anywhere.
pub(super) fn has_placeholder(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.iter().any(has_placeholder),
        Value::Object(fields) => fields.values().any(has_placeholder),
        scalar => is_placeholder(scalar),
    }
}

/// Closes the objects of a schema that says what properties there are, and opens what the page
/// leaves unstated.
fn close(schema: &mut Value) {
    let Value::Object(fields) = schema else { return };
    let unstated = fields.remove(UNSTATED);
    if unstated == Some(json!(["*"])) && !fields.contains_key("type") {
        return fields.clear();
    }
    for (key, value) in fields.iter_mut() {
        match (key.as_str(), value) {
            ("items" | "not" | "additionalProperties", inner) => close(inner),
            ("anyOf" | "oneOf", Value::Array(inner)) => inner.iter_mut().for_each(close),
            ("properties", Value::Object(inner)) => inner.values_mut().for_each(close),
            _ => {}
        }
    }
    if unstated.is_none() && fields.contains_key("properties") {
        fields.entry("additionalProperties").or_insert(false.into());
    }
}
