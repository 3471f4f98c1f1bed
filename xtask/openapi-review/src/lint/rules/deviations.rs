//! Where the document deviates from the documentation, it says from what, and why.

use cx_client_build::{Node, Value, escape_token};

use super::{Context, objects};
use crate::docs::{DEVIATION, Fact};
use crate::lint::findings::Findings;
use crate::lint::sites::has_text;

const RULE: &str = "deviation";

/// Every `x-deviation` names facts that the object can have, each with a reason.
///
/// Whether a page says what is recorded is for `docs` to find.
pub(super) fn check(context: &Context<'_>, findings: &mut Findings<'_>) {
    objects(context.document.root(), "", &mut |node, pointer| {
        let Some(records) = node.get(DEVIATION) else { return };
        let at = format!("{pointer}/{DEVIATION}");
        if node.get("$ref").is_some() {
            findings.error(
                RULE,
                &at,
                format!("`{DEVIATION}` beside `$ref` is ignored"),
                "record the deviation in the component, or write the schema out here",
            );
        }
        judge(records, &at, findings);
    });
}

fn judge(records: &Node, at: &str, findings: &mut Findings<'_>) {
    if records.entries().is_empty() {
        findings.error(
            RULE,
            at,
            format!("`{DEVIATION}` records nothing"),
            "write below it the fact, such as `type:`, and below that `page:`, which is what the \
             documentation says, and `reason:`",
        );
    }
    for entry in records.entries() {
        let at = format!("{at}/{}", escape_token(&entry.key));
        if !Fact::is_name(&entry.key) {
            findings.error(
                RULE,
                &at,
                format!("`{}` is no fact that a page could state", entry.key),
                "name a keyword such as `type`, or a part such as `query parameter NAME` or \
                 `property NAME`",
            );
        }
        if !matches!(entry.node.value, Value::Mapping(_)) || !has_text(&entry.node, "reason") {
            findings.error(
                RULE,
                &at,
                format!("the deviation of `{}` has no reason", entry.key),
                "add `reason:` with why the document says something else than the documentation",
            );
        }
        for other in entry.node.entries() {
            if !matches!(other.key.as_str(), "page" | "reason") {
                findings.error(
                    RULE,
                    &format!("{at}/{}", escape_token(&other.key)),
                    format!("`{}` is no part of a deviation", other.key),
                    "write `page:`, which is what the documentation says, and `reason:`",
                );
            }
        }
    }
}
