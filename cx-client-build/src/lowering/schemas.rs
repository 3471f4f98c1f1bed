//! Schemas: which become types of their own, and what of a schema progenitor sees.

use serde_json::{Map, Value, json};

use super::merge::{alias, has_two_unions, provenance};
use super::{COMPONENTS, Direction, Lowering};
use crate::names::{TypeFacts, TypeName, ValueName};
use crate::rust_name::{Case, Scope, converted};

/// What the generated code makes of a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Struct,
    Enum,
    Union,
    Array,
    Map,
    Scalar,
    Any,
}

/// The `type` that a schema states, or else the one that its keywords belong to.
pub(super) fn type_of(schema: &Value) -> &str {
    if let Some(kind) = schema.get("type").and_then(Value::as_str) {
        return kind;
    }
    let has = |key: &str| schema.get(key).is_some();
    if has("properties") || has("additionalProperties") {
        "object"
    } else if has("items") {
        "array"
    } else if strings(schema).is_some() {
        "string"
    } else {
        ""
    }
}

/// The values of an enum of strings; a `null` among them is not one.
pub(super) fn strings(schema: &Value) -> Option<Vec<&str>> {
    let values = schema.get("enum")?.as_array()?;
    let strings: Vec<&str> = values.iter().filter_map(Value::as_str).collect();
    let others = values.iter().filter(|value| !value.is_string() && !value.is_null()).count();
    (others == 0 && !strings.is_empty()).then_some(strings)
}

pub(super) fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#{COMPONENTS}/{name}") })
}

/// What progenitor is to see of simple types: other formats would need crates that the client does
/// not depend on, or are read as strings anyway.
fn is_known_format(kind: &str, format: &str) -> bool {
    match kind {
        "string" => matches!(format, "uuid" | "binary"),
        "integer" => matches!(
            format,
            "int8"
                | "int16"
                | "int32"
                | "int64"
                | "uint"
                | "uint8"
                | "uint16"
                | "uint32"
                | "uint64"
        ),
        "number" => matches!(format, "float" | "double"),
        _ => false,
    }
}

