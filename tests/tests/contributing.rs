//! That the map of CONTRIBUTING leads somewhere.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail so")]

use std::path::Path;

#[test]
fn every_file_of_the_map_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let text = std::fs::read_to_string(root.join("CONTRIBUTING.md")).unwrap();
    let (_, map) = text.split_once("## Where to begin").unwrap();
    let map = map.split("\n## ").next().unwrap();
    let files: Vec<&str> = map
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split_once(" | `"))
        .map(|(_, file)| file.split('`').next().unwrap())
        .collect();
    assert!(files.len() >= 20, "{files:?}");
    for file in files {
        assert!(root.join(file).exists(), "{file}");
    }
}
