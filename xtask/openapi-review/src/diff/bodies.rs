//! Compares request bodies, and the media types of requests and responses.

use std::collections::BTreeMap;

use cx_client_build::Document;
use serde_json::{Value, json};

use super::change::Impact;
use super::context::Context;
use super::findings::Finding;
use super::reading::{At, Sides};
use super::schema::{Role, Wire, has_parts, property, takes_all};
use super::wording::kind;
use crate::reader::Operation;

/// Compares the request bodies of an operation.
pub(super) fn request<'a>(context: &mut Context<'a, '_>, old: &Operation<'a>, new: &Operation<'a>) {
    let a = old.at.resolved("requestBody", context.sides.old);
    let b = new.at.resolved("requestBody", context.sides.new);
    let (a, b) = match (a, b) {
        (Some(a), Some(b)) => (a, b),
        (None, None) => return,
        (Some(a), None) => {
            let found = Finding::new("request-body-removed", "request body removed");
            return context.found(found.place(Some(&a), None));
        }
        (None, Some(b)) => {
            let required = b.flag("required");
            let id = match required {
                true => "request-body-added-required",
                false => "request-body-added-optional",
            };
            let found = Finding::new(id, format!("{} request body added", kind(required)));
            return context.found(found.place(None, Some(&b)));
        }
    };
    let ids = ["request-body-became-required", "request-body-became-optional"];
    context.required(ids, "request body", Impact::Breaking, [&a, &b]);
    context.docs("request-body", &a, &b);
    media_types(context, &a, &b, &Role::Body, true);
}

/// A media type or a range of them, with what is said of it.
#[derive(Clone)]
struct MediaType<'a> {
    /// As it is written, but for case and spaces.
    name: String,
    /// Without parameters: `application/json`.
    essence: String,
    at: At<'a>,
}

impl MediaType<'_> {
    /// Whether every message of the other one is one of this.
    fn covers(&self, other: &Self) -> bool {
        let is_in = |(before, after): (&str, &str)| {
            let rest = other.essence.strip_prefix(before);
            rest.is_some_and(|rest| after == "/*" || rest.ends_with(after))
        };
        self.essence == other.essence || self.essence.split_once('*').is_some_and(is_in)
    }
}

fn list<'a>(holder: &At<'a>) -> Vec<MediaType<'a>> {
    let read = |(name, at): (&str, At<'a>)| {
        let name = name.to_lowercase().replace(' ', "");
        let essence = name.split(';').next().unwrap_or_default().to_owned();
        MediaType { name, essence, at }
    };
    holder.entries_of("content").map(read).collect()
}

