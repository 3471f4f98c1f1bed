//! Values against schemas.

use cx_client_build::escape_token;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::{JsonType, Validator};
use serde_json::{Value, json};

use super::page::UNSTATED;
use crate::lint::json_schema::{BASE, convert};
use crate::lint::sites::Direction;

/// A place in a sample that its schema does not allow.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Violation {
    /// The JSON pointer into the sample.
    pub(super) pointer: String,
    /// What is wrong there, as the rest of a sentence that begins with the place.
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
    let validator: Validator =
        match jsonschema::draft202012::options().should_validate_formats(true).build(&converted) {
            Ok(validator) => validator,
            Err(error) => {
                return vec![Violation {
                    pointer: String::new(),
                    message: format!("cannot be checked, because its schema is unusable: {error}"),
                    unlisted: None,
                }];
            }
        };
    let mut found = Vec::new();
    for error in validator.iter_errors(instance) {
        let at = error.instance_path().as_str().to_owned();
        let shown = error.instance();
        let message = match error.kind() {
            ValidationErrorKind::AdditionalProperties { unexpected } => {
                found.extend(unexpected.iter().map(|name| Violation {
                    pointer: format!("{at}/{}", escape_token(name)),
                    message: "is not among the properties".to_owned(),
                    unlisted: Some(name.clone()),
                }));
                continue;
            }
            ValidationErrorKind::Required { property } => {
                let name = property.as_str().unwrap_or_default();
                format!("lacks `{name}`, which is required")
            }
            ValidationErrorKind::Type { kind: kinds } => {
                format!("is {}, and not {}", kind(shown), expected(kinds))
            }
            _ if is_placeholder(shown) => continue,
            ValidationErrorKind::Enum { options } => {
                format!("is {shown}, which is none of {}", list(options))
            }
            ValidationErrorKind::Format { format } => format!("is {shown}, which is no {format}"),
            _ => format!("is not allowed: {error}"),
        };
        found.push(Violation { pointer: at, message, unlisted: None });
    }
    found.sort();
    found.dedup();
    found
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

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// `an integer or null`.
fn expected(kinds: &TypeKind) -> String {
    let kinds: Vec<JsonType> = match kinds {
        TypeKind::Single(kind) => vec![*kind],
        TypeKind::Multiple(kinds) => kinds.iter().collect(),
    };
    let (nulls, kinds): (Vec<_>, Vec<_>) =
        kinds.into_iter().partition(|kind| *kind == JsonType::Null);
    let named = kinds.into_iter().map(|kind| match kind {
        JsonType::Array | JsonType::Integer | JsonType::Object => format!("an {kind}"),
        _ => format!("a {kind}"),
    });
    named.chain(nulls.iter().map(ToString::to_string)).collect::<Vec<_>>().join(" or ")
}

fn list(options: &Value) -> String {
    let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
    options.iter().map(Value::to_string).collect::<Vec<_>>().join(", ")
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
