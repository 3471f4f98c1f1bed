//! `cargo xtask regen`, through the binary.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod workspace;

use std::fs;

use expect_test::expect_file;
use workspace::{Workspace, broken_documents, copy, xtask};

const SNAPSHOT: &str = "cx-client/src/generated.rs";

/// Renames a property: a change on the wire and in Rust.
fn rename_a_property(workspace: &Workspace) {
    let text = workspace.read("openapi.yaml");
    workspace.write("openapi.yaml", text.replace("status", "state"));
}

#[test]
fn what_is_missing_is_written_and_then_up_to_date() {
    let workspace = Workspace::new();
    let run = workspace.xtask(&["regen", "--check"]).exits(1);
    assert!(run.stdout.contains("missing  cx-client/src/generated.rs"), "{}", run.stdout);
    assert!(!workspace.file(SNAPSHOT).exists());
    let run = workspace.xtask(&["regen"]).exits(0);
    assert!(run.stdout.contains("written  cx-client/src/generated.rs"), "{}", run.stdout);
    let snapshot = workspace.read(SNAPSHOT);
    let document = cx_client_build::Document::load(workspace.file("openapi.yaml")).unwrap();
    let generated = cx_client_build::generate_from(&document).unwrap();
    assert!(snapshot.ends_with(&format!("\n\n{generated}")));
    assert!(snapshot.starts_with("// @generated from openapi.yaml by cx-client-build "));
    workspace.xtask(&["regen", "--check"]).exits(0);
}

#[test]
fn a_check_fails_after_a_derived_file_is_edited_and_passes_after_regen() {
    let workspace = Workspace::committed();
    let original = workspace.read(SNAPSHOT);
    workspace.write(SNAPSHOT, original.replacen("pub struct Call {", "pub struct Caller {", 1));
    let before = workspace.snapshot();
    let run = workspace.xtask(&["regen", "--check"]).exits(1);
    for part in [&format!("stale    {SNAPSHOT}\n"), "Run `cargo xtask regen`"] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    assert_eq!(workspace.snapshot(), before, "a check writes nothing");
    workspace.xtask(&["regen"]).exits(0);
    assert_eq!(workspace.read(SNAPSHOT), original);
    workspace.xtask(&["regen", "--check"]).exits(0);
}

#[test]
fn a_check_fails_after_the_document_is_edited_and_passes_after_regen() {
    let workspace = Workspace::committed();
    rename_a_property(&workspace);
    let before = workspace.snapshot();
    let run = workspace.xtask(&["regen", "--check"]).exits(1);
    for part in ["added    types::Call::state: String", "gone     types::Call::status: String"] {
        assert!(run.stdout.contains(part), "{}", run.stdout);
    }
    assert_eq!(workspace.snapshot(), before, "a check writes nothing");
    workspace.xtask(&["regen"]).exits(0);
    assert!(workspace.read(SNAPSHOT).contains("pub state: ::std::string::String,"));
    workspace.xtask(&["regen", "--check"]).exits(0);
    let names = fs::read_dir(workspace.file("cx-client/src")).unwrap();
    assert_eq!(names.count(), 2, "no temporary file is left behind");
}

#[test]
fn an_edit_that_changes_no_derived_file_is_up_to_date() {
    let workspace = Workspace::committed();
    workspace.edit("openapi.yaml", "  title: Test\n", "  title: Test # a comment\n");
    workspace.xtask(&["regen", "--check"]).exits(0);
}

#[test]
fn an_unchanged_file_is_not_written() {
    let workspace = Workspace::committed();
    let time = || fs::metadata(workspace.file(SNAPSHOT)).unwrap().modified().unwrap();
    let before = time();
    let run = workspace.xtask(&["regen"]).exits(0);
    assert!(run.stdout.contains("current  cx-client/src/generated.rs"), "{}", run.stdout);
    assert_eq!(time(), before);
}

/// A workspace in which everything that a report tells of has happened.
fn eventful() -> Workspace {
    let workspace = Workspace::committed();
    rename_a_property(&workspace);
    workspace.edit("openapi.yaml", "      tags:\n", "      security: []\n      tags:\n");
    workspace
}

