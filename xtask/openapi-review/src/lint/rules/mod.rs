//! The rules that go beyond what the generator needs.

mod context;
mod descriptions;
mod deviations;
mod examples;
mod inferences;
mod operations;
mod schemas;
mod sensitive;

use cx_client_build::{Diagnostic, Document};

pub(crate) use sensitive::sensitive_sign;

use self::context::Context;
use super::diagnostics::Diagnostics;
use super::sites::Sites;

type Rule = fn(&Context<'_>, &mut Diagnostics<'_>);

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
    let mut diagnostics = Diagnostics::about(document);
    for rule in RULES {
        rule(&context, &mut diagnostics);
    }
    diagnostics.into_vec()
}

/// Which examples, defaults and enum values do not fit their schemas, and which operations have no
/// id.
///
/// Only for a document whose structure and references are sound: a misspelt key is a finding of its own.
pub(super) fn check_values(document: &Document, sites: &Sites<'_>) -> Vec<Diagnostic> {
    let context = Context { document, sites };
    let mut diagnostics = Diagnostics::about(document);
    examples::check(&context, &mut diagnostics);
    operations::without_id(&context, &mut diagnostics);
    diagnostics.into_vec()
}
