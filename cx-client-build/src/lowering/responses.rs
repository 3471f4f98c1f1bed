//! Responses: one type for all successes of an operation.

use serde_json::{Map, Value, json};

use super::media_types::is_json;
use super::schemas::{reference, type_of};
use super::{Direction, Lowering};
use crate::names::{Decoded, MockResponse, Request, Success, TypeFacts, TypeName};
use crate::node::{Node, escape_token};
use crate::rust_name::Case;

/// A response of the document.
struct Response {
    status: String,
    is_success: bool,
    description: Value,
    content: Content,
}

/// What a response holds: JSON where it is documented, and else whatever comes.
#[derive(Debug, Clone)]
enum Content {
    Nothing,
    Json { media_type: String, at: String, schema: Value },
    Bytes { media_type: String },
}

impl Content {
    fn is_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Nothing, Self::Nothing) | (Self::Bytes { .. }, Self::Bytes { .. }) => true,
            (Self::Json { schema, .. }, Self::Json { schema: other, .. }) => schema == other,
            _ => false,
        }
    }
}

impl Lowering<'_> {
    /// The lowered successes, and what a mock can respond with; `operation` is in Pascal case.
    ///
    /// Successes that differ by status become one enum with a variant for each status, which the
    /// pass `one_error_type` fills; or bytes, if one of them is that.
    pub(super) fn responses(&mut self, pointer: &str, operation: &str) -> (Value, Request) {
        let responses = self.documented(pointer);
        let successes: Vec<&Response> =
            responses.iter().filter(|response| response.is_success).collect();
        let same = successes.windows(2).all(|two| two[0].content.is_like(&two[1].content));
        let some_bytes =
            successes.iter().any(|response| matches!(response.content, Content::Bytes { .. }));
        let mut request = Request::default();
        let mut lowered = Map::new();
        // The schemas of the responses, by status, where they are of types.
        let mut schemas: Vec<(&str, Value)> = Vec::new();
        if same {
            if let Some(first) = successes.first() {
                request.success = match first.content {
                    Content::Nothing => Decoded::Nothing,
                    Content::Json { .. } => Decoded::Json,
                    Content::Bytes { .. } => Decoded::Bytes,
                };
                let schema = self.success(&first.content, &format!("{operation}-response"));
                for response in &successes {
                    lowered.insert(
                        response.status.clone(),
                        lowered_response(response, schema.as_ref()),
                    );
                    schemas.extend(schema.clone().map(|schema| (&*response.status, schema)));
                }
            }
        } else if some_bytes {
            let bytes = json!({ "description": "", "content": { "application/octet-stream": {} } });
            lowered.insert("2XX".to_owned(), bytes);
        } else {
            for response in &successes {
                let name = format!("{operation}-{}", variant(&response.status));
                let schema = self.success(&response.content, &name);
                schemas.extend(schema.map(|schema| (&*response.status, schema)));
            }
            let (union, variants) = self.by_status(operation, &successes, &schemas);
            lowered.insert("2XX".to_owned(), union);
            request.successes = variants;
            request.success = Decoded::Json;
        }
        if same || !some_bytes {
            request.accept = accept(&successes);
        }
        for response in &responses {
            let schema = schemas.iter().find(|(status, _)| *status == response.status);
            let schema = schema.map(|(_, schema)| schema.clone());
            request.responses.push(self.mock_response(response, schema, operation));
        }
        (Value::Object(lowered), request)
    }

    fn documented(&self, operation: &str) -> Vec<Response> {
        let at = format!("{operation}/responses");
        let entries = self.document.at(&at).map_or(&[][..], Node::entries);
        let has_success = entries.iter().any(|entry| entry.key.starts_with('2'));
        let mut responses = Vec::new();
        for entry in entries.iter().filter(|entry| !entry.key.starts_with("x-")) {
            let at = format!("{at}/{}", escape_token(&entry.key));
            let Some(value) = self.json.pointer(&at) else { continue };
            let (value, at) = self.resolve(value, &at);
            responses.push(Response {
                status: entry.key.clone(),
                is_success: entry.key.starts_with('2') || (!has_success && entry.key == "default"),
                description: value.get("description").cloned().unwrap_or_default(),
                content: if has_no_body(operation, &entry.key) {
                    Content::Nothing
                } else {
                    self.content(&at)
                },
            });
        }
        responses
    }

    fn content(&self, at: &str) -> Content {
        let entries = self.document.at(&format!("{at}/content")).map_or(&[][..], Node::entries);
        let Some(first) = entries.first() else { return Content::Nothing };
        let media = entries.iter().find(|entry| is_json(&entry.key)).unwrap_or(first);
        let at = format!("{at}/content/{}/schema", escape_token(&media.key));
        let schema = self.json.pointer(&at).cloned().unwrap_or_else(|| json!({}));
        let media_type = media.key.clone();
        // What is of any media type is JSON where it has parts.
        let has_parts = || {
            matches!(&*media_type, "*/*" | "application/*")
                && matches!(type_of(&self.merged(&schema, &at)), "object" | "array")
        };
        if is_json(&media_type) || has_parts() {
            Content::Json { media_type, at, schema }
        } else {
            Content::Bytes { media_type }
        }
    }

    /// The lowered schema of a success that is JSON.
    fn success(&mut self, content: &Content, name: &str) -> Option<Value> {
        let Content::Json { at, schema, .. } = content else { return None };
        Some(self.top_level(schema, at, Direction::Response, name))
    }

    /// The response that holds the enum of the successes, and its variants.
    fn by_status(
        &mut self,
        operation: &str,
        successes: &[&Response],
        schemas: &[(&str, Value)],
    ) -> (Value, Vec<Success>) {
        let mut variants = Vec::new();
        let mut alternatives = Vec::new();
        for response in successes {
            let name = variant(&response.status);
            let schema = schemas.iter().find(|(status, _)| *status == response.status);
            let description = &response.description;
            alternatives.push(match schema {
                Some((_, schema)) => json!({
                    "type": "object",
                    "description": description,
                    "properties": { name.clone(): schema },
                    "required": [name],
                    "additionalProperties": false,
                }),
                None => json!({ "type": "string", "enum": [name], "description": description }),
            });
            variants.push(Success {
                status: response.status.parse().ok(),
                variant: name,
                has_body: schema.is_some(),
            });
        }
        let name = self.scope.take(&format!("{operation}-success"), Case::Pascal, "");
        let description = "The success of the operation, by status.";
        let union = json!({ "oneOf": alternatives, "description": description });
        self.schemas.insert(name.clone(), union);
        let facts = TypeFacts { response_only: true, ..TypeFacts::default() };
        let made =
            TypeName { pointer: String::new(), properties: Vec::new(), values: Vec::new(), facts };
        self.types.insert(name.clone(), made);
        let content = json!({ "application/json": { "schema": reference(&name) } });
        (json!({ "description": "", "content": content }), variants)
    }

    fn mock_response(
        &mut self,
        response: &Response,
        schema: Option<Value>,
        operation: &str,
    ) -> MockResponse {
        let media_type = match &response.content {
            Content::Nothing => None,
            Content::Json { media_type, .. } | Content::Bytes { media_type } => {
                Some(media_type.clone())
            }
        };
        // A refusal is of a type only where the client has that type anyway.
        let schema = schema.or_else(|| match &response.content {
            Content::Json { schema, .. }
                if !response.is_success && schema.get("$ref").is_some() =>
            {
                self.success(&response.content, &format!("{operation}-response"))
            }
            _ => None,
        });
        let target = schema.as_ref().and_then(|schema| schema.get("$ref")).and_then(Value::as_str);
        let type_name = target.and_then(|target| target.rsplit('/').next()).map(str::to_owned);
        let is_json = matches!(response.content, Content::Json { .. });
        MockResponse { status: response.status.clone(), media_type, is_json, type_name }
    }
}

