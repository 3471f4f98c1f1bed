//! What a linter finds.

/// How grave a [`Finding`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Severity {
    /// The document is wrong.
    Error,
    /// Everything else, down to hints.
    Warning,
}

/// One finding of a linter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    /// The linter's name of the rule.
    pub(super) rule: String,
    /// How grave it is.
    pub(super) severity: Severity,
    /// The JSON pointer (RFC 6901) of the value that it is about.
    pub(super) pointer: String,
    /// What the linter says.
    pub(super) message: String,
}
