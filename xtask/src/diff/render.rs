//! The three views of the changes.

use anstyle::{AnsiColor, Style};

use crate::output::{self, Format};
use openapi_review::diff::{Change, Impact, Level};

const DOCUMENT: &str = "The document";

/// The changes in a form; text has escape sequences of colour, which
/// [`output::print`] takes out where they are not wanted.
pub(crate) fn render(changes: &[Change], format: Format) -> String {
    match format {
        Format::Text => text(changes),
        Format::Json => output::json(changes),
        Format::Markdown => markdown(changes),
    }
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
    let bold = Style::new().bold();
    let head = |name: &str| format!("{bold}{name}{bold:#}\n");
    report(changes, head, |change| line(change, &location(change), None))
}

fn markdown(changes: &[Change]) -> String {
    let head = |name: &str| {
        let name = if name == DOCUMENT { name.to_owned() } else { format!("`{name}`") };
        format!("### {name}\n\n{}", header(&["change", "id", "where"]))
    };
    report(changes, head, |change| row(change, &[&location(change)]))
}

fn report(
    changes: &[Change],
    head: impl Fn(&str) -> String,
    line: impl Fn(&Change) -> String,
) -> String {
    if changes.is_empty() {
        return "No differences.\n".to_owned();
    }
    let mut text = String::new();
    for (name, group) in groups(changes) {
        text.push_str(&head(name));
        text.extend(group.iter().map(&line));
        text.push('\n');
    }
    format!("{text}{}\n", summary(changes))
}

/// A change as a line of a report, with the fact that `docs` has it from.
pub(crate) fn line(change: &Change, places: &str, fact: Option<&str>) -> String {
    let dim = Style::new().dimmed();
    let (level, rust) = (level_style(change.level), rust_style(change.rust));
    let fact = fact.map(|fact| format!(", `{fact}`")).unwrap_or_default();
    format!(
        "  {level}{:<10}{level:#}  rust {rust}{:<10}{rust:#}  {places}: {} {dim}[{}{fact}]{dim:#}\n",
        change.level, change.rust, change.message, change.id,
    )
}

/// The head of a table of changes; the columns after level and rust.
pub(crate) fn header(columns: &[&str]) -> String {
    let rule = "| --- ".repeat(columns.len());
    format!("| level | rust | {} |\n| --- | --- {rule}|\n", columns.join(" | "))
}

/// A change as a row of a table, with the places that it is about.
pub(crate) fn row(change: &Change, places: &[&str]) -> String {
    let places: Vec<String> = places.iter().map(|place| cell(place)).collect();
    format!(
        "| {} | {} | {} | `{}` | {} |\n",
        emphasised(change.level == Level::Breaking, &change.level.to_string()),
        emphasised(change.rust == Impact::Breaking, &change.rust.to_string()),
        cell(&change.message),
        change.id,
        places.join(" | "),
    )
}

fn emphasised(emphasis: bool, word: &str) -> String {
    if emphasis { format!("**{word}**") } else { word.to_owned() }
}

/// Text that does not end its table cell.
pub(crate) fn cell(text: &str) -> String {
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
