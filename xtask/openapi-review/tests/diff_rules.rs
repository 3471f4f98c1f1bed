//! That the table of rules, the code and the documents agree.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail so")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use openapi_review::diff::rules;

fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The sources of `diff`.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![package().join("src/diff")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push((path.clone(), fs::read_to_string(path).unwrap()));
            }
        }
    }
    found
}

/// The words in quotes that look like ids or what follows direction and role in one.
fn quoted(source: &str) -> impl Iterator<Item = &str> {
    source.split('"').skip(1).step_by(2).filter(|word| {
        word.contains('-') && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
    })
}

#[test]
fn the_table_is_whole() {
    let ids: Vec<_> = rules().iter().map(|rule| rule.id).collect();
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "no id stands twice");
    assert!(ids.len() > 500, "{}", ids.len());
    let table = fs::read_to_string(package().join("src/diff/rules.md")).unwrap();
    for rule in rules() {
        assert!(table.contains(&format!("`{}`", rule.id)), "{} stands there literally", rule.id);
        assert!(!rule.what.is_empty() && !rule.why.is_empty(), "{}", rule.id);
    }
    // Each row gives at least one rule.
    let rows = table.lines().filter(|line| line.starts_with("| `")).count();
    let read =
        table.lines().filter(|line| ids.iter().any(|id| line.starts_with(&format!("| `{id}`"))));
    assert_eq!(rows, read.count());
}

/// What follows direction and role in an id has a rule for each of them; what is an id has one.
#[test]
fn every_id_in_the_code_is_in_the_table_and_every_rule_is_used() {
    let ids: BTreeSet<_> = rules().iter().map(|rule| rule.id).collect();
    let places = [
        "request-body",
        "request-property",
        "request-parameter",
        "response-body",
        "response-property",
        "response-header",
    ];
    let mut used = BTreeSet::new();
    for (path, source) in sources() {
        if path.ends_with("rules.rs") {
            continue;
        }
        for word in quoted(&source) {
            let whole: Vec<String> = places.iter().map(|place| format!("{place}-{word}")).collect();
            let known = whole.iter().filter(|id| ids.contains(id.as_str())).count();
            if known > 0 && !ids.contains(word) {
                assert!(known == places.len() || word == "removed", "{word}: {known}");
            }
            used.extend(whole.into_iter().filter(|id| ids.contains(id.as_str())));
            used.extend(ids.get(word).map(|id| (*id).to_owned()));
        }
        for (_, after) in source.match_indices("Id::Suffix(\"").map(|(at, _)| source.split_at(at)) {
            let suffix = after.split('"').nth(1).unwrap();
            for place in places {
                assert!(ids.contains(format!("{place}-{suffix}").as_str()), "{place}-{suffix}");
                used.insert(format!("{place}-{suffix}"));
            }
        }
        for (_, after) in source.match_indices("Finding::new(\"").map(|(at, _)| source.split_at(at))
        {
            let id = after.split('"').nth(1).unwrap();
            assert!(ids.contains(id), "{id}");
        }
    }
    let composed = |id: &str| {
        let of_limit =
            ["-set", "-unset", "-increased", "-decreased"].iter().any(|it| id.ends_with(it));
        of_limit
            || id.ends_with("-changed")
            || id.contains("-media-type-")
            || id == "unknown-difference"
    };
    let unused: Vec<_> = ids.iter().filter(|id| !used.contains(**id) && !composed(id)).collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn contributors_are_told_of_the_table() {
    let text = fs::read_to_string(package().join("../../CONTRIBUTING.md")).unwrap();
    assert!(text.contains("cargo xtask diff --rules"));
    let link = "xtask/openapi-review/src/diff/rules.md";
    assert!(text.contains(&format!("({link})")));
    assert!(package().join("../..").join(link).is_file());
    for level in ["breaking", "warning", "compatible", "docs"] {
        assert!(text.contains(&format!("`{level}`")), "{level}");
    }
}
