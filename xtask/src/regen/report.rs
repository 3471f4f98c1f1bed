//! What `regen` has to say, as data.

use cx_client_build::{Diagnostic, Severity};
use serde::{Serialize, Serializer};

use super::files::{FileReport, State};
use super::release::Release;
use crate::lint;
use openapi_review::diff::{ApiChange, Change};
use openapi_review::round_trip::RoundTrip;

/// What came out of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Outcome {
    /// The document cannot be read.
    Unreadable,
    /// The document has errors, or what is generated from it does not compile; nothing was written.
    Rejected,
    /// Every derived file is up to date.
    Current,
    /// Some derived file is not.
    Stale,
    /// What was stale has been written.
    Written,
}

/// What `regen` has to say. Text, JSON and Markdown are views of it.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    /// What came out.
    pub(crate) outcome: Outcome,
    /// Whether it was only to check.
    pub(crate) check: bool,
    /// What `lint` found.
    #[serde(serialize_with = "findings")]
    pub(crate) findings: Vec<Diagnostic>,
    /// What the document was compared with, if anything.
    pub(crate) base: Option<String>,
    /// Why there was nothing to compare with, or not everything could be.
    pub(crate) base_note: Option<String>,
    /// What changed since the base.
    pub(crate) changes: Vec<Change>,
    /// What changed in the public API of the crate since the base.
    pub(crate) api: Vec<ApiChange>,
    /// What the changes ask of the next release, where there is a base.
    pub(crate) release: Option<Release>,
    /// The derived files.
    pub(crate) files: Vec<FileReport>,
    /// What the comparison of the generated types with the document has shown: `null` where there
    /// is no client to be compiled with them.
    pub(crate) types: Option<RoundTrip>,
}

impl Report {
    /// About a document that `lint` has accepted.
    pub(super) fn new(check: bool, findings: Vec<Diagnostic>, files: Vec<FileReport>) -> Self {
        let is_current = files.iter().all(|file| file.state == State::Current);
        Self {
            outcome: if is_current { Outcome::Current } else { Outcome::Stale },
            check,
            findings,
            base: None,
            base_note: None,
            changes: Vec::new(),
            api: Vec::new(),
            release: None,
            files,
            types: None,
        }
    }

    /// About a document that has errors, or of which the generated code has.
    pub(super) fn rejected(check: bool, findings: Vec<Diagnostic>) -> Self {
        Self { outcome: Outcome::Rejected, ..Self::new(check, findings, Vec::new()) }
    }

    /// About a file that is no document, or that is not there.
    pub(super) fn unread(check: bool, findings: Vec<Diagnostic>) -> Self {
        let unreadable = findings.iter().any(|finding| finding.rule == "unreadable");
        let outcome = if unreadable { Outcome::Unreadable } else { Outcome::Rejected };
        Self { outcome, ..Self::new(check, findings, Vec::new()) }
    }

    /// What lets the document be rejected.
    pub(crate) fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        let is_rejected = matches!(self.outcome, Outcome::Unreadable | Outcome::Rejected);
        self.findings
            .iter()
            .filter(move |finding| is_rejected && finding.severity == Severity::Error)
    }

    /// Whether the generator has made types that are not what the document says.
    pub(super) fn has_faults(&self) -> bool {
        self.types.as_ref().is_some_and(|types| !types.differences.is_empty())
    }

    /// The files that are not up to date.
    pub(super) fn stale(&self) -> impl Iterator<Item = &FileReport> {
        self.files.iter().filter(|file| matches!(file.state, State::Stale | State::Missing))
    }
}

fn findings<S: Serializer>(findings: &[Diagnostic], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(findings.iter().map(lint::JsonDiagnostic::from))
}
