//! What happened to a value, as people say it.

use cx_client_build::Node;
use serde_json::Value;

use super::reading::At;

/// A value as people read it.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        Value::Object(fields) if fields.is_empty() => "`{}`".to_owned(),
        Value::Object(_) => "a schema".to_owned(),
        other => format!("`{other}`"),
    }
}

/// `max length changed from 5 to 6`.
pub(super) fn changed(name: &str, old: Option<&At<'_>>, new: Option<&At<'_>>) -> String {
    let plain = |at: &At<'_>| plain(&at.node.to_json());
    match (old, new) {
        (None, Some(new)) => format!("{name} set to {}", plain(new)),
        (Some(old), None) => format!("{name} {} removed", plain(old)),
        (Some(old), Some(new)) => format!("{name} changed from {} to {}", plain(old), plain(new)),
        (None, None) => format!("{name} changed"),
    }
}

/// What happened to words.
pub(super) fn docs_text(key: &str, old: Option<&Node>, new: Option<&Node>) -> String {
    let verb = match (old, new) {
        (None, Some(_)) => "added",
        (Some(_), None) => "removed",
        _ => "changed",
    };
    format!("`{key}` {verb}")
}

/// `required` or `optional`.
pub(super) fn kind(required: bool) -> &'static str {
    if required { "required" } else { "optional" }
}
