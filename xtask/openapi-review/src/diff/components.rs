//! What became of the schemas under `components`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use super::change::Impact;
use super::findings::{Finding, Findings};
use super::reading::{At, SCHEMAS, Sides, components};
use super::schema::Schemas;

/// Compares the components of the same name, and reports the others: each is a type in Rust,
/// whether an operation uses it or not.
///
/// A component is renamed if another one of the same shape has taken all of its places.
pub(super) fn compare<'a>(sides: Sides<'a>, findings: &mut Findings, graph: &mut Schemas<'a>) {
    let [old, new] = [sides.old, sides.new].map(|document| components(document, "schemas"));
    for (name, a) in &old {
        if let Some(b) = new.get(name) {
            graph.component(a.clone(), b.clone());
        }
    }
    let gone: Vec<_> = old.iter().filter(|(name, _)| !new.contains_key(*name)).collect();
    let come: Vec<_> = new.iter().filter(|(name, _)| !old.contains_key(*name)).collect();
    let renamed = renamed(&gone, &come, graph);
    let taken: HashSet<&str> = renamed.values().copied().collect();
    for (name, a) in gone {
        let was = Value::from(*name);
        let found = match renamed.get(name) {
            Some(other) => {
                let b = &new[other];
                graph.component(a.clone(), b.clone());
                let message = format!("schema `{name}` renamed to `{other}`");
                let found = Finding::new("api-schema-renamed", message).place(Some(a), Some(b));
                Finding { old: was, new: Value::from(*other), ..found }
            }
            None => {
                let message = format!("schema `{name}` removed; what used it is compared apart");
                let found = Finding::new("api-schema-removed", message).place(Some(a), None);
                Finding { old: was, ..found }
            }
        };
        findings.add(found);
    }
    for (name, b) in come.into_iter().filter(|(name, _)| !taken.contains(*name)) {
        let found = Finding::new("api-schema-added", format!("schema `{name}` added"));
        let found = found.rust(Impact::Compatible).place(None, Some(b));
        findings.add(Finding { new: Value::from(*name), ..found });
    }
}

type Named<'x, 'a> = (&'x &'a str, &'x At<'a>);

fn renamed<'a>(
    gone: &[Named<'_, 'a>],
    come: &[Named<'_, 'a>],
    graph: &Schemas<'a>,
) -> BTreeMap<&'a str, &'a str> {
    let name_of = |side: &[Named<'_, 'a>]| -> HashMap<Rc<str>, &'a str> {
        side.iter().map(|(name, at)| (Rc::clone(&at.pointer), **name)).collect()
    };
    let (from, to) = (name_of(gone), name_of(come));
    let mut partners: BTreeMap<&str, HashSet<&str>> = BTreeMap::new();
    let mut reverse: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (a, b) in graph.pairs().filter(|(a, b)| a.starts_with(SCHEMAS) && b.starts_with(SCHEMAS)) {
        if let (Some(a), Some(b)) = (from.get(a), to.get(b)) {
            partners.entry(a).or_default().insert(b);
            reverse.entry(b).or_default().insert(a);
        }
    }
    let mut renamed = BTreeMap::new();
    for (a, others) in &partners {
        let [b] = others.iter().copied().collect::<Vec<_>>()[..] else { continue };
        if reverse.get(b).is_some_and(|back| back.len() == 1) {
            renamed.insert(*a, b);
        }
    }
    // What nothing refers to is found by what it says.
    let is_met = |name: &&str| partners.contains_key(*name);
    let mut by_text: HashMap<String, Vec<Named<'_, 'a>>> = HashMap::new();
    for (name, at) in come.iter().filter(|(name, _)| !reverse.contains_key(**name)) {
        by_text.entry(outline(at)).or_default().push((name, at));
    }
    for (name, at) in gone.iter().filter(|(name, _)| !is_met(name)) {
        let Some(candidates) = by_text.get_mut(&outline(at)) else { continue };
        if let Some(found) = candidates.iter().position(|(_, other)| graph.same(at, other)) {
            renamed.insert(**name, *candidates.remove(found).0);
        }
    }
    renamed
}

/// A text that is the same for schemas of the same shape, to find candidates with.
fn outline(at: &At<'_>) -> String {
    let mut names: Vec<&str> = at
        .node
        .get("properties")
        .map(cx_client_build::Node::entries)
        .unwrap_or_default()
        .iter()
        .map(|entry| entry.key.as_str())
        .collect();
    names.sort_unstable();
    format!("{:?} {names:?}", at.text("type"))
}
