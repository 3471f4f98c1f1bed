//! What the command found, as data and in three forms.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use cx_client_build::{Document, Position};
use serde::Serialize;

use super::answers::{Answer, Comparison};
use super::finding::Finding;
use super::tool::Tool;
use crate::exit::Exit;
use crate::output::Format;

/// What came of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Verdict {
    /// All is as expected.
    Passed,
    /// Something is not.
    Failed,
    /// The tool did not do its work.
    NotMade,
}

/// A check.
#[derive(Debug, Serialize)]
pub(super) struct Check {
    /// What was checked.
    pub(super) check: String,
    /// What came of it.
    pub(super) verdict: Verdict,
    /// What was seen; the first line stands in the table.
    pub(super) result: String,
}

#[derive(Debug, Serialize)]
struct Row {
    tool: Tool,
    version: String,
    #[serde(flatten)]
    check: Check,
}

/// A finding that asks for something.
#[derive(Debug, Serialize)]
struct Problem {
    tool: Tool,
    rule: String,
    file: String,
    line: usize,
    column: usize,
    message: String,
    help: &'static str,
}

/// All that was found.
#[derive(Debug, Default, Serialize)]
pub(super) struct Report {
    checks: Vec<Row>,
    problems: Vec<Problem>,
    answered: Vec<Answer>,
}

const MEND: &str = "mend openapi.yaml";
const MEND_OR_ANSWER: &str = "mend openapi.yaml, or say in xtask/conformance/answered-warnings.json \
                              why the documentation does not allow it";
const REMOVE: &str = "remove its answer from xtask/conformance/answered-warnings.json";

impl Report {
    /// Adds a check.
    pub(super) fn add(&mut self, tool: Tool, version: &str, check: Check) {
        self.checks.push(Row { tool, version: version.to_owned(), check });
    }

    /// Adds what a linter found.
    pub(super) fn add_lint(
        &mut self,
        tool: Tool,
        version: &str,
        comparison: Comparison,
        document: &Document,
    ) {
        let Comparison { errors, unanswered, answered, stale, .. } = &comparison;
        let result = format!(
            "{}, {} ({} answered)",
            count(errors.len(), "error"),
            count(unanswered.len() + answered.len(), "warning"),
            answered.len(),
        );
        let verdict = if comparison.passes() { Verdict::Passed } else { Verdict::Failed };
        let check = "lint, recommended rules".to_owned();
        self.add(tool, version, Check { check, verdict, result });
        let mut add = |rule: &str, pointer: &str, message: String, help| {
            let Position { line, column } = document.position(pointer);
            let (rule, file) = (rule.to_owned(), "openapi.yaml".to_owned());
            self.problems.push(Problem { tool, rule, file, line, column, message, help });
        };
        for Finding { rule, pointer, message, .. } in errors {
            add(rule, pointer, format!("error: {message}"), MEND);
        }
        for Finding { rule, pointer, message, .. } in unanswered {
            add(rule, pointer, format!("warning: {message}"), MEND_OR_ANSWER);
        }
        for Answer { rule, pointer, .. } in stale {
            add(rule, pointer, format!("the warning at {pointer} no longer comes"), REMOVE);
        }
        self.answered.extend(comparison.answered);
    }

    /// What the command says to its caller.
    pub(super) fn exit(&self) -> Exit {
        let any = |verdict| self.checks.iter().any(|row| row.check.verdict == verdict);
        if any(Verdict::NotMade) {
            Exit::Unusable
        } else if any(Verdict::Failed) {
            Exit::Findings
        } else {
            Exit::Success
        }
    }

    /// The report in a form, without a line feed at the end.
    pub(super) fn render(&self, format: Format) -> String {
        match format {
            Format::Text => self.text(),
            // Strings and numbers only: this cannot fail.
            Format::Json => {
                serde_json::to_string_pretty(self).unwrap_or_else(|error| error.to_string())
            }
            Format::Markdown => self.markdown(),
        }
    }

    /// What was seen, below the first line, which stands in the table; indented by four.
    fn details(&self) -> impl Iterator<Item = (Tool, &str, &str)> {
        self.checks.iter().filter_map(|Row { tool, check: Check { check, result, .. }, .. }| {
            let (_, details) = result.split_once('\n')?;
            Some((*tool, check.as_str(), details))
        })
    }

