//! Compares request bodies, and the media types of requests and responses.

use std::collections::BTreeSet;

use super::change::{Impact, Level};
use super::findings::{Place, Rust};
use super::operations::{Context, Found, Operation, place};
use super::reading::{At, same_option};
use super::schema::Role;

/// Compares the request bodies of an operation.
pub(super) fn request<'a>(context: &mut Context<'a, '_>, old: &Operation<'a>, new: &Operation<'a>) {
    let a = old.at.resolved("requestBody", context.sides.old);
    let b = new.at.resolved("requestBody", context.sides.new);
    let (a, b) = match (a, b) {
        (Some(a), Some(b)) => (a, b),
        (None, None) => return,
        (Some(a), None) => {
            context.found(Found {
                id: "request-body-removed".into(),
                level: Level::Warning,
                rust: Rust::computed(Impact::Breaking),
                message: "request body removed".to_owned(),
                place: Place::old(&a.pointer),
                old: None,
                new: None,
            });
            return;
        }
        (None, Some(b)) => {
            let required = b.flag("required");
            let (id, level, kind) = if required {
                ("request-body-added-required", Level::Breaking, "required")
            } else {
                ("request-body-added-optional", Level::Compatible, "optional")
            };
            context.found(Found {
                id: id.into(),
                level,
                rust: Rust::computed(Impact::Breaking),
                message: format!("{kind} request body added"),
                place: Place::new(&b.pointer),
                old: None,
                new: None,
            });
            return;
        }
    };
    if a.flag("required") != b.flag("required") {
        let (id, level, what) = if b.flag("required") {
            ("request-body-became-required", Level::Breaking, "required")
        } else {
            ("request-body-became-optional", Level::Compatible, "optional")
        };
        context.found(Found {
            id: id.into(),
            level,
            rust: Rust::computed(Impact::Breaking),
            message: format!("request body became {what}"),
            place: Place::both(&a.pointer, &b.pointer),
            old: a.node.get("required"),
            new: b.node.get("required"),
        });
    }
    context.docs("request-body", &a, &b, &[]);
    media_types(context, &a, &b, &Role::Body, true);
}

/// Compares the `content` of two objects.
pub(super) fn media_types<'a>(
    context: &mut Context<'a, '_>,
    old: &At<'a>,
    new: &At<'a>,
    role: &Role,
    in_request: bool,
) {
    let list = |at: &At<'a>| -> Vec<(String, At<'a>)> {
        at.get("content")
            .iter()
            .flat_map(At::entries)
            .map(|(name, at)| (name.to_lowercase().replace(' ', ""), at))
            .collect()
    };
    let (old, new) = (list(old), list(new));
    let names: BTreeSet<&String> = old.iter().chain(&new).map(|(name, _)| name).collect();
    let find = |list: &[(String, At<'a>)], wanted: &String| {
        list.iter().find(|(name, _)| name == wanted).map(|(_, at)| at.clone())
    };
    let way = match (in_request, role) {
        (true, Role::Parameter(_)) => "request-parameter",
        (true, _) => "request-body",
        (false, _) => "response",
    };
    for name in names {
        match (find(&old, name), find(&new, name)) {
            (Some(a), Some(b)) => media_type(context, name, (&a, &b), role, in_request),
            (Some(a), None) => context.found(Found {
                id: format!("{way}-media-type-removed").into(),
                level: Level::Breaking,
                rust: Rust::computed(Impact::Breaking),
                message: format!("{} media type `{name}` removed", way.replace('-', " ")),
                place: Place::old(&a.pointer),
                old: None,
                new: None,
            }),
            (None, Some(b)) => context.found(Found {
                id: format!("{way}-media-type-added").into(),
                level: Level::Compatible,
                rust: Rust::computed(Impact::None),
                message: format!("{} media type `{name}` added", way.replace('-', " ")),
                place: Place::new(&b.pointer),
                old: None,
                new: None,
            }),
            (None, None) => {}
        }
    }
}

fn media_type<'a>(
    context: &mut Context<'a, '_>,
    name: &str,
    (old, new): (&At<'a>, &At<'a>),
    role: &Role,
    in_request: bool,
) {
    context.docs("media-type", old, new, &[]);
    let (a, b) = (old.get("schema"), new.get("schema"));
    let way = if in_request { "request" } else { "response" };
    match (a, b) {
        (Some(a), Some(b)) if in_request => context.request(role.clone(), a, b),
        (Some(a), Some(b)) => context.response(role.clone(), a, b),
        (None, None) => {}
        (a, b) => {
            let added = b.is_some();
            let verb = if added { "added" } else { "removed" };
            let level = if added == in_request { Level::Breaking } else { Level::Compatible };
            context.found(Found {
                id: format!("{way}-body-media-type-schema-{verb}").into(),
                level,
                rust: Rust::computed(Impact::Breaking),
                message: format!("schema of the {way} media type `{name}` {verb}"),
                place: place(a.as_ref(), b.as_ref()),
                old: a.as_ref().map(|at| at.node),
                new: b.as_ref().map(|at| at.node),
            });
        }
    }
    let (a, b) = (old.get("encoding"), new.get("encoding"));
    if !same_option(a.as_ref().map(|at| at.node), b.as_ref().map(|at| at.node)) {
        context.found(Found {
            id: format!("{way}-body-encoding-changed").into(),
            level: Level::Warning,
            rust: Rust::computed(Impact::None),
            message: format!("encoding of the {way} media type `{name}` changed"),
            place: place(a.as_ref(), b.as_ref()),
            old: a.as_ref().map(|at| at.node),
            new: b.as_ref().map(|at| at.node),
        });
    }
}
