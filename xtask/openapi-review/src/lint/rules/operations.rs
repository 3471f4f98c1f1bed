//! What every operation has: a name for its method, a tag, a security requirement, an example.

use std::collections::BTreeSet;

use cx_client_build::{Node, sendable};

use super::Context;
use crate::lint::findings::Findings;
use crate::lint::sites::{MediaTypeSite, OperationSite, items, resolve};

pub(super) fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    for operation in &context.sites.operations {
        snake_case(operation, findings);
        tag(operation, findings);
        security(context, operation, findings);
        sent_media_type(context, operation, findings);
    }
    schemes(context, findings);
    for media_type in &context.sites.media_types {
        example(context, media_type, findings);
    }
}

fn snake_case(operation: &OperationSite<'_>, findings: &mut Findings<'_>) {
    let Some(id) = operation.node.get("operationId").and_then(Node::as_str) else { return };
    if !is_snake_case(id) {
        findings.error(
            "operation-id-case",
            &format!("{}/operationId", operation.pointer),
            format!("the operation id `{id}` is not in snake_case"),
            format!(
                "write `{}`: the operation id is the name of the client's method",
                to_snake_case(id)
            ),
        );
    }
}

fn is_snake_case(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_lowercase())
        && id.split('_').all(|word| {
            !word.is_empty()
                && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

/// The id with a word for each hump, in lower case.
fn to_snake_case(id: &str) -> String {
    let words = super::sensitive::words(id);
    let id = words.join("_");
    if id.starts_with(|c: char| c.is_ascii_lowercase()) { id } else { format!("operation_{id}") }
}

fn tag(operation: &OperationSite<'_>, findings: &mut Findings<'_>) {
    let tags = operation.node.get("tags").map_or(&[][..], Node::items);
    let is_tagged = tags.iter().any(|tag| tag.as_str().is_some_and(|tag| !tag.trim().is_empty()));
    if !is_tagged {
        findings.error(
            "operation-tag",
            &operation.pointer,
            "this operation has no tag",
            "add `tags: [name]`, with the name of the resource that the path is about",
        );
    }
}

/// Of several media types of a request the client sends one; a maintainer must know which.
fn sent_media_type(
    context: &Context<'_>,
    operation: &OperationSite<'_>,
    findings: &mut Findings<'_>,
) {
    let Some(body) = operation.node.get("requestBody") else { return };
    let content = context.document.resolve(body).get("content").map_or(&[][..], Node::entries);
    if let (true, Some(sent)) = (content.len() > 1, sendable(context.document, body)) {
        findings.warning(
            "request-media-type",
            &format!("{}/requestBody", operation.pointer),
            format!("of the {} media types of this request, `{}` is sent", content.len(), sent.key),
            "leave it if that is right, or put the one that is to be sent first",
        );
    }
}

/// An operation that is to be called without credentials says so with `security: []`. That is a
/// warning and no error: the document alone cannot tell a public operation from an oversight.
fn security(context: &Context<'_>, operation: &OperationSite<'_>, findings: &mut Findings<'_>) {
    const RULE: &str = "operation-security";
    match operation.node.get("security") {
        Some(own) if own.items().is_empty() => findings.warning(
            RULE,
            &format!("{}/security", operation.pointer),
            "this operation asks for no credentials",
            "leave it if the documentation says that the operation is public, or name a scheme of \
             `components/securitySchemes`",
        ),
        Some(_) => {}
        None => {
            let default = context.document.root().get("security").map_or(&[][..], Node::items);
            if default.is_empty() {
                findings.error(
                    RULE,
                    &operation.pointer,
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
fn schemes(context: &Context<'_>, findings: &mut Findings<'_>) {
    let root = context.document.root();
    let declared: BTreeSet<&str> = root
        .get("components")
        .and_then(|components| components.get("securitySchemes"))
        .map_or(&[][..], Node::entries)
        .iter()
        .map(|entry| entry.key.as_str())
        .collect();
    let default = (String::new(), root);
    let own = context.sites.operations.iter().map(|site| (site.pointer.clone(), site.node));
    for (pointer, holder) in std::iter::once(default).chain(own) {
        for (pointer, requirement) in items(holder, &pointer, "security") {
            for scheme in requirement.entries() {
                if declared.contains(scheme.key.as_str()) {
                    continue;
                }
                let known = match declared.len() {
                    0 => "declare it in `components/securitySchemes`".to_owned(),
                    _ => format!(
                        "declare it in `components/securitySchemes`, or name one of {}",
                        declared.iter().copied().collect::<Vec<_>>().join(", ")
                    ),
                };
                findings.error(
                    "security-scheme",
                    &format!("{pointer}/{}", cx_client_build::escape_token(&scheme.key)),
                    format!("the security scheme `{}` is not declared", scheme.key),
                    known,
                );
            }
        }
    }
}

/// Each body shows an example: of its media type, or of its schema. Raw bytes have none.
fn example(context: &Context<'_>, media_type: &MediaTypeSite<'_>, findings: &mut Findings<'_>) {
    // The content of a parameter is not a body.
    if media_type.pointer.contains("/parameters/") || media_type.pointer.contains("/headers/") {
        return;
    }
    let node = media_type.node;
    let schema = node.get("schema").map(|schema| resolve(context.document, "", schema).1);
    let is_binary = schema.is_some_and(|schema| {
        schema.get("format").and_then(Node::as_str) == Some("binary")
            && schema.get("type").and_then(Node::as_str) == Some("string")
    });
    let has_example = node.get("example").is_some()
        || node.get("examples").is_some_and(|examples| !examples.entries().is_empty())
        || schema.is_some_and(|schema| schema.get("example").is_some());
    if !has_example && !is_binary {
        findings.error(
            "operation-example",
            &media_type.pointer,
            format!("this `{}` body has no example", media_type.name),
            "add `example`, or `examples` with a name and a `value` for each, best as the \
             documentation shows it",
        );
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::{is_snake_case, to_snake_case};

    #[test]
    fn snake_case_is_told_from_other_cases() {
        for id in ["a", "create_call", "get_call_2", "v1_calls"] {
            assert!(is_snake_case(id), "{id}");
        }
        for id in ["", "createCall", "create-call", "_call", "call_", "a__b", "2_calls", "Crée"] {
            assert!(!is_snake_case(id), "{id}");
        }
    }

    #[test]
    fn the_advised_id_is_in_snake_case() {
        for (id, advised) in [
            ("createCall", "create_call"),
            ("create-call", "create_call"),
            ("GetHTTPStatus", "get_http_status"),
            ("2calls", "operation_2calls"),
        ] {
            assert_eq!(to_snake_case(id), advised);
            assert!(is_snake_case(&to_snake_case(id)), "{id}");
        }
    }
}
