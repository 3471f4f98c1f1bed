//! Random schemas, and values that fit them.

use serde_json::{Map, Value, json};

use crate::choices::Choices;

/// Names that are no names of Rust, or are taken there.
const NAMES: [&str; 28] = [
    "id",
    "type",
    "self",
    "Self",
    "foo-bar",
    "fooBar",
    "foo_bar",
    "$filter",
    "ids[]",
    "a.b",
    "1st",
    "x y",
    "été",
    "send",
    "body",
    "client",
    "builder",
    "StartTime",
    "StartTime<",
    "fn",
    "extra",
    "default",
    "Option",
    "value",
    "error",
    "request",
    "日本",
    "@type",
];

const WORDS: [&str; 12] = [
    "plain",
    "a b",
    "x/y",
    "50%",
    "a,b",
    "a&b=c",
    "é",
    "日本",
    "semi;colon",
    "q?#",
    "+1 (555)",
    "'\"\\",
];

/// Which direction a value goes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Request,
    Response,
}

/// Draws schemas, and values that fit them.
#[derive(Debug)]
pub(crate) struct Schemas {
    pub(crate) rng: Choices,
    /// The components, by name, in the order in which they were drawn.
    pub(crate) components: Vec<(String, Value)>,
}

impl Schemas {
    pub(crate) fn new(rng: Choices) -> Self {
        let mut schemas = Self { rng, components: Vec::new() };
        let names = [
            "Call",
            "call-event",
            "2fa",
            "Type",
            "Vec",
            "Option",
            "Error",
            "x.y",
            "Result",
            "String",
            "Box",
            "Value",
            "HashMap",
        ];
        for name in names {
            if schemas.rng.bool() {
                let mut schema = match schemas.rng.u8(..3) {
                    0 => schemas.schema(2),
                    _ => schemas.object(2),
                };
                if schemas.rng.u8(..4) == 0 && is_plain_object(&schema) {
                    let target = format!("#/components/schemas/{name}");
                    schema["properties"]["children"] =
                        json!({"type": "array", "items": {"$ref": target}});
                }
                schemas.components.push((name.to_owned(), schema));
            }
        }
        schemas
    }

    pub(crate) fn chance(&mut self, one_in: u8) -> bool {
        self.rng.u8(..one_in) == 0
    }

