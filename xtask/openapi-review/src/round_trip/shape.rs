//! What of a schema is compared, read from either side.

use std::collections::{BTreeMap, BTreeSet};

use cx_client_build::{Document, Node};
use serde_json::Value;

/// A schema without the words.
#[derive(Debug, Default)]
pub(super) struct Shape {
    kind: Option<String>,
    format: Option<String>,
    pub(super) nullable: bool,
    values: BTreeSet<String>,
    pub(super) properties: BTreeMap<String, Property>,
    items: Option<Box<Shape>>,
    additional: Option<Box<Shape>>,
    composed: bool,
}

#[derive(Debug)]
pub(super) struct Property {
    pub(super) shape: Shape,
    pub(super) required: bool,
}

/// Schemas that contain themselves end here.
const MAX_DEPTH: usize = 8;

impl Shape {
    /// Everything but the properties, which are compared one by one.
    pub(super) fn describe(&self) -> String {
        self.describe_like(self)
    }

    /// The same, leaving out what `other` does not say and need not.
    pub(super) fn describe_like(&self, other: &Self) -> String {
        if self.composed || other.composed {
            return "a composed schema".to_owned();
        }
        let mut text = self.kind.clone().unwrap_or_else(|| "any".to_owned());
        let number = matches!(other.kind.as_deref(), Some("integer" | "number"));
        if let Some(format) = self.format.as_deref().filter(|_| !number || other.format.is_some()) {
            // An unsigned type is how the generator expresses a minimum.
            let format = if number { format.trim_start_matches('u') } else { format };
            text.push_str(&format!(" of format {format}"));
        }
        if !self.values.is_empty() {
            let values: Vec<&str> = self.values.iter().map(String::as_str).collect();
            text.push_str(&format!(" out of {}", values.join(", ")));
        }
        let none = Self::default();
        if let Some(items) = &self.items {
            let like = other.items.as_deref().unwrap_or(&none);
            text.push_str(&format!(" of ({})", items.describe_like(like)));
        }
        if let Some(additional) = &self.additional {
            let like = other.additional.as_deref().unwrap_or(&none);
            text.push_str(&format!(" with any names of ({})", additional.describe_like(like)));
        }
        text
    }
}

/// A schema of the document.
pub(super) fn of_document(document: &Document, node: &Node) -> Shape {
    document_shape(document, node, 0)
}

fn document_shape(document: &Document, node: &Node, depth: usize) -> Shape {
    let node = document.resolve(node);
    let text = |key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
    let mut shape = Shape {
        kind: text("type"),
        format: text("format"),
        nullable: node.get("nullable").and_then(Node::as_bool) == Some(true),
        composed: ["oneOf", "anyOf", "not"].iter().any(|key| node.get(key).is_some()),
        ..Shape::default()
    };
    if depth > MAX_DEPTH {
        return Shape { kind: shape.kind, ..Shape::default() };
    }
    for value in node.get("enum").map_or(&[][..], Node::items) {
        shape.values.extend(value.as_str().map(str::to_owned));
    }
    let required: BTreeSet<&str> =
        node.get("required").map_or(&[][..], Node::items).iter().filter_map(Node::as_str).collect();
    for property in node.get("properties").map_or(&[][..], Node::entries) {
        let inner = document_shape(document, &property.node, depth + 1);
        let required = required.contains(property.key.as_str());
        shape.properties.insert(property.key.clone(), Property { shape: inner, required });
    }
    for part in node.get("allOf").map_or(&[][..], Node::items) {
        let part = document_shape(document, part, depth + 1);
        shape.kind = shape.kind.or(part.kind);
        shape.format = shape.format.or(part.format);
        shape.values.extend(part.values);
        shape.properties.extend(part.properties);
        shape.composed |= part.composed;
    }
    if !shape.properties.is_empty() {
        shape.kind.get_or_insert_with(|| "object".to_owned());
    }
    shape.items =
        node.get("items").map(|items| Box::new(document_shape(document, items, depth + 1)));
    shape.additional = node
        .get("additionalProperties")
        .filter(|additional| additional.as_bool().is_none())
        .map(|additional| Box::new(document_shape(document, additional, depth + 1)));
    shape
}

/// A schema that schemars made of a type; `root` holds its definitions.
pub(super) fn of_type(root: &Value, schema: &Value) -> Shape {
    type_shape(root, schema, 0)
}

fn type_shape(root: &Value, schema: &Value, depth: usize) -> Shape {
    if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
        let target = target.strip_prefix('#').and_then(|pointer| root.pointer(pointer));
        return match target {
            Some(target) if depth <= MAX_DEPTH => type_shape(root, target, depth + 1),
            _ => Shape::default(),
        };
    }
    // `Option<T>` of a type with a definition: `anyOf: [{$ref: T}, {type: null}]`.
    if let Some(parts) = schema.get("anyOf").and_then(Value::as_array) {
        let is_null = |part: &&Value| part.get("type").and_then(Value::as_str) == Some("null");
        let others: Vec<&Value> = parts.iter().filter(|part| !is_null(part)).collect();
        let nullable = others.len() < parts.len();
        return match others[..] {
            [one] => Shape { nullable, ..type_shape(root, one, depth + 1) },
            _ => Shape { nullable, composed: true, ..Shape::default() },
        };
    }
    let mut shape = simple_shape(schema);
    if depth > MAX_DEPTH {
        return Shape { kind: shape.kind, ..Shape::default() };
    }
    let required = strings(schema.get("required"));
    for (name, property) in
        schema.get("properties").and_then(Value::as_object).into_iter().flatten()
    {
        let inner = type_shape(root, property, depth + 1);
        let required = required.contains(name);
        shape.properties.insert(name.clone(), Property { shape: inner, required });
    }
    shape.items = schema.get("items").map(|items| Box::new(type_shape(root, items, depth + 1)));
    shape.additional = schema
        .get("additionalProperties")
        .filter(|additional| additional.is_object())
        .map(|additional| Box::new(type_shape(root, additional, depth + 1)));
    shape
}

/// What a schema says without the schemas in it.
fn simple_shape(schema: &Value) -> Shape {
    let mut shape = Shape {
        format: schema.get("format").and_then(Value::as_str).map(str::to_owned),
        ..Shape::default()
    };
    match schema.get("type") {
        Some(Value::String(kind)) => shape.kind = Some(kind.clone()),
        Some(Value::Array(kinds)) => {
            for kind in kinds.iter().filter_map(Value::as_str) {
                match kind {
                    "null" => shape.nullable = true,
                    kind => shape.kind = Some(kind.to_owned()),
                }
            }
        }
        _ => {}
    }
    shape.values.extend(strings(schema.get("enum")));
    // Variants with doc comments: `oneOf: [{const: …, description: …}]`.
    for variant in schema.get("oneOf").and_then(Value::as_array).into_iter().flatten() {
        match variant.get("const").and_then(Value::as_str) {
            Some(value) => {
                shape.values.insert(value.to_owned());
                shape.kind = Some("string".to_owned());
            }
            None if variant.get("enum").is_some() => {
                shape.values.extend(strings(variant.get("enum")));
                shape.kind = Some("string".to_owned());
            }
            None => shape.composed = true,
        }
    }
    shape
}

fn strings(value: Option<&Value>) -> Vec<String> {
    let values = value.and_then(Value::as_array).into_iter().flatten();
    values.filter_map(|value| value.as_str().map(str::to_owned)).collect()
}
