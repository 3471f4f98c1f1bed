//! Whether two schemas take the same values.

use std::collections::HashSet;
use std::rc::Rc;

use cx_client_build::{Node, Value};

use super::super::reading::{At, Sides, is_docs, same_number};

/// How the keys of a mapping are to be read.
#[derive(Clone, Copy, PartialEq)]
enum Keys {
    /// They are keywords of a schema.
    Keywords,
    /// They are names, such as those of properties.
    Names,
    /// They belong to data, such as a value of an `enum`.
    Data,
}

/// Whether two schemas are the same but for words, examples, order and the names of components.
///
/// References are followed; schemas that contain themselves are the same if no difference is found
/// in either, so each pair is looked at once.
pub(in super::super) fn same_shape<'a>(old: &At<'a>, new: &At<'a>, sides: Sides<'a>) -> bool {
    let mut seen: HashSet<(Rc<str>, Rc<str>)> = HashSet::new();
    let mut stack = vec![(old.clone(), new.clone(), Keys::Keywords)];
    while let Some((old, new, keys)) = stack.pop() {
        let (old, new) = if keys == Keys::Keywords {
            let (old, new) = (old.resolve(sides.old), new.resolve(sides.new));
            if !seen.insert((Rc::clone(&old.pointer), Rc::clone(&new.pointer))) {
                continue;
            }
            (old, new)
        } else {
            (old, new)
        };
        let fits = match (&old.node.value, &new.node.value) {
            (Value::Mapping(_), Value::Mapping(_)) => {
                let counts = |key: &str| keys != Keys::Keywords || !is_docs(key);
                let count = |node: &Node| node.entries().iter().filter(|e| counts(&e.key)).count();
                let same_keys = count(old.node) == count(new.node)
                    && old
                        .node
                        .entries()
                        .iter()
                        .all(|entry| !counts(&entry.key) || new.node.get(&entry.key).is_some());
                for (key, child) in old.entries().filter(|(key, _)| counts(key)) {
                    let Some(other) = new.get(key) else { continue };
                    match (keys, key) {
                        (Keys::Keywords, "required" | "enum") => {
                            if !same_set(child.node, other.node) {
                                return false;
                            }
                        }
                        (Keys::Keywords, "properties") => stack.push((child, other, Keys::Names)),
                        (Keys::Keywords, "default" | "discriminator" | "xml") | (Keys::Data, _) => {
                            stack.push((child, other, Keys::Data));
                        }
                        (Keys::Names | Keys::Keywords, _) => {
                            stack.push((child, other, Keys::Keywords));
                        }
                    }
                }
                same_keys
            }
            (Value::Sequence(a), Value::Sequence(b)) => {
                stack.extend(old.items().zip(new.items()).map(|(a, b)| (a, b, keys)));
                a.len() == b.len()
            }
            (Value::Number(a), Value::Number(b)) => same_number(a, b),
            (a, b) => a == b,
        };
        if !fits {
            return false;
        }
    }
    true
}

fn same_set(old: &Node, new: &Node) -> bool {
    let set = |node: &Node| -> HashSet<String> {
        node.items().iter().map(|item| item.to_json().to_string()).collect()
    };
    set(old) == set(new)
}
