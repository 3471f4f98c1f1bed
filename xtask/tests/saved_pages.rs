//! `openapi.yaml` says what the saved pages of `tests/pages` say.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// The saved pages, relative to the root.
fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = std::fs::read_dir(root().join("tests/pages"))
        .unwrap()
        .map(|entry| Path::new("tests/pages").join(entry.unwrap().file_name()))
        .filter(|path| path.file_name().is_some_and(|name| name != "README.md"))
        .collect();
    pages.sort();
    pages
}

/// `cargo xtask docs` about these pages, with the document at `spec`.
fn docs(spec: &Path, pages: &[PathBuf]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .current_dir(root())
        .arg("docs")
        .arg("--spec")
        .arg(spec)
        .args(pages)
        .output()
        .unwrap();
    let printed = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&printed).into_owned())
}

#[test]
fn the_document_says_what_every_saved_page_says() {
    let pages = pages();
    assert!(!pages.is_empty(), "there is at least the page that the document began with");
    let (code, text) = docs(Path::new("openapi.yaml"), &pages);
    assert_eq!(code, Some(0), "{text}");
}

/// Without an operation, no page that is saved would be of it.
#[test]
fn a_page_of_which_the_document_knows_nothing_is_a_difference() {
    let document = cx_client_build::Document::load(root().join("openapi.yaml")).unwrap();
    let mut json = document.to_json();
    json["paths"] = serde_json::json!({});
    let folder = tempfile::tempdir().unwrap();
    let spec = folder.path().join("openapi.json");
    std::fs::write(&spec, json.to_string()).unwrap();
    for page in pages() {
        let (code, text) = docs(&spec, std::slice::from_ref(&page));
        assert_eq!(code, Some(1), "{}: {text}", page.display());
    }
}
