//! Printing for people and for machines.

use std::fmt::Display;
use std::io::Write as _;

/// The form of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Format {
    /// For a terminal, in colour if standard output is one and `NO_COLOR` is not set.
    #[default]
    Text,
    /// For a machine.
    Json,
    /// For a review or a changelog.
    Markdown,
}

/// Prints to standard output, with escape sequences of colour only if it is a terminal.
///
/// A reader that closed the pipe, such as `head`, is no error.
pub(crate) fn print(text: impl Display) {
    let _ = writeln!(anstream::stdout(), "{text}");
}

/// Prints to standard error, in the same way.
pub(crate) fn eprint(text: impl Display) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// A report for a machine.
pub(crate) fn json(report: &(impl serde::Serialize + ?Sized)) -> String {
    // Strings, numbers and maps with string keys: nothing in a report can fail to serialise.
    serde_json::to_string_pretty(report)
        .unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"))
}
