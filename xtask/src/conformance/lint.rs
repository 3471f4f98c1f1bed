//! The linters, and what they write.

use std::path::Path;
use std::time::Duration;

use cx_client_build::escape_token;
use serde::Deserialize;
use serde_json::Value;

use super::finding::{Finding, Severity};
use super::install::Tools;
use super::process::{self, last_lines};
use super::tool::Tool;

/// Lints a document with the tool's recommended rules.
///
/// # Errors
///
/// If the tool did not do its work.
pub(super) fn run(tool: Tool, tools: &Tools, document: &Path) -> Result<Vec<Finding>, String> {
    let mut command = tools.command(tool, &[])?;
    command.arg("lint").arg(document);
    let parse = match tool {
        Tool::Redocly => {
            command.arg("--config").arg(tools.setting("redocly.yaml"));
            command.args(["--format=json", "--max-problems=10000"]);
            redocly
        }
        Tool::Spectral => {
            command.arg("--ruleset").arg(tools.setting(".spectral.yaml"));
            command.args(["--format=json", "--fail-severity=error", "--quiet"]);
            spectral
        }
        Tool::Prism => return Err("Prism lints nothing".to_owned()),
    };
    let output = process::run(&mut command, &tools.log(tool), Duration::from_secs(120))?;
    // The status says whether there are findings, but also whether the tool failed; only its
    // output tells which.
    parse(&output.stdout)
        .map_err(|problem| format!("{problem}\n    {}", last_lines(&output.stderr)))
}

/// Reads what `redocly lint --format=json` writes.
fn redocly(text: &str) -> Result<Vec<Finding>, String> {
    #[derive(Deserialize)]
    struct Report {
        totals: Totals,
        problems: Vec<Problem>,
    }
    #[derive(Deserialize)]
    struct Totals {
        errors: usize,
        warnings: usize,
        ignored: usize,
    }
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Problem {
        rule_id: String,
        severity: String,
        message: String,
        location: Vec<Location>,
    }
    #[derive(Deserialize)]
    struct Location {
        #[serde(default)]
        pointer: String,
    }

    let report: Report = from_json(text)?;
    if report.totals.ignored > 0 {
        return Err(format!(
            "{} problems are ignored by an ignore file: remove it, and answer them in \
             answered-warnings.json",
            report.totals.ignored
        ));
    }
    let total = report.totals.errors + report.totals.warnings;
    if total != report.problems.len() {
        return Err(format!("it counts {total} problems and shows {}", report.problems.len()));
    }
    Ok(report
        .problems
        .into_iter()
        .map(|problem| Finding {
            rule: problem.rule_id,
            severity: match problem.severity.as_str() {
                "error" => Severity::Error,
                _ => Severity::Warning,
            },
            pointer: problem
                .location
                .first()
                .map(|location| location.pointer.trim_start_matches('#').to_owned())
                .map(|pointer| pointer.trim_end_matches('/').to_owned())
                .unwrap_or_default(),
            message: problem.message,
        })
        .collect())
}

/// Reads what `spectral lint --format=json` writes.
fn spectral(text: &str) -> Result<Vec<Finding>, String> {
    #[derive(Deserialize)]
    struct Problem {
        code: Value,
        path: Vec<Value>,
        message: String,
        severity: u8,
    }

    /// A string without its quotes, and a number as it is written.
    fn plain(value: &Value) -> String {
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    }

    let problems: Vec<Problem> = from_json(text)?;
    Ok(problems
        .into_iter()
        .map(|problem| Finding {
            rule: plain(&problem.code),
            severity: if problem.severity == 0 { Severity::Error } else { Severity::Warning },
            pointer: problem
                .path
                .iter()
                .map(|key| format!("/{}", escape_token(&plain(key))))
                .collect(),
            message: problem.message,
        })
        .collect())
}

