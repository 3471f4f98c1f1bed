//! The report as text, JSON and Markdown.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::diff::render::{cell, header, line, row};
use crate::output::{self, Format};
use openapi_review::docs::report::{Inferred, PageDifference, Report, SpecPlace};

/// The report in a form; text has escape sequences of colour, which
/// [`output::print`] takes out where they are not wanted.
pub(crate) fn render(report: &Report, format: Format) -> String {
    let mut text = match format {
        Format::Json => return output::json(report),
        Format::Text => text(report),
        Format::Markdown => markdown(report),
    };
    let bold = Style::new().bold();
    for (title, lines) in [
        ("Deviates from the page", report.deviations.iter().map(inference).collect()),
        ("Inferred beyond the page", report.inferences.iter().map(inference).collect()),
        ("Notes", notes(report)),
    ] {
        let _ = match format {
            _ if lines.is_empty() => continue,
            Format::Markdown => writeln!(text, "### {title}\n"),
            _ => writeln!(text, "{bold}{title}{bold:#}"),
        };
        for line in lines {
            let _ = match format {
                Format::Markdown => writeln!(text, "- {}", line.replace(['\n', '\r'], " ")),
                _ => writeln!(text, "  {line}"),
            };
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{}", summary(report));
    text
}

fn text(report: &Report) -> String {
    let bold = Style::new().bold();
    let mut text = String::new();
    for page in &report.pages {
        let _ = writeln!(text, "{bold}{}{bold:#}, by {}", page.operation, page.page);
        if page.agrees {
            let good = AnsiColor::Green.on_default();
            let _ = writeln!(text, "  {good}agrees{good:#} with {}", report.spec);
        }
        for PageDifference { change, page, spec, fact } in differences(report, &page.page) {
            let places = format!("{}:{}, {}", page.file, page.line, place(spec));
            let fact = fact.as_ref().map(|fact| fact.name.to_string());
            text.push_str(&line(change, &places, fact.as_deref()));
        }
        text.push('\n');
    }
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
        text.push_str(&header(&["difference", "id", "page", "document"]));
        for PageDifference { change, page, spec, .. } in differences(report, &page.page) {
            let page = format!("{}:{}", page.file, page.line);
            text.push_str(&row(change, &[&page, &place(spec)]));
        }
        text.push('\n');
    }
    text
}

fn differences<'a>(report: &'a Report, page: &'a str) -> impl Iterator<Item = &'a PageDifference> {
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
