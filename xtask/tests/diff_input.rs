//! What `cargo xtask diff` says to input that it cannot use.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail so")]

#[path = "../benches/synthetic/mod.rs"]
mod synthetic;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const VALID: &str = include_str!("golden/diff/old.yaml");

fn diff(folder: &Path, old: &str, new: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["diff", old, new])
        .current_dir(folder)
        // A temporary folder may lie inside of a repository.
        .env("GIT_CEILING_DIRECTORIES", std::env::temp_dir())
        .output()
        .unwrap()
}

/// What a run on unusable input says; each of `expected` must be part of it.
fn refused(folder: &Path, old: &str, new: &str, expected: &[&str]) {
    let output = diff(folder, old, new);
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{message}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "", "nothing is reported");
    for word in expected {
        assert!(message.contains(word), "{word:?} is in {message:?}");
    }
    for word in ["panicked", "RUST_BACKTRACE", "unwrap"] {
        assert!(!message.contains(word), "{message}");
    }
}

#[test]
fn documents() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("valid.yaml"), VALID).unwrap();
    fs::create_dir(folder.join("directory")).unwrap();
    let cases: &[(&str, String, &[&str])] = &[
        ("prose.yaml", "Dear all: this: is no YAML".to_owned(), &["prose.yaml:1:", "not valid YAML"]),
        ("list.yaml", "- a\n- b\n".to_owned(), &["list.yaml:1:1", "an OpenAPI document is an object"]),
        ("empty.yaml", String::new(), &["empty.yaml:1:1", "empty", "OpenAPI 3.0"]),
        ("comment.yaml", "# nothing\n".to_owned(), &["comment.yaml:", "empty"]),
        ("v31.yaml", VALID.replace("3.0.4", "3.1.0"), &["v31.yaml:1:1", "3.1.0", "help: write"]),
        ("swagger.yaml", "swagger: '2.0'\n".to_owned(), &["swagger.yaml:1:1", "Swagger 2.0", "convert"]),
        (
            "dangling.yaml",
            VALID.replace("schemas/CreateCallRequest'", "schemas/CreateCalRequest'"),
            &["dangling.yaml:37:15", "names nothing", "did you mean"],
        ),
        (
            "circular.yaml",
            VALID.replace(
                "    Channel:\n",
                "    A:\n      $ref: '#/components/schemas/B'\n    B:\n      $ref: '#/components/schemas/A'\n    Channel:\n",
            ),
            &["circular.yaml:", "in a circle"],
        ),
        ("tabs.yaml", "openapi: 3.0.4\ninfo:\n\ttitle: x\n".to_owned(), &["tabs.yaml:3:", "no tabs"]),
        ("twice.yaml", format!("{VALID}\ninfo:\n  title: x\n"), &["twice.yaml:", "`info` stands twice"]),
        ("nul.yaml", VALID.replace("title: CX", "title: C\0X"), &["nul.yaml:3:11", "NUL"]),
        (
            "two.yaml",
            VALID.replace("  version: v1\n", "  versoin: v1\n").replace("operationId:", "operationid:"),
            &["versoin", "operationid", "did you mean"],
        ),
    ];
    for (name, text, expected) in cases {
        fs::write(folder.join(name), text).unwrap();
        refused(folder, name, "valid.yaml", expected);
        refused(folder, "valid.yaml", name, expected);
    }
    fs::write(folder.join("latin1.yaml"), b"openapi: 3.0.4\ninfo: \xe9\n").unwrap();
    refused(folder, "latin1.yaml", "valid.yaml", &["latin1.yaml:2:7", "UTF-8"]);
    refused(folder, "directory", "valid.yaml", &["directory", "not a file"]);
    refused(folder, "missing.yaml", "valid.yaml", &["missing.yaml", "check the path"]);
    refused(folder, "empty.yaml", "v31.yaml", &["empty.yaml:1:1", "v31.yaml:1:1"]);
}

fn git(folder: &Path, arguments: &[&str]) {
    let status = Command::new("git")
        .args(["-c", "user.name=Test", "-c", "user.email=test@localhost.example"])
        .args(["-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(status.status.success(), "{}", String::from_utf8_lossy(&status.stderr));
}

#[test]
fn revisions() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    fs::write(folder.join("api.yaml"), VALID).unwrap();
    refused(folder, "HEAD:api.yaml", "api.yaml", &["HEAD:api.yaml", "not a git repository"]);

    git(folder, &["init", "--quiet"]);
    git(folder, &["add", "api.yaml"]);
    git(folder, &["commit", "--quiet", "--message", "Begin"]);
    git(folder, &["tag", "v1"]);
    fs::write(folder.join("api.yaml"), VALID.replace("        - webchat\n", "")).unwrap();
    for revision in ["HEAD:api.yaml", "v1:api.yaml", "HEAD:./api.yaml"] {
        let output = diff(folder, revision, "api.yaml");
        let report = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(0), "{revision}");
        assert!(report.contains(&format!("{revision}:")), "{report}");
        assert!(report.contains("enum value `webchat` removed"), "{report}");
    }
    refused(folder, "v2:api.yaml", "api.yaml", &["v2:api.yaml", "invalid object name 'v2'"]);
    refused(folder, "v1:other.yaml", "api.yaml", &["v1:other.yaml", "does not exist in 'v1'"]);

    let inner = folder.join("inner");
    fs::create_dir(&inner).unwrap();
    let output = diff(&inner, "HEAD:api.yaml", "../api.yaml");
    assert_eq!(output.status.code(), Some(0), "a run from a subfolder");
}

