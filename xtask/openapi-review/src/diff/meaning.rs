//! Where two documents differ in more than words.

use std::collections::HashSet;

use cx_client_build::Value;

use super::findings::Place;
use super::reading::{At, GENERATOR_EXTENSIONS, Sides, is_docs, same};

/// How the keys of a mapping are to be read.
#[derive(Clone, Copy, PartialEq)]
enum Keys {
    /// They are fixed by the specification.
    Fixed,
    /// They are names, down to this many levels.
    Names(usize),
}

/// Whether what is generated from the documents is the same.
pub(super) fn same_api(sides: Sides<'_>) -> bool {
    first_place(sides, &HashSet::new()).is_none()
}

/// The first place in which the documents differ, but for words, the order of keys, and what was
/// reported.
pub(super) fn first_place(sides: Sides<'_>, reported: &HashSet<&str>) -> Option<Place> {
    first_difference(reported, &At::root(sides.old), &At::root(sides.new), Keys::Fixed)
}

/// Whether two objects by name differ in words at most.
pub(super) fn same_but_words(old: &At<'_>, new: &At<'_>) -> bool {
    first_difference(&HashSet::new(), old, new, Keys::Names(1)).is_none()
}

fn first_difference(
    reported: &HashSet<&str>,
    old: &At<'_>,
    new: &At<'_>,
    keys: Keys,
) -> Option<Place> {
    if reported.contains(&*old.pointer) || reported.contains(&*new.pointer) {
        return None;
    }
    let here = || Place::of(Some(old), Some(new));
    match (&old.node.value, &new.node.value) {
        (Value::Mapping(_), Value::Mapping(_)) => {
            let counts = |key: &str| {
                keys != Keys::Fixed
                    || key != "info" && (!is_docs(key) || GENERATOR_EXTENSIONS.contains(&key))
            };
            let of_new = new.entries().filter(|(key, _)| counts(key));
            if let Some((_, at)) = of_new
                .into_iter()
                .find(|(key, at)| old.node.get(key).is_none() && !reported.contains(&*at.pointer))
            {
                return Some(Place::of(None, Some(&at)));
            }
            old.entries().filter(|(key, _)| counts(key)).find_map(|(key, a)| {
                let Some(b) = new.get(key) else {
                    return (!reported.contains(&*a.pointer)).then(|| Place::of(Some(&a), None));
                };
                match (keys, key) {
                    (Keys::Fixed, "default" | "enum") => {
                        (!same(a.node, b.node)).then(|| Place::of(Some(&a), Some(&b)))
                    }
                    (Keys::Fixed, "properties" | "headers" | "content" | "responses" | "paths") => {
                        first_difference(reported, &a, &b, Keys::Names(1))
                    }
                    (Keys::Fixed, "components") => {
                        first_difference(reported, &a, &b, Keys::Names(2))
                    }
                    (Keys::Fixed | Keys::Names(0 | 1), _) => {
                        first_difference(reported, &a, &b, Keys::Fixed)
                    }
                    (Keys::Names(levels), _) => {
                        first_difference(reported, &a, &b, Keys::Names(levels - 1))
                    }
                }
            })
        }
        (Value::Sequence(a), Value::Sequence(b)) if a.len() == b.len() => {
            old.items().zip(new.items()).find_map(|(a, b)| first_difference(reported, &a, &b, keys))
        }
        _ => (!same(old.node, new.node)).then(here),
    }
}
