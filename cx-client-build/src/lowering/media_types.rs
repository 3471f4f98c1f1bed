//! Media types of bodies.

use crate::document::Document;
use crate::names::BodyKind;
use crate::node::{Entry, Node};

/// Whether it is JSON: by its name, or by its suffix (RFC 6839 section 3.1).
pub(super) fn is_json(media_type: &str) -> bool {
    let name = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(&*name, "application/json" | "text/json") || name.ends_with("+json")
}

/// The entry of a request body's `content` that the client sends: the first, in the order of the
/// document, that it can. `None` if it can send none.
///
/// It sends JSON (`application/json` and `…+json`; `*/*` and `application/*` take it too),
/// `application/x-www-form-urlencoded`, and any media type whose schema is a string: as text, or as
/// bytes if its `format` is `binary`.
pub fn sendable<'a>(document: &'a Document, body: &'a Node) -> Option<&'a Entry> {
    let content = document.resolve(body).get("content").map_or(&[][..], Node::entries);
    content.iter().find(|media| kind_of(document, media).is_some())
}

/// The keywords that say of what type a value is.
const TYPED: [&str; 8] =
    ["type", "enum", "allOf", "oneOf", "anyOf", "properties", "items", "additionalProperties"];

/// How many levels of composed schemas are looked into for their type.
const DEPTH: usize = 4;

/// Whether a schema takes strings only: it says so, a part of it, or each of its alternatives.
fn is_text(document: &Document, schema: &Node, depth: usize) -> bool {
    let schema = document.resolve(schema);
    let items = |key| schema.get(key).map_or(&[][..], Node::items);
    let inside = |one: &Node| depth > 0 && is_text(document, one, depth - 1);
    let each = |key, is: &dyn Fn(&Node) -> bool| {
        let all = items(key);
        !all.is_empty() && all.iter().all(is)
    };
    match schema.get("type") {
        Some(kind) => kind.as_str() == Some("string"),
        None => {
            each("enum", &|value| value.as_str().is_some())
                || items("allOf").iter().any(inside)
                || each("oneOf", &inside)
                || each("anyOf", &inside)
        }
    }
}

/// How the client sends a body of a media type; `None` if it cannot.
pub(super) fn kind_of(document: &Document, media: &Entry) -> Option<BodyKind> {
    let schema = media.node.get("schema").map(|schema| document.resolve(schema));
    let text = |key| schema.and_then(|schema| schema.get(key)).and_then(Node::as_str);
    let is_string = schema.is_some_and(|schema| is_text(document, schema, DEPTH));
    let is_binary = text("type") == Some("string") && text("format") == Some("binary");
    let says = |schema: &Node| TYPED.iter().any(|key| schema.get(key).is_some());
    let is_any = !schema.is_some_and(says);
    let essence = media.key.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match essence.as_str() {
        "*/*" | "application/*" if !is_binary => Some(BodyKind::Json),
        "*/*" | "application/*" | "application/octet-stream" => Some(BodyKind::Bytes),
        "application/x-www-form-urlencoded" => Some(BodyKind::Form),
        "text/plain" | "text/x-markdown" if is_any => Some(BodyKind::Text),
        _ if is_json(&media.key) => Some(BodyKind::Json),
        _ if essence.starts_with("multipart/") || essence.contains('*') => None,
        _ if is_binary || is_any => Some(BodyKind::Bytes),
        _ => is_string.then_some(BodyKind::Text),
    }
}

/// The media type of a body whose documented one is a range.
pub(super) fn concrete(media_type: &str, kind: BodyKind) -> String {
    match kind {
        BodyKind::Json if media_type.contains('*') => "application/json".to_owned(),
        BodyKind::Bytes if media_type.contains('*') => "application/octet-stream".to_owned(),
        _ => media_type.to_owned(),
    }
}
