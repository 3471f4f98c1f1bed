//! The reports of `cargo xtask diff` in its three forms, through the binary.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail so")]

use std::process::{Command, Output};

use expect_test::expect_file;
use openapi_review::diff::{Level, rules};

fn diff(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command
        .arg("diff")
        .args(arguments)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/diff"))
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE");
    command
}

fn run(arguments: &[&str]) -> Output {
    diff(arguments).output().unwrap()
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// What a run without problems prints.
fn printed(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert_eq!(text(output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
    text(output.stdout)
}

#[test]
fn text_report() {
    expect_file!["golden/diff/report.txt"].assert_eq(&printed(&["old.yaml", "new.yaml"]));
    expect_file!["golden/diff/reverse.txt"].assert_eq(&printed(&["new.yaml", "old.yaml"]));
}

#[test]
fn json_report() {
    let report = printed(&["old.yaml", "new.yaml", "--format", "json"]);
    expect_file!["golden/diff/report.json"].assert_eq(&report);
    let changes: serde_json::Value = serde_json::from_str(&report).unwrap();
    for change in changes.as_array().unwrap() {
        let mut keys: Vec<_> = change.as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        let mut expected = ["id", "level", "rust", "operation", "pointer", "old", "new", "message"];
        expected.sort_unstable();
        assert_eq!(keys, expected);
    }
}

#[test]
fn markdown_report() {
    let report = printed(&["old.yaml", "new.yaml", "--format", "markdown"]);
    expect_file!["golden/diff/report.md"].assert_eq(&report);
}

#[test]
fn nothing_to_report() {
    assert_eq!(printed(&["old.yaml", "old.yaml"]), "No differences.\n");
    assert_eq!(printed(&["old.yaml", "old.yaml", "--format", "markdown"]), "No differences.\n");
    assert_eq!(printed(&["old.yaml", "old.yaml", "--format", "json"]), "[]\n");
}

#[test]
fn rules_where_a_document_cannot_be_generated() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("stream.yaml");
    let old = include_str!("golden/diff/old.yaml");
    let parameters = "      parameters:\n        - name: key\n          in: cookie\n          \
                      schema:\n            type: string\n      requestBody:";
    let new = old.replacen("      requestBody:", parameters, 1);
    std::fs::write(&path, new).unwrap();
    let output = run(&["old.yaml", path.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(output.stdout).contains("`rust` is judged by rule"));
    let note = text(output.stderr);
    assert!(
        note.starts_with("note: `rust` is judged by rules, since NEW cannot be generated"),
        "{note}"
    );
    assert!(note.contains("stream.yaml:32:11"), "{note}");
}

#[test]
fn colour_only_where_it_is_wanted() {
    let escape = '\u{1b}';
    let forced = diff(&["old.yaml", "new.yaml"]).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(text(forced.stdout).contains(escape));
    let refused = diff(&["old.yaml", "new.yaml"]).env("NO_COLOR", "1").output().unwrap();
    assert!(!text(refused.stdout).contains(escape));
    for format in ["json", "markdown"] {
        let arguments = ["old.yaml", "new.yaml", "--format", format];
        let forced = diff(&arguments).env("CLICOLOR_FORCE", "1").output().unwrap();
        assert!(!text(forced.stdout).contains(escape), "{format} is never coloured");
    }
}

#[test]
fn fails_where_it_is_asked_to() {
    let folder = tempfile::tempdir().unwrap();
    let old = include_str!("golden/diff/old.yaml");
    let write = |name: &str, from: &str, to: &str| {
        assert!(old.contains(from));
        let path = folder.path().join(name);
        std::fs::write(&path, old.replacen(from, to, 1)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let documents = [
        ("breaking", write("breaking.yaml", "        - webchat\n", "")),
        (
            "warning",
            write(
                "warning.yaml",
                "      responses:\n",
                "      callbacks: {a: {'{$url}': {post: {responses: {'200': {description: a}}}}}}\n      responses:\n",
            ),
        ),
        (
            "compatible",
            write("compatible.yaml", "        - webchat\n", "        - webchat\n        - fax\n"),
        ),
        ("docs", write("docs.yaml", "Start an interaction", "Begin an interaction")),
        ("none", "old.yaml".to_owned()),
    ];
    let expected =
        [("breaking", [1, 0, 0, 0, 0]), ("warning", [1, 1, 0, 0, 0]), ("any", [1, 1, 1, 1, 0])];
    for (fail_on, codes) in expected {
        for ((name, path), code) in documents.iter().zip(codes) {
            let output = run(&["old.yaml", path, "--fail-on", fail_on]);
            assert_eq!(output.status.code(), Some(code), "{name} with --fail-on {fail_on}");
        }
    }
    for (name, path) in &documents {
        assert_eq!(run(&["old.yaml", path]).status.code(), Some(0), "{name} without --fail-on");
    }
}

#[test]
fn the_table_of_rules_is_printed() {
    let text = printed(&["--rules"]);
    assert_eq!(text.lines().count(), rules().len());
    for (line, rule) in text.lines().zip(rules()) {
        for part in [rule.id, &rule.level.to_string(), rule.what, rule.why] {
            assert!(line.contains(part), "{part:?} is in {line:?}");
        }
    }
    let rule = rules().iter().find(|rule| rule.id == "request-property-max-items-decreased");
    assert_eq!(rule.unwrap().level, Level::Breaking);
}
