//! Compares the parameters of an operation, and what parameters and headers have in common.

use std::rc::Rc;

use cx_client_build::Node;

use super::bodies::media_types;
use super::change::Impact;
use super::context::{Context, path_parameters};
use super::findings::Finding;
use super::matching::Matching;
use super::reading::At;
use super::schema::{Role, Wire, has_parts, has_reserved};
use super::wording::kind;
use crate::reader::{Operation, parameter_key};

/// A parameter by what identifies it on the wire.
struct Parameter<'a> {
    /// Its location and name; a path parameter is known by its position in the path.
    key: String,
    at: At<'a>,
}

impl<'a> Parameter<'a> {
    fn name(&self) -> &'a str {
        self.at.text("name").unwrap_or_default()
    }

    fn location(&self) -> &'a str {
        self.at.text("in").unwrap_or_default()
    }

    /// `query parameter `limit``.
    fn subject(&self) -> String {
        format!("{} parameter `{}`", self.location(), self.name())
    }
}

/// Whether a parameter has no meaning: these headers come of media types and security schemes
/// (OpenAPI 3.0.4 section 4.7.12.2).
fn is_ignored(parameter: &At<'_>) -> bool {
    let (location, name) = parameter_key(parameter);
    location == "header" && matches!(&*name, "accept" | "content-type" | "authorization")
}

/// The parameters of an operation with what identifies them.
fn list<'a>(
    operation: &Operation<'a>,
    document: &'a cx_client_build::Document,
) -> Vec<Parameter<'a>> {
    let positions = path_parameters(operation.path);
    let keyed = |at: At<'a>| {
        let (location, name) = parameter_key(&at);
        let position = positions.iter().position(|other| *other == name);
        let key = match (location, position) {
            ("path", Some(position)) => format!("path {position}"),
            _ => format!("{location} {name}"),
        };
        Parameter { key, at }
    };
    let all = operation.parameters(document).into_iter();
    all.filter(|at| !is_ignored(at)).map(keyed).collect()
}

/// Compares the parameters of an operation.
pub(super) fn compare<'a>(context: &mut Context<'a, '_>, old: &Operation<'a>, new: &Operation<'a>) {
    let (old, new) = (list(old, context.sides.old), list(new, context.sides.new));
    let Matching { pairs, old, new } = Matching::by_key(old, new, |it| it.key.clone());
    for (a, b) in &pairs {
        pair(context, a, b);
    }
    // The same name elsewhere in the request.
    let mut others = Matching::of(old, new);
    others.by(|a, b| a.name() == b.name());
    for (a, b) in &others.pairs {
        moved_parameter(context, a, b);
    }
    for parameter in &others.old {
        let message = format!("{} removed", parameter.subject());
        let found = Finding::new("request-parameter-removed", message);
        let found = found.place(Some(&parameter.at), None);
        context.found(found.values(parameter.at.node.get("name"), None));
    }
    for parameter in &others.new {
        added(context, parameter);
    }
}

fn added<'a>(context: &mut Context<'a, '_>, parameter: &Parameter<'a>) {
    let required = parameter.at.flag("required");
    let id = match (parameter.location(), required) {
        ("path", _) => "new-request-path-parameter",
        (_, true) => "new-required-request-parameter",
        (_, false) => "new-optional-request-parameter",
    };
    let found = Finding::new(id, format!("{} {} added", kind(required), parameter.subject()));
    let found = found.rust(Impact::Compatible).place(None, Some(&parameter.at));
    context.found(found.values(None, parameter.at.node.get("name")));
}

fn moved_parameter<'a>(context: &mut Context<'a, '_>, old: &Parameter<'a>, new: &Parameter<'a>) {
    let (a, b) = (old.at.get("in"), new.at.get("in"));
    let (was, is) = (old.location(), new.location());
    let message = format!("parameter `{}` moved from {was} to {is}", new.name());
    let found = Finding::new("request-parameter-location-changed", message).rust(Impact::None);
    context.found(found.at(a.as_ref(), b.as_ref()));
    required_and_schema(context, old, new);
}

fn pair<'a>(context: &mut Context<'a, '_>, old: &Parameter<'a>, new: &Parameter<'a>) {
    if old.name() != new.name() {
        let (a, b) = (old.at.get("name"), new.at.get("name"));
        // Of the names of path parameters, those in the style `matrix` are sent.
        let (id, what) = match Style::of(&old.at).style {
            "matrix" => ("request-parameter-name-changed", ", and the name is sent"),
            _ => ("request-parameter-renamed", ": the same on the wire"),
        };
        let message = format!("{} renamed to `{}`{what}", old.subject(), new.name());
        let found = Finding::new(id, message);
        context.found(found.at(a.as_ref(), b.as_ref()));
    }
    serialization(context, true, &new.subject(), &old.at, &new.at);
    for key in ["allowReserved", "allowEmptyValue"] {
        let (was, is) = (old.at.flag(key), new.at.flag(key));
        let sides = context.sides;
        let counts = |at: &At<'a>, document| {
            key != "allowReserved" || at.get("schema").is_none_or(|it| has_reserved(&it, document))
        };
        if was == is
            || new.location() != "query"
            || !counts(&old.at, sides.old) && !counts(&new.at, sides.new)
        {
            continue;
        }
        let id = match (key, is) {
            ("allowReserved", _) => "request-parameter-allow-reserved-changed",
            (_, true) => "request-parameter-empty-value-allowed",
            (_, false) => "request-parameter-empty-value-forbidden",
        };
        let (a, b) = (old.at.get(key), new.at.get(key));
        let message = format!("{}: {key} changed from {was} to {is}", new.subject());
        context.found(Finding::new(id, message).rust(Impact::None).at(a.as_ref(), b.as_ref()));
    }
    required_and_schema(context, old, new);
}

