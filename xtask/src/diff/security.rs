//! Compares security schemes and requirements.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use cx_client_build::{Document, Node};
use serde_json::Value;

use super::change::{Impact, Level};
use super::findings::{Finding, Findings, Place, Rust};
use super::operations::{Context, Found, Operation, OperationPair, place};
use super::reading::{At, Sides, is_docs, same_option};
use super::schema::{docs_id, docs_text, plain, words};

/// One way to be let in: schemes with their scopes. All of them are needed.
type Alternative = BTreeMap<String, BTreeSet<String>>;

fn schemes(document: &Document) -> BTreeMap<&str, At<'_>> {
    At::root(document)
        .get("components")
        .and_then(|components| components.get("securitySchemes"))
        .iter()
        .flat_map(At::entries)
        .map(|(name, at)| (name, at.resolve(document)))
        .collect()
}

/// What a scheme is on the wire, without words.
fn definition(scheme: &At<'_>) -> Value {
    let mut value = scheme.node.to_json();
    if let Some(fields) = value.as_object_mut() {
        fields.retain(|key, _| !is_docs(key) && key != "bearerFormat");
    }
    value
}

/// The names under which NEW has the schemes of OLD that it only renamed.
fn renamed(sides: Sides<'_>) -> HashMap<String, String> {
    let (old, new) = (schemes(sides.old), schemes(sides.new));
    let mut free: Vec<_> = new.iter().filter(|(name, _)| !old.contains_key(*name)).collect();
    let mut renamed = HashMap::new();
    for (name, scheme) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
        let wanted = definition(scheme);
        if let Some(at) = free.iter().position(|(_, other)| definition(other) == wanted) {
            renamed.insert((*name).to_owned(), (*free.remove(at).0).to_owned());
        }
    }
    renamed
}

fn alternatives(at: &At<'_>, renamed: &HashMap<String, String>) -> Vec<Alternative> {
    at.items()
        .map(|item| {
            item.entries()
                .map(|(name, scopes)| {
                    let name = renamed.get(name).cloned().unwrap_or_else(|| name.to_owned());
                    let scopes = scopes.items().filter_map(|s| s.node.as_str().map(str::to_owned));
                    (name, scopes.collect())
                })
                .collect()
        })
        .collect()
}

/// The requirement of an operation: its own, or that of the document.
fn requirement<'a>(operation: &Operation<'a>, document: &'a Document) -> (Option<At<'a>>, bool) {
    match operation.at.get("security") {
        Some(own) => (Some(own), true),
        None => (At::root(document).get("security"), false),
    }
}

/// Compares what an operation requires.
pub(super) fn compare_requirements<'a>(
    context: &mut Context<'a, '_>,
    old: &Operation<'a>,
    new: &Operation<'a>,
) {
    let (a, a_own) = requirement(old, context.sides.old);
    let (b, b_own) = requirement(new, context.sides.new);
    // Two defaults are compared with each other once, in `compare_document`.
    if !a_own && !b_own {
        return;
    }
    let renamed = renamed(context.sides);
    for outcome in requirements(a.as_ref(), b.as_ref(), &renamed) {
        context.found(Found {
            id: format!("api-security-{}", outcome.id).into(),
            level: outcome.level,
            rust: Rust::Known(Impact::None),
            message: outcome.message,
            place: place(a.as_ref(), b.as_ref()),
            old: a.as_ref().map(|at| at.node),
            new: b.as_ref().map(|at| at.node),
        });
    }
}

struct Outcome {
    id: &'static str,
    level: Level,
    message: String,
}

