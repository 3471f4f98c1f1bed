//! Where the document deviates from the documentation, it says from what, and why.

use super::context::Context;
use crate::docs::{DEVIATION, FactName};
use crate::lint::diagnostics::Diagnostics;
use crate::reader::At;

const RULE: &str = "deviation";

/// Every `x-deviation` names facts that the object can have, each with a reason.
///
/// Whether a page says what is recorded is for `docs` to find.
pub(super) fn check(context: &Context<'_>, diagnostics: &mut Diagnostics<'_>) {
    for at in At::root(context.document).objects() {
        let Some(records) = at.get(DEVIATION) else { continue };
        if at.reference().is_some() {
            diagnostics.error(
                RULE,
                &records.pointer,
                format!("`{DEVIATION}` beside `$ref` is ignored"),
                "record the deviation in the component, or write the schema out here",
            );
        }
        judge(&records, diagnostics);
    }
}

fn judge(records: &At<'_>, diagnostics: &mut Diagnostics<'_>) {
    if records.node.entries().is_empty() {
        diagnostics.error(
            RULE,
            &records.pointer,
            format!("`{DEVIATION}` records nothing"),
            "write below it the fact, such as `type:`, and below that `page:`, which is what the \
             documentation says, and `reason:`",
        );
    }
    for (fact, record) in records.entries() {
        if matches!(FactName::parse(fact), FactName::Unknown(_)) {
            diagnostics.error(
                RULE,
                &record.pointer,
                format!("`{fact}` is no fact that a page could state"),
                "name a keyword such as `type`, or a part such as `query parameter NAME` or \
                 `property NAME`",
            );
        }
        if !record.says("reason") {
            diagnostics.error(
                RULE,
                &record.pointer,
                format!("the deviation of `{fact}` has no reason"),
                "add `reason:` with why the document says something else than the documentation",
            );
        }
        for (key, other) in record.entries() {
            if !matches!(key, "page" | "reason") {
                diagnostics.error(
                    RULE,
                    &other.pointer,
                    format!("`{key}` is no part of a deviation"),
                    "write `page:`, which is what the documentation says, and `reason:`",
                );
            }
        }
    }
}
