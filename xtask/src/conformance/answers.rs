//! The warnings that are known, each with the reason why the document keeps them.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::finding::{Finding, Severity};
use super::tool::Tool;

/// A warning that is known, and why nothing is done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answer {
    /// The linter that gives it.
    pub(super) tool: Tool,
    /// The linter's name of the rule.
    pub(super) rule: String,
    /// The JSON pointer (RFC 6901) of the value that it is about.
    pub(super) pointer: String,
    /// Why nothing is done about it.
    pub(super) answer: String,
}

/// All of them.
#[derive(Debug, Default)]
pub(super) struct Answers(Vec<Answer>);

/// What a linter found, beside what is known.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Comparison {
    /// Errors; none has an answer.
    pub(super) errors: Vec<Finding>,
    /// Warnings without an answer.
    pub(super) unanswered: Vec<Finding>,
    /// Warnings with their answer.
    pub(super) answered: Vec<Answer>,
    /// Answers to warnings that no longer come.
    pub(super) stale: Vec<Answer>,
}

impl Comparison {
    /// Whether there is nothing to do.
    pub(super) fn passes(&self) -> bool {
        self.errors.is_empty() && self.unanswered.is_empty() && self.stale.is_empty()
    }
}

impl Answers {
    /// Reads them from a file.
    ///
    /// # Errors
    ///
    /// If it cannot be read, is not of that form, or has an answer that says nothing.
    pub(super) fn load(file: &Path) -> Result<Self, String> {
        fs::read_to_string(file)
            .map_err(|error| error.to_string())
            .and_then(|text| Self::parse(&text))
            .map_err(|problem| format!("{}: {problem}", file.display()))
    }

    fn parse(text: &str) -> Result<Self, String> {
        let answers: Vec<Answer> = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match answers.iter().find(|answer| answer.answer.trim().is_empty()) {
            Some(empty) => Err(format!("say why {} `{}` stays unmended", empty.tool, empty.rule)),
            None => Ok(Self(answers)),
        }
    }

    /// Finds for each warning its answer; an answer is for one warning.
    pub(super) fn compare(&self, tool: Tool, findings: Vec<Finding>) -> Comparison {
        let mut left: Vec<&Answer> = self.0.iter().filter(|answer| answer.tool == tool).collect();
        let mut comparison = Comparison::default();
        for finding in findings {
            let answer = left.iter().position(|answer| {
                answer.rule == finding.rule && answer.pointer == finding.pointer
            });
            match (finding.severity, answer) {
                (Severity::Error, _) => comparison.errors.push(finding),
                (Severity::Warning, None) => comparison.unanswered.push(finding),
                (Severity::Warning, Some(index)) => {
                    comparison.answered.push(left.remove(index).clone());
                }
            }
        }
        comparison.stale = left.into_iter().cloned().collect();
        comparison
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    fn answer(tool: Tool, rule: &str, pointer: &str) -> Answer {
        let (rule, pointer) = (rule.to_owned(), pointer.to_owned());
        Answer { tool, rule, pointer, answer: "because".to_owned() }
    }

    fn finding(severity: Severity, rule: &str, pointer: &str) -> Finding {
        let (rule, pointer) = (rule.to_owned(), pointer.to_owned());
        Finding { rule, severity, pointer, message: "a message".to_owned() }
    }

    fn answers() -> Answers {
        Answers(vec![
            answer(Tool::Redocly, "license", "/info"),
            answer(Tool::Spectral, "contact", "/info"),
        ])
    }

    #[test]
    fn a_known_warning_passes() {
        let warning = finding(Severity::Warning, "license", "/info");
        let comparison = answers().compare(Tool::Redocly, vec![warning]);
        assert!(comparison.passes());
        assert_eq!(comparison.answered, [answer(Tool::Redocly, "license", "/info")]);
    }

    #[test]
    fn a_warning_of_another_rule_place_or_tool_is_not_known() {
        for warning in [
            finding(Severity::Warning, "other", "/info"),
            finding(Severity::Warning, "license", "/paths"),
            finding(Severity::Warning, "contact", "/info"),
        ] {
            let known = finding(Severity::Warning, "license", "/info");
            let comparison = answers().compare(Tool::Redocly, vec![known, warning.clone()]);
            assert!(!comparison.passes());
            assert_eq!(comparison.unanswered, [warning]);
            assert_eq!(comparison.answered.len(), 1);
        }
    }

    #[test]
    fn an_answer_is_for_one_warning() {
        let warning = finding(Severity::Warning, "license", "/info");
        let comparison = answers().compare(Tool::Redocly, vec![warning.clone(), warning.clone()]);
        assert!(!comparison.passes());
        assert_eq!(comparison.unanswered, [warning]);
    }

    #[test]
    fn an_error_has_no_answer() {
        let error = finding(Severity::Error, "license", "/info");
        let comparison = answers().compare(Tool::Redocly, vec![error.clone()]);
        assert!(!comparison.passes());
        assert_eq!(comparison.errors, [error]);
        assert_eq!(comparison.stale, [answer(Tool::Redocly, "license", "/info")]);
    }

    #[test]
    fn an_answer_whose_warning_no_longer_comes_is_stale() {
        let comparison = answers().compare(Tool::Spectral, Vec::new());
        assert!(!comparison.passes());
        assert_eq!(comparison.stale, [answer(Tool::Spectral, "contact", "/info")]);
    }

    #[test]
    fn the_committed_answers_can_be_read() {
        let text = include_str!("../../conformance/answered-warnings.json");
        assert!(Answers::parse(text).is_ok());
    }

    #[test]
    fn an_answer_must_say_something_and_name_a_known_tool() {
        let empty = r#"[{"tool": "Redocly", "rule": "r", "pointer": "", "answer": " "}]"#;
        assert!(Answers::parse(empty).unwrap_err().contains("say why Redocly `r`"));
        let unknown = r#"[{"tool": "Vacuum", "rule": "r", "pointer": "", "answer": "a"}]"#;
        assert!(Answers::parse(unknown).unwrap_err().contains("Vacuum"));
    }
}
