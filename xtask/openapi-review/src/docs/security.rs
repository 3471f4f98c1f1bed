//! Which schemes of authentication are the same.

use cx_client_build::{Document, Node};

/// A scheme in words: `http basic`, `apiKey header x-api-key`. The names of headers do not differ by
/// case (RFC 9110 section 5.1).
pub(super) fn key(scheme: &Node) -> String {
    let text = |key: &str| scheme.get(key).and_then(Node::as_str).unwrap_or_default();
    match text("type") {
        "http" => format!("http {}", text("scheme").to_ascii_lowercase()),
        "apiKey" => {
            let name = text("name");
            let is_header = text("in") == "header";
            let name = if is_header { name.to_ascii_lowercase() } else { name.to_owned() };
            format!("apiKey {} {name}", text("in"))
        }
        // They look the same in a request.
        "openIdConnect" => "oauth2".to_owned(),
        other => other.to_owned(),
    }
}

/// The requirements that hold for an operation: its own, or else those of the document.
pub(super) fn requirements<'a>(document: &'a Document, operation: &'a Node) -> &'a [Node] {
    let own = operation.get("security").or_else(|| document.root().get("security"));
    own.map_or(&[], Node::items)
}

/// The scheme of a name.
pub(super) fn scheme<'a>(document: &'a Document, name: &str) -> Option<&'a Node> {
    let schemes = document.root().get("components")?.get("securitySchemes")?;
    Some(document.resolve(schemes.get(name)?))
}