/// Compares the `content` of two objects: the same media types, then those that differ in their
/// parameters only, then ranges with what they have.
pub(super) fn media_types<'a>(
    context: &mut Context<'a, '_>,
    old: &At<'a>,
    new: &At<'a>,
    role: &Role,
    in_request: bool,
) {
    let (mut gone, mut come) = (list(old), list(new));
    let kept = come.clone();
    type Alike<'a> = fn(&MediaType<'a>, &MediaType<'a>) -> bool;
    let ways: [Alike<'a>; 2] = [|a, b| a.name == b.name, |a, b| a.essence == b.essence];
    for alike in ways {
        gone.retain(|a| {
            let Some(at) = come.iter().position(|b| alike(a, b)) else { return true };
            let b = come.remove(at);
            media_type(context, (a, &b), role, in_request);
            false
        });
    }
    let way = match (in_request, role) {
        (true, Role::Parameter(..)) => "request-parameter",
        (true, _) => "request-body",
        (false, _) => "response",
    };
    let mut report = |what: &str, message: String, a: Option<&At<'a>>, b: Option<&At<'a>>| {
        let by_rule = if what == "removed" { Impact::Breaking } else { Impact::None };
        let found = Finding::new(&format!("{way}-media-type-{what}"), message);
        context.found(found.rust(by_rule).place(a, b));
    };
    let subject = way.replace('-', " ");
    let mut inside = Vec::new();
    for a in &gone {
        let MediaType { name, at, .. } = a;
        if let Some(b) = kept.iter().find(|b| b.covers(a)) {
            let message = format!("{subject} media type `{name}` became one of `{}`", b.name);
            report("widened", message, Some(at), Some(&b.at));
            come.retain(|other| other.name != b.name);
            inside.push((a, b.clone()));
            continue;
        }
        let parts: Vec<_> = kept.iter().filter(|b| a.covers(b)).collect();
        for b in &parts {
            let message = format!("{subject} media type `{name}` narrowed to `{}`", b.name);
            report("narrowed", message, Some(at), Some(&b.at));
            come.retain(|other| other.name != b.name);
            inside.push((a, (*b).clone()));
        }
        if parts.is_empty() {
            report("removed", format!("{subject} media type `{name}` removed"), Some(at), None);
        }
    }
    for MediaType { name, at, .. } in &come {
        report("added", format!("{subject} media type `{name}` added"), None, Some(at));
    }
    for (a, b) in inside {
        media_type(context, (a, &b), role, in_request);
    }
}

fn media_type<'a>(
    context: &mut Context<'a, '_>,
    (MediaType { at: old, .. }, MediaType { at: new, name, essence }): (
        &MediaType<'a>,
        &MediaType<'a>,
    ),
    role: &Role,
    in_request: bool,
) {
    context.docs("media-type", old, new);
    let (a, b) = (old.get("schema"), new.get("schema"));
    let way = if in_request { "request" } else { "response" };
    match (a, b) {
        (Some(a), Some(b)) => {
            context.schemas(in_request, role, Wire::of_media_type(essence), a, b);
        }
        (None, None) => {}
        // A schema that any value fits is none.
        (Some(a), None) if is_any(&a, essence, context.sides.old) => {}
        (None, Some(b)) if is_any(&b, essence, context.sides.new) => {}
        (a, b) => {
            let id = match (in_request, b.is_some()) {
                (true, true) => "request-body-media-type-schema-added",
                (true, false) => "request-body-media-type-schema-removed",
                (false, true) => "response-body-media-type-schema-added",
                (false, false) => "response-body-media-type-schema-removed",
            };
            let verb = if b.is_some() { "added" } else { "removed" };
            let found = Finding::new(id, format!("schema of the {way} media type `{name}` {verb}"));
            context.found(found.at(a.as_ref(), b.as_ref()));
        }
    }
    let Sides { old: in_old, new: in_new } = context.sides;
    if in_request && encoding(old, essence, in_old) != encoding(new, essence, in_new) {
        let (a, b) = (old.get("encoding"), new.get("encoding"));
        let message = format!("encoding of the {way} media type `{name}` changed");
        let found = Finding::new("request-body-encoding-changed", message).rust(Impact::None);
        context.found(found.at(a.as_ref(), b.as_ref()));
    }
}

/// Whether a schema says nothing of a body: any value fits, or the body is of any octets.
fn is_any<'a>(schema: &At<'a>, essence: &str, document: &'a Document) -> bool {
    let target = schema.clone().resolve(document);
    let is_octets =
        essence == "application/octet-stream" && target.text("format") == Some("binary");
    is_octets || takes_all(schema, document)
}

/// What `encoding` says of the fields of a form beyond what holds without it (OpenAPI 3.0.4,
/// section 4.7.15). In other media types, it says nothing.
fn encoding(media_type: &At<'_>, essence: &str, document: &Document) -> BTreeMap<String, Value> {
    let schema = media_type.get("schema");
    let said = |(name, at): (&str, At<'_>)| {
        // An entry without a property has no effect.
        let field = property(schema.as_ref()?, name, document)?;
        let style = at.text("style").unwrap_or("form");
        let explode = at.get("explode").and_then(|it| it.node.as_bool());
        let has_parts = has_parts(&field, document, true);
        let mut said = at.node.to_json();
        said.as_object_mut()?.retain(|key, value| match (key.as_str(), essence) {
            ("contentType", _) => *value != content_type(&field, document),
            ("headers", _) => essence != FORM,
            ("style", FORM) => style != "form",
            ("explode", FORM) => has_parts && explode != Some(style == "form"),
            ("allowReserved", FORM) => *value == true,
            _ => false,
        });
        Some((name.to_owned(), said)).filter(|(_, said)| *said != json!({}))
    };
    let is_form = essence == FORM || essence.starts_with("multipart/");
    media_type.entries_of("encoding").filter(|_| is_form).filter_map(said).collect()
}

const FORM: &str = "application/x-www-form-urlencoded";

/// The media type of a field of a form, where none is stated.
fn content_type(field: &At<'_>, document: &Document) -> &'static str {
    let items = field.resolved("items", document);
    let value = items.as_ref().filter(|_| field.text("type") == Some("array")).unwrap_or(field);
    match (value.text("type"), value.text("format")) {
        (Some("object"), _) => "application/json",
        (_, Some("binary")) => "application/octet-stream",
        _ => "text/plain",
    }
}
