//! `cargo xtask lint`, through the binary.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod workspace;

use std::fs;

use expect_test::expect_file;
use workspace::{SOUND, Workspace, broken_documents, xtask};

/// A workspace whose document breaks a rule of every kind.
fn unsound() -> Workspace {
    let workspace = Workspace::new();
    for (from, to) in [
        ("operationId: get_call", "operationId: getCall"),
        ("      description: Gives the call.\n", ""),
        ("      tags:\n        - calls\n", "      security: []\n"),
        ("            x-inferred: The sample is one.\n", ""),
        ("example: {status: done, customerName: Jane, kind: a}", "example: {status: 1, kind: c}"),
        ("        - kind\n", "        - kinds\n"),
        ("          x-sensitive: true\n", ""),
        ("[a, b]", "[a, b, a, 3]"),
    ] {
        workspace.edit("openapi.yaml", from, to);
    }
    workspace
}

#[test]
fn findings_are_text_with_place_rule_and_help() {
    let run = unsound().xtask(&["lint"]).exits(1);
    expect_file!["golden/lint/unsound.txt"].assert_eq(&run.stdout);
    assert_eq!(run.stderr, "");
}

#[test]
fn findings_are_json_for_a_machine() {
    let run = unsound().xtask(&["lint", "--format", "json"]).exits(1);
    expect_file!["golden/lint/unsound.json"].assert_eq(&run.stdout);
    let findings: Vec<serde_json::Map<String, serde_json::Value>> =
        serde_json::from_str(&run.stdout).unwrap();
    for finding in &findings {
        let mut keys: Vec<&str> = finding.keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(
            keys,
            ["column", "file", "help", "line", "message", "pointer", "rule", "severity"]
        );
    }
}

#[test]
fn a_sound_document_is_said_to_be_so() {
    let workspace = Workspace::new();
    assert_eq!(workspace.xtask(&["lint"]).exits(0).stdout, "openapi.yaml: no findings\n");
    assert_eq!(workspace.xtask(&["lint", "--format", "json"]).exits(0).stdout, "[]\n");
}

#[test]
fn warnings_alone_do_not_fail() {
    let workspace = Workspace::new();
    workspace.edit("openapi.yaml", "      tags:\n", "      security: []\n      tags:\n");
    let run = workspace.xtask(&["lint"]).exits(0);
    assert!(run.stdout.ends_with("1 warning\n"), "{}", run.stdout);
}

#[test]
fn another_file_can_be_named() {
    let workspace = Workspace::new();
    workspace.write("other/api.json", r#"{"openapi": "3.0.4"}"#);
    let run = workspace.xtask(&["lint", "other/api.json"]).exits(1);
    assert!(run.stdout.starts_with("other/api.json:1:1: error: "), "{}", run.stdout);
}

#[test]
fn json_is_read_as_well() {
    let workspace = Workspace::new();
    let document = cx_client_build::Document::parse("", SOUND).unwrap();
    workspace.write("api.json", document.to_json().to_string());
    workspace.xtask(&["lint", "api.json"]).exits(0);
}

#[test]
fn a_run_from_a_subfolder_names_the_file_from_there() {
    let workspace = unsound();
    let folder = workspace.file("cx-client/src");
    let run = xtask(&folder, &["lint"]).exits(1);
    assert!(run.stdout.starts_with("../../openapi.yaml:"), "{}", run.stdout);
}

#[test]
fn a_run_outside_the_workspace_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let run = xtask(folder.path(), &["lint"]).exits(2);
    assert!(run.stderr.contains("no checkout of the cx-client workspace"), "{}", run.stderr);
}

#[test]
fn a_file_that_cannot_be_read_is_unusable_input() {
    let workspace = Workspace::new();
    fs::remove_file(workspace.file("openapi.yaml")).unwrap();
    let run = workspace.xtask(&["lint"]).exits(2);
    assert!(run.stdout.contains("openapi.yaml:1:1: error: cannot read"), "{}", run.stdout);
    fs::create_dir(workspace.file("openapi.yaml")).unwrap();
    let run = workspace.xtask(&["lint"]).exits(2);
    assert!(run.stdout.contains("a directory, not a file"), "{}", run.stdout);
    let run = workspace.xtask(&["lint", "--format", "json"]).exits(2);
    assert!(run.stdout.contains(r#""rule": "unreadable""#), "{}", run.stdout);
}

#[test]
fn every_kind_of_broken_document_has_its_message_and_advice() {
    let workspace = Workspace::new();
    for (kind, content, message) in broken_documents() {
        workspace.write("openapi.yaml", content);
        let run = workspace.xtask(&["lint"]);
        assert!(matches!(run.code, Some(1 | 2)), "{kind}: {run:?}");
        assert!(run.stdout.contains(message), "{kind}: {}", run.stdout);
        assert!(run.stdout.contains("help: "), "{kind}: {}", run.stdout);
    }
}

#[test]
fn ten_thousand_operations_are_checked() {
    let workspace = Workspace::new();
    let (head, rest) = SOUND.split_once("  /calls/{callId}:\n").unwrap();
    let (item, tail) = rest.split_once("\ncomponents:\n").unwrap();
    let mut text = head.to_owned();
    for index in 0..10_000 {
        text.push_str(&format!("  /calls{index}/{{callId}}:\n"));
        // One id is no good, so that the generator, which takes its time, is not run.
        let id = if index == 7 { "getCall".to_owned() } else { format!("get_call_{index}") };
        text.push_str(&item.replace("get_call", &id));
    }
    workspace.write("openapi.yaml", format!("{text}\ncomponents:\n{tail}"));
    let run = workspace.xtask(&["lint"]).exits(1);
    assert!(run.stdout.contains("`getCall` is not in snake_case"), "{}", run.stdout);
    assert!(run.stdout.ends_with("1 error\n"), "{}", run.stdout);
}

#[test]
fn colour_is_for_a_terminal_and_no_color_forbids_it() {
    let workspace = unsound();
    let run = |variables: &[(&str, &str)]| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("lint")
            .current_dir(workspace.path())
            .env_remove("CARGO_MANIFEST_DIR")
            .envs(variables.iter().copied())
            .output();
        String::from_utf8(output.unwrap().stdout).unwrap()
    };
    assert!(run(&[("CLICOLOR_FORCE", "1")]).contains("\u{1b}["));
    assert!(!run(&[("CLICOLOR_FORCE", "")]).contains('\u{1b}'));
    assert!(!run(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]).contains('\u{1b}'));
}