impl Lowering<'_> {
    /// The schema of a body: of a type of its own where none of it may be printed.
    pub(super) fn top_level(
        &mut self,
        schema: &Value,
        at: &str,
        direction: Direction,
        name: &str,
    ) -> Value {
        let is_reference = schema.get("$ref").is_some() || alias(schema).is_some();
        if !is_reference && self.is_sensitive(schema) {
            let title = schema.get("title").and_then(Value::as_str).unwrap_or(name).to_owned();
            let name = self.scope.take(&title, Case::Pascal, "schema");
            self.named(schema, at, direction, &name);
            return reference(&name);
        }
        self.inline(schema, at, direction, name)
    }

    /// A schema where it is used; `name` is for a type of its own, if it needs one.
    pub(super) fn inline(
        &mut self,
        schema: &Value,
        at: &str,
        direction: Direction,
        name: &str,
    ) -> Value {
        let at = provenance(schema, at);
        let target = schema.get("$ref").and_then(Value::as_str).or_else(|| alias(schema));
        if let Some(target) = target {
            let target = target.trim_start_matches('#').to_owned();
            let description = schema.get("description").and_then(Value::as_str);
            let resolved = self.json.pointer(&target);
            let nullable = schema.get("nullable") == Some(&Value::Bool(true))
                || resolved.is_some_and(|resolved| self.is_nullable(resolved));
            let made = self.component(&target, direction);
            return used(reference(&made), nullable, description);
        }
        let merged = self.merged(schema, &at);
        let nullable = self.is_nullable(&merged);
        let description = merged.get("description").and_then(Value::as_str).map(str::to_owned);
        if let Some((only, at)) = self.only_choice(&merged) {
            let only = self.inline(&only, &at, direction, name);
            return with_annotations(only, nullable, description.as_deref());
        }
        match self.form(&merged) {
            Form::Struct | Form::Enum | Form::Union => {
                // A schema that holds itself, composed with another, would have no last type.
                let key = (merged.to_string(), direction);
                let made = self.composed.get(&key).cloned();
                let name = made.unwrap_or_else(|| {
                    let title = merged.get("title").and_then(Value::as_str).unwrap_or(name);
                    let name = self.scope.take(title, Case::Pascal, "");
                    self.composed.insert(key, name.clone());
                    self.named(schema, &at, direction, &name);
                    name
                });
                used(reference(&name), nullable, description.as_deref())
            }
            _ => {
                let mut plain = self.plain(&merged, &at, direction, name);
                if nullable
                    && let Some(fields) = plain.as_object_mut()
                    && fields.contains_key("type")
                {
                    fields.insert("nullable".to_owned(), true.into());
                }
                plain
            }
        }
    }

    /// Makes a type of `schema`.
    pub(super) fn named(&mut self, schema: &Value, at: &str, direction: Direction, name: &str) {
        let at = provenance(schema, at);
        let sensitive = self.is_sensitive(schema);
        let response_only = direction == Direction::Response;
        let mut made = TypeName {
            pointer: at.clone(),
            properties: Vec::new(),
            values: Vec::new(),
            facts: TypeFacts { sensitive, ..TypeFacts::default() },
        };
        // Entered before its parts, which can name it.
        self.types.insert(name.to_owned(), made.clone());
        let target = schema.get("$ref").and_then(Value::as_str).or_else(|| alias(schema));
        let merged = if target.is_some() { schema.clone() } else { self.merged(schema, &at) };
        if has_two_unions(&merged) {
            self.refuse(
                "composition",
                &at,
                "this `allOf` has more than one `oneOf` or `anyOf`".to_owned(),
                "write the combinations as alternatives of one `oneOf`",
            );
        }
        let form = if target.is_some() { Form::Any } else { self.form(&merged) };
        made.facts.received = direction != Direction::Request;
        made.facts.response_only =
            response_only && matches!(form, Form::Struct | Form::Enum | Form::Union);
        let mut lowered = match form {
            _ if target.is_some() => self.inline(schema, &at, direction, name),
            Form::Struct => self.structure(&merged, &at, direction, name, &mut made),
            Form::Enum => {
                let open = direction != Direction::Request && !self.closed.contains(&at);
                enumeration(&strings(&merged).unwrap_or_default(), open, &mut made)
            }
            Form::Union => self.union(&merged, &at, direction, name, &mut made),
            _ => self.plain(&merged, &at, direction, name),
        };
        describe(&mut lowered, schema, name);
        self.types.insert(name.to_owned(), made);
        self.schemas.insert(name.to_owned(), lowered);
    }

    /// Enters a type that stands for another in the document that progenitor sees.
    pub(super) fn stand_for(&mut self, name: &str, other: &str) {
        let made = TypeName {
            pointer: String::new(),
            properties: Vec::new(),
            values: Vec::new(),
            facts: TypeFacts { stands_for: Some(other.to_owned()), ..TypeFacts::default() },
        };
        self.types.insert(name.to_owned(), made);
    }

    fn form(&self, merged: &Value) -> Form {
        if self.is_union(merged) {
            return Form::Union;
        }
        match type_of(merged) {
            "object" => {
                let properties = merged.get("properties").and_then(Value::as_object);
                if properties.is_some_and(|properties| !properties.is_empty()) {
                    Form::Struct
                } else {
                    Form::Map
                }
            }
            "array" => Form::Array,
            "string" if strings(merged).is_some() => Form::Enum,
            "string" | "integer" | "number" | "boolean" => Form::Scalar,
            _ => Form::Any,
        }
    }

    /// A schema that becomes no type of its own.
    fn plain(&mut self, merged: &Value, at: &str, direction: Direction, name: &str) -> Value {
        let mut result = Map::new();
        let mut copy = |keys: &[&str]| {
            for key in keys {
                if let Some(value) = merged.get(*key) {
                    result.insert((*key).to_owned(), value.clone());
                }
            }
        };
        copy(&["description"]);
        let kind = type_of(merged);
        let format = merged.get("format").and_then(Value::as_str);
        if format.is_some_and(|format| is_known_format(kind, format)) {
            copy(&["format"]);
        }
        match kind {
            "array" => {
                let items = merged.get("items").cloned().unwrap_or_else(|| json!({}));
                let at = format!("{at}/items");
                let items = self.inline(&items, &at, direction, &format!("{name}-item"));
                result.insert("items".to_owned(), items);
            }
            "object" => {
                let values = merged.get("additionalProperties").filter(|values| values.is_object());
                let at = format!("{at}/additionalProperties");
                let values = match values.cloned() {
                    Some(values) => self.inline(&values, &at, direction, &format!("{name}-value")),
                    None => true.into(),
                };
                result.insert("additionalProperties".to_owned(), values);
            }
            _ => {}
        }
        if !kind.is_empty() {
            result.insert("type".to_owned(), kind.into());
        }
        Value::Object(result)
    }

    /// Whether a value may be `null`.
    pub(super) fn is_nullable(&self, schema: &Value) -> bool {
        let null_in = |key: &str| {
            let all = schema.get(key).and_then(Value::as_array);
            all.is_some_and(|all| all.iter().any(|one| self.is_null(one)))
        };
        let null_value = || {
            let values = schema.get("enum").and_then(Value::as_array);
            values.is_some_and(|values| values.contains(&Value::Null))
        };
        schema.get("nullable") == Some(&Value::Bool(true))
            || null_value()
            || null_in("oneOf")
            || null_in("anyOf")
    }

    /// Whether a schema has the value `null` only.
    pub(super) fn is_null(&self, schema: &Value) -> bool {
        schema
            .get("enum")
            .and_then(Value::as_array)
            .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
    }

    /// Whether a schema says of itself, or of what it holds without a type of its own, that it must
    /// not be printed.
    pub(super) fn is_sensitive(&self, schema: &Value) -> bool {
        let is_password = schema.get("format").and_then(Value::as_str) == Some("password");
        let own = schema.get("x-sensitive").and_then(Value::as_bool);
        if own.unwrap_or(is_password) {
            return true;
        }
        let within = |key: &str| schema.get(key).is_some_and(|inner| self.is_sensitive(inner));
        let members = schema.get("allOf").and_then(Value::as_array);
        let is_reference = |member: &Value| member.get("$ref").is_some();
        within("items")
            || within("additionalProperties")
            || members.is_some_and(|members| {
                members.iter().any(|member| !is_reference(member) && self.is_sensitive(member))
            })
            || ["oneOf", "anyOf"].iter().any(|key| {
                let all = schema.get(*key).and_then(Value::as_array);
                all.is_some_and(|all| {
                    all.iter().any(|one| !is_reference(one) && self.is_sensitive(one))
                })
            })
    }
}

