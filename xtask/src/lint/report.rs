//! The findings as text and as JSON.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use cx_client_build::{Diagnostic, Severity};
use serde::Serialize;

use crate::output;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default();
const GOOD: Style = AnsiColor::Green.on_default();

/// The form of the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Format {
    /// For a terminal, in colour if standard output is one and `NO_COLOR` is not set.
    #[default]
    Text,
    /// For a machine: an array of objects.
    Json,
}

/// The findings about `file`, without a line feed at the end.
///
/// Text has escape sequences of colour, for [`crate::output::print`] to keep or to drop.
pub(crate) fn render(file: &str, findings: &[Diagnostic], format: Format) -> String {
    match format {
        Format::Text if findings.is_empty() => format!("{GOOD}{file}: no findings{GOOD:#}"),
        Format::Text => text(findings),
        Format::Json => {
            let findings: Vec<JsonDiagnostic<'_>> =
                findings.iter().map(JsonDiagnostic::from).collect();
            output::json(&findings)
        }
    }
}

/// Two lines for each finding, and a last one that counts them.
pub(crate) fn text(findings: &[Diagnostic]) -> String {
    let mut out = String::new();
    for finding in findings {
        let style = style(finding.severity);
        let Diagnostic { rule, severity, file, position, message, help, .. } = finding;
        let _ = writeln!(out, "{file}:{position}: {style}{severity}{style:#}: {message} [{rule}]");
        if !help.is_empty() {
            let _ = writeln!(out, "    {HELP}help{HELP:#}: {help}");
        }
    }
    out.push_str(&count(findings));
    out
}

/// `2 errors, 1 warning`
pub(crate) fn count(findings: &[Diagnostic]) -> String {
    let of = |severity, name: &str| {
        let count = findings.iter().filter(|finding| finding.severity == severity).count();
        match count {
            0 => None,
            1 => Some(format!("1 {name}")),
            _ => Some(format!("{count} {name}s")),
        }
    };
    let counts: Vec<String> = [of(Severity::Error, "error"), of(Severity::Warning, "warning")]
        .into_iter()
        .flatten()
        .collect();
    counts.join(", ")
}

fn style(severity: Severity) -> Style {
    match severity {
        Severity::Error => ERROR,
        _ => WARNING,
    }
}

/// A finding as an object of JSON.
#[derive(Debug, Serialize)]
pub(crate) struct JsonDiagnostic<'a> {
    rule: &'a str,
    severity: String,
    file: &'a str,
    line: usize,
    column: usize,
    pointer: &'a str,
    message: &'a str,
    help: &'a str,
}

impl<'a> From<&'a Diagnostic> for JsonDiagnostic<'a> {
    fn from(finding: &'a Diagnostic) -> Self {
        Self {
            rule: finding.rule,
            severity: finding.severity.to_string(),
            file: &finding.file,
            line: finding.position.line,
            column: finding.position.column,
            pointer: &finding.pointer,
            message: &finding.message,
            help: &finding.help,
        }
    }
}
