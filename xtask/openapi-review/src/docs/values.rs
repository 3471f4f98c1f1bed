//! Values against schemas.

use cx_client_build::escape_token;
use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use serde_json::{Map, Value, json};

use super::page::{SAMPLED, UNSTATED};

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

impl Violation {
    /// The place as the end of the name of a fact: empty for the whole value.
    pub(super) fn at(&self) -> String {
        if self.pointer.is_empty() { String::new() } else { format!(" {}", self.pointer) }
    }
}

/// What `instance` has that an OpenAPI 3.0 schema, whose references are resolved, does not allow.
///
/// An object may only have the properties that are named, unless the schema says that there are
/// others: a sample shows what is documented.
pub(super) fn violations(schema: &Value, instance: &Value) -> Vec<Violation> {
    let converted = json_schema(schema);
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
            ValidationErrorKind::Type { .. } => {
                format!("is {}, and not {}", kind(shown), expected(schema, &at))
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

/// The type that the schema asks for at a place of the sample.
fn expected(schema: &Value, pointer: &str) -> String {
    let mut schema = schema;
    for token in pointer.split('/').skip(1) {
        let key = cx_client_build::unescape_token(token);
        let next = schema
            .get("properties")
            .and_then(|properties| properties.get(&key))
            .or_else(|| schema.get("items"))
            .or_else(|| schema.get("additionalProperties"));
        match next {
            Some(next) => schema = next,
            None => return "what the schema says".to_owned(),
        }
    }
    let nullable = if schema.get("nullable") == Some(&Value::Bool(true)) { " or null" } else { "" };
    match schema.get("type").and_then(Value::as_str) {
        Some(name @ ("integer" | "object" | "array")) => format!("an {name}{nullable}"),
        Some(name) => format!("a {name}{nullable}"),
        None => "what the schema says".to_owned(),
    }
}

fn list(options: &Value) -> String {
    let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
    options.iter().map(Value::to_string).collect::<Vec<_>>().join(", ")
}

/// An OpenAPI 3.0 schema as JSON Schema 2020-12.
fn json_schema(schema: &Value) -> Value {
    let Value::Object(fields) = schema else { return schema.clone() };
    if fields.get(UNSTATED).is_some_and(|keys| keys == &json!(["*"]))
        && !fields.contains_key("type")
    {
        return Value::Bool(true);
    }
    let is_open = fields.contains_key(UNSTATED);
    let mut out = Map::new();
    for (key, value) in fields {
        let converted = match key.as_str() {
            "properties" => Value::Object(
                value
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(name, schema)| (name.clone(), json_schema(schema)))
                    .collect(),
            ),
            "items" | "additionalProperties" | "not" => json_schema(value),
            "anyOf" | "oneOf" => value.as_array().into_iter().flatten().map(json_schema).collect(),
            // Bounds that are excluded are written as the bound itself.
            "exclusiveMinimum" | "exclusiveMaximum" | "nullable" | "example" | "default"
            | "xml" | SAMPLED | UNSTATED | "discriminator" => continue,
            _ if key.starts_with("x-") => continue,
            "minimum" if fields.get("exclusiveMinimum") == Some(&Value::Bool(true)) => {
                out.insert("exclusiveMinimum".to_owned(), value.clone());
                continue;
            }
            "maximum" if fields.get("exclusiveMaximum") == Some(&Value::Bool(true)) => {
                out.insert("exclusiveMaximum".to_owned(), value.clone());
                continue;
            }
            _ => value.clone(),
        };
        out.insert(key.clone(), converted);
    }
    if out.contains_key("properties") && !out.contains_key("additionalProperties") && !is_open {
        out.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
    if fields.get("nullable") == Some(&Value::Bool(true)) {
        if let Some(kind) = out.get_mut("type") {
            *kind = json!([kind, "null"]);
        }
        if let Some(Value::Array(options)) = out.get_mut("enum") {
            options.push(Value::Null);
        }
        for key in ["anyOf", "oneOf"] {
            if let Some(Value::Array(types)) = out.get_mut(key) {
                types.push(json!({ "type": "null" }));
            }
        }
    }
    Value::Object(out)
}
