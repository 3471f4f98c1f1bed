//! `tests/conformance/run` with stand-ins for Node.js, npm and Cargo: it needs none of them here.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

/// Linters pass; Prism listens, and would do so for ten minutes.
const NODE: &str = r#"case "$*" in
    *prism*) echo $$ > prism.pid
             echo "[1:00:00] start Prism is listening on http://127.0.0.1:4010"; exec sleep 600;;
esac"#;
const NPM: &str =
    "echo $@ >> npm.log; mkdir -p node_modules; touch node_modules/.package-lock.json";

/// A workspace with these programs in a folder `bin`.
fn workspace(programs: &[(&str, &str)]) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for folder in ["bin", "tests/conformance"] {
        fs::create_dir_all(root.path().join(folder)).unwrap();
    }
    fs::write(root.path().join("tests/conformance/package-lock.json"), "").unwrap();
    // What the script needs of the system, and no more: Node.js may be there.
    for name in ["mktemp", "sed", "sleep", "cat", "rm"] {
        symlink(Path::new("/usr/bin").join(name), root.path().join("bin").join(name)).unwrap();
    }
    for (name, script) in programs {
        let file = root.path().join("bin").join(name);
        fs::write(&file, format!("#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let script = root.path().join("tests/conformance/run");
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/conformance/run"), script).unwrap();
    root
}

/// Runs the command; gives its status, and what it wrote to standard output and error.
fn conformance(root: &Path) -> (Option<i32>, String, String) {
    let output = Command::new("/bin/bash")
        .arg(root.join("tests/conformance/run"))
        .env("PATH", root.join("bin"))
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn what_passes_passes_and_prism_ends_with_the_command() {
    let cargo = r#"kill -0 $(cat tests/conformance/prism.pid) && echo "$@" > cargo.log"#;
    let root = workspace(&[("node", NODE), ("npm", NPM), ("cargo", cargo)]);
    for _ in 0..2 {
        let (status, stdout, stderr) = conformance(root.path());
        assert_eq!(status, Some(0), "{stdout}{stderr}");
        assert_eq!(stdout, "passed   Redocly\npassed   Spectral\npassed   Prism\n");
    }
    let read = |file| fs::read_to_string(root.path().join(file)).unwrap();
    assert!(read("cargo.log").ends_with(" http://127.0.0.1:4010 openapi.yaml\n"));
    assert_eq!(read("tests/conformance/npm.log"), "ci\n", "installed twice");
    let prism = read("tests/conformance/prism.pid");
    let alive = Command::new("sh").args(["-c", &format!("kill -0 {prism}")]).output().unwrap();
    assert!(!alive.status.success());
}

#[test]
fn every_check_is_made_also_after_one_has_failed() {
    let node = format!("case \"$*\" in *redocly*) exit 1;; esac\n{NODE}");
    let root = workspace(&[("node", &node), ("npm", NPM), ("cargo", "exit 1")]);
    let (status, stdout, stderr) = conformance(root.path());
    assert_eq!(status, Some(1), "{stdout}{stderr}");
    let expected = "FAILED   Redocly: see above\npassed   Spectral\nFAILED   Prism: see above\n";
    assert_eq!(stdout, expected);
}

#[test]
fn a_tool_or_a_client_that_fails_to_run_is_neither_passed_nor_failed() {
    let node =
        "case \"$*\" in *spectral*) exit 2;; *prism*) echo 'no such document'; exit 1;; esac";
    let root = workspace(&[("node", node), ("npm", NPM), ("cargo", "exit 0")]);
    let (status, stdout, stderr) = conformance(root.path());
    assert_eq!(status, Some(2), "{stdout}{stderr}");
    assert!(stdout.contains("NOT RUN  Spectral: `node` exited with 2"), "{stdout}");
    assert!(stdout.contains("NOT RUN  Prism: "), "{stdout}");
    assert!(stderr.contains("Prism ended") && stderr.contains("no such document"), "{stderr}");

    let root = workspace(&[("node", NODE), ("npm", NPM), ("cargo", "exit 101")]);
    let (status, stdout, _) = conformance(root.path());
    assert_eq!(status, Some(2), "{stdout}");
    assert!(stdout.contains("NOT RUN  Prism: "), "{stdout}");
}

#[test]
fn without_npm_it_says_what_to_install() {
    let (status, stdout, stderr) = conformance(workspace(&[]).path());
    assert_eq!((status, stdout.as_str()), (Some(2), ""), "{stderr}");
    assert!(stderr.contains("install Node.js 22.12 or later, or 20.19 or a later 20"), "{stderr}");
}

#[test]
fn an_installation_that_fails_is_tried_again() {
    let npm = "echo $@ >> npm.log; echo 'npm error code EINTEGRITY' >&2; exit 1";
    let root = workspace(&[("node", NODE), ("npm", npm)]);
    for count in 1..=2 {
        let (status, _, stderr) = conformance(root.path());
        assert_eq!(status, Some(2), "{stderr}");
        assert!(stderr.contains("EINTEGRITY") && stderr.contains("`npm ci` in "), "{stderr}");
        let log = fs::read_to_string(root.path().join("tests/conformance/npm.log")).unwrap();
        assert_eq!(log, "ci\n".repeat(count));
    }
}

#[test]
fn every_package_is_pinned_by_version_and_checksum_and_names_no_registry() {
    let read = |text| -> Value { serde_json::from_str(text).unwrap() };
    let package = read(include_str!("../conformance/package.json"));
    let lock = read(include_str!("../conformance/package-lock.json"));
    let packages = lock["packages"].as_object().unwrap();
    for (name, version) in package["dependencies"].as_object().unwrap() {
        assert!(version.as_str().unwrap().chars().all(|c| c.is_ascii_digit() || c == '.'));
        assert_eq!(packages[&format!("node_modules/{name}")]["version"], *version);
    }
    for (name, package) in packages.iter().filter(|(name, _)| !name.is_empty()) {
        assert!(package["integrity"].is_string(), "{name}");
        assert!(package.get("resolved").is_none() && package.get("link").is_none(), "{name}");
    }
}
