//! What every operation has: a name for its method, a tag, a security requirement, an example.

use std::collections::BTreeSet;

use cx_client_build::{Node, sendable, snake_case_name};

use super::context::Context;
use crate::lint::diagnostics::Diagnostics;
use crate::lint::sites::MediaTypeSite;
use crate::reader::{At, Operation};

pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics<'_>) {
    for operation in &context.sites.operations {
        snake_case(operation, diagnostics);
        tag(operation, diagnostics);
        security(context, operation, diagnostics);
        sent_media_type(context, operation, diagnostics);
    }
    schemes(context, diagnostics);
    for media_type in &context.sites.media_types {
        example(context, media_type, diagnostics);
    }
}

/// The generator serves an operation without an id, by a name that changes with the path.
pub(super) fn without_id(context: &Context<'_>, diagnostics: &mut Diagnostics<'_>) {
    let operations = &context.sites.operations;
    for operation in operations.iter().filter(|one| one.at.node.get("operationId").is_none()) {
        diagnostics.error(
            "operation-id",
            &operation.at.pointer,
            "this operation has no `operationId`",
            "add one in snake_case: it names the method of the client",
        );
    }
}

fn snake_case(operation: &Operation<'_>, diagnostics: &mut Diagnostics<'_>) {
    let Some(id) = operation.at.node.get("operationId").and_then(Node::as_str) else { return };
    let name = snake_case_name(id);
    if id != name {
        diagnostics.error(
            "operation-id-case",
            &format!("{}/operationId", operation.at.pointer),
            format!("the operation id `{id}` is not in snake_case"),
            format!("write `{name}`: the operation id is the name of the client's method"),
        );
    }
}

fn tag(operation: &Operation<'_>, diagnostics: &mut Diagnostics<'_>) {
    let tags = operation.at.node.get("tags").map_or(&[][..], Node::items);
    let is_tagged = tags.iter().any(|tag| tag.as_str().is_some_and(|tag| !tag.trim().is_empty()));
    if !is_tagged {
        diagnostics.error(
            "operation-tag",
            &operation.at.pointer,
            "this operation has no tag",
            "add `tags: [name]`, with the name of the resource that the path is about",
        );
    }
}

/// Of several media types of a request the client sends one; a maintainer must know which.
fn sent_media_type(
    context: &Context<'_>,
    operation: &Operation<'_>,
    diagnostics: &mut Diagnostics<'_>,
) {
    let Some(body) = operation.at.node.get("requestBody") else { return };
    let content = context.document.resolve(body).get("content").map_or(&[][..], Node::entries);
    if let (true, Some(sent)) = (content.len() > 1, sendable(context.document, body)) {
        diagnostics.warning(
            "request-media-type",
            &format!("{}/requestBody", operation.at.pointer),
            format!("of the {} media types of this request, `{}` is sent", content.len(), sent.key),
            "leave it if that is right, or put the one that is to be sent first",
        );
    }
}

/// An operation that is to be called without credentials says so with `security: []`. That is a
/// warning and no error: the document alone cannot tell a public operation from an oversight.
fn security(context: &Context<'_>, operation: &Operation<'_>, diagnostics: &mut Diagnostics<'_>) {
    const RULE: &str = "operation-security";
    match operation.at.node.get("security") {
        Some(own) if own.items().is_empty() => diagnostics.warning(
            RULE,
            &format!("{}/security", operation.at.pointer),
            "this operation asks for no credentials",
            "leave it if the documentation says that the operation is public, or name a scheme of \
             `components/securitySchemes`",
        ),
        Some(_) => {}
        None => {
            let default = context.document.root().get("security").map_or(&[][..], Node::items);
            if default.is_empty() {
                diagnostics.error(
                    RULE,
                    &operation.at.pointer,
                    "this operation has no security requirement, and the document has no default",
                    "add `security` to the operation or to the document, with the name of a \
                     scheme of `components/securitySchemes`; `security: []` says that no \
                     credentials are needed",
                );
            }
        }
    }
}

/// A requirement can only name what is declared (OpenAPI 3.0.4 section 4.7.30).
fn schemes(context: &Context<'_>, diagnostics: &mut Diagnostics<'_>) {
    let root = At::root(context.document);
    let declared: BTreeSet<&str> = root
        .get("components")
        .iter()
        .flat_map(|components| components.entries_of("securitySchemes"))
        .map(|(name, _)| name)
        .collect();
    let own = context.sites.operations.iter().map(|operation| &operation.at);
    for holder in std::iter::once(&root).chain(own) {
        for requirement in holder.items_of("security") {
            for (scheme, at) in requirement.entries() {
                if declared.contains(scheme) {
                    continue;
                }
                let known = match declared.len() {
                    0 => "declare it in `components/securitySchemes`".to_owned(),
                    _ => format!(
                        "declare it in `components/securitySchemes`, or name one of {}",
                        declared.iter().copied().collect::<Vec<_>>().join(", ")
                    ),
                };
                diagnostics.error(
                    "security-scheme",
                    &at.pointer,
                    format!("the security scheme `{scheme}` is not declared"),
                    known,
                );
            }
        }
    }
}

/// Each body shows an example: of its media type, or of its schema. Raw bytes have none.
fn example(
    context: &Context<'_>,
    media_type: &MediaTypeSite<'_>,
    diagnostics: &mut Diagnostics<'_>,
) {
    // The content of a parameter is not a body.
    let MediaTypeSite { at, name, .. } = media_type;
    if at.pointer.contains("/parameters/") || at.pointer.contains("/headers/") {
        return;
    }
    let schema = at.resolved("schema", context.document);
    let is_binary = schema.as_ref().is_some_and(|schema| {
        schema.text("format") == Some("binary") && schema.text("type") == Some("string")
    });
    let has_example = at.get("example").is_some()
        || at.entries_of("examples").next().is_some()
        || schema.is_some_and(|schema| schema.get("example").is_some());
    if !has_example && !is_binary {
        diagnostics.error(
            "operation-example",
            &at.pointer,
            format!("this `{name}` body has no example"),
            "add `example`, or `examples` with a name and a `value` for each, best as the \
             documentation shows it",
        );
    }
}