    fn text(&self) -> String {
        let header = ["tool", "version", "check", "verdict", "result"].map(str::to_owned);
        let rows: Vec<[String; 5]> = self
            .checks
            .iter()
            .map(|Row { tool, version, check: Check { check, verdict, result } }| {
                let (verdict, result) = (verdict.word().to_owned(), first_line(result).to_owned());
                [tool.to_string(), version.clone(), check.clone(), verdict, result]
            })
            .collect();
        let width = |column: usize| {
            let cells = rows.iter().chain([&header]).map(|row| row[column].chars().count());
            cells.max().unwrap_or(0)
        };
        let widths = [width(0), width(1), width(2), width(3)];
        let mut out = String::new();
        let verdicts = self.checks.iter().map(|row| row.check.verdict.style());
        let styles = [Style::new()].into_iter().chain(verdicts);
        for ([tool, version, check, verdict, result], style) in
            [&header].into_iter().chain(&rows).zip(styles)
        {
            let [a, b, c, d] = widths;
            let line = format!(
                "{tool:a$}  {version:b$}  {check:c$}  {style}{verdict:d$}{style:#}  {result}"
            );
            let _ = writeln!(out, "{}", line.trim_end());
        }
        for (tool, check, details) in self.details() {
            let _ = writeln!(out, "\n{tool}, {check}:\n{details}");
        }
        for Problem { tool, rule, file, line, column, message, help } in &self.problems {
            let _ = writeln!(out, "\n{file}:{line}:{column}: {message} [{tool} {rule}]");
            let _ = writeln!(out, "    help: {help}");
        }
        if !self.answered.is_empty() {
            out.push_str("\nWarnings that stay, and why:\n");
        }
        for Answer { tool, rule, pointer, answer } in &self.answered {
            let _ = writeln!(out, "  {tool} {rule} at {pointer}\n    {answer}");
        }
        out.trim_end().to_owned()
    }

    fn markdown(&self) -> String {
        let mut out =
            "| tool | version | check | verdict | result |\n| --- | --- | --- | --- | --- |\n"
                .to_owned();
        for Row { tool, version, check: Check { check, verdict, result } } in &self.checks {
            let (check, result) = (cell(check), cell(first_line(result)));
            let _ =
                writeln!(out, "| {tool} | {version} | {check} | {} | {result} |", verdict.word());
        }
        for (tool, check, details) in self.details() {
            let _ = writeln!(out, "\n{tool}, {check}:\n\n{details}");
        }
        if !self.problems.is_empty() {
            out.push_str("\n| place | finding | tool, rule |\n| --- | --- | --- |\n");
        }
        for Problem { tool, rule, file, line, column, message, .. } in &self.problems {
            let message = cell(message);
            let _ = writeln!(out, "| `{file}:{line}:{column}` | {message} | {tool} `{rule}` |");
        }
        if !self.answered.is_empty() {
            out.push_str("\n| warning that stays | at | why |\n| --- | --- | --- |\n");
        }
        for Answer { tool, rule, pointer, answer } in &self.answered {
            let _ = writeln!(out, "| {tool} `{rule}` | `{pointer}` | {} |", cell(answer));
        }
        out.trim_end().to_owned()
    }
}