    pub(crate) fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.rng.usize(..from.len())]
    }

    /// Up to `most` names that differ.
    pub(crate) fn names(&mut self, most: usize) -> Vec<&'static str> {
        let mut names: Vec<&str> = NAMES.to_vec();
        self.rng.shuffle(&mut names);
        names.truncate(self.rng.usize(..=most));
        names
    }

    /// A schema of any kind, nested `depth` levels at most.
    pub(crate) fn schema(&mut self, depth: usize) -> Value {
        let mut schema = match self.rng.u8(..if depth == 0 { 5 } else { 13 }) {
            0..=3 => self.primitive(),
            4 => match self.rng.u8(..4) {
                0 => json!({}),
                1 => json!({"nullable": true}),
                2 => json!({"description": "Anything.", "example": 1}),
                _ => json!({"minLength": 2, "not": {"type": "boolean"}}),
            },
            5 => self.array(depth),
            6 => json!({"type": "object", "additionalProperties": self.schema(depth - 1)}),
            7 | 8 => self.object(depth),
            9 => self.union(depth),
            10 => self.all_of(depth),
            _ => self.reference().unwrap_or_else(|| self.object(depth)),
        };
        if self.chance(5) && schema.get("$ref").is_none() && schema.get("type").is_some() {
            schema["nullable"] = true.into();
        }
        if self.chance(4) && schema.get("$ref").is_none() {
            schema["description"] =
                self.pick(&["What it is.", "Two\nlines.", "*/ \" \\ `x`"]).into();
        }
        schema
    }

    /// A schema of a simple type.
    pub(crate) fn primitive(&mut self) -> Value {
        match self.rng.u8(..13) {
            0 | 1 => json!({"type": "string"}),
            2 => {
                json!({"type": "string", "format": self.pick(&["date-time", "date", "byte", "email", "other"])})
            }
            3 => json!({"type": "string", "format": "uuid"}),
            4 => json!({"type": "string", "minLength": 1, "maxLength": 40}),
            5 => json!({"type": "string", "pattern": "^[a-z]+$"}),
            6 => {
                let values = self.pick(&[
                    &["asc", "ASC", "desc"][..],
                    &["+1", "-1", "1"],
                    &["a-b", "aB", "a b"],
                    &["only"],
                    &["", "x"],
                ]);
                json!({"type": "string", "enum": values})
            }
            7 => json!({"type": "integer"}),
            8 => {
                json!({"type": "integer", "format": self.pick(&["int32", "int64"]), "minimum": 1, "maximum": 1000})
            }
            9 => json!({"type": "integer", "enum": [1, 2, 40]}),
            10 => json!({"type": "number", "multipleOf": 0.25, "maximum": 100}),
            11 => {
                json!({"type": "number", "format": self.pick(&["float", "double"]), "minimum": -10, "exclusiveMinimum": true})
            }
            _ => json!({"type": "boolean"}),
        }
    }

    fn array(&mut self, depth: usize) -> Value {
        let mut schema = json!({"type": "array", "items": self.schema(depth - 1)});
        match self.rng.u8(..4) {
            0 => schema["minItems"] = 1.into(),
            1 => schema["maxItems"] = 3.into(),
            _ => {}
        }
        schema
    }

    /// A schema of an object with properties.
    pub(crate) fn object(&mut self, depth: usize) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for name in self.names(5) {
            let mut property = self.schema(depth.saturating_sub(1));
            if self.chance(8) && property.get("$ref").is_none() {
                let key = self.pick(&["readOnly", "writeOnly"]);
                property[key] = true.into();
            }
            if self.chance(6) && property.get("type").and_then(Value::as_str) == Some("boolean") {
                property["default"] = false.into();
            }
            properties.insert(name.to_owned(), property);
            if self.rng.bool() {
                required.push(name);
            }
        }
        let mut schema = json!({"properties": properties});
        if !self.chance(6) {
            schema["type"] = "object".into();
        }
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        match self.rng.u8(..8) {
            0 => schema["additionalProperties"] = false.into(),
            1 => schema["additionalProperties"] = true.into(),
            2 => schema["additionalProperties"] = json!({"type": "string"}),
            _ => {}
        }
        schema
    }

    /// A union whose alternatives can be distinguished.
    fn union(&mut self, depth: usize) -> Value {
        let key = self.pick(&["oneOf", "anyOf"]);
        match self.rng.u8(..3) {
            0 => json!({key: [{"type": "string"}, {"type": "integer"}]}),
            1 => json!({key: [self.array(depth), {"type": "string"}]}),
            _ => {
                let tag = self.pick(&["kind", "type", "@type"]);
                let alternatives: Vec<Value> = ["sms", "call", "web-chat"]
                    .iter()
                    .map(|value| {
                        let mut object = self.object(depth - 1);
                        object["type"] = "object".into();
                        if let Some(fields) = object.as_object_mut() {
                            fields.remove("additionalProperties");
                        }
                        object["properties"][tag] = json!({"type": "string", "enum": [value]});
                        let mut required: Vec<Value> =
                            object["required"].as_array().cloned().unwrap_or_default();
                        required.retain(|name| name != tag);
                        required.push(tag.into());
                        object["required"] = required.into();
                        object
                    })
                    .collect();
                json!({key: alternatives})
            }
        }
    }

    /// An object that is composed of a component and of properties of its own.
    fn all_of(&mut self, depth: usize) -> Value {
        let objects: Vec<String> = self
            .components
            .iter()
            .filter(|(_, schema)| is_plain_object(schema))
            .map(|(name, _)| name.clone())
            .collect();
        let own = json!({
            "type": "object",
            "properties": {"own-part": self.schema(depth - 1)},
            "required": ["own-part"],
        });
        if objects.is_empty() {
            return json!({"allOf": [own]});
        }
        let name = &objects[self.rng.usize(..objects.len())];
        json!({"allOf": [{"$ref": format!("#/components/schemas/{name}")}, own]})
    }

    fn reference(&mut self) -> Option<Value> {
        let count = self.components.len();
        let (name, _) = self.components.get(self.rng.usize(..count.max(1)))?;
        Some(json!({"$ref": format!("#/components/schemas/{name}")}))
    }

    /// What a schema stands for, through references.
    fn resolve(&self, schema: &Value) -> Value {
        let mut schema = schema;
        while let Some(target) = schema.get("$ref").and_then(Value::as_str) {
            let name = target.rsplit('/').next().unwrap_or_default();
            let found = self.components.iter().find(|(known, _)| known == name);
            let Some((_, next)) = found else { break };
            schema = next;
        }
        schema.clone()
    }

    /// A value that fits `schema` in this direction.
    pub(crate) fn value(&mut self, schema: &Value, direction: Direction, depth: usize) -> Value {
        let schema = self.resolve(schema);
        if schema.get("nullable") == Some(&Value::Bool(true)) && self.chance(4) {
            return Value::Null;
        }
        if let Some(parts) = schema.get("allOf").and_then(Value::as_array) {
            let mut whole = Map::new();
            for part in parts {
                if let Value::Object(fields) = self.value(part, direction, depth) {
                    whole.extend(fields);
                }
            }
            return whole.into();
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(alternatives) = schema.get(key).and_then(Value::as_array) {
                let one = self.rng.usize(..alternatives.len());
                return self.value(&alternatives[one].clone(), direction, depth);
            }
        }
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            return values[self.rng.usize(..values.len())].clone();
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("string") => self.string(&schema).into(),
            Some("integer") => match schema.get("maximum") {
                Some(_) => self.rng.usize(1..=1000).into(),
                None => self.pick(&[0, 1, -7, 1_234_567_890_123_i64]).into(),
            },
            Some("number") => json!(self.pick(&[0.5, 2.0, -3.25, 100.0])),
            Some("boolean") => self.rng.bool().into(),
            Some("array") => {
                let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0) as usize;
                let most = if depth > 3 { least } else { 3 };
                let count = self.rng.usize(least..=most);
                (0..count).map(|_| self.value(&schema["items"], direction, depth + 1)).collect()
            }
            Some("object") => self.members(&schema, direction, depth),
            _ if schema.get("properties").is_some() => self.members(&schema, direction, depth),
            _ => match self.rng.u8(..4) {
                0 => json!("any"),
                1 => json!({"any": [1, true]}),
                2 => json!([]),
                _ => json!(17),
            },
        }
    }

    fn members(&mut self, schema: &Value, direction: Direction, depth: usize) -> Value {
        let mut members = Map::new();
        let required =
            schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
        for (name, property) in
            schema.get("properties").and_then(Value::as_object).into_iter().flatten()
        {
            let other_direction = match direction {
                Direction::Request => "readOnly",
                Direction::Response => "writeOnly",
            };
            if property.get(other_direction) == Some(&Value::Bool(true)) {
                continue;
            }
            let is_required = required.iter().any(|required| required == name);
            if is_required || (depth < 4 && self.rng.bool()) {
                members.insert(name.clone(), self.value(property, direction, depth + 1));
            }
        }
        match schema.get("additionalProperties") {
            Some(Value::Bool(true)) => {
                members.insert("further key".to_owned(), json!({"a": 1}));
            }
            Some(values @ Value::Object(_)) if depth < 4 => {
                for key in ["k 1", "K.2"] {
                    members.insert(key.to_owned(), self.value(values, direction, depth + 1));
                }
            }
            _ => {}
        }
        members.into()
    }

    fn string(&mut self, schema: &Value) -> String {
        let text = |key: &str| schema.get(key).and_then(Value::as_str);
        match (text("format"), text("pattern")) {
            (Some("uuid"), _) => "123e4567-e89b-12d3-a456-426614174000".to_owned(),
            (Some("date-time"), _) => "2026-02-03T04:05:06Z".to_owned(),
            (Some("date"), _) => "2026-02-03".to_owned(),
            (Some("byte"), _) => "aGVsbG8=".to_owned(),
            (_, Some(_)) => "abc".to_owned(),
            _ => self.pick(&WORDS).to_owned(),
        }
    }
}

/// Whether an object that others may be composed of.
fn is_plain_object(schema: &Value) -> bool {
    schema.get("properties").is_some()
        && schema.get("additionalProperties").is_none()
        && schema.get("nullable").is_none()
}
