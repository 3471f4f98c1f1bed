//! Checks that a document is OpenAPI 3.0, each finding with its place.

mod compositions;
mod object_model;
mod operations;
mod references;
mod structure;

pub use object_model::METHODS;

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::node::Value;

/// Everything that keeps `document` from being an OpenAPI 3.0 document within what the generator
/// takes, in the order of the document; empty if nothing does.
///
/// Checked are the version, the structure (fixed fields, their types, required ones: OpenAPI 3.0.4
/// section 4), that every `$ref` resolves inside the document without a circle, that no schema is
/// composed of itself, that operation ids are unique, and that path templates and path
/// parameters agree.
pub fn validate(document: &Document) -> Vec<Diagnostic> {
    if let Some(diagnostic) = version(document) {
        return vec![diagnostic];
    }
    let mut diagnostics = structure::check(document);
    diagnostics.extend(references::check(document));
    // What an operation or a composition says can only be read once the structure is sound.
    if diagnostics.is_empty() {
        diagnostics.extend(operations::check(document));
        diagnostics.extend(compositions::check(document));
    }
    diagnostics.sort_by_key(|diagnostic| diagnostic.position);
    diagnostics
}

fn version(document: &Document) -> Option<Diagnostic> {
    let root = document.root();
    let error = |pointer: &str, message: String, help: &str| {
        let position = document.position(pointer);
        Diagnostic::error("openapi-version", document.file(), position, message)
            .pointer(pointer)
            .help(help)
    };
    if !matches!(root.value, Value::Mapping(_)) {
        return Some(error(
            "",
            format!("an OpenAPI document is an object, and this is {}", root.kind()),
            "begin the document with `openapi: 3.0.4`",
        ));
    }
    if root.get("swagger").is_some() {
        return Some(error(
            "/swagger",
            "this is a Swagger 2.0 document".to_owned(),
            "convert it to OpenAPI 3.0, whose first field is `openapi: 3.0.4`",
        ));
    }
    let Some(version) = root.get("openapi") else {
        return Some(error(
            "",
            "the field `openapi` is missing".to_owned(),
            "begin the document with `openapi: 3.0.4`",
        ));
    };
    match version.as_str() {
        Some(text) if is_supported(text) => None,
        Some(text) => Some(error(
            "/openapi",
            format!("the version is `{text}`, and the generator takes OpenAPI 3.0 only"),
            "write the document as OpenAPI 3.0 (`openapi: 3.0.4`): for one of 3.1, turn `type: \
             [string, 'null']` into `nullable: true` and `examples` of schemas into `example`",
        )),
        None => Some(error(
            "/openapi",
            format!("the version is {}, and must be a string", version.kind()),
            "write `openapi: 3.0.4`",
        )),
    }
}

fn is_supported(version: &str) -> bool {
    version.strip_prefix("3.0.").is_some_and(|patch| {
        !patch.is_empty() && patch.split('-').next().is_some_and(|n| n.parse::<u32>().is_ok())
    })
}
