//! Compares words, and what only the generator reads.

use std::collections::BTreeSet;

use super::change::{Impact, Level};
use super::findings::Finding;
use super::reading::{At, GENERATOR_EXTENSIONS, Sides, is_docs, same_option};
use super::rules::docs_rule;
use super::wording::{changed, docs_text};

/// What differs in the words of two objects of the same kind.
pub(super) fn words(of: &str, subject: &str, old: &At<'_>, new: &At<'_>) -> Vec<Finding> {
    let is_word = |key: &str| {
        (is_docs(key) || GENERATOR_EXTENSIONS.contains(&key))
            && !(key == "tags" && of == "operation")
    };
    keys(old, new)
        .into_iter()
        .filter(|key| is_word(key))
        .filter_map(|key| word(of, subject, key, old, new))
        .collect()
}

/// What differs in the words under one key.
fn word(of: &str, subject: &str, key: &str, old: &At<'_>, new: &At<'_>) -> Option<Finding> {
    let (a, b) = (old.get(key), new.get(key));
    if same_option(a.as_ref(), b.as_ref()) {
        return None;
    }
    let what = match (&a, &b) {
        (Some(x), Some(y)) if key == "version" => changed("`version`", Some(x), Some(y)),
        _ => docs_text(key, a.as_ref().map(|at| at.node), b.as_ref().map(|at| at.node)),
    };
    let found = Finding::new(docs_rule(of, key).id, format!("{subject}: {what}"));
    let found = found.at(a.as_ref(), b.as_ref());
    Some(if found.level == Level::Docs { found.not_in_rust() } else { found.rust(Impact::None) })
}

/// The keys of two objects, in order.
pub(super) fn keys<'a>(old: &At<'a>, new: &At<'a>) -> BTreeSet<&'a str> {
    let all = old.node.entries().iter().chain(new.node.entries());
    all.map(|entry| entry.key.as_str()).collect()
}

/// Compares the words about the whole document.
pub(super) fn of_document(sides: Sides<'_>) -> Vec<Finding> {
    let (old, new) = (At::root(sides.old), At::root(sides.new));
    let mut found = Vec::new();
    if let (Some(a), Some(b)) = (old.get("info"), new.get("info")) {
        found.extend(keys(&a, &b).into_iter().filter_map(|key| word("info", "info", key, &a, &b)));
    }
    found.extend(words("document", "document", &old, &new));
    found
}