#[test]
fn the_report_of_a_check_is_text_json_and_markdown() {
    let workspace = eventful();
    for (format, golden) in [
        ("text", expect_file!["golden/regen/stale.txt"]),
        ("json", expect_file!["golden/regen/stale.json"]),
        ("markdown", expect_file!["golden/regen/stale.md"]),
    ] {
        let run = workspace.xtask(&["regen", "--check", "--format", format]).exits(1);
        golden.assert_eq(&run.stdout);
        assert_eq!(run.stderr, "", "no client, so nothing is compiled");
    }
}

#[test]
fn the_report_of_a_run_is_text_json_and_markdown() {
    for (format, golden) in [
        ("text", expect_file!["golden/regen/written.txt"]),
        ("json", expect_file!["golden/regen/written.json"]),
        ("markdown", expect_file!["golden/regen/written.md"]),
    ] {
        let workspace = Workspace::committed();
        rename_a_property(&workspace);
        workspace.xtask(&["version"]).exits(0);
        let entry = "## [Unreleased]\n\n- `Call.status` is `Call.state`.\n";
        workspace.write("CHANGELOG.md", entry);
        let run = workspace.xtask(&["regen", "--format", format]).exits(0);
        golden.assert_eq(&run.stdout);
    }
}

#[test]
fn the_report_of_a_document_with_errors_is_text_json_and_markdown() {
    let workspace = Workspace::committed();
    workspace.edit("openapi.yaml", "operationId: get_call", "operationId: getCall");
    for (format, golden) in [
        ("text", expect_file!["golden/regen/rejected.txt"]),
        ("json", expect_file!["golden/regen/rejected.json"]),
        ("markdown", expect_file!["golden/regen/rejected.md"]),
    ] {
        let run = workspace.xtask(&["regen", "--format", format]).exits(1);
        golden.assert_eq(&run.stdout);
    }
}

#[test]
fn the_report_of_an_up_to_date_tree_is_text_json_and_markdown() {
    let workspace = Workspace::committed();
    for (format, golden) in [
        ("text", expect_file!["golden/regen/current.txt"]),
        ("json", expect_file!["golden/regen/current.json"]),
        ("markdown", expect_file!["golden/regen/current.md"]),
    ] {
        let run = workspace.xtask(&["regen", "--check", "--format", format]).exits(0);
        golden.assert_eq(&run.stdout);
    }
}

#[test]
fn a_broken_document_changes_nothing() {
    for (kind, content, message) in broken_documents() {
        let workspace = Workspace::committed();
        workspace.write("openapi.yaml", content);
        let before = workspace.snapshot();
        for arguments in [&["regen"][..], &["regen", "--check"]] {
            let run = workspace.xtask(arguments);
            assert!(matches!(run.code, Some(1 | 2)), "{kind}: {run:?}");
            assert!(run.stdout.contains(message), "{kind}: {}", run.stdout);
            assert!(run.stdout.contains("Nothing was derived or written."), "{}", run.stdout);
            assert_eq!(workspace.snapshot(), before, "{kind}");
        }
    }
}

#[test]
fn a_document_that_is_missing_or_a_directory_is_unusable_input() {
    let workspace = Workspace::committed();
    fs::remove_file(workspace.file("openapi.yaml")).unwrap();
    let run = workspace.xtask(&["regen"]).exits(2);
    assert!(run.stdout.contains("cannot read the file"), "{}", run.stdout);
    fs::create_dir(workspace.file("openapi.yaml")).unwrap();
    let run = workspace.xtask(&["regen"]).exits(2);
    assert!(run.stdout.contains("a directory, not a file"), "{}", run.stdout);
}

#[test]
fn a_run_from_a_subfolder_does_the_same() {
    let workspace = Workspace::committed();
    rename_a_property(&workspace);
    let folder = workspace.file("cx-client/src");
    xtask(&folder, &["regen", "--check"]).exits(1);
    xtask(&folder, &["regen"]).exits(0);
    workspace.xtask(&["regen", "--check"]).exits(0);
}

#[test]
fn a_workspace_below_the_top_of_its_repository_finds_its_base() {
    let outer = tempfile::tempdir().unwrap();
    let workspace = Workspace::committed();
    let inner = outer.path().join("inner");
    copy(workspace.path(), &inner);
    fs::remove_dir_all(inner.join(".git")).unwrap();
    let git = |arguments: &[&str]| {
        let status = std::process::Command::new("git")
            .args(["-c", "user.name=Test", "-c", "user.email=test@example.com"])
            .args(arguments)
            .current_dir(outer.path())
            .status();
        assert!(status.unwrap().success());
    };
    git(&["init", "--quiet"]);
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "Begin"]);
    git(&["tag", "v0.1.0"]);
    let run = xtask(&inner, &["regen", "--check"]).exits(0);
    assert!(run.stdout.contains("Changes since v0.1.0:openapi.yaml: none"), "{}", run.stdout);
}

