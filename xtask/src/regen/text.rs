//! The report for a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use super::files::{FileReport, State};
use super::release::Release;
use super::report::{Outcome, Report};
use crate::output::Format;
use crate::{diff, lint};

const HEADING: Style = Style::new().bold();
const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();
const TO_DO: Style = AnsiColor::Yellow.on_default();
const PLACE: Style = AnsiColor::Cyan.on_default();

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
    if !report.rust_diff.is_empty() {
        let heading = heading("Changes of the generated Rust");
        sections.push(format!("{heading}\n{}", coloured(&report.rust_diff)));
    }
    if let Some(release) = &report.release {
        sections.push(self::release(release));
    }
    if !report.missing_crates.is_empty() {
        sections.push(missing_crates(report));
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

/// A unified difference with additions in green, removals in red.
fn coloured(diff: &str) -> String {
    let lines = diff.lines().map(|line| {
        let style = match line.as_bytes().first() {
            Some(b'+') => GOOD,
            Some(b'-') => BAD,
            Some(b'@') => PLACE,
            _ => return line.to_owned(),
        };
        format!("{style}{line}{style:#}")
    });
    lines.collect::<Vec<_>>().join("\n")
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
    if release.changelog_ready == Some(true) {
        out.push_str("; CHANGELOG.md tells of it");
    }
    out
}

fn missing_crates(report: &Report) -> String {
    let mut out = heading("Crates that cx-client does not depend on yet");
    for missing in &report.missing_crates {
        let _ = write!(
            out,
            "\n  {BAD}{}{BAD:#} is named by the generated source; add\n    {}   to \
             [dependencies] of {}\n    {}   to [workspace.dependencies] of Cargo.toml",
            missing.name, missing.dependency, missing.manifest, missing.workspace_dependency,
        );
    }
    out
}

fn types(report: &Report) -> Option<String> {
    let heading = heading("Generated types and document");
    if let Some(note) = &report.types_note {
        return Some(format!("{heading}: {TO_DO}not compared{TO_DO:#}, {note}"));
    }
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
        if shows_diff(report, file) {
            let _ = write!(out, "\n{}", coloured(&file.diff));
        }
    }
    out
}

/// Whether the difference of a file is news: of a stale one, unless it has been shown as the
/// change of the generated Rust.
pub(super) fn shows_diff(report: &Report, file: &FileReport) -> bool {
    file.state == State::Stale && !report.rust_diff.contains(&file.diff)
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
    if !report.missing_crates.is_empty() {
        let _ = write!(
            out,
            "\n{BAD}The crate does not build{BAD:#} before the dependencies above are added."
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
