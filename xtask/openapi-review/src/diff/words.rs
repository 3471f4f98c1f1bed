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
    let words = differing(old, new).into_iter().filter(|(key, _)| is_word(key));
    words.map(|(key, ends)| word(of, subject, key, ends)).collect()
}

/// What differs in the words under one key.
fn word(of: &str, subject: &str, key: &str, [a, b]: [Option<At<'_>>; 2]) -> Finding {
    let (a, b) = (a.as_ref(), b.as_ref());
    let what = match (a, b) {
        (Some(_), Some(_)) if key == "version" => changed("`version`", a, b),
        _ => docs_text(key, a.map(|at| at.node), b.map(|at| at.node)),
    };
    let found = Finding::new(docs_rule(of, key).id, format!("{subject}: {what}")).at(a, b);
    if found.level == Level::Docs { found.not_in_rust() } else { found.rust(Impact::None) }
}

/// A key under which two objects differ, with what each of them has there.
pub(super) type Differing<'a> = (&'a str, [Option<At<'a>>; 2]);

/// The keys under which two objects differ, in order.
pub(super) fn differing<'a>(old: &At<'a>, new: &At<'a>) -> Vec<Differing<'a>> {
    let all = old.node.entries().iter().chain(new.node.entries());
    let keys: BTreeSet<&str> = all.map(|entry| entry.key.as_str()).collect();
    let ends = |key| (key, [old.get(key), new.get(key)]);
    let differ = |(_, [a, b]): &Differing<'a>| !same_option(a.as_ref(), b.as_ref());
    keys.into_iter().map(ends).filter(differ).collect()
}

/// Compares the words about the whole document.
pub(super) fn of_document(sides: Sides<'_>) -> Vec<Finding> {
    let (old, new) = (At::root(sides.old), At::root(sides.new));
    let mut found = words("document", "document", &old, &new);
    if let (Some(a), Some(b)) = (old.get("info"), new.get("info")) {
        let all = differing(&a, &b).into_iter();
        found.extend(all.map(|(key, ends)| word("info", "info", key, ends)));
    }
    found
}