#[test]
fn without_a_base_everything_is_still_derived() {
    let says = |workspace: &Workspace, line: &str| {
        let run = workspace.xtask(&["regen"]).exits(0);
        assert!(run.stdout.contains(line), "{line}: {}", run.stdout);
        assert!(workspace.file(SNAPSHOT).exists());
    };
    let workspace = Workspace::new();
    says(&workspace, "No base to compare with: this is no git repository");
    workspace.git(&["init", "--quiet"]);
    says(&workspace, "operation added: GET /calls/{callId}");
    workspace.git(&["add", "Cargo.toml"]);
    workspace.git(&["commit", "--quiet", "--message", "Begin"]);
    says(&workspace, "operation added: GET /calls/{callId}");
    workspace.git(&["tag", "v0.1.0"]);
    says(&workspace, "No base to compare with: v0.1.0 has no openapi.yaml");
    let sound = workspace.read("openapi.yaml");
    workspace.write("openapi.yaml", "broken: [");
    workspace.commit("Break the document");
    workspace.git(&["tag", "v0.2.0"]);
    workspace.write("openapi.yaml", sound);
    says(&workspace, "No base to compare with: v0.2.0:openapi.yaml cannot be used: v0.2.0:");
    // What is not known to be announced is not ready to be released.
    let run = workspace.xtask(&["release", "0.3.0", "--dry-run"]).exits(1);
    assert!(run.stdout.contains("what changed since the last release is not known"));
}

#[test]
fn before_the_first_release_the_whole_document_is_new() {
    let workspace = Workspace::committed();
    workspace.git(&["tag", "--delete", "v0.1.0"]);
    workspace.git(&["tag", "unrelated"]);
    workspace.git(&["tag", "v1-notes"]);
    let run = workspace.xtask(&["regen"]).exits(0);
    for part in [
        "Changes since nothing, as there is no release yet",
        "operation added: GET /calls/{callId}",
        "added    Client::get_call().call_id(Uuid) -> Call",
        "Next release: the first one; Cargo.toml has 0.1.0\n",
        "to do  CHANGELOG.md: say under `## [Unreleased]` what changed of `GET /calls/{callId}` or \
         `get_call`",
    ] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    workspace.write("CHANGELOG.md", "## [Unreleased]\n\n- `get_call`.\n");
    let run = workspace.xtask(&["regen"]).exits(0);
    assert!(run.stdout.contains("CHANGELOG.md names everything that changed"), "{}", run.stdout);
}

#[test]
fn a_shallow_clone_without_tags_does_not_pass_for_a_beginning() {
    let workspace = Workspace::committed();
    rename_a_property(&workspace);
    workspace.commit("Rename");
    let folder = tempfile::tempdir().unwrap();
    let origin = format!("file://{}", workspace.path().display());
    let clone = folder.path().join("clone");
    let arguments = ["clone", "--quiet", "--depth", "1", &origin, clone.to_str().unwrap()];
    workspace.git(&arguments);
    let run = xtask(&clone, &["regen"]).exits(0);
    assert!(run.stdout.contains("`git fetch --tags --unshallow`"), "{}", run.stdout);
}

#[test]
fn the_default_base_is_the_last_release() {
    let workspace = Workspace::committed();
    workspace.git(&["tag", "v0.9.0"]);
    workspace.git(&["tag", "v0.10.0"]);
    rename_a_property(&workspace);
    workspace.xtask(&["regen"]).exits(0);
    workspace.commit("Rename");
    // A second change, after the first is committed, still knows of the first.
    workspace.edit("openapi.yaml", "enum: [a, b]", "enum: [a, b, c]");
    let run = workspace.xtask(&["regen"]).exits(0);
    for part in [
        "Changes since v0.10.0:openapi.yaml",
        "gone     types::Call::status: String",
        "added    types::Kind::C",
        "from 0.10.0 to 0.11.0",
    ] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    // A later release of another branch is none of this one.
    workspace.git(&["checkout", "--quiet", "--orphan", "other"]);
    workspace.commit("Other");
    workspace.git(&["tag", "v9.0.0"]);
    workspace.git(&["checkout", "--quiet", "main"]);
    let run = workspace.xtask(&["regen"]).exits(0);
    assert!(run.stdout.contains("Changes since v0.10.0:openapi.yaml"), "{}", run.stdout);
}

