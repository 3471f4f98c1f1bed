//! One media type for each request, and JSON by its one name.

use serde_json::{Map, Value, json};

use super::unsupported::unsupported;
use super::{Facts, sites};
use crate::diagnostic::Diagnostic;
use crate::document::{Document, Entry, Node, escape_token};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const TEXT: &str = "text/plain";
const BYTES: &str = "application/octet-stream";

/// How a body is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Json,
    Form,
    Text,
    Bytes,
}

/// The entry of a Request Body Object's `content` that the client sends: the first, in the order of
/// the document, that it can. `None` if it can send none.
///
/// It sends JSON (`application/json`, `…+json`, and `*/*` and `application/*`, which take it),
/// `application/x-www-form-urlencoded`, and any media type whose schema is a string: as text, or as
/// bytes if its `format` is `binary`.
pub fn sendable<'a>(document: &'a Document, body: &'a Node) -> Option<&'a Entry> {
    let content = document.resolve(body).get("content").map_or(&[][..], Node::entries);
    content.iter().find(|media| encoding(document, media).is_some())
}

fn encoding(document: &Document, media: &Entry) -> Option<Encoding> {
    let schema = media.node.get("schema").map(|schema| document.resolve(schema));
    let text = |key| schema.and_then(|schema| schema.get(key)).and_then(Node::as_str);
    let is_string = text("type") == Some("string");
    let is_binary = is_string && text("format") == Some("binary");
    let has_type = schema.is_some_and(|schema| !schema.entries().is_empty());
    let essence = essence(&media.key);
    match essence.as_str() {
        "*/*" | "application/*" if is_binary => Some(Encoding::Bytes),
        "*/*" | "application/*" => Some(Encoding::Json),
        FORM => Some(Encoding::Form),
        _ if is_json(&essence) => Some(Encoding::Json),
        _ if essence.starts_with("multipart/") || essence.contains('*') => None,
        _ if is_binary => Some(Encoding::Bytes),
        _ if is_string || (essence.starts_with("text/") && !has_type) => Some(Encoding::Text),
        _ => (!has_type).then_some(Encoding::Bytes),
    }
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn is_json(essence: &str) -> bool {
    essence == JSON || essence.ends_with("+json")
}

/// Leaves each request the media type that is sent and each answer the one that is decoded, both
/// under the names that progenitor knows; what they are really called goes into `facts`.
///
/// # Errors
///
/// A finding for each request of which no media type can be sent.
pub(super) fn choose(document: &Document, json: &mut Value, facts: &mut Facts) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    sites::operations(json, &mut |path, method, operation| {
        let pointer = sites::operation_pointer(path, method);
        let Some(node) = document.at(&pointer) else { return };
        let fact = facts.entry((path.to_owned(), method.to_owned())).or_default();
        if let (Some(body), Some(lowered)) =
            (node.get("requestBody"), operation.get_mut("requestBody"))
        {
            match request(document, body, lowered) {
                Ok(content_type) => fact.content_type = content_type,
                Err(problem) => {
                    let pointer = format!("{pointer}/requestBody");
                    diagnostics.push(no_media_type(document, body, &pointer, &problem));
                }
            }
        }
        if let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) {
            fact.accept = answers(responses);
        }
    });
    diagnostics
}

/// Leaves the body one media type, and gives its name where it is not progenitor's.
fn request(
    document: &Document,
    body: &Node,
    lowered: &mut Value,
) -> Result<Option<String>, String> {
    let body = document.resolve(body);
    let names = || {
        let entries = body.get("content").map_or(&[][..], Node::entries).iter();
        entries.map(|entry| format!("`{}`", entry.key)).collect::<Vec<_>>().join(", ")
    };
    let Some(content) = lowered.get_mut("content").and_then(Value::as_object_mut) else {
        return Ok(None);
    };
    if content.is_empty() {
        return Ok(None);
    }
    let Some(media) = sendable(document, body) else { return Err(names()) };
    let Some(encoding) = encoding(document, media) else { return Err(names()) };
    let mut value = content.remove(&media.key).unwrap_or_else(|| json!({}));
    content.clear();
    let name = match encoding {
        Encoding::Json => {
            remove(&mut value, "encoding");
            ensure_schema(&mut value);
            JSON
        }
        Encoding::Form => {
            ensure_schema(&mut value);
            FORM
        }
        Encoding::Text => {
            value = json!({"schema": {"type": "string"}});
            TEXT
        }
        Encoding::Bytes => {
            value = json!({"schema": {"type": "string", "format": "binary"}});
            BYTES
        }
    };
    content.insert(name.to_owned(), value);
    let as_documented = essence(&media.key) == name && encoding == Encoding::Form;
    let own = media.key != name && !media.key.contains('*') && !as_documented;
    Ok(own.then(|| media.key.clone()))
}

fn no_media_type(document: &Document, body: &Node, pointer: &str, names: &str) -> Diagnostic {
    let content = document.resolve(body).get("content").map_or(&[][..], Node::entries);
    let at = match (body.get("$ref"), content.first()) {
        (None, Some(first)) => format!("{pointer}/content/{}", escape_token(&first.key)),
        _ => pointer.to_owned(),
    };
    unsupported(
        document,
        &at,
        format!("a request body of the media type {names} cannot be sent"),
        "what can be sent is JSON, application/x-www-form-urlencoded, and any media type whose \
         schema is a string (`format: binary` for bytes)",
    )
}

/// Calls JSON by its name, and gives the `Accept` that is not progenitor's.
fn answers(responses: &mut Map<String, Value>) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for response in responses.values_mut() {
        let Some(content) = response.get_mut("content").and_then(Value::as_object_mut) else {
            continue;
        };
        let name = content
            .keys()
            .find(|name| essence(name) == JSON)
            .or_else(|| content.keys().find(|name| is_json(&essence(name))))
            .cloned();
        let Some(name) = name else { continue };
        let mut media = content.remove(&name).unwrap_or_else(|| json!({}));
        remove(&mut media, "encoding");
        ensure_schema(&mut media);
        content.clear();
        content.insert(JSON.to_owned(), media);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let accept = names.join(", ");
    (!accept.is_empty() && accept != JSON).then_some(accept)
}

/// A media type without a schema takes any value.
fn ensure_schema(media: &mut Value) {
    if let Some(media) = media.as_object_mut() {
        media.entry("schema").or_insert_with(|| json!({}));
    }
}

fn remove(value: &mut Value, key: &str) {
    if let Some(fields) = value.as_object_mut() {
        fields.remove(key);
    }
}
