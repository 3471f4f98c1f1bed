//! Where two documents differ in more than words.

use std::collections::HashSet;

use cx_client_build::Value;

use super::findings::Place;
use super::reading::{At, Sides, is_docs, same};

/// Whether what is generated from the documents is the same.
pub(super) fn same_api(sides: Sides<'_>) -> bool {
    first_place(sides, &HashSet::new()).is_none()
}

/// The first place in which the documents differ, but for words, the order of keys, and what was
/// reported.
pub(super) fn first_place(sides: Sides<'_>, reported: &HashSet<&str>) -> Option<Place> {
    first_difference(reported, &At::root(sides.old), &At::root(sides.new), 0)
}

/// Whether two objects by name differ in words at most.
pub(super) fn same_but_words(old: &At<'_>, new: &At<'_>) -> bool {
    first_difference(&HashSet::new(), old, new, 1).is_none()
}

/// How many levels of the keys below a key are names, which the specification does not fix.
fn names_below(key: &str) -> usize {
    match key {
        "properties" | "headers" | "content" | "responses" | "paths" => 1,
        "components" => 2,
        _ => 0,
    }
}

/// As [`first_place`], where so many levels of keys are names.
fn first_difference(
    reported: &HashSet<&str>,
    old: &At<'_>,
    new: &At<'_>,
    names: usize,
) -> Option<Place> {
    let is_reported = |at: &At<'_>| reported.contains(&*at.pointer);
    if is_reported(old) || is_reported(new) {
        return None;
    }
    match (&old.node.value, &new.node.value) {
        (Value::Mapping(_), Value::Mapping(_)) => {
            let counts = |key: &str| names > 0 || key != "info" && !is_docs(key);
            let mut added = new
                .entries()
                .filter(|(key, at)| counts(key) && old.node.get(key).is_none() && !is_reported(at));
            if let Some((_, at)) = added.next() {
                return Some(Place::of(None, Some(&at)));
            }
            old.entries().filter(|(key, _)| counts(key)).find_map(|(key, a)| {
                match (new.get(key), names, key) {
                    (None, ..) => (!is_reported(&a)).then(|| Place::of(Some(&a), None)),
                    (Some(b), 0, "default" | "enum") => {
                        (!same(a.node, b.node)).then(|| Place::of(Some(&a), Some(&b)))
                    }
                    (Some(b), 0, key) => first_difference(reported, &a, &b, names_below(key)),
                    (Some(b), ..) => first_difference(reported, &a, &b, names - 1),
                }
            })
        }
        (Value::Sequence(a), Value::Sequence(b)) if a.len() == b.len() => {
            let mut items = old.items().zip(new.items());
            items.find_map(|(a, b)| first_difference(reported, &a, &b, names))
        }
        _ => (!same(old.node, new.node)).then(|| Place::of(Some(old), Some(new))),
    }
}