#[test]
fn the_changelog_is_ready_when_it_names_what_changed() {
    let workspace = Workspace::committed();
    rename_a_property(&workspace);
    let to_do = "to do  CHANGELOG.md: say under `## [Unreleased]` what changed of";
    // What was written about something else, or of an earlier version, tells nothing of this.
    for told in [
        "",
        "## [Unreleased]\n\n- Something else.\n",
        "## [Unreleased]\n\n- The status and the state.\n",
        "## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n\n- `status` and `state`.\n",
    ] {
        workspace.write("CHANGELOG.md", told);
        let run = workspace.xtask(&["regen"]).exits(0);
        for name in ["`Call.status`", "`Call.state`"] {
            assert!(run.stdout.contains(&format!("{to_do} {name}")), "{told}: {}", run.stdout);
        }
        assert!(!run.stdout.contains("names everything"), "{told}: {}", run.stdout);
    }
    workspace.write("CHANGELOG.md", "## [Unreleased]\n\n- `status` is `state` now.\n");
    let run = workspace.xtask(&["regen"]).exits(0);
    assert!(run.stdout.contains("CHANGELOG.md names everything"), "{}", run.stdout);
    // So does the section of the version that is being prepared.
    workspace.xtask(&["version"]).exits(0);
    workspace.edit("CHANGELOG.md", "[Unreleased]", "[0.2.0] - 2026-01-02");
    let run = workspace.xtask(&["regen", "--check"]).exits(0);
    assert!(run.stdout.contains("CHANGELOG.md names everything"), "{}", run.stdout);
}

#[test]
fn another_server_is_no_patch() {
    let workspace = Workspace::committed();
    let servers = |host: &str| format!("servers:\n  - url: https://{host}.example\nsecurity:\n");
    workspace.edit("openapi.yaml", "security:\n  -", &format!("{}  -", servers("a")));
    workspace.xtask(&["regen"]).exits(0);
    workspace.commit("Name a server");
    workspace.git(&["tag", "--force", "v0.1.0"]);
    workspace.edit("openapi.yaml", "a.example", "b.example");
    let run = workspace.xtask(&["regen"]).exits(0);
    for part in [
        "the changes ask for a minor bump, from 0.1.0 to 0.2.0",
        "changed  BASE_URL = Some(\"https://b.example\") (was Some(\"https://a.example\"))",
        "what changed of `BASE_URL` or `https://b.example`",
    ] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
}

#[test]
fn a_base_is_a_file_a_revision_or_a_revision_and_a_path() {
    let workspace = Workspace::committed();
    workspace.git(&["mv", "openapi.yaml", "old.yaml"]);
    workspace.git(&["commit", "--quiet", "--message", "Move"]);
    workspace.git(&["tag", "moved"]);
    fs::copy(workspace.file("old.yaml"), workspace.file("openapi.yaml")).unwrap();
    rename_a_property(&workspace);
    workspace.xtask(&["regen"]).exits(0);
    for (base, shown) in [
        ("old.yaml", "old.yaml"),
        ("HEAD~1", "HEAD~1:openapi.yaml"),
        ("moved:old.yaml", "moved:old.yaml"),
    ] {
        let run = workspace.xtask(&["regen", "--check", "--base", base]).exits(0);
        assert!(run.stdout.contains(&format!("Changes since {shown}")), "{}", run.stdout);
        assert!(run.stdout.contains("added    types::Call::state"), "{base}: {}", run.stdout);
    }
}

