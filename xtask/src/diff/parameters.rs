//! Compares the parameters of an operation.

use std::collections::HashMap;
use std::rc::Rc;

use super::bodies::media_types;
use super::change::{Impact, Level};
use super::findings::{Place, Rust};
use super::operations::{Context, Found, Operation, path_parameters, place};
use super::reading::At;
use super::schema::Role;

/// A parameter by what identifies it on the wire.
struct Parameter<'a> {
    /// Its location and name; a path parameter is known by its position in the path.
    key: (&'a str, String),
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

/// The parameters of the path item and of the operation; the latter override the former.
fn list<'a>(
    operation: &Operation<'a>,
    document: &'a cx_client_build::Document,
) -> Vec<Parameter<'a>> {
    let positions = path_parameters(operation.path);
    let mut list: Vec<Parameter<'a>> = Vec::new();
    let mut index: HashMap<(&str, String), usize> = HashMap::new();
    for holder in [&operation.item, &operation.at] {
        for at in holder.get("parameters").iter().flat_map(At::items) {
            let at = at.resolve(document);
            let name = at.text("name").unwrap_or_default();
            let location = at.text("in").unwrap_or_default();
            let name = match location {
                "path" => positions
                    .iter()
                    .position(|other| *other == name)
                    .map_or_else(|| name.to_owned(), |position| position.to_string()),
                "header" => name.to_lowercase(),
                _ => name.to_owned(),
            };
            let key = (location, name);
            match index.get(&key) {
                Some(known) => list[*known].at = at,
                None => {
                    index.insert(key.clone(), list.len());
                    list.push(Parameter { key, at });
                }
            }
        }
    }
    list
}

/// Compares the parameters of an operation.
pub(super) fn compare<'a>(context: &mut Context<'a, '_>, old: &Operation<'a>, new: &Operation<'a>) {
    let old = list(old, context.sides.old);
    let new = list(new, context.sides.new);
    let mut unmatched: Vec<&Parameter<'a>> = Vec::new();
    let mut taken = vec![false; new.len()];
    let by_key: HashMap<_, _> =
        new.iter().enumerate().map(|(index, parameter)| (&parameter.key, index)).collect();
    for parameter in &old {
        match by_key.get(&parameter.key) {
            Some(index) => {
                taken[*index] = true;
                pair(context, parameter, &new[*index]);
            }
            None => unmatched.push(parameter),
        }
    }
    for parameter in unmatched {
        // The same name elsewhere in the request.
        let moved = new
            .iter()
            .enumerate()
            .find(|(index, other)| !taken[*index] && other.name() == parameter.name());
        match moved {
            Some((index, other)) => {
                taken[index] = true;
                moved_parameter(context, parameter, other);
            }
            None => removed(context, parameter),
        }
    }
    for (parameter, _) in new.iter().zip(&taken).filter(|(_, taken)| !**taken) {
        added(context, parameter);
    }
}

fn removed<'a>(context: &mut Context<'a, '_>, parameter: &Parameter<'a>) {
    context.found(Found {
        id: "request-parameter-removed".into(),
        level: Level::Warning,
        rust: Rust::computed(Impact::Breaking),
        message: format!("{} removed", parameter.subject()),
        place: Place::old(&parameter.at.pointer),
        old: parameter.at.node.get("name"),
        new: None,
    });
}

fn added<'a>(context: &mut Context<'a, '_>, parameter: &Parameter<'a>) {
    let required = parameter.at.flag("required");
    let (id, level) = match (parameter.location(), required) {
        ("path", _) => ("new-request-path-parameter", Level::Breaking),
        (_, true) => ("new-required-request-parameter", Level::Breaking),
        (_, false) => ("new-optional-request-parameter", Level::Compatible),
    };
    let kind = if required { "required" } else { "optional" };
    context.found(Found {
        id: id.into(),
        level,
        rust: Rust::computed(Impact::Compatible),
        message: format!("{kind} {} added", parameter.subject()),
        place: Place::new(&parameter.at.pointer),
        old: None,
        new: parameter.at.node.get("name"),
    });
}

fn moved_parameter<'a>(context: &mut Context<'a, '_>, old: &Parameter<'a>, new: &Parameter<'a>) {
    let (a, b) = (old.at.get("in"), new.at.get("in"));
    context.found(Found {
        id: "request-parameter-location-changed".into(),
        level: Level::Breaking,
        rust: Rust::computed(Impact::None),
        message: format!(
            "parameter `{}` moved from {} to {}",
            new.name(),
            old.location(),
            new.location()
        ),
        place: place(a.as_ref(), b.as_ref()),
        old: old.at.node.get("in"),
        new: new.at.node.get("in"),
    });
    required_and_schema(context, old, new);
}

fn pair<'a>(context: &mut Context<'a, '_>, old: &Parameter<'a>, new: &Parameter<'a>) {
    if old.name() != new.name() {
        let (a, b) = (old.at.get("name"), new.at.get("name"));
        context.found(Found {
            id: "request-parameter-renamed".into(),
            level: Level::Compatible,
            rust: Rust::computed(Impact::Breaking),
            message: format!(
                "{} renamed to `{}`: the same on the wire, another method of the builder",
                old.subject(),
                new.name()
            ),
            place: place(a.as_ref(), b.as_ref()),
            old: old.at.node.get("name"),
            new: new.at.node.get("name"),
        });
    }
    serialization(context, old, new);
    required_and_schema(context, old, new);
}

