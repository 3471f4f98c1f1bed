//! The rules that go beyond what the generator needs.

mod descriptions;
mod deviations;
mod examples;
mod inferences;
mod operations;
mod schemas;
mod sensitive;

use cx_client_build::{Diagnostic, Document, Value};

pub(crate) use sensitive::sensitive_word;

use super::findings::Findings;
use super::sites::Sites;
use crate::reader::At;

/// What a rule may look at.
struct Context<'a> {
    document: &'a Document,
    sites: &'a Sites<'a>,
}

type Rule = fn(&Context<'_>, &mut Findings<'_>);

const RULES: &[Rule] = &[
    operations::check,
    descriptions::check,
    inferences::check,
    deviations::check,
    sensitive::check,
    schemas::check,
];

/// What every rule finds that reads the document as it is.
pub(super) fn check(document: &Document, sites: &Sites<'_>) -> Vec<Diagnostic> {
    let context = Context { document, sites };
    let mut findings = Findings::about(document);
    for rule in RULES {
        rule(&context, &mut findings);
    }
    findings.into_vec()
}

/// Which examples, defaults and enum values do not fit their schemas, and which operations have no
/// id.
///
/// Only for a document whose structure and references are sound: a misspelt key is told as that.
pub(super) fn check_values(document: &Document, sites: &Sites<'_>) -> Vec<Diagnostic> {
    let context = Context { document, sites };
    let mut findings = Findings::about(document);
    examples::check(&context, &mut findings);
    operations::without_id(&context, &mut findings);
    findings.into_vec()
}

/// Gives every object of the document that is no data to `see`.
fn objects<'a>(at: &At<'a>, see: &mut impl FnMut(&At<'a>)) {
    let has_names = at.pointer.ends_with("/properties");
    if !has_names && matches!(at.node.value, Value::Mapping(_)) {
        see(at);
    }
    for (key, inner) in at.entries() {
        let is_data =
            matches!(key, "example" | "examples" | "default" | "enum") || key.starts_with("x-");
        if has_names || !is_data {
            objects(&inner, see);
        }
    }
    for item in at.items() {
        objects(&item, see);
    }
}
