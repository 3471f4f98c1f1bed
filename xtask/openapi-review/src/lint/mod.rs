//! Is the document valid, within what the generator takes, and up to the rules?
//!
//! | rule | what it asks for |
//! | --- | --- |
//! | `unreadable`, `yaml-syntax`, `duplicate-key`, `nesting` | a readable YAML or JSON file |
//! | `openapi-version`, `structure`, `reference`, `path-reference` | OpenAPI 3.0, every `$ref` resolves |
//! | `operation-id`, `operation-id-case` | operation ids that are there, unique and in snake_case |
//! | `circular-composition` | schemas that are not composed of themselves |
//! | `path-parameter` | path templates and path parameters that agree |
//! | `required-property` | required names that are properties |
//! | `enum-value` | enum values that are unique and of the schema's type |
//! | `example`, `default`, `schema` | examples and defaults that fit their schemas |
//! | `security-scheme` | security requirements that name declared schemes |
//! | `description` | a description of every operation, parameter, property and schema |
//! | `operation-tag`, `operation-security`, `operation-example` | a tag, a security requirement, an example |
//! | `request-media-type` | as a warning, which of several media types of a request is sent |
//! | `deviation` | `x-deviation` that names facts, each with a reason |
//! | `inferred` | `x-inferred` that gives a reason; as a warning, one for each `format` and constraint |
//! | `sensitive` | `x-sensitive` on what is named or described as personal data |
//! | `unsupported`, `generator` | what the generator turns into Rust |

mod diagnostics;
pub(crate) mod json_schema;
mod rules;
pub(crate) mod sites;

use cx_client_build::{Diagnostic, Document, Severity, generate_from, validate};

pub(crate) use self::rules::sensitive_sign;
use self::sites::Sites;

/// What there is to say about a document.
#[derive(Debug)]
#[non_exhaustive]
pub struct Checked {
    /// What was found, in the order of the document.
    pub findings: Vec<Diagnostic>,
    /// The Rust source generated from the document, if there is no error.
    pub generated: Option<String>,
}

impl Checked {
    /// Whether there is an error among the findings.
    pub fn has_errors(&self) -> bool {
        has_errors(&self.findings)
    }
}

/// Checks a document that has been read.
///
/// Every rule that can be applied is; the generator is tried only if they find no error.
pub fn check(document: &Document) -> Checked {
    let mut findings = validate(document);
    let is_openapi = !findings.iter().any(|finding| finding.rule == "openapi-version");
    if is_openapi {
        let sites = Sites::of(document);
        let is_sound = !has_errors(&findings);
        findings.extend(rules::check(document, &sites));
        // Values can only be checked against schemas that are schemas.
        if is_sound {
            findings.extend(rules::check_values(document, &sites));
        }
    }
    let mut generated = None;
    if !has_errors(&findings) {
        match generate_from(document) {
            Ok(source) => generated = Some(source),
            Err(error) => findings.extend_from_slice(error.diagnostics()),
        }
    }
    findings.sort_by(|a, b| (a.position, a.rule).cmp(&(b.position, b.rule)));
    Checked { findings, generated }
}

/// Whether one of the findings is an error.
pub fn has_errors(findings: &[Diagnostic]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