#[test]
fn arguments() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("diff")
            .args(arguments)
            .current_dir(folder.path())
            .output()
            .unwrap()
    };
    for arguments in
        [&["one.yaml"][..], &["a", "b", "--format", "xml"], &["a", "b", "--fail-on", "x"]]
    {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2));
        assert!(String::from_utf8(output.stderr).unwrap().contains("error:"));
    }
}

#[test]
fn schemas_that_contain_themselves_end() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let tree = |name: &str, last: &str| {
        let mut text = VALID.replace(
            "    Channel:\n",
            "    Node0:\n      type: object\n      properties:\n        self:\n          $ref: '#/components/schemas/Node0'\n        next:\n          $ref: '#/components/schemas/Node1'\n    Channel:\n",
        );
        // A chain that would be too deep for a walk that calls itself.
        for index in 1..3_000 {
            let next = (index + 1) % 3_000;
            text.push_str(&format!(
                "    Node{index}:\n      type: object\n      properties:\n        next:\n          $ref: '#/components/schemas/Node{next}'\n"
            ));
        }
        text = text.replace("            schema:\n              $ref: '#/components/schemas/CreateCallRequest'", &format!("            schema:\n              type: object\n              properties:\n                node:\n                  $ref: '#/components/schemas/Node0'\n                {last}:\n                  type: string"));
        fs::write(folder.join(name), text).unwrap();
    };
    tree("a.yaml", "x");
    tree("b.yaml", "y");
    let output = diff(folder, "a.yaml", "b.yaml");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let report = String::from_utf8(output.stdout).unwrap();
    assert!(report.contains("request-property-removed"), "{report}");
}

#[test]
fn hundreds_of_operations() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let old = synthetic::document(400);
    fs::write(folder.join("a.yaml"), &old).unwrap();
    fs::write(
        folder.join("b.yaml"),
        old.replacen("operationId: list_resources77\n", "operationId: list_77\n", 1),
    )
    .unwrap();
    let output = diff(folder, "a.yaml", "b.yaml");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let report = String::from_utf8(output.stdout).unwrap();
    assert!(report.contains("1 change: 0 breaking, 0 warning, 1 compatible"), "{report}");
    assert!(report.contains("rust breaking"), "{report}");
}

/// What grows with the square of a document, or with the product of its parts, is not generated.
#[test]
fn what_would_not_end_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let head = "openapi: 3.0.4\ninfo: {title: t, version: '1'}\npaths:\n  /x:\n    post:\n      \
                operationId: x\n      requestBody:\n        content:\n          \
                application/json:\n            schema: {$ref: '#/components/schemas/C0'}\n      \
                responses:\n        '200': {description: ok}\ncomponents:\n  schemas:\n";
    let chain = |name: &str, last: &str| {
        let mut text = head.to_owned();
        for index in 0..400 {
            let next = match index {
                399 => String::new(),
                _ => format!("        - $ref: '#/components/schemas/C{}'\n", index + 1),
            };
            let schema = if index == 399 { last } else { "{type: string}" };
            text.push_str(&format!(
                "    C{index}:\n      allOf:\n{next}        - type: object\n          \
                 properties: {{p{index}: {schema}}}\n"
            ));
        }
        fs::write(folder.join(name), text).unwrap();
    };
    chain("a.yaml", "{type: string}");
    chain("b.yaml", "{type: string, maxLength: 3}");
    let groups = |name: &str, count: usize| {
        let mut text = format!("{head}    C0:\n      allOf:\n");
        for index in 0..count {
            text.push_str(&format!(
                "        - oneOf:\n            - {{type: object, required: [a{index}]}}\n            \
                 - {{type: object, required: [b{index}]}}\n"
            ));
        }
        fs::write(folder.join(name), text).unwrap();
    };
    groups("c.yaml", 20);
    groups("d.yaml", 21);
    // Schemas of which each has all of them as alternatives.
    let web = |name: &str, first: &str| {
        let mut text =
            format!("{head}    C0:\n      type: object\n      properties: {{p: {first}}}\n");
        for index in 1..=101 {
            text.push_str(&format!(
                "    C{index}:\n      type: object\n      properties:\n        next:\n          anyOf:\n"
            ));
            for other in 1..=100 {
                text.push_str(&format!("            - $ref: '#/components/schemas/C{other}'\n"));
            }
        }
        fs::write(folder.join(name), text).unwrap();
    };
    web("e.yaml", "{type: string}");
    web("f.yaml", "{type: string, maxLength: 3}");
    for (old, new, id) in [
        ("a.yaml", "b.yaml", "request-property-max-length-set"),
        ("c.yaml", "d.yaml", "request-body-alternatives-set"),
        ("e.yaml", "f.yaml", "request-property-max-length-set"),
    ] {
        let output = diff(folder, old, new);
        let report = String::from_utf8(output.stdout).unwrap();
        assert!(report.contains("1 change: 1 breaking"), "{report}");
        assert!(report.contains(id), "{report}");
        let note = String::from_utf8(output.stderr).unwrap();
        assert!(note.contains("too many to generate"), "{note}");
    }
}
