//! What a difference of schemas means in a direction, and how it is called.

use std::rc::Rc;

use super::super::change::{Impact, Level};
use super::super::findings::{Finding, Rust, UNUSED_SCHEMA};
use super::super::rules::{Rule, rule};
use super::difference::{Directions, Id, SchemaDifference};

/// The place of a schema in a request or a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) enum Role {
    /// The body of a request or of a response of a status.
    Body,
    /// A parameter, with its location and name, and whether it is required.
    Parameter(Rc<str>, bool),
    /// A header of a response, and whether it is required.
    Header(Rc<str>, bool),
    /// A property, at any depth, by its name.
    Property(Rc<str>),
}

impl Role {
    /// The role of a schema inside: `tags[]` of `tags`.
    pub(super) fn inner(&self, suffix: &str) -> Self {
        match self {
            Self::Property(name) => Self::Property(format!("{name}{suffix}").into()),
            other => other.clone(),
        }
    }
}

/// The direction in which values travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    Request,
    Response,
}

impl Direction {
    pub(super) fn is_in(self, directions: Directions) -> bool {
        match self {
            Self::Request => directions.request,
            Self::Response => directions.response,
        }
    }

    fn name(self) -> &'static str {
        if self == Self::Request { "request" } else { "response" }
    }
}

/// How a pair of schemas is used in a direction.
pub(super) struct Use {
    pub(super) direction: Direction,
    pub(super) role: Role,
    /// The operations that reach it.
    pub(super) operations: Vec<usize>,
    /// Whether it is in every message that can have it.
    pub(super) always_there: bool,
}

impl Use {
    /// Whether something of the kind matters in the direction.
    fn concerns(&self, id: Id) -> bool {
        match (id, self.direction) {
            (Id::Ways(rule, _), Direction::Request) | (Id::Ways(_, rule), Direction::Response) => {
                !rule.is_empty()
            }
            _ => true,
        }
    }
}

/// What is found of a difference: one thing for each direction in which it matters.
///
/// What is sent in no direction can still be named in code.
pub(super) fn findings(difference: &SchemaDifference, uses: &[Use]) -> Vec<Finding> {
    let found: Vec<Finding> = uses
        .iter()
        .filter(|user| user.concerns(difference.id))
        .map(|user| finding(difference, Some(user), user.operations.clone()))
        .collect();
    if !found.is_empty() {
        return found;
    }
    let operations = uses.iter().flat_map(|user| user.operations.clone()).collect();
    vec![finding(difference, None, operations)]
}

fn finding(difference: &SchemaDifference, user: Option<&Use>, operations: Vec<usize>) -> Finding {
    let Rule { id, level, .. } = rule_of(difference, user);
    // To a type of responses a value or a field can be added.
    let grows = user.is_some_and(|user| user.direction == Direction::Response)
        && (id.ends_with("enum-value-added") || id.ends_with("property-added"));
    let rust = match difference.rust.clone() {
        Rust::Computed { whole_type, also, .. } if grows => {
            Rust::Computed { by_rule: Impact::Compatible, whole_type, also }
        }
        rust => rust,
    };
    Finding {
        id,
        level,
        place: difference.place.clone(),
        old: difference.old.clone(),
        new: difference.new.clone(),
        message: format!("{}: {}", subject(difference, user), difference.what),
        rust,
        operations,
    }
}

fn rule_of(difference: &SchemaDifference, user: Option<&Use>) -> Rule {
    let Some(user) = user else {
        return match difference.id {
            Id::Whole(id) if rule(id).level == Level::Docs || id.starts_with("schema-") => rule(id),
            _ => rule(UNUSED_SCHEMA),
        };
    };
    match difference.id {
        Id::Whole(id) => rule(id),
        Id::Ways(request, response) => match user.direction {
            Direction::Request => rule(request),
            Direction::Response => rule(response),
        },
        Id::Of(keyword, verb) => placed(&format!("{keyword}-{verb}"), user),
        Id::Suffix(suffix) if suffix.starts_with("default-value-") && user.always_there => {
            placed("default-value-of-required", user)
        }
        Id::Suffix(suffix) => placed(suffix, user),
    }
}

/// The rule of what follows direction and role.
fn placed(suffix: &str, user: &Use) -> Rule {
    let place = match user.role {
        Role::Body => "body",
        Role::Parameter(..) => "parameter",
        Role::Header(..) => "header",
        Role::Property(_) => "property",
    };
    rule(&format!("{}-{place}-{suffix}", user.direction.name()))
}

/// What people call that which differs: `response property `Call.status``.
fn subject(difference: &SchemaDifference, user: Option<&Use>) -> String {
    let way = user.map(|user| format!("{} ", user.direction.name())).unwrap_or_default();
    let pointers = [&difference.place.old, &difference.place.new];
    let names: Vec<_> = pointers.into_iter().flatten().map(name_of).collect();
    // Where the two documents keep it under different names, it is called by its role.
    let name = match &names[..] {
        [one] => one.clone(),
        [one, other] if one == other => one.clone(),
        _ => None,
    };
    let in_property = pointers.into_iter().flatten().any(|at| at.contains("/properties/"));
    match (user.map(|user| &user.role), name) {
        (_, Some(name)) if in_property => format!("{way}property `{name}`"),
        (Some(Role::Parameter(parameter, _)), _) => parameter.to_string(),
        (Some(Role::Header(header, _)), _) => format!("response header `{header}`"),
        (_, Some(name)) => format!("{way}schema `{name}`"),
        (Some(Role::Property(name)), None) => format!("{way}property `{name}`"),
        (Some(Role::Body), None) => format!("{way}body"),
        (None, None) => "schema".to_owned(),
    }
}

/// What people call the schema at a pointer: `Call.status`, `Call.tags[]`, `Error`; for a schema
/// that stands in an operation, the properties only.
fn name_of(pointer: &Rc<str>) -> Option<String> {
    let (mut name, rest) = match pointer.strip_prefix("/components/schemas/") {
        Some(rest) => {
            let (component, rest) = rest.split_once('/').unwrap_or((rest, ""));
            (cx_client_build::unescape_token(component), rest)
        }
        None => (String::new(), pointer.split_once("/schema/").map_or("", |(_, rest)| rest)),
    };
    let mut tokens = rest.split('/').peekable();
    while let Some(token) = tokens.next() {
        match token {
            "properties" => {
                let Some(property) = tokens.next() else { break };
                if !name.is_empty() {
                    name.push('.');
                }
                name.push_str(&cx_client_build::unescape_token(property));
            }
            _ if name.is_empty() || tokens.peek().is_none() => {}
            "items" => name.push_str("[]"),
            "additionalProperties" => name.push_str(".*"),
            _ => {}
        }
    }
    (!name.is_empty()).then_some(name)
}