fn from_json<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, String> {
    serde_json::from_str(text)
        .map_err(|error| format!("what it wrote is not its report in JSON: {error}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    const REDOCLY: &str = r##"{
      "totals": {"errors": 1, "warnings": 1, "ignored": 0},
      "version": "2.77.0",
      "problems": [
        {
          "ruleId": "operation-4xx-response",
          "severity": "warn",
          "message": "Operation must have at least one `4XX` response.",
          "location": [
            {
              "source": {"ref": "openapi.yaml"},
              "pointer": "#/paths/~1things~1{id}/get/responses",
              "reportOnKey": true,
              "start": {"line": 47, "col": 7},
              "end": {"line": 47, "col": 16}
            }
          ],
          "reference": "https://redocly.com/docs/cli/rules/oas/operation-4xx-response",
          "suggest": []
        },
        {
          "ruleId": "struct",
          "severity": "error",
          "message": "The field `info` must be present on this level.",
          "location": [{"source": {"ref": "openapi.yaml"}, "pointer": "#/", "reportOnKey": true}],
          "suggest": []
        }
      ]
    }"##;

    const SPECTRAL: &str = r#"[
      {
        "code": "info-contact",
        "path": ["info"],
        "message": "Info object must have \"contact\" object.",
        "severity": 1,
        "range": {"start": {"line": 1, "character": 5}, "end": {"line": 9, "character": 24}},
        "source": "openapi.yaml"
      },
      {
        "code": "oas3-schema",
        "path": ["paths", "/things/{id}", "get", "parameters", 0],
        "message": "\"0\" property must have required property \"in\".",
        "severity": 0,
        "range": {"start": {"line": 20, "character": 5}, "end": {"line": 21, "character": 24}}
      },
      {"code": "a-hint", "path": [], "message": "A hint.", "severity": 3}
    ]"#;

    fn finding(rule: &str, severity: Severity, pointer: &str, message: &str) -> Finding {
        let (rule, pointer, message) = (rule.to_owned(), pointer.to_owned(), message.to_owned());
        Finding { rule, severity, pointer, message }
    }

    #[test]
    fn reads_the_report_of_redocly() {
        assert_eq!(
            redocly(REDOCLY).unwrap(),
            [
                finding(
                    "operation-4xx-response",
                    Severity::Warning,
                    "/paths/~1things~1{id}/get/responses",
                    "Operation must have at least one `4XX` response.",
                ),
                finding(
                    "struct",
                    Severity::Error,
                    "",
                    "The field `info` must be present on this level.",
                ),
            ]
        );
    }

    #[test]
    fn reads_the_report_of_spectral() {
        assert_eq!(
            spectral(SPECTRAL).unwrap(),
            [
                finding(
                    "info-contact",
                    Severity::Warning,
                    "/info",
                    "Info object must have \"contact\" object.",
                ),
                finding(
                    "oas3-schema",
                    Severity::Error,
                    "/paths/~1things~1{id}/get/parameters/0",
                    "\"0\" property must have required property \"in\".",
                ),
                finding("a-hint", Severity::Warning, "", "A hint."),
            ]
        );
        assert_eq!(spectral("[]").unwrap(), []);
    }

    #[test]
    fn what_is_no_report_is_a_problem() {
        assert!(redocly("").unwrap_err().contains("not its report"));
        assert!(redocly("Something went wrong").unwrap_err().contains("not its report"));
        assert!(spectral("Error running Spectral!").unwrap_err().contains("not its report"));
    }

    #[test]
    fn a_problem_that_is_ignored_or_left_off_is_a_problem() {
        let ignored = REDOCLY.replace(r#""ignored": 0"#, r#""ignored": 2"#);
        assert!(redocly(&ignored).unwrap_err().contains("2 problems are ignored"));
        let left_off = REDOCLY.replace(r#""warnings": 1"#, r#""warnings": 7"#);
        assert!(redocly(&left_off).unwrap_err().contains("counts 8 problems and shows 2"));
    }
}