/// How a value is written into the request.
fn serialization<'a>(context: &mut Context<'a, '_>, old: &Parameter<'a>, new: &Parameter<'a>) {
    let style = |parameter: &Parameter<'a>| {
        parameter.at.text("style").unwrap_or(match parameter.location() {
            "query" | "cookie" => "form",
            _ => "simple",
        })
    };
    let explode = |parameter: &Parameter<'a>| match parameter.at.get("explode") {
        Some(stated) => stated.node.as_bool() == Some(true),
        None => style(parameter) == "form",
    };
    let (was, is) = (style(old), style(new));
    if was != is {
        let message = format!("{}: style changed from `{was}` to `{is}`", new.subject());
        changed(context, "style", Level::Breaking, message, old, new);
    } else if explode(old) != explode(new) {
        // A single value is written in the same way.
        let sides = context.sides;
        let single = |parameter: &Parameter<'a>, document| {
            let schema = parameter.at.resolved("schema", document);
            schema.is_some_and(|schema| {
                matches!(schema.text("type"), Some("string" | "integer" | "number" | "boolean"))
            })
        };
        let level = if single(old, sides.old) && single(new, sides.new) {
            Level::Compatible
        } else {
            Level::Breaking
        };
        let message =
            format!("{}: explode changed from {} to {}", new.subject(), explode(old), explode(new));
        changed(context, "explode", level, message, old, new);
    }
    for (key, id) in [("allowReserved", "allow-reserved"), ("allowEmptyValue", "allow-empty-value")]
    {
        let (was, is) = (old.at.flag(key), new.at.flag(key));
        if was != is {
            let level = match (key, is) {
                ("allowEmptyValue", false) => Level::Breaking,
                ("allowEmptyValue", true) => Level::Compatible,
                _ => Level::Warning,
            };
            let message = format!("{}: {key} changed from {was} to {is}", new.subject());
            let (a, b) = (old.at.get(key), new.at.get(key));
            context.found(Found {
                id: format!("request-parameter-{id}-changed").into(),
                level,
                rust: Rust::computed(Impact::None),
                message,
                place: place(a.as_ref(), b.as_ref()),
                old: old.at.node.get(key),
                new: new.at.node.get(key),
            });
        }
    }
}

fn changed<'a>(
    context: &mut Context<'a, '_>,
    key: &'static str,
    level: Level,
    message: String,
    old: &Parameter<'a>,
    new: &Parameter<'a>,
) {
    let (a, b) = (old.at.get(key), new.at.get(key));
    context.found(Found {
        id: format!("request-parameter-{key}-changed").into(),
        level,
        rust: Rust::computed(Impact::None),
        message,
        place: place(a.as_ref(), b.as_ref()),
        old: old.at.node.get(key),
        new: new.at.node.get(key),
    });
}

fn required_and_schema<'a>(
    context: &mut Context<'a, '_>,
    old: &Parameter<'a>,
    new: &Parameter<'a>,
) {
    let (was, is) = (old.at.flag("required"), new.at.flag("required"));
    if was != is {
        let (id, level, what) = if is {
            ("request-parameter-became-required", Level::Breaking, "became required")
        } else {
            ("request-parameter-became-optional", Level::Compatible, "became optional")
        };
        context.found(Found {
            id: id.into(),
            level,
            rust: Rust::computed(Impact::Breaking),
            message: format!("{} {what}", new.subject()),
            place: Place::both(&old.at.pointer, &new.at.pointer),
            old: old.at.node.get("required"),
            new: new.at.node.get("required"),
        });
    }
    if old.at.flag("deprecated") != new.at.flag("deprecated") {
        let now = new.at.flag("deprecated");
        let (a, b) = (old.at.get("deprecated"), new.at.get("deprecated"));
        context.found(Found {
            id: if now { "request-parameter-deprecated" } else { "request-parameter-reactivated" }
                .into(),
            level: Level::Compatible,
            rust: Rust::computed(Impact::None),
            message: format!(
                "{} {}",
                new.subject(),
                if now { "deprecated" } else { "no longer deprecated" }
            ),
            place: place(a.as_ref(), b.as_ref()),
            old: old.at.node.get("deprecated"),
            new: new.at.node.get("deprecated"),
        });
    }
    context.docs("parameter", &old.at, &new.at, &[]);
    let role = Role::Parameter(Rc::from(new.subject()));
    match (old.at.get("schema"), new.at.get("schema")) {
        (Some(a), Some(b)) => context.request(role, a, b),
        (None, None) => media_types(context, &old.at, &new.at, &role, true),
        (a, b) => {
            let (a, b) = (a.or_else(|| old.at.get("content")), b.or_else(|| new.at.get("content")));
            context.found(Found {
                id: "request-parameter-content-changed".into(),
                level: Level::Breaking,
                rust: Rust::computed(Impact::None),
                message: format!(
                    "{}: written by `style` in one document, as a media type in the other",
                    new.subject()
                ),
                place: place(a.as_ref(), b.as_ref()),
                old: None,
                new: None,
            });
        }
    }
}
