//! The generated code of our document and of smaller ones, as golden files.
//!
//! After a change that is meant: `UPDATE_EXPECT=1 cargo test -p cx-client-tests --test generated_code`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may panic")]

use cx_client_build::{Document, generate, generate_from};
use expect_test::expect_file;

/// The golden file of our document is the snapshot that is compiled without `codegen`.
#[test]
fn our_document() {
    let snapshot = std::fs::read_to_string("../cx-client/src/generated.rs").unwrap();
    let generated = generate("../openapi.yaml").unwrap();
    assert!(snapshot.ends_with(&format!("\n\n{generated}")), "run `cargo xtask regen`");
}

#[test]
fn parameters_and_a_second_tag() {
    expect_file!["../golden/parameters.rs"]
        .assert_eq(&generate("documents/parameters.yaml").unwrap());
}

#[test]
fn values_of_every_kind() {
    expect_file!["../golden/values.rs"].assert_eq(&generate("documents/values.yaml").unwrap());
}

#[test]
fn a_document_in_json_is_taken_too() {
    let yaml = Document::load("../openapi.yaml").unwrap();
    let json = Document::parse("openapi.json", &yaml.to_json().to_string()).unwrap();
    // The conversion sorts the properties, and so the fields.
    let lines = |document| {
        let source = generate_from(document).unwrap();
        let mut lines: Vec<String> = source.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert!(lines(&json) == lines(&yaml));
}

#[test]
fn generation_gives_the_same_code_every_time() {
    let first = generate("documents/values.yaml").unwrap();
    for _ in 0..5 {
        assert!(generate("documents/values.yaml").unwrap() == first);
    }
}

#[test]
fn a_changed_property_changes_the_type() {
    let text = std::fs::read_to_string("golden/broken_documents.yaml").unwrap();
    let before = generate_from(&Document::parse("a", &text).unwrap()).unwrap();
    assert!(before.contains("pub weight:"));
    let changed = text.replace("weight", "mass");
    let after = generate_from(&Document::parse("a", &changed).unwrap()).unwrap();
    assert!(after.contains("pub mass:") && !after.contains("weight"));
}
