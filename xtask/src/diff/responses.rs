//! Compares the responses of an operation.

use std::rc::Rc;

use cx_client_build::Node;

use super::bodies::media_types;
use super::change::{Impact, Level};
use super::findings::{Place, Rust};
use super::operations::{Context, Found, Operation, place};
use super::reading::{At, same_option};
use super::schema::Role;

type Responses<'a> = Vec<(&'a str, At<'a>)>;

fn list<'a>(operation: &Operation<'a>, document: &'a cx_client_build::Document) -> Responses<'a> {
    operation
        .at
        .get("responses")
        .iter()
        .flat_map(At::entries)
        .filter(|(status, _)| !status.starts_with("x-"))
        .map(|(status, at)| (status, at.resolve(document)))
        .collect()
}

fn find<'a>(list: &Responses<'a>, wanted: &str) -> Option<At<'a>> {
    list.iter().find(|(status, _)| *status == wanted).map(|(_, at)| at.clone())
}

/// The response that a status gets that is not stated itself: its range, or `default`.
fn covering<'a>(list: &Responses<'a>, status: &str) -> Option<(&'a str, At<'a>)> {
    let range = status.get(..1).map(|digit| format!("{digit}XX")).filter(|_| status != "default");
    [range.as_deref(), Some("default")]
        .into_iter()
        .flatten()
        .filter(|name| *name != status)
        .find_map(|name| list.iter().find(|(status, _)| *status == name).cloned())
}

/// Whether a status says success. `default` does where no other status of the operation does.
fn is_success(list: &Responses<'_>, status: &str) -> bool {
    status.starts_with('2')
        || status == "default" && !list.iter().any(|(other, _)| other.starts_with('2'))
}

/// Compares the responses of an operation.
pub(super) fn compare<'a>(context: &mut Context<'a, '_>, old: &Operation<'a>, new: &Operation<'a>) {
    let all = (old.at.get("responses"), new.at.get("responses"));
    if let (Some(a), Some(b)) = &all {
        context.docs("responses", a, b, &[]);
    }
    let old = list(old, context.sides.old);
    let new = list(new, context.sides.new);
    for (status, a) in &old {
        match find(&new, status) {
            Some(b) => response(context, a, &b),
            None => removed(context, status, a, &old, &new),
        }
    }
    for (status, b) in new.iter().filter(|(status, _)| find(&old, status).is_none()) {
        let success = is_success(&new, status);
        let covered = covering(&old, status);
        if let Some((_, a)) = &covered {
            response(context, a, b);
        }
        let kind = if success { "success" } else { "non-success" };
        context.found(Found {
            id: format!("response-{kind}-status-added").into(),
            level: Level::Compatible,
            rust: Rust::computed(if success { Impact::Compatible } else { Impact::None }),
            message: format!("{kind} status `{status}` added"),
            place: Place::new(&b.pointer),
            old: None,
            new: b.node.get("description"),
        });
    }
}

fn removed<'a>(
    context: &mut Context<'a, '_>,
    status: &str,
    a: &At<'a>,
    old: &Responses<'a>,
    new: &Responses<'a>,
) {
    let success = is_success(old, status);
    let covered = covering(new, status);
    if let Some((_, b)) = &covered {
        response(context, a, b);
    }
    // What is left of a range, or of `default`, is what the client knew of already.
    let narrowed = new.iter().any(|(other, _)| {
        covering(old, other).is_some_and(|(name, _)| name == status) && find(old, other).is_none()
    });
    let kind = if success { "success" } else { "non-success" };
    let (level, because) = match (&covered, narrowed) {
        (Some((name, _)), _) => (Level::Compatible, format!("; `{name}` still covers it")),
        (None, true) => (Level::Compatible, "; NEW states what it stood for".to_owned()),
        (None, false) if success => (Level::Breaking, String::new()),
        (None, false) => (Level::Compatible, String::new()),
    };
    context.found(Found {
        id: format!("response-{kind}-status-removed").into(),
        level,
        rust: Rust::computed(if success { Impact::Breaking } else { Impact::None }),
        message: format!("{kind} status `{status}` removed{because}"),
        place: Place::old(&a.pointer),
        old: a.node.get("description"),
        new: None,
    });
}

fn response<'a>(context: &mut Context<'a, '_>, old: &At<'a>, new: &At<'a>) {
    context.docs("response", old, new, &[]);
    media_types(context, old, new, &Role::Body, false);
    headers(context, old, new);
    let (a, b) = (old.get("links"), new.get("links"));
    if !same_option(a.as_ref().map(|at| at.node), b.as_ref().map(|at| at.node)) {
        context.found(Found {
            id: "response-links-changed".into(),
            level: Level::Docs,
            rust: Rust::Known(Impact::None),
            message: "the links of the response changed".to_owned(),
            place: place(a.as_ref(), b.as_ref()),
            old: a.as_ref().map(|at| at.node),
            new: b.as_ref().map(|at| at.node),
        });
    }
}

fn headers<'a>(context: &mut Context<'a, '_>, old: &At<'a>, new: &At<'a>) {
    let sides = context.sides;
    let list = |at: &At<'a>, document| -> Vec<(&'a str, At<'a>)> {
        at.get("headers")
            .iter()
            .flat_map(At::entries)
            .map(|(name, at)| (name, at.resolve(document)))
            .collect()
    };
    let (old, new) = (list(old, sides.old), list(new, sides.new));
    let find = |list: &[(&'a str, At<'a>)], wanted: &str| {
        list.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, at)| at.clone())
    };
    for (name, a) in &old {
        match find(&new, name) {
            Some(b) => header(context, name, a, &b),
            None => {
                let required = a.flag("required");
                let kind = if required { "required" } else { "optional" };
                context.found(Found {
                    id: format!("{kind}-response-header-removed").into(),
                    level: if required { Level::Breaking } else { Level::Warning },
                    rust: Rust::computed(Impact::None),
                    message: format!("{kind} response header `{name}` removed"),
                    place: Place::old(&a.pointer),
                    old: None,
                    new: None,
                });
            }
        }
    }
    for (name, b) in new.iter().filter(|(name, _)| find(&old, name).is_none()) {
        context.found(Found {
            id: "response-header-added".into(),
            level: Level::Compatible,
            rust: Rust::computed(Impact::None),
            message: format!("response header `{name}` added"),
            place: Place::new(&b.pointer),
            old: None,
            new: None,
        });
    }
}

fn header<'a>(context: &mut Context<'a, '_>, name: &str, old: &At<'a>, new: &At<'a>) {
    if old.flag("required") != new.flag("required") {
        let now = new.flag("required");
        let what = if now { "required" } else { "optional" };
        let stated = |at: &At<'a>| -> Option<&'a Node> { at.node.get("required") };
        context.found(Found {
            id: format!("response-header-became-{what}").into(),
            level: if now { Level::Compatible } else { Level::Breaking },
            rust: Rust::computed(Impact::None),
            message: format!("response header `{name}` became {what}"),
            place: Place::both(&old.pointer, &new.pointer),
            old: stated(old),
            new: stated(new),
        });
    }
    context.docs("header", old, new, &[]);
    let role = Role::Header(Rc::from(name));
    match (old.get("schema"), new.get("schema")) {
        (Some(a), Some(b)) => context.response(role, a, b),
        _ => media_types(context, old, new, &role, false),
    }
}
