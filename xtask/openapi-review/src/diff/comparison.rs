//! Compares two documents.

use std::collections::HashMap;
use std::rc::Rc;

use cx_client_build::Document;

use super::change::{Change, Impact, Level, Location};
use super::context::OperationPair;
use super::findings::{Finding, Findings, Place, Rust};
use super::reading::{self, Sides};
use super::rust_api::{ApiChange, Judgement};
use super::schema::Schemas;
use super::{components, meaning, operations, rust_api, security, servers, words};

/// How many of the operations that a change reaches its message names.
const NAMED_OPERATIONS: usize = 4;

/// What a comparison gives: the changes, and what is to be known of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The changes, grouped by operation, worst first.
    pub changes: Vec<Change>,
    /// What changed in the public items of the generated code; empty where it was not generated.
    pub api: Vec<ApiChange>,
    /// Why `rust` was judged by rules instead of being computed; `None` where it was computed.
    pub rust_by_rule: Option<String>,
}

/// The differences of two valid documents, grouped by operation, worst first.
///
/// The documents must have passed [`cx_client_build::validate`]; what it would have refused is
/// passed over.
pub fn compare(old: &Document, new: &Document) -> Vec<Change> {
    compare_with_notes(old, new).changes
}

/// As [`compare`], and says how `rust` was found.
pub fn compare_with_notes(old: &Document, new: &Document) -> Comparison {
    if reading::same(old.root(), new.root()) {
        return Comparison { changes: Vec::new(), api: Vec::new(), rust_by_rule: None };
    }
    let sides = Sides { old, new };
    let (pairs, findings) = find(sides);
    let (judgement, rust_by_rule) = match rust_api::judge(sides, &pairs, &findings) {
        Ok(judgement) => (judgement, None),
        Err(refusal) => {
            let impacts = findings.iter().map(by_rule).collect();
            let is_judged = |finding: &Finding| matches!(finding.rust, Rust::Computed { .. });
            let reason = format!("{} cannot be generated: {}", refusal.side, refusal.error);
            let rust_by_rule = findings.iter().any(is_judged).then_some(reason);
            (Judgement { impacts, others: Vec::new(), api: Vec::new() }, rust_by_rule)
        }
    };
    let mut changes: Vec<(Option<usize>, Change)> = findings
        .into_iter()
        .zip(judgement.impacts)
        .map(|(finding, (impact, in_rust))| {
            let first = finding.operations.first().copied();
            (first, change(sides, &pairs, finding, impact, in_rust, rust_by_rule.is_some()))
        })
        .collect();
    for other in judgement.others {
        let finding = Finding {
            place: other.place,
            rust: Rust::Known(other.impact),
            operations: other.operation.into_iter().collect(),
            ..Finding::new("rust-api-changed", other.message)
        };
        changes.push((other.operation, change(sides, &pairs, finding, other.impact, None, false)));
    }
    if changes.iter().all(|(_, change)| change.level == Level::Docs) {
        let reported = changes.iter().map(|(_, change)| change.pointer.as_str()).collect();
        if let Some(place) = meaning::first_place(sides, &reported) {
            let message = "the documents say the same in other words";
            let finding = Finding { place, ..Finding::new("document-form-changed", message) };
            let finding = finding.not_in_rust();
            changes.push((None, change(sides, &pairs, finding, Impact::None, None, false)));
        }
    }
    sort(&mut changes);
    let changes = changes.into_iter().map(|(_, change)| change).collect();
    Comparison { changes, api: judgement.api, rust_by_rule }
}

/// What differs, with its meaning on the wire.
fn find(sides: Sides<'_>) -> (Vec<OperationPair<'_>>, Vec<Finding>) {
    let pairs = operations::pairs(sides);
    let mut found = Findings::default();
    let mut schemas = Schemas::new(sides);
    servers::compare_document(sides, &pairs, &mut found);
    let renamed = security::renamed(sides);
    security::compare_document(sides, &pairs, &renamed, &mut found);
    for finding in words::of_document(sides) {
        found.add(finding);
    }
    operations::compare(sides, &pairs, &renamed, &mut found, &mut schemas);
    components::compare(sides, &mut found, &mut schemas);
    schemas.report(&mut found);
    (pairs, found.into_vec())
}

fn by_rule(finding: &Finding) -> (Impact, Option<String>) {
    match &finding.rust {
        Rust::Known(impact) | Rust::Computed { by_rule: impact, .. } => (*impact, None),
    }
}

fn change(
    sides: Sides<'_>,
    pairs: &[OperationPair<'_>],
    finding: Finding,
    rust: Impact,
    in_rust: Option<String>,
    by_rule: bool,
) -> Change {
    let operations: Vec<String> = finding
        .operations
        .iter()
        .filter_map(|index| pairs.get(*index).map(|pair| pair.name.clone()))
        .collect();
    let mut message = finding.message;
    if let Some(what) = in_rust {
        message.push_str("; in Rust, ");
        message.push_str(&what);
    } else if by_rule && matches!(finding.rust, Rust::Computed { .. }) {
        message.push_str("; `rust` is judged by rule");
    }
    if let Some((_, others)) = operations.split_first()
        && !others.is_empty()
    {
        let named = others.iter().take(NAMED_OPERATIONS).map(String::as_str);
        message.push_str("; also reaches ");
        message.push_str(&named.collect::<Vec<_>>().join(", "));
        if others.len() > NAMED_OPERATIONS {
            message.push_str(&format!(" and {} more", others.len() - NAMED_OPERATIONS));
        }
    }
    let locate = |document: &Document, pointer: &Option<Rc<str>>| {
        pointer.as_ref().map(|pointer| Location {
            file: document.file().to_owned(),
            position: document.position(pointer),
        })
    };
    let Place { old, new } = &finding.place;
    Change {
        id: finding.id.into(),
        level: finding.level,
        rust,
        operation: operations.first().cloned().unwrap_or_default(),
        pointer: finding.place.shown().to_owned(),
        old: finding.old,
        new: finding.new,
        message,
        operations,
        old_at: locate(sides.old, old),
        new_at: locate(sides.new, new),
    }
}

/// Groups by operation; the group with the worst change comes first, and in a group the worst.
fn sort(changes: &mut [(Option<usize>, Change)]) {
    let mut worst: HashMap<Option<usize>, (Level, Impact)> = HashMap::new();
    for (operation, change) in changes.iter() {
        let rank = (change.level, change.rust);
        let known = worst.entry(*operation).or_insert(rank);
        *known = rank.min(*known);
    }
    changes.sort_by(|(a, x), (b, y)| {
        (worst.get(a), a, x.level, x.rust, &x.pointer, &x.id).cmp(&(
            worst.get(b),
            b,
            y.level,
            y.rust,
            &y.pointer,
            &y.id,
        ))
    });
}