/// What became of the ways in. A client of OLD uses any one of them, so each has to stay, and
/// another one does no harm. No requirement is one way: nothing.
fn requirements(
    old: Option<&At<'_>>,
    new: Option<&At<'_>>,
    renamed: &HashMap<String, String>,
) -> Vec<Outcome> {
    let none = HashMap::new();
    let mut old = old.map(|at| alternatives(at, renamed)).unwrap_or_default();
    let mut new = new.map(|at| alternatives(at, &none)).unwrap_or_default();
    // That nothing is needed is told apart from an empty way among others.
    let open = |list: &[Alternative]| list.is_empty() || list.iter().all(BTreeMap::is_empty);
    let (was_open, is_open) = (open(&old), open(&new));
    if was_open && is_open {
        return Vec::new();
    }
    old.retain(|way| !way.is_empty() || !was_open);
    new.retain(|way| !way.is_empty() || !is_open);
    let common: Vec<Alternative> = old.iter().filter(|way| new.contains(way)).cloned().collect();
    old.retain(|way| !common.contains(way));
    new.retain(|way| !common.contains(way));
    let mut outcomes = Vec::new();
    // The same schemes with other scopes.
    let names = |way: &Alternative| -> BTreeSet<String> { way.keys().cloned().collect() };
    old.retain(|way| {
        let Some(at) = new.iter().position(|other| names(other) == names(way)) else {
            return true;
        };
        let other = new.remove(at);
        let scopes = |way: &Alternative| -> BTreeSet<String> {
            way.iter()
                .flat_map(|(name, scopes)| scopes.iter().map(move |s| format!("{name}:{s}")))
                .collect()
        };
        let (was, is) = (scopes(way), scopes(&other));
        let added: Vec<_> = is.difference(&was).map(|s| format!("`{s}`")).collect();
        let removed: Vec<_> = was.difference(&is).map(|s| format!("`{s}`")).collect();
        if !added.is_empty() {
            outcomes.push(Outcome {
                id: "scope-added",
                level: Level::Breaking,
                message: format!("security scope {} is now required", added.join(", ")),
            });
        }
        if !removed.is_empty() {
            outcomes.push(Outcome {
                id: "scope-removed",
                level: Level::Compatible,
                message: format!("security scope {} is no longer required", removed.join(", ")),
            });
        }
        false
    });
    let text = |ways: &[Alternative]| {
        ways.iter()
            .map(|way| match way.is_empty() {
                true => "none".to_owned(),
                false => {
                    format!("`{}`", names(way).into_iter().collect::<Vec<_>>().join("` and `"))
                }
            })
            .collect::<Vec<_>>()
            .join(", ")
    };
    match (old.is_empty(), new.is_empty()) {
        (true, true) => {}
        (false, false) => outcomes.push(Outcome {
            id: "updated",
            level: Level::Breaking,
            message: format!("security requirement changed from {} to {}", text(&old), text(&new)),
        }),
        (true, false) => outcomes.push(Outcome {
            id: "added",
            level: if was_open { Level::Breaking } else { Level::Compatible },
            message: if was_open {
                format!("security requirement {} added", text(&new))
            } else {
                format!("{} added as another way to authenticate", text(&new))
            },
        }),
        (false, true) => outcomes.push(Outcome {
            id: "removed",
            level: if is_open { Level::Compatible } else { Level::Breaking },
            message: if is_open {
                format!("security requirement {} removed: none is left", text(&old))
            } else {
                format!("{} removed as a way to authenticate", text(&old))
            },
        }),
    }
    outcomes
}

/// Compares the default requirement and the schemes.
pub(super) fn compare_document<'a>(
    sides: Sides<'a>,
    pairs: &[OperationPair<'a>],
    findings: &mut Findings,
) {
    let (a, b) = (At::root(sides.old).get("security"), At::root(sides.new).get("security"));
    let inherits = |operation: &Option<Operation<'a>>| {
        operation.as_ref().is_some_and(|operation| operation.at.get("security").is_none())
    };
    let reached: Vec<usize> = pairs
        .iter()
        .enumerate()
        .filter(|(_, pair)| inherits(&pair.old) && inherits(&pair.new))
        .map(|(index, _)| index)
        .collect();
    let renamed = renamed(sides);
    for outcome in requirements(a.as_ref(), b.as_ref(), &renamed) {
        let level = if reached.is_empty() { Level::Compatible } else { outcome.level };
        findings.add(Finding {
            id: format!("api-global-security-{}", outcome.id).into(),
            level,
            place: place(a.as_ref(), b.as_ref()),
            old: a.as_ref().map_or(Value::Null, |at| at.node.to_json()),
            new: b.as_ref().map_or(Value::Null, |at| at.node.to_json()),
            message: format!("default {}", outcome.message),
            rust: Rust::Known(Impact::None),
            operations: Vec::new(),
        });
    }
    compare_schemes(sides, pairs, findings);
}

