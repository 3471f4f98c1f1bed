//! What the documentation does not state is marked as inferred, with the reason.

use cx_client_build::Document;

use super::context::Context;
use crate::docs::{KEYWORDS, Says};
use crate::lint::diagnostics::Diagnostics;
use crate::lint::sites::Role;
use crate::reader::At;

const RULE: &str = "inferred";

/// Whether a keyword narrows a type. A documentation page may state it in so many words, which this
/// rule cannot see, so those are warnings and not errors.
fn is_constraint(says: Says) -> bool {
    matches!(says, Says::Limit | Says::Least | Says::Switch)
}

/// A constraint should have a reason, and every reason that is given says something.
///
/// The reason stands in the schema, or in the parameter or header that holds the schema.
pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics<'_>) {
    reasons(context.document, diagnostics);
    for schema in &context.sites.schemas {
        if schema.at.reference().is_some() {
            continue;
        }
        let holder = match schema.role {
            Role::Parameter => schema
                .at
                .pointer
                .rsplit_once("/schema")
                .and_then(|(holder, _)| context.document.at(holder)),
            _ => None,
        };
        // A reason that is there and says nothing has been reported already.
        let has_reason = schema.at.node.get("x-inferred").is_some()
            || holder.is_some_and(|holder| holder.get("x-inferred").is_some());
        if has_reason {
            continue;
        }
        let is_there = |(keyword, says): &&(&str, Says)| {
            is_constraint(*says) && schema.at.node.get(keyword).is_some()
        };
        if let Some((keyword, _)) = KEYWORDS.iter().find(is_there) {
            diagnostics.warning(
                RULE,
                &format!("{}/{keyword}", schema.at.pointer),
                format!("`x-inferred` does not say where `{keyword}` comes from"),
                "if the documentation does not state it, add `x-inferred:` beside it, with what the \
                 documentation says or shows that it was taken from",
            );
        }
    }
}

/// Every `x-inferred` of the document is a text.
fn reasons(document: &Document, diagnostics: &mut Diagnostics<'_>) {
    for at in At::root(document).objects() {
        if at.get("x-inferred").is_some() && !at.says("x-inferred") {
            diagnostics.error(
                RULE,
                &at.below("x-inferred"),
                "`x-inferred` gives no reason",
                "write as text what the documentation says or shows that this was taken from",
            );
        }
    }
}
