//! What no rewriting can serve, refused at its place.

use crate::diagnostic::Diagnostic;
use crate::document::{Document, Entry, Node};
use crate::lowering::sites::operation_pointer;
use crate::validate::METHODS;

/// Extensions of an operation that change what it is, with what to say of them.
const EXTENSIONS: [(&str, &str, &str); 2] = [
    (
        "x-dropshot-websocket",
        "a WebSocket is not supported: the client sends requests and reads answers",
        "remove the operation, and open the WebSocket with a crate made for it",
    ),
    (
        "x-dropshot-pagination",
        "pages that the client follows by itself (`x-dropshot-pagination`) are not supported",
        "remove the extension: the parameters that name the page stay, for the caller to set",
    ),
];

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

fn operation(document: &Document, operation: &Entry, pointer: &str) -> Vec<Diagnostic> {
    let extensions = EXTENSIONS.iter().filter(|(key, ..)| operation.node.get(key).is_some());
    let mut diagnostics: Vec<Diagnostic> = extensions
        .map(|(key, message, help)| {
            unsupported(document, &format!("{pointer}/{key}"), (*message).to_owned(), help)
        })
        .collect();
    let switching = operation.node.get("responses").and_then(|responses| responses.get("101"));
    if switching.is_some() && diagnostics.is_empty() {
        let (_, message, help) = EXTENSIONS[0];
        let pointer = format!("{pointer}/responses/101");
        diagnostics.push(unsupported(document, &pointer, message.to_owned(), help));
    }
    diagnostics
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
