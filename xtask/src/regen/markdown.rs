//! The report for a review.

use std::fmt::Write as _;

use cx_client_build::Diagnostic;

use super::api::ApiChange;
use super::report::{Outcome, Report};
use super::text::{asked, derived_files_are};
use crate::output::Format;
use crate::{diff, lint};

pub(super) fn render(report: &Report) -> String {
    let mut sections = vec!["# `cargo xtask regen`".to_owned()];
    if !report.findings.is_empty() {
        sections.push(findings(&report.findings));
    }
    if matches!(report.outcome, Outcome::Unreadable | Outcome::Rejected) {
        sections.push("Nothing was derived or written.".to_owned());
        return sections.join("\n\n");
    }
    sections.push(changes(report));
    if !report.api.is_empty() {
        sections.push(api(&report.api));
    }
    if let Some(release) = &report.release {
        let mut out = format!("## Next release\n\n{}.", capitalised(&asked(release)));
        for (index, item) in release.to_do.iter().enumerate() {
            let _ = write!(out, "{}- [ ] {item}", if index == 0 { "\n\n" } else { "\n" });
        }
        sections.push(out);
    }
    sections.extend(types(report));
    sections.push(files(report));
    sections.join("\n\n")
}

fn findings(findings: &[Diagnostic]) -> String {
    let mut out = format!("## Findings\n\n{}:\n", lint::count(findings));
    for finding in findings {
        let Diagnostic { rule, severity, file, position, message, help, .. } = finding;
        let _ = write!(out, "\n- **{severity}** `{file}:{position}` {message} (`{rule}`)");
        if !help.is_empty() {
            let _ = write!(out, "; {help}");
        }
    }
    out
}

fn changes(report: &Report) -> String {
    let note = report.base_note.as_deref().unwrap_or_default();
    let Some(base) = &report.base else {
        return format!("## Changes\n\nNo base to compare with: {note}.");
    };
    let mut out = format!("## Changes since `{base}`\n\n");
    if report.changes.is_empty() {
        out.push_str("None.");
    } else {
        out.push_str(diff::render(&report.changes, Format::Markdown).trim());
    }
    if !note.is_empty() {
        let _ = write!(out, "\n\nNote: {note}.");
    }
    out
}

fn api(changes: &[ApiChange]) -> String {
    let mut out = "## The API of the crate\n".to_owned();
    for change in changes {
        let _ = write!(out, "\n- {} `{}`", change.change.word(), change.item);
        if let Some(was) = &change.was {
            let _ = write!(out, " (was `{was}`)");
        }
    }
    out
}

fn types(report: &Report) -> Option<String> {
    let mut out = "## Generated types and document\n\n".to_owned();
    let types = report.types.as_ref()?;
    let _ = write!(out, "{} schemas and properties compared", types.compared);
    out.push_str(if types.differences.is_empty() {
        ", no difference."
    } else {
        "; these are faults of the generator:\n"
    });
    for difference in &types.differences {
        let _ = write!(out, "\n- {difference}");
    }
    Some(out)
}

fn files(report: &Report) -> String {
    let mut out = "## Derived files\n\n| file | state |\n| --- | --- |".to_owned();
    for file in &report.files {
        let _ = write!(out, "\n| `{}` | {} |", file.path, file.state.word());
    }
    if report.outcome == Outcome::Stale {
        let _ = write!(
            out,
            "\n\n{} not up to date: run `cargo xtask regen`, review and commit.",
            derived_files_are(report.stale().count()),
        );
    }
    out
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::capitalised;

    #[test]
    fn a_sentence_begins_with_a_capital() {
        assert_eq!(capitalised("the changes"), "The changes");
        assert_eq!(capitalised(""), "");
    }
}