#[test]
fn a_base_that_cannot_be_used_is_said_so_and_nothing_is_written() {
    let workspace = Workspace::committed();
    workspace.git(&["rm", "--quiet", "--cached", "openapi.yaml"]);
    workspace.git(&["commit", "--quiet", "--message", "Remove"]);
    workspace.write("broken.yaml", "a: [");
    workspace.write("other.yaml", "openapi: 3.1.0\n");
    rename_a_property(&workspace);
    let before = workspace.snapshot();
    for (base, message) in [
        ("v9.9.9", "no such file and no such revision"),
        ("--upload-pack=touch", "no such file and no such revision"),
        ("HEAD", "the revision has no such document"),
        ("HEAD~1:none.yaml", "the revision has no such document"),
        ("broken.yaml", "the document cannot be used: broken.yaml:2:1:"),
        ("other.yaml", "OpenAPI 3.0 only"),
        ("cx-client", "a directory, not a file"),
    ] {
        let run = workspace.xtask(&["regen", &format!("--base={base}")]).exits(2);
        assert!(run.stderr.contains(message), "{base}: {}", run.stderr);
        assert!(run.stderr.starts_with(&format!("--base {base}: ")), "{base}: {}", run.stderr);
        assert_eq!(workspace.snapshot(), before, "{base}");
    }
}

#[test]
fn a_base_outside_git_can_only_be_a_file() {
    let workspace = Workspace::new();
    let run = workspace.xtask(&["regen", "--base", "HEAD"]).exits(2);
    assert!(run.stderr.contains("not a git repository"), "{}", run.stderr);
    workspace.xtask(&["regen", "--base", "openapi.yaml"]).exits(0);
}

#[test]
fn a_tree_that_cannot_be_written_is_said_so_and_left_whole() {
    let workspace = Workspace::committed();
    rename_a_property(&workspace);
    let mut permissions = fs::metadata(workspace.file(SNAPSHOT)).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(workspace.file(SNAPSHOT), permissions).unwrap();
    let folder = workspace.file("cx-client/src");
    let mut closed = fs::metadata(&folder).unwrap().permissions();
    let open = closed.clone();
    closed.set_readonly(true);
    fs::set_permissions(&folder, closed).unwrap();
    let before = workspace.snapshot();
    let check = workspace.xtask(&["regen", "--check"]).exits(1);
    let run = workspace.xtask(&["regen"]).exits(2);
    let after = workspace.snapshot();
    fs::set_permissions(&folder, open).unwrap();
    assert!(check.stdout.contains("Run `cargo xtask regen`"), "{}", check.stdout);
    for part in ["cx-client/src/generated.rs: cannot write", "nothing was changed", "--check"] {
        assert!(run.stderr.contains(part), "{part}: {}", run.stderr);
    }
    assert_eq!(after, before);
}

#[test]
fn a_folder_in_the_place_of_a_derived_file_is_said_so() {
    let workspace = Workspace::new();
    fs::create_dir(workspace.file(SNAPSHOT)).unwrap();
    let run = workspace.xtask(&["regen"]).exits(2);
    assert!(run.stderr.contains("cx-client/src/generated.rs: cannot read"), "{}", run.stderr);
}

#[test]
fn a_manifest_that_cannot_be_used_is_said_so() {
    for (name, content, message) in [
        ("Cargo.toml", "[workspace", "Cargo.toml: it cannot be read"),
        ("Cargo.toml", "[workspace]\n", "Cargo.toml: there is no `version`"),
    ] {
        let workspace = Workspace::committed();
        workspace.write(name, content);
        let run = workspace.xtask(&["regen"]).exits(2);
        assert!(run.stderr.contains(message), "{message}: {}", run.stderr);
    }
}

#[test]
fn the_version_that_the_changes_ask_for_is_set_and_makes_nothing_stale() {
    let workspace = Workspace::committed();
    let run = workspace.xtask(&["version"]).exits(0);
    assert!(run.stdout.contains("The version is 0.1.0: the changes ask for no other."));
    rename_a_property(&workspace);
    workspace.xtask(&["regen"]).exits(0);
    let run = workspace.xtask(&["version"]).exits(0);
    assert!(run.stdout.contains("was 0.1.0 and is 0.2.0: wrote Cargo.toml"), "{}", run.stdout);
    workspace.xtask(&["regen", "--check"]).exits(0);
    let run = workspace.xtask(&["version"]).exits(0);
    assert!(run.stdout.contains("The version is 0.2.0: the changes ask for no other."));
    let run = workspace.xtask(&["version", "1.0.0-rc.1"]).exits(0);
    assert!(run.stdout.contains("was 0.2.0 and is 1.0.0-rc.1"), "{}", run.stdout);
    workspace.xtask(&["regen", "--check"]).exits(0);
    workspace.write("openapi.yaml", "broken: [");
    let run = workspace.xtask(&["version"]).exits(2);
    assert!(run.stderr.contains("openapi.yaml:2:1:"), "{}", run.stderr);
}
