//! What `regen` writes compiles with every feature, or nothing is written: in a copy of the client
//! of this repository, with the real compiler.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod workspace;

use workspace::Workspace;

/// The commands that must not pass what does not build, and whether each writes.
const GATES: [&[&str]; 3] = [&["regen"], &["regen", "--check"], &["release", "0.1.0", "--dry-run"]];

/// A copy of this repository's client, everything derived and committed.
fn client() -> Workspace {
    let workspace = Workspace::of_this_repository();
    workspace.xtask(&["regen"]).exits(0);
    workspace.git(&["init", "--quiet", "--initial-branch=main"]);
    workspace.commit("Begin");
    workspace.xtask(&["regen", "--check"]).exits(0);
    workspace
}

/// One test, for Cargo lets one build at a time into its target folder.
#[test]
fn what_does_not_compile_is_not_written_and_passes_no_gate() {
    let workspace = client();
    let matching = workspace.read("cx-client/src/mock_matching.rs");
    let (lib, manifest) = (workspace.read("cx-client/src/lib.rs"), workspace.read("Cargo.toml"));
    // The first operation of the document, whatever it is, is where its part of the mock comes from.
    let document = cx_client_build::Document::load(workspace.file("openapi.yaml")).unwrap();
    let path = &document.at("/paths").unwrap().entries()[0];
    let method = &path.node.entries()[0];
    let operation = format!(
        "openapi.yaml:{}:",
        document
            .position(&format!(
                "/paths/{}/{}",
                cx_client_build::escape_token(&path.key),
                method.key
            ))
            .line
    );
    // A change that `regen` would write.
    workspace.edit("openapi.yaml", "  title: ", "  title: New ");
    let id = method.node.get("operationId").and_then(|id| id.as_str()).unwrap();
    workspace.write(
        "openapi.yaml",
        workspace
            .read("openapi.yaml")
            .replace(&format!("operationId: {id}\n"), "operationId: renamed\n"),
    );
    let spoils: [(&str, &str, String, &str); 3] = [
        // Only the generated mock calls it.
        (
            "cx-client/src/mock_matching.rs",
            "with `mock`",
            matching.replace("fn operation(", "fn another("),
            &operation,
        ),
        (
            "cx-client/src/lib.rs",
            "with `codegen`",
            format!("{lib}\n#[cfg(feature = \"codegen\")]\nconst A: () = nothing();\n"),
            "cx-client/src/lib.rs:",
        ),
        (
            "Cargo.toml",
            "with `schemars`",
            manifest.replace("features = [\"uuid1\"]", "features = []"),
            "JsonSchema",
        ),
    ];
    for (file, name, content, place) in spoils {
        let before_spoiling = workspace.read(file);
        assert_ne!(before_spoiling, content, "{name}");
        workspace.write(file, content);
        let before = workspace.sources();
        for gate in GATES {
            let run = workspace.xtask(gate).exits(1);
            assert!(run.stdout.contains(place), "{name}: {place}: {}", run.stdout);
            assert!(run.stdout.contains("[compile]"), "{name}: {}", run.stdout);
            assert!(!run.stdout.contains("is ready"), "{name}: {}", run.stdout);
            assert_eq!(workspace.sources(), before, "{name} {gate:?}");
        }
        workspace.write(file, before_spoiling);
    }
    workspace.xtask(&["regen"]).exits(0);
    workspace.xtask(&["regen", "--check"]).exits(0);
}
