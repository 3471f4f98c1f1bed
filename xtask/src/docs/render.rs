//! The report as text, JSON and Markdown.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::output::Format;
use openapi_review::diff::{Impact, Level};
use openapi_review::docs::report::{Finding, Inferred, Report, SpecPlace};

/// The report in a form; text has escape sequences of colour, which
/// [`output::print`](crate::output::print) takes out where they are not wanted.
pub fn render(report: &Report, format: Format) -> String {
    match format {
        Format::Text => text(report),
        Format::Json => json(report),
        Format::Markdown => markdown(report),
    }
}

fn json(report: &Report) -> String {
    // Strings, numbers and maps with string keys: nothing here can fail to serialise.
    serde_json::to_string_pretty(report)
        .unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"))
}

fn text(report: &Report) -> String {
    let bold = Style::new().bold();
    let dim = Style::new().dimmed();
    let mut text = String::new();
    for page in &report.pages {
        let _ = writeln!(text, "{bold}{}{bold:#}, by {}", page.operation, page.page);
        if page.agrees {
            let good = AnsiColor::Green.on_default();
            let _ = writeln!(text, "  {good}agrees{good:#} with {}", report.spec);
        }
        for finding in differences(report, &page.page) {
            let change = &finding.change;
            let (level, rust) = (level_style(change.level), rust_style(change.rust));
            let _ = writeln!(
                text,
                "  {level}{:<10}{level:#}  rust {rust}{:<10}{rust:#}  {}: {} {dim}[{}{}]{dim:#}",
                change.level,
                change.rust,
                places(finding),
                change.message,
                change.id,
                finding.fact.as_ref().map(|fact| format!(", `{}`", fact.name)).unwrap_or_default(),
            );
        }
        text.push('\n');
    }
    let mut list = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(text, "{bold}{title}{bold:#}");
            for line in lines {
                let _ = writeln!(text, "  {line}");
            }
            text.push('\n');
        }
    };
    list("Deviates from the page", report.deviations.iter().map(inference).collect());
    list("Inferred beyond the page", report.inferences.iter().map(inference).collect());
    list("Notes", notes(report));
    let _ = writeln!(text, "{}", summary(report));
    text
}

fn markdown(report: &Report) -> String {
    let mut text = String::new();
    for page in &report.pages {
        let _ = writeln!(text, "### `{}`, by {}\n", page.operation, cell(&page.page));
        if page.agrees {
            let _ = writeln!(text, "Agrees with {}.\n", cell(&report.spec));
            continue;
        }
        let _ = writeln!(text, "| level | rust | difference | id | page | document |");
        let _ = writeln!(text, "| --- | --- | --- | --- | --- | --- |");
        for Finding { change, page, spec, .. } in differences(report, &page.page) {
            let _ = writeln!(
                text,
                "| {} | {} | {} | `{}` | {} | {} |",
                emphasised(change.level == Level::Breaking, &change.level.to_string()),
                emphasised(change.rust == Impact::Breaking, &change.rust.to_string()),
                cell(&change.message),
                change.id,
                cell(&format!("{}:{}", page.file, page.line)),
                cell(&place(spec)),
            );
        }
        text.push('\n');
    }
    let mut list = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            let _ = writeln!(text, "### {title}\n");
            for line in lines {
                let _ = writeln!(text, "- {}", line.replace(['\n', '\r'], " "));
            }
            text.push('\n');
        }
    };
    list("Deviates from the page", report.deviations.iter().map(inference).collect());
    list("Inferred beyond the page", report.inferences.iter().map(inference).collect());
    list("Notes", notes(report));
    let _ = writeln!(text, "{}", summary(report));
    text
}

fn differences<'a>(report: &'a Report, page: &'a str) -> impl Iterator<Item = &'a Finding> {
    report.differences.iter().filter(move |finding| finding.page.file == page)
}

fn inference(inferred: &Inferred) -> String {
    let what = if inferred.what.is_empty() { &inferred.pointer } else { &inferred.what };
    let what = if what.is_empty() { "the document" } else { what };
    format!("{}: {what}: {}", place(&inferred.spec), inferred.reason)
}

fn notes(report: &Report) -> Vec<String> {
    let of_pages = report
        .notes
        .iter()
        .map(|note| format!("{}:{}: {}", note.page.file, note.page.line, note.message));
    let missing = (!report.not_documented.is_empty()).then(|| {
        let operations = report.not_documented.join(", ");
        format!("{}: on none of these pages: {operations}", report.spec)
    });
    of_pages.chain(missing).collect()
}

fn place(spec: &SpecPlace) -> String {
    format!("{}:{}:{}", spec.file, spec.line, spec.column)
}

fn places(finding: &Finding) -> String {
    format!("{}:{}, {}", finding.page.file, finding.page.line, place(&finding.spec))
}

fn summary(report: &Report) -> String {
    let count = |number: usize, one: &str, many: &str| {
        format!("{number} {}", if number == 1 { one } else { many })
    };
    let differing = report.pages.iter().filter(|page| !page.agrees).count();
    format!(
        "{}, {} with the document: {}, {}, {}, {}",
        count(report.pages.len(), "page", "pages"),
        match differing {
            0 if report.pages.len() == 1 => "in agreement".to_owned(),
            0 => "all in agreement".to_owned(),
            number => format!("{number} not in agreement"),
        },
        count(report.differences.len(), "difference", "differences"),
        count(report.deviations.len(), "recorded deviation", "recorded deviations"),
        count(report.inferences.len(), "inference", "inferences"),
        count(notes(report).len(), "note", "notes"),
    )
}

fn emphasised(emphasis: bool, word: &str) -> String {
    if emphasis { format!("**{word}**") } else { word.to_owned() }
}

/// Text that does not end its table cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
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
