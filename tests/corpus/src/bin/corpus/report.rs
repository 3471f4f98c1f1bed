//! What a run prints.

use std::collections::BTreeMap;

use cx_client_build::Error;
use cx_client_corpus::print;

/// What became of the documents so far.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) documents: usize,
    calls: usize,
    /// How many documents were refused, by reason.
    refused: BTreeMap<String, usize>,
    faults: usize,
}

impl Report {
    pub(crate) fn fault(&mut self, number: usize, problem: &str) {
        self.faults += 1;
        print(format!("FAULT in document {number}: {problem}"));
    }

    /// A refusal is a fault where the document has nothing that is known to be refused, or where it
    /// names no place.
    pub(crate) fn refused(&mut self, number: usize, error: &Error, expected: bool) {
        let first = error.diagnostics().first();
        let is_located = first.is_some_and(|finding| !finding.pointer.is_empty());
        if !expected || !is_located {
            self.fault(number, &format!("refused: {error}"));
            return;
        }
        for finding in error.diagnostics().iter().take(1) {
            *self.refused.entry(finding.rule.to_owned()).or_default() += 1;
        }
    }

    /// Takes in what the program of a batch printed.
    pub(crate) fn ran(&mut self, lines: &str) {
        for line in lines.lines() {
            match line.split_once(' ') {
                Some(("calls", count)) => self.calls += count.parse().unwrap_or(0),
                Some(("fault", rest)) => {
                    let (number, problem) = rest.split_once(' ').unwrap_or((rest, ""));
                    let number = number.trim_start_matches("document_").parse();
                    self.fault(number.unwrap_or_default(), problem);
                }
                _ => {}
            }
        }
    }

    pub(crate) fn has_faults(&self) -> bool {
        self.faults > 0
    }

    pub(crate) fn progress(&self) -> String {
        format!("{} documents, {} calls, {} faults", self.documents, self.calls, self.faults)
    }

    pub(crate) fn totals(&self, seed: u64) -> String {
        let reasons: Vec<String> =
            self.refused.iter().map(|(rule, count)| format!("{count} by `{rule}`")).collect();
        let reasons =
            if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join(", ")) };
        format!(
            "seed {seed}: {} documents, {} refused{reasons}, {} calls, {} faults",
            self.documents,
            self.refused.values().sum::<usize>(),
            self.calls,
            self.faults,
        )
    }
}
