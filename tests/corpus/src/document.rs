//! Random valid documents, with a call of each operation.

use serde_json::{Map, Value, json};

use crate::choices::Choices;
use crate::parameters::parameter;
use crate::schemas::{Direction, Schemas};
use crate::serialization::{encoded, text};

/// A document and the calls that are made of its operations.
#[derive(Debug)]
pub struct RandomDocument {
    json: Value,
    pub(crate) calls: Vec<Call>,
}

/// A call of an operation, what the server must see of it, and its response.
#[derive(Debug, Default)]
pub(crate) struct Call {
    pub(crate) method: &'static str,
    /// The path of the document.
    pub(crate) template: String,
    /// The path that must be seen.
    pub(crate) path: String,
    /// The pairs of the query that must be seen, in any order.
    pub(crate) query: Vec<String>,
    /// The headers that must be seen, by their name in lower case.
    pub(crate) headers: Vec<(String, String)>,
    /// Name and value of the parameters that are set.
    pub(crate) arguments: Vec<(String, Value)>,
    pub(crate) body: Option<Body>,
    pub(crate) response: Response,
}

/// The body of a call.
#[derive(Debug)]
pub(crate) struct Body {
    pub(crate) media_type: &'static str,
    pub(crate) value: Value,
    /// What must be seen of it: JSON, the pairs of a form, or text.
    pub(crate) seen: Value,
}

/// The response to a call.
#[derive(Debug, Default)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) media_type: &'static str,
    pub(crate) body: Value,
    /// The variant that must be read of the enum of responses, where they differ by status.
    pub(crate) variant: Option<&'static str>,
}

impl RandomDocument {
    /// The document of this number; the same for the same seed.
    pub fn new(seed: u64, number: usize) -> Self {
        let mixed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(number as u64);
        Self::of(Choices::new(&[], mixed))
    }

    /// The document of these choices.
    pub(crate) fn of(choices: Choices) -> Self {
        let mut schemas = Schemas::new(choices);
        let mut calls = Vec::new();
        let mut paths = Map::new();
        for number in 0..schemas.rng.usize(1..=3) {
            let mut call = Call { template: format!("/o{number}"), ..Call::default() };
            let operation = operation(&mut schemas, number, &mut call);
            paths.insert(call.template.clone(), json!({ call.method: operation }));
            calls.push(call);
        }
        let components: Map<String, Value> = schemas.components.into_iter().collect();
        let json = json!({
            "openapi": "3.0.3",
            "info": {"title": "Corpus", "version": "1"},
            "paths": paths,
            "components": {"schemas": components},
        });
        Self { json, calls }
    }

    /// The document as JSON.
    pub fn text(&self) -> String {
        format!("{:#}", self.json)
    }

    /// Whether the document has something that the generator is known to refuse.
    pub fn is_unsupported(&self) -> bool {
        let text = self.json.to_string();
        text.contains("\"in\":\"cookie\"") || text.contains("\"multipart/form-data\":")
    }
}

fn operation(schemas: &mut Schemas, number: usize, call: &mut Call) -> Value {
    call.method = schemas.pick(&["get", "post", "put", "patch", "delete"]);
    call.path.push_str(&call.template.clone());
    let id = schemas.names(1).first().copied().unwrap_or("read");
    let mut operation = json!({"operationId": format!("{id} {number}")});
    let mut parameters = Vec::new();
    for index in 0..schemas.rng.usize(..=4) {
        parameters.push(parameter(schemas, number * 10 + index, call));
    }
    if schemas.chance(60) {
        parameters.push(json!({"name": "session", "in": "cookie", "schema": {"type": "string"}}));
    }
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    if matches!(call.method, "post" | "put" | "patch") && !schemas.chance(5) {
        operation["requestBody"] = request_body(schemas, call);
    }
    operation["responses"] = responses(schemas, call);
    operation
}