/// Describes the lowered schema of a type as the document does.
fn describe(lowered: &mut Value, schema: &Value, name: &str) {
    let Some(fields) = lowered.as_object_mut() else { return };
    fields.remove("default");
    if !fields.contains_key("$ref") {
        let unsaid = || format!("The schema `{name}` of the OpenAPI document.").into();
        let description = schema.get("description").cloned().unwrap_or_else(unsaid);
        fields.insert("description".to_owned(), description);
    }
}

/// The only alternative of a union, with what the union says of it.
fn with_annotations(mut only: Value, nullable: bool, description: Option<&str>) -> Value {
    if only.get("$ref").is_some() {
        return used(only, nullable, description);
    }
    if let Some(description) = description {
        only["description"] = description.into();
    }
    if nullable && (only.get("type").is_some() || only.get("allOf").is_some()) {
        only["nullable"] = true.into();
    }
    only
}

/// A reference as it is used.
fn used(reference: Value, nullable: bool, description: Option<&str>) -> Value {
    if !nullable && description.is_none() {
        return reference;
    }
    let mut value = json!({ "allOf": [reference] });
    if nullable {
        value["nullable"] = true.into();
    }
    if let Some(description) = description {
        value["description"] = description.into();
    }
    value
}

/// An enum of strings, each with a variant of its own; with one more for any other, if it is open.
pub(super) fn enumeration(values: &[&str], open: bool, made: &mut TypeName) -> Value {
    let mut scope = Scope::default();
    let mut stand_ins: Vec<String> = Vec::new();
    for &value in values {
        if made.values.iter().any(|known| known.value == value) {
            continue;
        }
        let variant = scope.take(value, Case::Pascal, "");
        let kept = converted(value, Case::Pascal) == variant;
        let stand_in = if kept { value.to_owned() } else { variant.clone() };
        stand_ins.push(stand_in.clone());
        made.values.push(ValueName { value: value.to_owned(), variant, stand_in });
    }
    made.facts.open = open.then(|| scope.take("unknown", Case::Pascal, "value"));
    json!({ "type": "string", "enum": stand_ins })
}
