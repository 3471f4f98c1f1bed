//! What became of the schemas under `components`, and of the words of the document.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use serde_json::Value;

use super::change::{Impact, Level};
use super::findings::{Finding, Findings, Place, Rust};
use super::reading::{At, Sides, is_docs, same_option};
use super::schema::{Schemas, docs_id, docs_text, plain, same_shape, words};

const SCHEMAS: &str = "/components/schemas/";

fn schemas(document: &cx_client_build::Document) -> BTreeMap<&str, At<'_>> {
    At::root(document)
        .get("components")
        .and_then(|components| components.get("schemas"))
        .iter()
        .flat_map(At::entries)
        .collect()
}

/// Compares the components of the same name, and tells of the others: each is a type in Rust,
/// whether an operation uses it or not.
///
/// A component is renamed if another one of the same shape has taken all of its places.
pub(super) fn compare<'a>(sides: Sides<'a>, findings: &mut Findings, graph: &mut Schemas<'a>) {
    let (old, new) = (schemas(sides.old), schemas(sides.new));
    for (name, a) in &old {
        if let Some(b) = new.get(name) {
            graph.component(a.clone(), b.clone());
        }
    }
    let gone: Vec<_> = old.iter().filter(|(name, _)| !new.contains_key(*name)).collect();
    let come: Vec<_> = new.iter().filter(|(name, _)| !old.contains_key(*name)).collect();
    let renamed = renamed(&gone, &come, graph, sides);
    let taken: HashSet<&str> = renamed.values().copied().collect();
    for (name, a) in gone {
        if let Some(other) = renamed.get(name) {
            let b = &new[other];
            findings.add(Finding {
                id: "api-schema-renamed".into(),
                level: Level::Compatible,
                place: Place::both(&a.pointer, &b.pointer),
                old: Value::from(*name),
                new: Value::from(*other),
                message: format!("schema `{name}` renamed to `{other}`: the same on the wire"),
                rust: Rust::computed(Impact::Breaking),
                operations: Vec::new(),
            });
            graph.component(a.clone(), b.clone());
        } else {
            findings.add(Finding {
                id: "api-schema-removed".into(),
                level: Level::Compatible,
                place: Place::old(&a.pointer),
                old: Value::from(*name),
                new: Value::Null,
                message: format!("schema `{name}` removed; what used it is compared apart"),
                rust: Rust::computed(Impact::Breaking),
                operations: Vec::new(),
            });
        }
    }
    for (name, b) in come.into_iter().filter(|(name, _)| !taken.contains(*name)) {
        findings.add(Finding {
            id: "api-schema-added".into(),
            level: Level::Compatible,
            place: Place::new(&b.pointer),
            old: Value::Null,
            new: Value::from(*name),
            message: format!("schema `{name}` added"),
            rust: Rust::computed(Impact::Compatible),
            operations: Vec::new(),
        });
    }
}

type Named<'x, 'a> = (&'x &'a str, &'x At<'a>);

fn renamed<'a>(
    gone: &[Named<'_, 'a>],
    come: &[Named<'_, 'a>],
    graph: &Schemas<'a>,
    sides: Sides<'a>,
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
        if let Some(found) = candidates.iter().position(|(_, other)| same_shape(at, other, sides)) {
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

/// Compares the words about the whole document.
pub(super) fn words_of_document(sides: Sides<'_>, findings: &mut Findings) {
    let (old, new) = (At::root(sides.old), At::root(sides.new));
    let mut differ = |of: &str, key: &str, old: Option<At<'_>>, new: Option<At<'_>>| {
        let nodes = (old.as_ref().map(|at| at.node), new.as_ref().map(|at| at.node));
        if same_option(nodes.0, nodes.1) {
            return;
        }
        let json =
            |node: Option<&cx_client_build::Node>| node.map_or(Value::Null, |node| node.to_json());
        let (was, is) = (json(nodes.0), json(nodes.1));
        let what = match (&was, &is) {
            (Value::String(_), Value::String(_)) if key == "version" => {
                format!("`{key}` changed from {} to {}", plain(&was), plain(&is))
            }
            _ => docs_text(key, &was, &is),
        };
        findings.add(Finding {
            id: docs_id(of, key).into(),
            level: Level::Docs,
            place: Place {
                old: old.as_ref().map(|at| Rc::clone(&at.pointer)),
                new: new.as_ref().map(|at| Rc::clone(&at.pointer)),
            },
            old: was,
            new: is,
            message: format!("{of}: {what}"),
            rust: words(),
            operations: Vec::new(),
        });
    };
    let keys = |a: &At<'_>, b: &At<'_>| -> Vec<String> {
        let all = a.node.entries().iter().chain(b.node.entries());
        let mut keys: Vec<String> = all.map(|entry| entry.key.clone()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    };
    if let (Some(a), Some(b)) = (old.get("info"), new.get("info")) {
        for key in keys(&a, &b) {
            differ("info", &key, a.get(&key), b.get(&key));
        }
    }
    for key in keys(&old, &new).iter().filter(|key| is_docs(key)) {
        differ("document", key, old.get(key), new.get(key));
    }
}
