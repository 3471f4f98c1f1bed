//! Compares servers. A client uses the first one.

use serde_json::Value;

use super::change::{Impact, Level};
use super::findings::{Finding, Findings, Place, Rust};
use super::operations::{Context, Found, Operation};
use super::reading::{At, Sides, same_option};
use super::schema::{docs_id, docs_text, words};

fn list<'a>(holder: &At<'a>) -> Vec<At<'a>> {
    holder.get("servers").iter().flat_map(At::items).collect()
}

/// The URL that counts: variables that have a default stand for it.
fn url(server: &At<'_>) -> String {
    let mut url = server.text("url").unwrap_or_default().to_owned();
    for (name, variable) in server.get("variables").iter().flat_map(At::entries) {
        if let Some(default) = variable.text("default") {
            url = url.replace(&format!("{{{name}}}"), default);
        }
    }
    url.trim_end_matches('/').to_owned()
}

fn first(servers: &[At<'_>]) -> String {
    servers.first().map(url).unwrap_or_default()
}

/// Compares the servers of the documents.
pub(super) fn compare_document(sides: Sides<'_>, findings: &mut Findings) {
    let old = list(&At::root(sides.old));
    let new = list(&At::root(sides.new));
    let mut add = |id: &str, level, place, values: (Option<&At<'_>>, Option<&At<'_>>), message| {
        let json = |at: Option<&At<'_>>| at.map_or(Value::Null, |at| url(at).into());
        findings.add(Finding {
            id: id.to_owned().into(),
            level,
            place,
            old: json(values.0),
            new: json(values.1),
            message,
            rust: Rust::Known(Impact::None),
            operations: Vec::new(),
        });
    };
    let changed = first(&old) != first(&new);
    if changed {
        let place = Place {
            old: old.first().map(|at| at.pointer.clone()),
            new: new.first().map(|at| at.pointer.clone()),
        };
        let name = |servers: &[At<'_>]| match servers.first() {
            Some(server) => format!("`{}`", url(server)),
            None => "none".to_owned(),
        };
        add(
            "api-first-server-changed",
            Level::Breaking,
            place,
            (old.first(), new.first()),
            format!("first server changed from {} to {}", name(&old), name(&new)),
        );
    }
    // What is told as the first server is not told again.
    let told = |server: &At<'_>| changed && [first(&old), first(&new)].contains(&url(server));
    let has = |list: &[At<'_>], server: &At<'_>| list.iter().any(|other| url(other) == url(server));
    for server in old.iter().filter(|server| !has(&new, server) && !told(server)) {
        let message = format!("server `{}` removed", url(server));
        let place = Place::old(&server.pointer);
        add("api-server-removed", Level::Compatible, place, (Some(server), None), message);
    }
    for server in new.iter().filter(|server| !has(&old, server) && !told(server)) {
        let message = format!("server `{}` added", url(server));
        let place = Place::new(&server.pointer);
        add("api-server-added", Level::Compatible, place, (None, Some(server)), message);
    }
    for a in &old {
        let Some(b) = new.iter().find(|b| url(b) == url(a)) else { continue };
        for key in ["description", "variables"] {
            let (x, y) = (a.get(key), b.get(key));
            if same_option(x.as_ref().map(|at| at.node), y.as_ref().map(|at| at.node)) {
                continue;
            }
            let json =
                |at: &Option<At<'_>>| at.as_ref().map_or(Value::Null, |at| at.node.to_json());
            findings.add(Finding {
                id: docs_id("server", key).into(),
                level: if key == "variables" { Level::Compatible } else { Level::Docs },
                place: Place {
                    old: x.as_ref().map(|at| at.pointer.clone()),
                    new: y.as_ref().map(|at| at.pointer.clone()),
                },
                message: format!("server `{}`: {}", url(a), docs_text(key, &json(&x), &json(&y))),
                old: json(&x),
                new: json(&y),
                rust: words(),
                operations: Vec::new(),
            });
        }
    }
}

/// Compares the servers that an operation or its path has instead of the document's.
pub(super) fn compare_overrides<'a>(
    context: &mut Context<'a, '_>,
    old: &Operation<'a>,
    new: &Operation<'a>,
) {
    let own = |operation: &Operation<'a>| -> Option<At<'a>> {
        operation.at.get("servers").or_else(|| operation.item.get("servers"))
    };
    let (a, b) = (own(old), own(new));
    let in_force = |own: &Option<At<'a>>, document| match own {
        Some(own) => own.items().collect(),
        None => list(&At::root(document)),
    };
    let (old, new) = (in_force(&a, context.sides.old), in_force(&b, context.sides.new));
    if (a.is_none() && b.is_none()) || first(&old) == first(&new) {
        return;
    }
    context.found(Found {
        id: "api-first-server-changed".into(),
        level: Level::Breaking,
        rust: Rust::Known(Impact::None),
        message: format!(
            "first server of the operation changed from `{}` to `{}`",
            first(&old),
            first(&new)
        ),
        place: Place {
            old: a.as_ref().map(|at| at.pointer.clone()),
            new: b.as_ref().map(|at| at.pointer.clone()),
        },
        old: a.as_ref().map(|at| at.node),
        new: b.as_ref().map(|at| at.node),
    });
}
