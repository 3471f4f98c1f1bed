//! The report for a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::api::{ApiChange, Happened};
use super::files::State;
use super::release::Release;
use super::report::{Outcome, Report};
use crate::output::Format;
use crate::{diff, lint};

const HEADING: Style = Style::new().bold();
const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();
const TO_DO: Style = AnsiColor::Yellow.on_default();

pub(super) fn render(report: &Report) -> String {
    let mut sections = Vec::new();
    if !report.findings.is_empty() {
        sections.push(lint::text(&report.findings));
    }
    if matches!(report.outcome, Outcome::Unreadable | Outcome::Rejected) {
        sections
            .push(format!("{BAD}Nothing was derived or written.{BAD:#} Correct the errors above."));
        return sections.join("\n\n");
    }
    sections.push(changes(report));
    if !report.api.is_empty() {
        sections.push(api(&report.api));
    }
    if let Some(release) = &report.release {
        sections.push(self::release(release));
    }
    sections.extend(types(report));
    sections.push(files(report));
    sections.push(verdict(report));
    sections.join("\n\n")
}

fn heading(text: &str) -> String {
    format!("{HEADING}{text}{HEADING:#}")
}

fn changes(report: &Report) -> String {
    let Some(base) = &report.base else {
        let reason = report.base_note.as_deref().unwrap_or_default();
        return format!("{}: {reason}", heading("No base to compare with"));
    };
    let mut out = heading(&format!("Changes since {base}"));
    if report.changes.is_empty() {
        out.push_str(": none");
    } else {
        let _ = write!(out, "\n{}", diff::render(&report.changes, Format::Text).trim_end());
    }
    if let Some(note) = &report.base_note {
        let _ = write!(out, "\n{TO_DO}note{TO_DO:#}: {note}");
    }
    out
}

fn api(changes: &[ApiChange]) -> String {
    let mut out = heading("The API of the crate");
    for change in changes {
        let style = match change.change {
            Happened::Added => GOOD,
            Happened::Changed => TO_DO,
            Happened::Gone => BAD,
        };
        let _ = write!(out, "\n  {style}{:<8}{style:#} {}", change.change.word(), change.item);
        if let Some(was) = &change.was {
            let _ = write!(out, " (was {was})");
        }
    }
    out
}

fn release(release: &Release) -> String {
    let heading = heading("Next release");
    let mut out = format!("{heading}: {}", asked(release));
    for item in &release.to_do {
        let _ = write!(out, "\n  {TO_DO}to do{TO_DO:#}  {item}");
    }
    out
}

/// What is asked for, and whether it is there.
pub(super) fn asked(release: &Release) -> String {
    let version = &release.version;
    if release.bump == "none" {
        return format!("the changes ask for no new version (it is {version})");
    }
    let bump = release.bump;
    if bump == "first" {
        return format!("the first one; Cargo.toml has {version}") + announced(release);
    }
    let mut out = match (&release.base_version, &release.required_version) {
        (Some(base), Some(required)) => {
            format!("the changes ask for a {bump} bump, from {base} to {required}")
        }
        _ => format!(
            "the changes ask for a {bump} bump; the version of the base is not known, and \
             Cargo.toml has {version}"
        ),
    };
    if release.version_ready == Some(true) {
        let _ = write!(out, "; Cargo.toml has {version}");
    }
    out.push_str(announced(release));
    out
}

fn announced(release: &Release) -> &'static str {
    match release.changelog_ready {
        Some(true) => "; CHANGELOG.md names everything that changed",
        _ => "",
    }
}

fn types(report: &Report) -> Option<String> {
    let heading = heading("Generated types and document");
    let types = report.types.as_ref()?;
    let mut out = format!("{heading}: {} schemas and properties compared", types.compared);
    for difference in &types.differences {
        let _ = write!(out, "\n  {BAD}fault of the generator{BAD:#}  {difference}");
    }
    if types.differences.is_empty() {
        out.push_str(", no difference");
    }
    Some(out)
}

fn files(report: &Report) -> String {
    let mut out = heading("Derived files");
    for file in &report.files {
        let style = match file.state {
            State::Current | State::Written => GOOD,
            State::Stale | State::Missing => BAD,
        };
        let _ = write!(out, "\n  {style}{:<8}{style:#} {}", file.state.word(), file.path);
    }
    out
}

fn verdict(report: &Report) -> String {
    let mut out = match report.outcome {
        Outcome::Written => {
            let written = report.files.iter().filter(|file| file.state == State::Written).count();
            format!("{GOOD}Wrote {}.{GOOD:#} Review and commit.", derived_files(written))
        }
        Outcome::Stale => format!(
            "{BAD}{} not up to date.{BAD:#} Run `cargo xtask regen`, review and commit.",
            derived_files_are(report.stale().count()),
        ),
        _ => format!("{GOOD}Everything derived is up to date.{GOOD:#}"),
    };
    if report.has_faults() {
        let _ = write!(
            out,
            "\n{BAD}The generated types are not what the document says:{BAD:#} correct \
             cx-client-build, not the document."
        );
    }
    out
}

fn derived_files(count: usize) -> String {
    if count == 1 { "1 derived file".to_owned() } else { format!("{count} derived files") }
}

/// `1 derived file is`, `2 derived files are`
pub(super) fn derived_files_are(count: usize) -> String {
    format!("{} {}", derived_files(count), if count == 1 { "is" } else { "are" })
}
