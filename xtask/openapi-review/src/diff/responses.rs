//! Compares the responses of an operation.

use super::bodies::media_types;
use super::change::Impact;
use super::context::Context;
use super::findings::Finding;
use super::matching::Matching;
use super::parameters::header;
use super::reading::{At, same_option};
use super::schema::Role;
use super::wording::kind;
use crate::reader::Operation;

type Responses<'a> = Vec<(&'a str, At<'a>)>;

fn list<'a>(operation: &Operation<'a>, document: &'a cx_client_build::Document) -> Responses<'a> {
    let responses = operation.at.entries_of("responses");
    responses
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
        context.docs("responses", a, b);
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
        if let Some((_, a)) = covering(&old, status) {
            response(context, &a, b);
        }
        let (id, kind, rust) = match success {
            true => ("response-success-status-added", "success", Impact::Compatible),
            false => ("response-non-success-status-added", "non-success", Impact::None),
        };
        let found = Finding::new(id, format!("{kind} status `{status}` added")).rust(rust);
        context.found(found.place(None, Some(b)).values(None, b.node.get("description")));
    }
}

fn removed<'a>(
    context: &mut Context<'a, '_>,
    status: &str,
    a: &At<'a>,
    old: &Responses<'a>,
    new: &Responses<'a>,
) {
    let covered = covering(new, status);
    if let Some((_, b)) = &covered {
        response(context, a, b);
    }
    // What is left of a range, or of `default`, is what the client knew of already.
    let in_range = |other: &str| {
        status.strip_suffix("XX").is_some_and(|digit| other.starts_with(digit))
            || covering(old, other).is_some_and(|(name, _)| name == status)
                && find(old, other).is_none()
    };
    let stated = new.iter().any(|(other, _)| in_range(other));
    let because = match (&covered, stated) {
        (Some((name, _)), _) => format!("; `{name}` still covers it"),
        (None, true) => "; NEW states what it stood for".to_owned(),
        (None, false) => String::new(),
    };
    let (id, kind, rust) = match (is_success(old, status), because.is_empty()) {
        (true, true) => ("response-success-status-removed", "success", Impact::Breaking),
        (true, false) => ("response-success-status-covered", "success", Impact::Breaking),
        (false, _) => ("response-non-success-status-removed", "non-success", Impact::None),
    };
    let found = Finding::new(id, format!("{kind} status `{status}` removed{because}")).rust(rust);
    context.found(found.place(Some(a), None).values(a.node.get("description"), None));
}

fn response<'a>(context: &mut Context<'a, '_>, old: &At<'a>, new: &At<'a>) {
    context.docs("response", old, new);
    media_types(context, old, new, &Role::Body, false);
    headers(context, old, new);
    let (a, b) = (old.get("links"), new.get("links"));
    if !same_option(a.as_ref(), b.as_ref()) {
        let found = Finding::new("response-links-changed", "the links of the response changed");
        context.found(found.not_in_rust().at(a.as_ref(), b.as_ref()));
    }
}

fn headers<'a>(context: &mut Context<'a, '_>, old: &At<'a>, new: &At<'a>) {
    let sides = context.sides;
    let list = |at: &At<'a>, document| -> Vec<(&'a str, At<'a>)> {
        // `Content-Type` comes of the media types (OpenAPI 3.0.4 section 4.7.17.1).
        let counts = |name: &str| !name.eq_ignore_ascii_case("content-type");
        let all = at.entries_of("headers").filter(|(name, _)| counts(name));
        all.map(|(name, at)| (name, at.resolve(document))).collect()
    };
    let (old, new) = (list(old, sides.old), list(new, sides.new));
    let headers = Matching::by_key(old, new, |(name, _)| name.to_lowercase());
    for ((name, a), (_, b)) in &headers.pairs {
        header(context, name, a, b);
    }
    for (name, a) in &headers.old {
        let required = a.flag("required");
        let id = match required {
            true => "required-response-header-removed",
            false => "optional-response-header-removed",
        };
        let message = format!("{} response header `{name}` removed", kind(required));
        context.found(Finding::new(id, message).rust(Impact::None).place(Some(a), None));
    }
    for (name, b) in &headers.new {
        let found =
            Finding::new("response-header-added", format!("response header `{name}` added"));
        context.found(found.rust(Impact::None).place(None, Some(b)));
    }
}