/// How the value of a parameter or header is written, if not as a media type.
struct Style<'a> {
    /// As it is written.
    stated: &'a str,
    style: &'a str,
    explode: bool,
}

impl<'a> Style<'a> {
    fn of(at: &At<'a>) -> Self {
        let style = at.text("style").unwrap_or(match at.text("in") {
            Some("query" | "cookie") => "form",
            _ => "simple",
        });
        match (style, at.node.get("explode").and_then(Node::as_bool)) {
            // Separators of items that are not together in one value are none.
            ("spaceDelimited" | "pipeDelimited", Some(true)) => {
                Self { stated: style, style: "form", explode: true }
            }
            ("deepObject", _) => Self { stated: style, style, explode: true },
            (_, stated) => {
                Self { stated: style, style, explode: stated.unwrap_or(style == "form") }
            }
        }
    }

    fn is_of_queries(&self) -> bool {
        matches!(self.style, "form" | "spaceDelimited" | "pipeDelimited")
    }

    fn wire(&self) -> Wire {
        if self.style == "form" && self.explode { Wire::Repeated } else { Wire::Separated }
    }
}

/// Compares how the values of two parameters or headers are written.
fn serialization<'a>(
    context: &mut Context<'a, '_>,
    in_request: bool,
    subject: &str,
    old: &At<'a>,
    new: &At<'a>,
) {
    let (was, is) = (Style::of(old), Style::of(new));
    let sides = context.sides;
    // A single value is written in the same way; in the style `simple`, a list too.
    let counts = |at: &At<'a>, document| {
        at.get("schema").is_some_and(|it| has_parts(&it, document, is.style != "simple"))
    };
    // Of the styles of queries, all write a single value as `form` does.
    let is_single = [&was, &is].iter().all(|it| it.is_of_queries())
        && !counts(old, sides.old)
        && !counts(new, sides.new);
    let differ = was.style != is.style && !is_single;
    let (key, id, message) = if differ && was.stated != is.stated {
        let ids = ["response-header-style-changed", "request-parameter-style-changed"];
        let message = format!("{subject}: style changed from `{}` to `{}`", was.stated, is.stated);
        ("style", ids[usize::from(in_request)], message)
    } else if was.explode != is.explode
        && (differ || counts(old, sides.old) && counts(new, sides.new))
    {
        let ids = ["response-header-explode-changed", "request-parameter-explode-changed"];
        let message = format!("{subject}: explode changed from {} to {}", was.explode, is.explode);
        ("explode", ids[usize::from(in_request)], message)
    } else {
        return;
    };
    let (a, b) = (old.get(key), new.get(key));
    let found = Finding::new(id, message).rust(Impact::None);
    let whole = (a.is_none() && b.is_none()).then_some((old, new));
    context.found(match whole {
        Some((old, new)) => found.place(Some(old), Some(new)),
        None => found.at(a.as_ref(), b.as_ref()),
    });
}

fn required_and_schema<'a>(
    context: &mut Context<'a, '_>,
    old: &Parameter<'a>,
    new: &Parameter<'a>,
) {
    let ids = ["request-parameter-became-required", "request-parameter-became-optional"];
    context.required(ids, &new.subject(), Impact::Breaking, [&old.at, &new.at]);
    let ids = ["request-parameter-deprecated", "request-parameter-reactivated"];
    context.deprecated(ids, &new.subject(), &old.at, &new.at);
    context.docs_of("parameter", &new.subject(), [&old.at, &new.at]);
    let role = Role::Parameter(Rc::from(new.subject()), old.at.flag("required"));
    value(context, true, &role, &new.subject(), [&old.at, &new.at]);
}

/// Compares the values of two parameters or headers.
fn value<'a>(
    context: &mut Context<'a, '_>,
    in_request: bool,
    role: &Role,
    subject: &str,
    [old, new]: [&At<'a>; 2],
) {
    match (old.get("schema"), new.get("schema")) {
        (Some(a), Some(b)) => {
            context.schemas(in_request, role, Style::of(new).wire(), a, b);
        }
        (None, None) => media_types(context, old, new, role, in_request),
        (a, b) => {
            let (a, b) = (a.or_else(|| old.get("content")), b.or_else(|| new.get("content")));
            let id = match in_request {
                true => "request-parameter-content-changed",
                false => "response-header-content-changed",
            };
            let message = format!(
                "{subject}: written by `style` in one document, as a media type in the other"
            );
            let found = Finding::new(id, message).rust(Impact::None);
            context.found(found.place(a.as_ref(), b.as_ref()));
        }
    }
}

/// Compares two headers of a response.
pub(super) fn header<'a>(context: &mut Context<'a, '_>, name: &str, old: &At<'a>, new: &At<'a>) {
    let subject = format!("response header `{name}`");
    let ids = ["response-header-became-required", "response-header-became-optional"];
    context.required(ids, &subject, Impact::None, [old, new]);
    let ids = ["response-header-deprecated", "response-header-reactivated"];
    context.deprecated(ids, &subject, old, new);
    context.docs_of("header", &subject, [old, new]);
    serialization(context, false, &subject, old, new);
    value(
        context,
        false,
        &Role::Header(Rc::from(name), new.flag("required")),
        &subject,
        [old, new],
    );
}