impl Verdict {
    fn word(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "FAILED",
            Self::NotMade => "NOT MADE",
        }
    }

    fn style(self) -> Style {
        match self {
            Self::Passed => AnsiColor::Green.on_default(),
            _ => AnsiColor::Red.on_default().bold(),
        }
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

fn count(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// Text for a cell of a table in Markdown.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use expect_test::expect;

    use super::super::finding::Severity;
    use super::*;

    fn passed(check: &str) -> Check {
        Check {
            check: check.to_owned(),
            verdict: Verdict::Passed,
            result: "422: one of a|b".to_owned(),
        }
    }

    fn answer(pointer: &str) -> Answer {
        let (pointer, answer) = (pointer.to_owned(), "The documentation says a|b.".to_owned());
        Answer { tool: Tool::Spectral, rule: "a-rule".to_owned(), pointer, answer }
    }

    fn finding(severity: Severity) -> Finding {
        let (pointer, message) = ("/info/title".to_owned(), "Mend this.".to_owned());
        Finding { rule: "b-rule".to_owned(), severity, pointer, message }
    }

    fn report() -> Report {
        let document =
            Document::parse("openapi.yaml", "openapi: 3.0.4\ninfo:\n  title: T\n").unwrap();
        let comparison = Comparison {
            errors: vec![finding(Severity::Error)],
            unanswered: vec![finding(Severity::Warning)],
            answered: vec![answer("/info")],
            stale: vec![answer("/paths")],
        };
        let mut report = Report::default();
        report.add_lint(Tool::Spectral, "6.0.0", comparison, &document);
        report.add(Tool::Prism, "5.0.0", passed("an answer decodes"));
        let failed = Check {
            check: "rejected: no body".to_owned(),
            verdict: Verdict::Failed,
            result: "expected status: 422\n    the error\n    its body".to_owned(),
        };
        report.add(Tool::Prism, "5.0.0", failed);
        report
    }

    #[test]
    fn as_text() {
        let text = anstream::adapter::strip_str(&report().render(Format::Text)).to_string();
        expect![[r#"
            tool      version  check                    verdict  result
            Spectral  6.0.0    lint, recommended rules  FAILED   1 error, 2 warnings (1 answered)
            Prism     5.0.0    an answer decodes        passed   422: one of a|b
            Prism     5.0.0    rejected: no body        FAILED   expected status: 422

            Prism, rejected: no body:
                the error
                its body

            openapi.yaml:3:3: error: Mend this. [Spectral b-rule]
                help: mend openapi.yaml

            openapi.yaml:3:3: warning: Mend this. [Spectral b-rule]
                help: mend openapi.yaml, or say in xtask/conformance/answered-warnings.json why the documentation does not allow it

            openapi.yaml:1:1: the warning at /paths no longer comes [Spectral a-rule]
                help: remove its answer from xtask/conformance/answered-warnings.json

            Warnings that stay, and why:
              Spectral a-rule at /info
                The documentation says a|b."#]].assert_eq(&text);
    }

    #[test]
    fn as_markdown() {
        expect![[r#"
            | tool | version | check | verdict | result |
            | --- | --- | --- | --- | --- |
            | Spectral | 6.0.0 | lint, recommended rules | FAILED | 1 error, 2 warnings (1 answered) |
            | Prism | 5.0.0 | an answer decodes | passed | 422: one of a\|b |
            | Prism | 5.0.0 | rejected: no body | FAILED | expected status: 422 |

            Prism, rejected: no body:

                the error
                its body

            | place | finding | tool, rule |
            | --- | --- | --- |
            | `openapi.yaml:3:3` | error: Mend this. | Spectral `b-rule` |
            | `openapi.yaml:3:3` | warning: Mend this. | Spectral `b-rule` |
            | `openapi.yaml:1:1` | the warning at /paths no longer comes | Spectral `a-rule` |

            | warning that stays | at | why |
            | --- | --- | --- |
            | Spectral `a-rule` | `/info` | The documentation says a\|b. |"#]].assert_eq(&report().render(Format::Markdown));
    }

    #[test]
    fn as_json() {
        let json: serde_json::Value = serde_json::from_str(&report().render(Format::Json)).unwrap();
        assert_eq!(json["checks"][0]["tool"], "Spectral");
        assert_eq!(json["checks"][0]["verdict"], "failed");
        assert_eq!(json["checks"][1]["result"], "422: one of a|b");
        assert_eq!(json["problems"][0]["line"], 3);
        assert_eq!(json["problems"].as_array().unwrap().len(), 3);
        assert_eq!(json["answered"][0]["rule"], "a-rule");
    }

    #[test]
    fn the_status_is_of_the_gravest_verdict() {
        let mut report = Report::default();
        report.add(Tool::Prism, "5.0.0", passed("a"));
        assert_eq!(report.exit(), Exit::Success);
        report.add(Tool::Prism, "5.0.0", Check { verdict: Verdict::Failed, ..passed("b") });
        assert_eq!(report.exit(), Exit::Findings);
        report.add(Tool::Prism, "5.0.0", Check { verdict: Verdict::NotMade, ..passed("c") });
        assert_eq!(report.exit(), Exit::Unusable);
    }
}
