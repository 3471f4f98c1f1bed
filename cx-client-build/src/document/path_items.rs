//! Path items that are references.

use crate::node::{Mapping, Node, Value, walk};
use crate::yaml::MAX_DEPTH;

/// Puts what the `$ref` of a path item names in its place, where that is in the document: the
/// operations are then found below their paths.
pub(super) fn put_in_place(root: &mut Node) {
    let paths = root.get("paths").map_or(&[][..], Node::entries).iter().enumerate();
    let found: Vec<(usize, Mapping)> = paths
        .filter(|(_, path)| path.node.get("$ref").is_some())
        .filter_map(|(index, path)| Some((index, resolved(root, &path.node)?)))
        .collect();
    let Value::Mapping(fields) = &mut root.value else { return };
    let Some(paths) = fields.position("paths") else { return };
    let Value::Mapping(paths) = &mut fields.entries[paths].node.value else { return };
    for (index, item) in found {
        paths.entries[index].node.value = Value::Mapping(item);
    }
}

/// The fields of a path item, and those of what it refers to.
fn resolved(root: &Node, item: &Node) -> Option<Mapping> {
    let mut fields = Mapping::default();
    let mut node = item;
    for _ in 0..MAX_DEPTH {
        let Value::Mapping(mapping) = &node.value else { return None };
        for entry in mapping.entries.iter().filter(|entry| entry.key != "$ref") {
            // What stands beside the reference is nearer.
            let _ = fields.insert(entry.clone());
        }
        let Some(target) = node.get("$ref") else { return Some(fields) };
        node = walk(root, target.as_str()?.strip_prefix('#')?).1?;
    }
    None
}
