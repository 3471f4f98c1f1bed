//! Collects what the rules report.

use cx_client_build::{Diagnostic, Document};

/// The diagnostics of one document.
#[derive(Debug)]
pub(super) struct Diagnostics<'a> {
    document: &'a Document,
    list: Vec<Diagnostic>,
}

impl<'a> Diagnostics<'a> {
    pub(super) fn about(document: &'a Document) -> Self {
        Self { document, list: Vec::new() }
    }

    /// Adds an error about the value at `pointer`.
    pub(super) fn error(
        &mut self,
        rule: &'static str,
        pointer: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.list.push(self.diagnostic(rule, pointer, message, help));
    }

    /// Adds a warning about the value at `pointer`.
    pub(super) fn warning(
        &mut self,
        rule: &'static str,
        pointer: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.list.push(self.diagnostic(rule, pointer, message, help).warning());
    }

    fn diagnostic(
        &self,
        rule: &'static str,
        pointer: &str,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Diagnostic {
        let position = self.document.position(pointer);
        Diagnostic::error(rule, self.document.file(), position, message).pointer(pointer).help(help)
    }

    /// What was found, in the order of the rules.
    pub(super) fn into_vec(self) -> Vec<Diagnostic> {
        self.list
    }
}
