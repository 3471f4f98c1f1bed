//! What no rewriting can serve, refused at its place.

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Entry, Node};
use crate::lowering::sites::operation_pointer;
use crate::validate::METHODS;

/// Findings about operations that cannot be served.
pub(super) fn check(document: &Document) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    for path in document.root().get("paths").map_or(&[][..], Node::entries) {
        for method in METHODS {
            if let Some(entry) = path.node.entry(method) {
                let pointer = operation_pointer(&path.key, method);
                diagnostics.extend(operation(document, entry, &pointer));
            }
        }
    }
    diagnostics
}

fn operation(document: &Document, operation: &Entry, pointer: &str) -> Option<Diagnostic> {
    let extension = operation.node.get("x-dropshot-websocket").map(|_| "x-dropshot-websocket");
    let switching = operation.node.get("responses").and_then(|responses| responses.get("101"));
    let sign = extension.or(switching.map(|_| "responses/101"))?;
    Some(unsupported(
        document,
        &format!("{pointer}/{sign}"),
        "a WebSocket is not supported: the client sends requests and reads answers".to_owned(),
        "remove the operation, and open the WebSocket with a crate made for it",
    ))
}

/// A finding about valid OpenAPI that cannot be served.
pub(super) fn unsupported(
    document: &Document,
    pointer: &str,
    message: String,
    help: &str,
) -> Diagnostic {
    Diagnostic::error("unsupported", document.file(), document.position(pointer), message)
        .pointer(pointer)
        .help(help)
}
