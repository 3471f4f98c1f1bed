//! `cargo xtask release` says all that is missing at once, and the commands when nothing is.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

mod workspace;

use workspace::Workspace;

const MANIFEST: &str = r#"[workspace.package]
version = "0.1.0"

[workspace.dependencies]
cx-client = { path = "cx-client", version = "=0.1.0" }
cx-client-build = { path = "cx-client-build", version = "=0.1.0" }
"#;

/// A workspace that is ready for 0.1.0.
fn ready() -> Workspace {
    let workspace = Workspace::new();
    workspace.write("Cargo.toml", MANIFEST);
    let dependencies = workspace.read("cx-client/Cargo.toml");
    let package = "[package]\nversion.workspace = true\n\n";
    workspace.write("cx-client/Cargo.toml", format!("{package}{dependencies}"));
    workspace.write("cx-client-build/Cargo.toml", package);
    workspace.write(
        "CHANGELOG.md",
        "# Changelog\n\n## [0.1.0] - 2026-11-22\n\n- The first: `get_call`.\n",
    );
    workspace.xtask(&["regen"]).exits(0);
    workspace.git(&["init", "--quiet", "--initial-branch=main"]);
    workspace.commit("Begin");
    workspace
}

#[test]
fn a_release_that_is_ready_is_told_how_to_publish() {
    let run = ready().xtask(&["release", "0.1.0", "--dry-run"]).exits(0);
    for line in [
        "git tag -a v0.1.0",
        "cargo publish --locked -p cx-client-build",
        "cargo publish --locked -p cx-client\n",
    ] {
        assert!(run.stdout.contains(line), "{}", run.stdout);
    }
    assert!(run.stdout.contains("Nothing was published"), "{}", run.stdout);
}

#[test]
fn everything_that_is_missing_is_said_at_once() {
    let workspace = ready();
    workspace.write("new.txt", "not committed");
    workspace.edit("cx-client-build/Cargo.toml", "version.workspace = true", "version = \"0.1.0\"");
    let run = workspace.xtask(&["release", "0.2.0"]).exits(1);
    for problem in [
        "2 files are not committed",
        "the version is 0.1.0: run `cargo xtask version 0.2.0`",
        "depends on cx-client =0.1.0: run `cargo xtask version 0.2.0`",
        "depends on cx-client-build =0.1.0: run `cargo xtask version 0.2.0`",
        "cx-client-build/Cargo.toml: it has a version of its own",
        "CHANGELOG.md: there is no section `## [0.2.0]",
    ] {
        assert!(run.stdout.contains(problem), "{problem}: {}", run.stdout);
    }
}

#[test]
fn each_check_can_fail_alone() {
    type Spoil = fn(&Workspace);
    let cases: [(&str, Spoil); 8] = [
        ("the tag v0.1.0 exists", |w| {
            w.git(&["tag", "v0.1.0"]);
        }),
        ("has no date", |w| w.edit("CHANGELOG.md", " - 2026-11-22", "")),
        ("is empty", |w| w.edit("CHANGELOG.md", "- The first: `get_call`.\n", "")),
        ("is not in order", |w| w.write("cx-client/src/generated.rs", "// edited")),
        ("what changed of `GET /calls/{callId}` or `get_call`", |w| {
            w.edit("CHANGELOG.md", "`get_call`", "a call");
        }),
        ("openapi.yaml:10:7: the operation id", |w| w.edit("openapi.yaml", "get_call", "getCall")),
        ("the tag v0.0.9 of the last release is missing", |w| {
            let earlier = "`get_call`.\n\n## [0.0.9] - 2026-11-01\n\n- Begun.\n";
            w.edit("CHANGELOG.md", "`get_call`.\n", earlier);
        }),
        ("Cargo.toml: cannot read the file", |w| {
            std::fs::remove_file(w.file("cx-client-build/Cargo.toml")).unwrap();
        }),
    ];
    for (problem, spoil) in cases {
        let workspace = ready();
        spoil(&workspace);
        let run = workspace.xtask(&["release", "0.1.0", "--dry-run"]).exits(1);
        assert!(run.stdout.contains(problem), "{problem}: {}", run.stdout);
    }
}

#[test]
fn the_version_must_be_what_the_changes_ask_for() {
    let workspace = ready();
    workspace.git(&["tag", "v0.1.0"]);
    // A renamed property breaks Rust code: with 0.x that asks for a new minor version.
    let document = workspace.read("openapi.yaml");
    workspace.write("openapi.yaml", document.replace("status", "state"));
    workspace.write("Cargo.toml", MANIFEST.replace("0.1.0", "0.1.1"));
    workspace.write("CHANGELOG.md", "# Changelog\n\n## [0.1.1] - 2026-11-23\n\n- More.\n");
    workspace.xtask(&["regen"]).exits(0);
    let run = workspace.xtask(&["release", "0.1.1", "--dry-run"]).exits(1);
    assert!(run.stdout.contains("which sets 0.2.0"), "{}", run.stdout);
}

#[test]
fn what_is_no_version_is_refused() {
    let run = Workspace::new().xtask(&["release", "next"]).exits(2);
    assert!(run.stderr.contains("next"), "{}", run.stderr);
}
