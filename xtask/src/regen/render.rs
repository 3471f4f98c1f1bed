//! The report for a terminal and for a review: the same sections in two layouts.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use cx_client_build::Diagnostic;
use openapi_review::diff::{ApiChange, Happened};

use super::files::{FileReport, State};
use super::release::Release;
use super::report::{Outcome, Report};
use crate::output::{self, Format};
use crate::{diff, lint};

const HEADING: Style = Style::new().bold();
const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();
const TO_DO: Style = AnsiColor::Yellow.on_default();

/// The report in the form that was asked for, without a line feed at the end.
///
/// Text has escape sequences of colour, for [`output::print`] to keep or to drop.
pub(super) fn render(report: &Report, format: Format) -> String {
    let is_markdown = match format {
        Format::Json => return output::json(report),
        Format::Text => false,
        Format::Markdown => true,
    };
    let mut parts = Vec::new();
    if is_markdown {
        parts.push("# `cargo xtask regen`".to_owned());
    }
    if !report.findings.is_empty() {
        parts.push(match is_markdown {
            true => findings(&report.findings).markdown(),
            false => lint::text(&report.findings),
        });
    }
    if matches!(report.outcome, Outcome::Unreadable | Outcome::Rejected) {
        parts.push("Nothing was derived or written. Correct the errors above.".to_owned());
        return parts.join("\n\n");
    }
    let api = (!report.api.is_empty()).then(|| api(&report.api));
    let sections = [
        Some(changes(report, format)),
        api,
        report.release.as_ref().map(release),
        types(report),
        Some(files(&report.files)),
    ];
    let layout = if is_markdown { Section::markdown } else { Section::text };
    parts.extend(sections.iter().flatten().map(layout));
    let verdict = verdict(report);
    parts.push(match is_markdown {
        true => anstream::adapter::strip_str(&verdict).to_string(),
        false => verdict,
    });
    parts.join("\n\n")
}

/// A part of the report.
struct Section {
    title: String,
    /// What there is to say in one sentence, without a full stop.
    sentence: String,
    /// What is laid out already.
    body: String,
    items: Vec<Item>,
}

/// A line of a section.
struct Item {
    style: Style,
    word: String,
    text: String,
    /// Whether the text is code or a path, of which the lines are a list.
    is_code: bool,
}

impl Section {
    fn text(&self) -> String {
        let mut out = format!("{HEADING}{}{HEADING:#}", self.title);
        if !self.sentence.is_empty() {
            let _ = write!(out, ": {}", self.sentence);
        }
        if !self.body.is_empty() {
            let _ = write!(out, "\n{}", self.body);
        }
        for Item { style, word, text, is_code } in &self.items {
            let width = if *is_code { 8 } else { word.len() + 1 };
            let _ = write!(out, "\n  {style}{word:<width$}{style:#} {text}");
        }
        out
    }

    fn markdown(&self) -> String {
        let mut out = format!("## {}", self.title);
        if !self.sentence.is_empty() {
            let _ = write!(out, "\n\n{}.", capitalised(&self.sentence));
        }
        if !self.body.is_empty() {
            let _ = write!(out, "\n\n{}", self.body);
        }
        for (index, Item { word, text, is_code, .. }) in self.items.iter().enumerate() {
            let begin = if index == 0 { "\n\n" } else { "\n" };
            let word = if word == "to do" { "[ ]" } else { word };
            let quote = if *is_code { "`" } else { "" };
            let _ = write!(out, "{begin}- {word} {quote}{text}{quote}");
        }
        out
    }
}

fn section(title: impl Into<String>, sentence: impl Into<String>, items: Vec<Item>) -> Section {
    Section { title: title.into(), sentence: sentence.into(), body: String::new(), items }
}

fn item(style: Style, word: &(impl ToString + ?Sized), text: &(impl ToString + ?Sized)) -> Item {
    Item { style, word: word.to_string(), text: text.to_string(), is_code: false }
}

fn code(style: Style, word: &str, text: &str) -> Item {
    Item { is_code: true, ..item(style, word, text) }
}