/// Whether HTTP gives the response no body, whatever the document says (RFC 9110 sections 9.3.2,
/// 15.3.5, 15.3.6 and 15.4.5).
fn has_no_body(operation: &str, status: &str) -> bool {
    operation.ends_with("/head") || matches!(status, "204" | "205" | "304")
}

/// The lowered response.
fn lowered_response(response: &Response, schema: Option<&Value>) -> Value {
    let content = match (&response.content, schema) {
        (_, Some(schema)) => json!({ "application/json": { "schema": schema } }),
        (Content::Bytes { media_type }, None) => json!({ media_type.as_str(): {} }),
        (_, None) => json!({}),
    };
    json!({ "description": response.description, "content": content })
}

/// The media types that are decoded.
fn accept(successes: &[&Response]) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for response in successes {
        if let Content::Json { media_type, .. } = &response.content
            && !names.contains(&media_type.as_str())
        {
            names.push(media_type);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// The name of the variant of a status: its phrase (RFC 9110 section 15.3).
fn variant(status: &str) -> String {
    let phrase = match status.parse::<u16>() {
        Ok(200) => "Ok",
        Ok(201) => "Created",
        Ok(202) => "Accepted",
        Ok(203) => "NonAuthoritativeInformation",
        Ok(204) => "NoContent",
        Ok(205) => "ResetContent",
        Ok(206) => "PartialContent",
        Ok(207) => "MultiStatus",
        Ok(208) => "AlreadyReported",
        Ok(226) => "ImUsed",
        Ok(other) => return format!("Status{other}"),
        Err(_) => "Other",
    };
    phrase.to_owned()
}
