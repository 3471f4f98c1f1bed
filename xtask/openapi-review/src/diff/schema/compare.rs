//! Compares two schemas up to the schemas inside.

use super::difference::{Child, Relate, SchemaComparison, SchemaDifference};
use super::joint::Joint;
use super::wire::Wire;

/// Compares two schemas up to the schemas inside.
pub(super) fn compare<'a>(
    old: &Joint<'a>,
    new: &Joint<'a>,
    wire: Wire,
    relations: &dyn Relate<'a>,
) -> (Vec<SchemaDifference>, Vec<Child<'a>>) {
    let (a, b) = (relations.sum(old, false, wire), relations.sum(new, true, wire));
    let mut comparison =
        SchemaComparison { relations, wire, differences: Vec::new(), children: Vec::new() };
    comparison.annotations(&a.root.parts, &b.root.parts);
    // Of an alternative, this was reported with the schema that it is an alternative of.
    if !(old.is_choice() && new.is_choice()) {
        comparison.nullable(&a, &b);
        comparison.discriminator(&a, &b);
        comparison.default(&a, &b);
    }
    match (a.single(), b.single()) {
        (Some(a), Some(b)) => comparison.values(a, b),
        _ => comparison.alternatives(&a, &b),
    }
    (comparison.differences, comparison.children)
}