fn findings(findings: &[Diagnostic]) -> Section {
    let line = |finding: &Diagnostic| {
        let Diagnostic { rule, severity, file, position, message, help, .. } = finding;
        let help = if help.is_empty() { String::new() } else { format!("; {help}") };
        item(BAD, severity, &format!("`{file}:{position}` {message} (`{rule}`){help}"))
    };
    section("Findings", lint::count(findings), findings.iter().map(line).collect())
}

fn changes(report: &Report, format: Format) -> Section {
    let note = report.base_note.as_deref();
    let Some(base) = &report.base else {
        return section("No base to compare with", note.unwrap_or_default(), Vec::new());
    };
    let note = note.map(|note| item(TO_DO, "note", note));
    let mut section = section(format!("Changes since {base}"), "", note.into_iter().collect());
    if report.changes.is_empty() {
        section.sentence = "none".to_owned();
    } else {
        section.body = diff::render(&report.changes, format).trim().to_owned();
    }
    section
}

fn api(changes: &[ApiChange]) -> Section {
    let line = |change: &ApiChange| {
        let style = match change.change {
            Happened::Added => GOOD,
            Happened::Changed => TO_DO,
            Happened::Gone => BAD,
        };
        let was = change.was.as_ref().map(|was| format!(" (was {was})")).unwrap_or_default();
        code(style, change.change.word(), &format!("{}{was}", change.item))
    };
    section("The API of the crate", "", changes.iter().map(line).collect())
}

fn release(release: &Release) -> Section {
    let to_do = release.to_do.iter().map(|text| item(TO_DO, "to do", text));
    section("Next release", asked(release), to_do.collect())
}

/// What is asked for, and whether it is there.
fn asked(release: &Release) -> String {
    let Release { version, bump, .. } = release;
    let announced = match release.changelog_ready {
        Some(true) => "; CHANGELOG.md names everything that changed",
        _ => "",
    };
    let ready = match release.version_ready {
        Some(true) => format!("; Cargo.toml has {version}"),
        _ => String::new(),
    };
    match (*bump, &release.base_version, &release.required_version) {
        ("none", ..) => format!("the changes ask for no new version (it is {version})"),
        ("first", ..) => format!("the first one; Cargo.toml has {version}{announced}"),
        (_, Some(base), Some(required)) => {
            format!(
                "the changes ask for a {bump} bump, from {base} to {required}{ready}{announced}"
            )
        }
        _ => format!(
            "the changes ask for a {bump} bump; the version of the base is not known, and \
             Cargo.toml has {version}{ready}{announced}"
        ),
    }
}

fn types(report: &Report) -> Option<Section> {
    let types = report.types.as_ref()?;
    let faults: Vec<Item> =
        types.differences.iter().map(|difference| item(BAD, "fault", difference)).collect();
    let found = if faults.is_empty() { ", no difference" } else { "" };
    let sentence = format!("{} schemas and properties compared{found}", types.compared);
    Some(section("Generated types and document", sentence, faults))
}

fn files(files: &[FileReport]) -> Section {
    let line = |file: &FileReport| {
        let style = match file.state {
            State::Current | State::Written => GOOD,
            State::Stale | State::Missing => BAD,
        };
        code(style, file.state.word(), file.path)
    };
    section("Derived files", "", files.iter().map(line).collect())
}

fn verdict(report: &Report) -> String {
    let count = |state: State| {
        let count = report.files.iter().filter(|file| file.state == state).count();
        if count == 1 { "1 derived file".to_owned() } else { format!("{count} derived files") }
    };
    let mut out = match report.outcome {
        Outcome::Written => {
            format!("{GOOD}Wrote {}.{GOOD:#} Review and commit.", count(State::Written))
        }
        Outcome::Stale => {
            let stale = report.stale().count();
            let are = if stale == 1 { "file is" } else { "files are" };
            format!(
                "{BAD}{stale} derived {are} not up to date.{BAD:#} Run `cargo xtask regen`, review \
                 and commit."
            )
        }
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

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
