//! What `cargo xtask conformance` says where it cannot run. It runs no tool here, and needs none.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Runs the command with nothing but `programs` to be found.
fn conformance(programs: &Path, target: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("conformance")
        .args(arguments)
        .env("PATH", programs)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn without_node_and_npm_it_names_both_and_skips() {
    let folder = tempfile::tempdir().unwrap();
    let output = conformance(folder.path(), folder.path(), &[]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(output.stdout.is_empty());
    assert!(said.starts_with("conformance: skipped. It needs\n"), "{said}");
    assert!(said.contains("\n  - Node.js 22.12 or later, or 20.19 or a later 20"), "{said}");
    assert!(said.contains("\n  - npm 10 or later"), "{said}");
}

#[test]
fn with_strict_a_need_is_a_failure() {
    let folder = tempfile::tempdir().unwrap();
    let output = conformance(folder.path(), folder.path(), &["--strict"]);
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.starts_with("conformance: failed. It needs\n"), "{said}");
}

#[cfg(unix)]
mod with_programs {
    use super::*;
    use std::os::unix::fs::PermissionsExt as _;

    fn program(folder: &Path, name: &str, script: &str) {
        let file = folder.join(name);
        fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }

    #[test]
    fn an_old_node_is_a_need() {
        let folder = tempfile::tempdir().unwrap();
        program(folder.path(), "node", "echo v18.20.8");
        program(folder.path(), "npm", "echo 10.8.2");
        let output = conformance(folder.path(), folder.path(), &[]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert!(said.contains("`node --version` says v18.20.8"), "{said}");
        assert!(!said.contains("npm 10"), "{said}");
    }

    #[test]
    fn a_registry_out_of_reach_is_a_need() {
        let folder = tempfile::tempdir().unwrap();
        program(folder.path(), "node", "echo v22.20.0");
        program(
            folder.path(),
            "npm",
            r#"if [ "$1" = --version ]; then echo 10.9.3; exit; fi
               echo "npm error code ENOTFOUND" >&2
               echo "npm error network request to https://registry.example failed" >&2
               exit 1"#,
        );
        let output = conformance(folder.path(), folder.path(), &[]);
        let said = stderr(&output);
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert!(said.contains("\n  - the npm registry, once"), "{said}");
        assert!(said.contains("https://registry.example"), "{said}");
    }

    #[test]
    fn an_installation_that_fails_is_a_failure_and_is_tried_again() {
        let folder = tempfile::tempdir().unwrap();
        let calls = folder.path().join("calls");
        program(folder.path(), "node", "echo v22.20.0");
        program(
            folder.path(),
            "npm",
            &format!(
                r#"if [ "$1" = --version ]; then echo 10.9.3; exit; fi
                   echo "$@" >> "{}"
                   echo "npm error code EINTEGRITY" >&2
                   exit 1"#,
                calls.display()
            ),
        );
        for count in 1..=2 {
            let output = conformance(folder.path(), folder.path(), &[]);
            let said = stderr(&output);
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains("EINTEGRITY"), "{said}");
            let calls = fs::read_to_string(&calls).unwrap();
            assert_eq!(calls.lines().count(), count, "{calls}");
            assert!(calls.lines().all(|call| call.starts_with("ci --ignore-scripts")), "{calls}");
        }
    }
}
