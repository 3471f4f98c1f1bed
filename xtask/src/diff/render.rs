//! The three views of the changes.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::output::Format;
use openapi_review::diff::{Change, Impact, Level};

const DOCUMENT: &str = "The document";

/// The changes in a form; text has escape sequences of colour, which
/// [`output::print`](crate::output::print) takes out where they are not wanted.
pub(crate) fn render(changes: &[Change], format: Format) -> String {
    match format {
        Format::Text => text(changes),
        Format::Json => json(changes),
        Format::Markdown => markdown(changes),
    }
}

fn json(changes: &[Change]) -> String {
    // Strings, numbers and maps with string keys: nothing here can fail to serialise.
    serde_json::to_string_pretty(changes)
        .unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"))
}

/// The changes by operation, in their order.
fn groups(changes: &[Change]) -> impl Iterator<Item = (&str, &[Change])> {
    changes.chunk_by(|a, b| a.operation == b.operation).map(|group| {
        let name = group.first().map_or("", |change| change.operation.as_str());
        (if name.is_empty() { DOCUMENT } else { name }, group)
    })
}

fn location(change: &Change) -> String {
    change.location().map(ToString::to_string).unwrap_or_default()
}

fn text(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "No differences.\n".to_owned();
    }
    let bold = Style::new().bold();
    let dim = Style::new().dimmed();
    let mut text = String::new();
    for (name, group) in groups(changes) {
        let _ = writeln!(text, "{bold}{name}{bold:#}");
        for change in group {
            let (level, rust) = (level_style(change.level), rust_style(change.rust));
            let _ = writeln!(
                text,
                "  {level}{:<10}{level:#}  rust {rust}{:<10}{rust:#}  {}: {} {dim}[{}]{dim:#}",
                change.level,
                change.rust,
                location(change),
                change.message,
                change.id,
            );
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{}", summary(changes));
    text
}

fn markdown(changes: &[Change]) -> String {
    if changes.is_empty() {
        return "No differences.\n".to_owned();
    }
    let mut text = String::new();
    for (name, group) in groups(changes) {
        let name = if name == DOCUMENT { name.to_owned() } else { format!("`{name}`") };
        let _ = writeln!(text, "### {name}\n");
        let _ = writeln!(text, "| level | rust | change | id | where |");
        let _ = writeln!(text, "| --- | --- | --- | --- | --- |");
        for change in group {
            let _ = writeln!(
                text,
                "| {} | {} | {} | `{}` | {} |",
                emphasised(change.level == Level::Breaking, &change.level.to_string()),
                emphasised(change.rust == Impact::Breaking, &change.rust.to_string()),
                cell(&change.message),
                change.id,
                cell(&location(change)),
            );
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{}", summary(changes));
    text
}

fn emphasised(emphasis: bool, word: &str) -> String {
    if emphasis { format!("**{word}**") } else { word.to_owned() }
}

/// Text that does not end its table cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}

fn summary(changes: &[Change]) -> String {
    let levels = [Level::Breaking, Level::Warning, Level::Compatible, Level::Docs];
    let counts = levels.map(|level| {
        let count = changes.iter().filter(|change| change.level == level).count();
        format!("{count} {level}")
    });
    let rust = changes.iter().filter(|change| change.rust == Impact::Breaking).count();
    let noun = if changes.len() == 1 { "change" } else { "changes" };
    format!("{} {noun}: {}; {rust} breaking in Rust", changes.len(), counts.join(", "))
}

fn level_style(level: Level) -> Style {
    match level {
        Level::Breaking => AnsiColor::Red.on_default().bold(),
        Level::Warning => AnsiColor::Yellow.on_default(),
        Level::Compatible => AnsiColor::Green.on_default(),
        Level::Docs => Style::new().dimmed(),
    }
}

fn rust_style(impact: Impact) -> Style {
    match impact {
        Impact::Breaking => AnsiColor::Red.on_default().bold(),
        Impact::Compatible => AnsiColor::Green.on_default(),
        Impact::None => Style::new().dimmed(),
    }
}