/// The schemes that a document's operations ask for.
fn used<'a>(
    operations: impl Iterator<Item = &'a Operation<'a>>,
    document: &'a Document,
) -> BTreeSet<String> {
    operations
        .filter_map(|operation| requirement(operation, document).0)
        .flat_map(|at| alternatives(&at, &HashMap::new()))
        .flat_map(BTreeMap::into_keys)
        .collect()
}

fn compare_schemes<'a>(sides: Sides<'a>, pairs: &[OperationPair<'a>], findings: &mut Findings) {
    let (old, new) = (schemes(sides.old), schemes(sides.new));
    let in_old = used(pairs.iter().filter_map(|pair| pair.old.as_ref()), sides.old);
    let in_new = used(pairs.iter().filter_map(|pair| pair.new.as_ref()), sides.new);
    let mut add =
        |id: String, level, rust, place, values: (Option<&Node>, Option<&Node>), message| {
            let json = |node: Option<&Node>| node.map_or(Value::Null, Node::to_json);
            findings.add(Finding {
                id: id.into(),
                level,
                place,
                old: json(values.0),
                new: json(values.1),
                message,
                rust,
                operations: Vec::new(),
            });
        };
    let none = Rust::Known(Impact::None);
    for (name, a) in &old {
        let Some(b) = new.get(name) else {
            add(
                "api-security-component-removed".to_owned(),
                Level::Compatible,
                none.clone(),
                Place::old(&a.pointer),
                (Some(a.node), None),
                format!("security scheme `{name}` removed; what requires it is compared apart"),
            );
            continue;
        };
        let is_used = in_old.contains(*name) && in_new.contains(*name);
        let keys: BTreeSet<&str> =
            a.node.entries().iter().chain(b.node.entries()).map(|e| e.key.as_str()).collect();
        for key in keys {
            let (x, y) = (a.get(key), b.get(key));
            let nodes = (x.as_ref().map(|at| at.node), y.as_ref().map(|at| at.node));
            if same_option(nodes.0, nodes.1) {
                continue;
            }
            let json = |node: Option<&Node>| node.map_or(Value::Null, Node::to_json);
            let (was, is) = (json(nodes.0), json(nodes.1));
            let place = place(x.as_ref(), y.as_ref());
            if is_docs(key) || key == "bearerFormat" {
                let message = format!("security scheme `{name}`: {}", docs_text(key, &was, &is));
                add(docs_id("security-scheme", key), Level::Docs, words(), place, nodes, message);
                continue;
            }
            let id = match key {
                "flows" | "openIdConnectUrl" => "api-security-component-oauth-url-changed",
                _ => "api-security-component-type-changed",
            };
            let level = if is_used { Level::Breaking } else { Level::Compatible };
            let what = if key == "flows" {
                "the OAuth flows changed".to_owned()
            } else {
                format!("`{key}` changed from {} to {}", plain(&was), plain(&is))
            };
            let message = format!("security scheme `{name}`: {what}");
            add(id.to_owned(), level, none.clone(), place, nodes, message);
        }
    }
    for (name, b) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        add(
            "api-security-component-added".to_owned(),
            Level::Compatible,
            none.clone(),
            Place::new(&b.pointer),
            (None, Some(b.node)),
            format!("security scheme `{name}` added; what requires it is compared apart"),
        );
    }
}
