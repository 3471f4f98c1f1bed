//! What the documentation does not state is marked as inferred, with the reason.

use cx_client_build::{Document, Node, Value, escape_token};

use super::Context;
use crate::lint::findings::Findings;
use crate::lint::sites::{Role, has_text};

const RULE: &str = "inferred";

/// Keywords that narrow a type. A documentation page may state them in so many words, which this
/// rule cannot see, so they are warnings and not errors.
const CONSTRAINTS: [&str; 15] = [
    "format",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "default",
];

/// A constraint should have a reason, and every reason that is given says something.
///
/// The reason stands in the schema, or in the parameter or header that holds the schema.
pub(super) fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    reasons(context.document, findings);
    for schema in &context.sites.schemas {
        if schema.node.get("$ref").is_some() {
            continue;
        }
        let holder = match schema.role {
            Role::Parameter => schema
                .pointer
                .rsplit_once("/schema")
                .and_then(|(holder, _)| context.document.at(holder)),
            _ => None,
        };
        // A reason that is there and says nothing has been reported already.
        let has_reason = schema.node.get("x-inferred").is_some()
            || holder.is_some_and(|holder| holder.get("x-inferred").is_some());
        if has_reason {
            continue;
        }
        if let Some(keyword) =
            CONSTRAINTS.into_iter().find(|keyword| schema.node.get(keyword).is_some())
        {
            findings.warning(
                RULE,
                &format!("{}/{keyword}", schema.pointer),
                format!("`x-inferred` does not say where `{keyword}` comes from"),
                "if the documentation does not state it, add `x-inferred:` beside it, with what the \
                 documentation says or shows that it was taken from",
            );
        }
    }
}

/// Every `x-inferred` of the document is a text.
fn reasons(document: &Document, findings: &mut Findings<'_>) {
    visit(document.root(), "", findings);
}

fn visit(node: &Node, pointer: &str, findings: &mut Findings<'_>) {
    match &node.value {
        Value::Mapping(mapping) => {
            let names = pointer.ends_with("/properties");
            if !names && node.get("x-inferred").is_some() && !has_text(node, "x-inferred") {
                findings.error(
                    RULE,
                    &format!("{pointer}/x-inferred"),
                    "`x-inferred` gives no reason",
                    "write as text what the documentation says or shows that this was taken from",
                );
            }
            for entry in mapping.entries() {
                let data =
                    matches!(entry.key.as_str(), "example" | "examples" | "default" | "enum")
                        || entry.key.starts_with("x-");
                if names || !data {
                    let pointer = format!("{pointer}/{}", escape_token(&entry.key));
                    visit(&entry.node, &pointer, findings);
                }
            }
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter().enumerate() {
                visit(item, &format!("{pointer}/{index}"), findings);
            }
        }
        _ => {}
    }
}
