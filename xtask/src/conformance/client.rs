//! The real client, in a program of the tests: nothing here depends on `cx-client`.

use std::env;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, Stdio};

use serde::Deserialize;

use super::report::{Check, Verdict};

/// Has the client place calls at a Prism, and gives what came of each.
///
/// # Errors
///
/// If the program cannot be built, or does not say what came of them.
pub(super) fn place_calls(root: &Path, prism: &str) -> Result<Vec<Check>, String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    // What it says while it builds goes to the terminal: that can take minutes.
    let output = Command::new(cargo)
        .current_dir(root)
        .args(["run", "--quiet", "--package", "cx-client-tests", "--bin", "conformance", "--"])
        .args([prism, "--json"])
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    let checks = parse(&String::from_utf8_lossy(&output.stdout))?;
    if checks.is_empty() {
        return Err(format!(
            "`cargo run --package cx-client-tests --bin conformance` made no check ({}); see \
             above for what it said",
            output.status
        ));
    }
    let passed = checks.iter().all(|check| check.verdict == Verdict::Passed);
    if passed != output.status.success() {
        return Err(format!("the client's program ended with {}", output.status));
    }
    Ok(checks)
}

/// Reads a line of JSON for each check.
fn parse(text: &str) -> Result<Vec<Check>, String> {
    #[derive(Deserialize)]
    struct Line {
        check: String,
        passed: bool,
        result: String,
    }
    text.lines()
        .map(|line| {
            let line: Line = serde_json::from_str(line)
                .map_err(|error| format!("the client's program wrote {line:?}: {error}"))?;
            let verdict = if line.passed { Verdict::Passed } else { Verdict::Failed };
            Ok(Check { check: line.check, verdict, result: line.result })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;

    #[test]
    fn reads_a_check_from_each_line() {
        let text = "{\"check\":\"a\",\"passed\":true,\"result\":\"200\"}\n\
                    {\"check\":\"b\",\"passed\":false,\"result\":\"422\"}\n";
        let checks = parse(text).unwrap();
        assert_eq!(checks.len(), 2);
        assert_eq!((checks[0].check.as_str(), checks[0].verdict), ("a", Verdict::Passed));
        assert_eq!((checks[1].result.as_str(), checks[1].verdict), ("422", Verdict::Failed));
        assert!(parse("thread 'main' panicked").unwrap_err().contains("panicked"));
        assert!(parse("").unwrap().is_empty());
    }
}
