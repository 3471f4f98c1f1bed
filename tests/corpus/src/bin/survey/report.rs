//! What a run prints.

use std::fmt::Write as _;

use crate::{Line, Outcome};

/// A document on one line; with `all`, its findings on lines of their own.
pub(crate) fn line(line: &Line, all: bool) -> String {
    let mut text = format!("{:<8}{:>6.2} s", word(&line.outcome), line.generation.as_secs_f64(),);
    if let Some(compilation) = line.compilation {
        let _ = write!(text, " +{:>6.1} s", compilation.as_secs_f64());
    }
    let _ = write!(text, "{:>6} operations  {}", line.operations, line.path.display());
    match &line.outcome {
        Outcome::Served => {}
        Outcome::Fault(message) => {
            let _ = write!(text, ": {}", message.trim_end().replace('\n', "\n    "));
        }
        Outcome::Refused(findings) if all => {
            for finding in findings {
                let _ = write!(text, "\n    {finding}");
            }
        }
        Outcome::Refused(findings) => {
            if let Some(first) = findings.first() {
                let _ = write!(text, ": {}: {} [{}]", first.position, first.message, first.rule);
            }
            if findings.len() > 1 {
                let _ = write!(text, " and {} more", findings.len() - 1);
            }
        }
    }
    text
}

/// The last line of the survey.
pub(crate) fn totals(lines: &[Line]) -> String {
    let count = |wanted: &str| lines.iter().filter(|line| word(&line.outcome) == wanted).count();
    format!(
        "{} documents: {} served, {} refused, {} with a fault of the generator",
        lines.len(),
        count("served"),
        count("refused"),
        count("FAULT"),
    )
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Served => "served",
        Outcome::Refused(_) => "refused",
        Outcome::Fault(_) => "FAULT",
    }
}
