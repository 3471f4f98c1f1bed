//! What is wrong with a document, where, and what to do.

use std::borrow::Cow;
use std::fmt;

use crate::position::Position;

/// How grave a [`Diagnostic`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// Worth a look; nothing fails because of it.
    Warning,
    /// The document cannot be used as it is.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// One finding about a document.
///
/// `Display` is one line, `file:line:column: message [rule]`, followed by the help on the same
/// line, so that a build tool that takes single lines shows all of it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// The name of the rule, in kebab case; it stays the same from release to release.
    pub rule: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// The file, as it was named to the library.
    pub file: String,
    /// Where in the file.
    pub position: Position,
    /// The JSON pointer (RFC 6901) of the value; empty where there is no value to point at.
    pub pointer: String,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// What to do about it; empty where the message says it all.
    pub help: String,
}

impl Diagnostic {
    /// An error found by `rule` at a place in a file.
    pub fn error(
        rule: &'static str,
        file: impl Into<String>,
        position: Position,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            file: file.into(),
            position,
            pointer: String::new(),
            message: message.into(),
            help: String::new(),
        }
    }

    /// The same finding with advice.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// The same finding with the JSON pointer of the value that it is about.
    #[must_use]
    pub fn pointer(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }

    /// The same finding as a warning.
    #[must_use]
    pub fn warning(mut self) -> Self {
        self.severity = Severity::Warning;
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let message = one_line(&self.message);
        write!(f, "{}:{}: {message} [{}]", self.file, self.position, self.rule)?;
        if !self.help.is_empty() {
            write!(f, "; help: {}", one_line(&self.help))?;
        }
        Ok(())
    }
}

/// The text with its control characters escaped: what it quotes of a document can hold line breaks.
fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return text.into();
    }
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            line.extend(character.escape_default());
        } else {
            line.push(character);
        }
    }
    line.into()
}

/// Why a document cannot be used: one [`Diagnostic`] or more, in the order of the document.
///
/// `Display` is one line per diagnostic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    diagnostics: Vec<Diagnostic>,
}

impl Error {
    /// What is wrong, in the order of the document; never empty.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// `Ok` if there is nothing to report.
    pub(crate) fn check(mut diagnostics: Vec<Diagnostic>) -> Result<(), Self> {
        if diagnostics.is_empty() {
            return Ok(());
        }
        diagnostics.sort_by_key(|diagnostic| diagnostic.position);
        Err(Self { diagnostics })
    }
}

impl From<Diagnostic> for Error {
    fn from(diagnostic: Diagnostic) -> Self {
        Self { diagnostics: vec![diagnostic] }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{diagnostic}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
