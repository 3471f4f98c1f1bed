//! The report for a review.

use std::fmt::Write as _;

use cx_client_build::Diagnostic;

use super::report::{Outcome, Report};
use super::text::{asked, derived_files_are, shows_diff};
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
    if !report.rust_diff.is_empty() {
        sections.push(format!("## Generated Rust\n\n{}", fenced(&report.rust_diff)));
    }
    if let Some(release) = &report.release {
        let mut out = format!("## Next release\n\n{}.", capitalised(&asked(release)));
        for (index, item) in release.to_do.iter().enumerate() {
            let _ = write!(out, "{}- [ ] {item}", if index == 0 { "\n\n" } else { "\n" });
        }
        sections.push(out);
    }
    if !report.missing_crates.is_empty() {
        sections.push(missing_crates(report));
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

fn missing_crates(report: &Report) -> String {
    let mut out =
        "## Missing dependencies\n\nThe crate does not build before they are added.\n".to_owned();
    for missing in &report.missing_crates {
        let _ = write!(
            out,
            "\n- [ ] `{}`: add `{}` to `[dependencies]` of `{}` and `{}` to \
             `[workspace.dependencies]` of `Cargo.toml`",
            missing.name, missing.dependency, missing.manifest, missing.workspace_dependency,
        );
    }
    out
}

fn types(report: &Report) -> Option<String> {
    let mut out = "## Generated types and document\n\n".to_owned();
    if let Some(note) = &report.types_note {
        let _ = write!(out, "Not compared: {note}.");
        return Some(out);
    }
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
    for file in report.files.iter().filter(|file| shows_diff(report, file)) {
        let _ = write!(out, "\n\n{}", fenced(&file.diff));
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

/// A block of code that ends only where it should: doc comments in the difference may hold fences.
fn fenced(diff: &str) -> String {
    let longest = diff.split(|c| c != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}diff\n{}\n{fence}", diff.trim_end_matches('\n'))
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::{capitalised, fenced};

    #[test]
    fn a_fence_in_the_difference_does_not_end_the_block() {
        assert_eq!(fenced("+a\n"), "```diff\n+a\n```");
        assert_eq!(fenced("+/// ```\n"), "````diff\n+/// ```\n````");
    }

    #[test]
    fn a_sentence_begins_with_a_capital() {
        assert_eq!(capitalised("the changes"), "The changes");
        assert_eq!(capitalised(""), "");
    }
}