fn request_body(schemas: &mut Schemas, call: &mut Call) -> Value {
    if schemas.chance(60) {
        let schema = json!({"type": "object", "properties": {"file": {"type": "string", "format": "binary"}}});
        return json!({"required": true, "content": {"multipart/form-data": {"schema": schema}}});
    }
    let media_type = schemas.pick(&[
        "application/json",
        "application/json",
        "application/json; charset=utf-8",
        "application/vnd.example+json",
        "application/x-www-form-urlencoded",
        "text/plain",
        "text/csv",
        "application/octet-stream",
        "image/png",
    ]);
    let (schema, value, seen) = match media_type {
        "application/x-www-form-urlencoded" => form(schemas),
        "text/plain" | "text/csv" => {
            let text = "a b\nç";
            (json!({"type": "string"}), json!(text), json!({"text": text}))
        }
        "application/octet-stream" | "image/png" => {
            let schema = json!({"type": "string", "format": "binary"});
            (schema, json!("bytes"), json!({"text": "bytes"}))
        }
        _ => {
            let schema = schemas.schema(3);
            let value = schemas.value(&schema, Direction::Request, 0);
            (schema, value.clone(), json!({"json": value}))
        }
    };
    let mut content = Map::new();
    content.insert(media_type.to_owned(), json!({"schema": schema}));
    if schemas.chance(6) {
        content.insert("application/x-other".to_owned(), json!({"schema": {"type": "object"}}));
    }
    // The first that can be sent is: `application/x-other` cannot.
    call.body = Some(Body { media_type, value, seen });
    json!({"required": true, "content": content})
}

/// A form: its schema, a value, and the pairs that must be seen.
fn form(schemas: &mut Schemas) -> (Value, Value, Value) {
    let mut properties = Map::new();
    for name in schemas.names(4) {
        let schema = match schemas.rng.u8(..4) {
            0 => json!({"type": "array", "items": schemas.primitive()}),
            _ => schemas.primitive(),
        };
        properties.insert(name.to_owned(), schema);
    }
    properties.insert("always".to_owned(), json!({"type": "string"}));
    let schema = json!({"type": "object", "properties": properties, "required": ["always"]});
    let value = schemas.value(&schema, Direction::Request, 0);
    let mut pairs = Vec::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        let values = match value {
            Value::Array(items) => items.clone(),
            one => vec![one.clone()],
        };
        for value in values {
            pairs.push(format!("{}={}", encoded(name), encoded(&text(&value))));
        }
    }
    pairs.sort();
    (schema, value, json!({"form": pairs}))
}

fn responses(schemas: &mut Schemas, call: &mut Call) -> Value {
    let mut responses = Map::new();
    let mut successes: Vec<(u16, &str, Value)> = Vec::new();
    match schemas.rng.u8(..8) {
        0 => successes.push((204, "", Value::Null)),
        1 => successes.push((200, "audio/wav", json!({"type": "string", "format": "binary"}))),
        2 => {
            successes.push((200, "application/json", schemas.schema(2)));
            successes.push((202, "application/json", json!({"type": "object", "properties": {"later": {"type": "boolean"}}, "required": ["later"]})));
            successes.push((204, "", Value::Null));
        }
        3 => successes.push((201, "application/vnd.example+json", schemas.schema(3))),
        4 => {
            let schema = schemas.schema(2);
            successes.push((200, "application/json", schema.clone()));
            successes.push((201, "application/json", schema));
        }
        _ => successes.push((200, "application/json", schemas.schema(3))),
    }
    for (status, media_type, schema) in &successes {
        let mut response = json!({"description": "Done."});
        if !media_type.is_empty() {
            response["content"] = json!({ *media_type: {"schema": schema} });
        }
        responses.insert(status.to_string(), response);
    }
    if schemas.rng.bool() {
        let problem = json!({"type": "object", "properties": {"message": {"type": "string"}}});
        let response =
            json!({"description": "No.", "content": {"application/json": {"schema": problem}}});
        responses.insert(schemas.pick(&["4XX", "404", "default"]).to_owned(), response);
    }
    let one = schemas.rng.usize(..successes.len());
    let differ = successes.windows(2).any(|two| two[0].2 != two[1].2);
    let (status, media_type, schema) = successes.swap_remove(one);
    let body = match media_type {
        "" => Value::Null,
        "audio/wav" => json!("sound"),
        _ => schemas.value(&schema, Direction::Response, 0),
    };
    let variant = differ.then_some(match status {
        200 => "Ok",
        202 => "Accepted",
        _ => "NoContent",
    });
    call.response = Response { status, media_type, body, variant };
    responses.into()
}
