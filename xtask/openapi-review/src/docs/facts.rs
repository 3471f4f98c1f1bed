//! What a page can state of each kind of object, which is what is compared, what a deviation can be
//! recorded of, and what can be inferred.

use cx_client_build::{Node, escape_token};
use serde_json::Value as Json;

/// The extension that records a deviation.
pub const DEVIATION: &str = "x-deviation";

/// A kind of object of an OpenAPI document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Operation,
    Parameter,
    Header,
    RequestBody,
    Response,
    MediaType,
    Schema,
}

/// What the value of a keyword says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Says {
    /// It narrows the values, which a document may infer.
    Limit,
    /// As a limit; zero narrows nothing.
    Least,
    /// As a limit; false narrows nothing.
    Switch,
    /// Which values there are.
    Values,
    /// It shows what is documented, and cannot be inferred.
    Example,
    /// False says nothing; a page would show the mark.
    Mark,
}

/// The keywords of a schema that hold a value and no schema.
pub(crate) const KEYWORDS: [(&str, Says); 21] = [
    ("format", Says::Limit),
    ("pattern", Says::Limit),
    ("minimum", Says::Limit),
    ("maximum", Says::Limit),
    ("exclusiveMinimum", Says::Switch),
    ("exclusiveMaximum", Says::Switch),
    ("multipleOf", Says::Limit),
    ("minLength", Says::Least),
    ("maxLength", Says::Limit),
    ("minItems", Says::Least),
    ("maxItems", Says::Limit),
    ("uniqueItems", Says::Switch),
    ("minProperties", Says::Least),
    ("maxProperties", Says::Limit),
    ("default", Says::Limit),
    ("enum", Says::Values),
    ("example", Says::Example),
    ("nullable", Says::Mark),
    ("deprecated", Says::Mark),
    ("readOnly", Says::Mark),
    ("writeOnly", Says::Mark),
];

/// Keywords that the text of a page has no words for.
pub(super) const NOT_IN_TEXT: [&str; 5] =
    ["uniqueItems", "minProperties", "maxProperties", "style", "explode"];

/// How a parameter is written: what it says otherwise can mean the same, by the type of its values.
pub(super) const WRITING: [&str; 2] = ["style", "explode"];

/// A part of an object: an object of its own, or a mapping of such by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) key: &'static str,
    pub(super) of: Kind,
    /// What one of a mapping is called in the names of facts.
    pub(super) each: Option<&'static str>,
}

impl Kind {
    /// The keywords that hold a value.
    pub(super) fn keywords(self) -> impl Iterator<Item = &'static str> {
        let marks: &[&str] = match self {
            Self::Operation => &["deprecated"],
            Self::Parameter => &["required", "deprecated", "style", "explode"],
            Self::Header => &["required", "deprecated"],
            Self::RequestBody => &["required"],
            Self::Response | Self::MediaType | Self::Schema => &[],
        };
        let of_schema = if self == Self::Schema { &KEYWORDS[..] } else { &[] };
        marks.iter().copied().chain(of_schema.iter().map(|(keyword, _)| *keyword))
    }

    /// The parts that are objects.
    pub(super) fn fields(self) -> &'static [Field] {
        const fn one(key: &'static str, of: Kind) -> Field {
            Field { key, of, each: None }
        }
        const fn each(key: &'static str, of: Kind, name: &'static str) -> Field {
            Field { key, of, each: Some(name) }
        }
        const CONTENT: Field = each("content", Kind::MediaType, "media type");
        match self {
            Self::Operation => {
                const {
                    &[
                        one("requestBody", Kind::RequestBody),
                        each("responses", Kind::Response, "response"),
                    ]
                }
            }
            Self::MediaType => const { &[one("schema", Kind::Schema)] },
            Self::Parameter | Self::Header => const { &[one("schema", Kind::Schema), CONTENT] },
            Self::RequestBody => const { &[CONTENT] },
            Self::Response => {
                const { &[CONTENT, each("headers", Kind::Header, "response header")] }
            }
            Self::Schema => {
                const {
                    &[
                        each("properties", Kind::Schema, "property"),
                        one("items", Kind::Schema),
                        one("additionalProperties", Kind::Schema),
                    ]
                }
            }
        }
    }
}

/// The facts that are neither a keyword with a value nor a part by its name.
const OTHERS: [&str; 20] = [
    "style",
    "explode",
    "type",
    "items",
    "additionalProperties",
    "anyOf",
    "oneOf",
    "required",
    "in",
    "schema",
    "servers",
    "security",
    "requestBody",
    "path",
    "curl method",
    "curl path",
    "curl body",
    "curl media type",
    "curl security",
    "response sample",
];

/// The kinds of parts that a fact can name, as in `query parameter dateRange`.
const PARTS: [&str; 11] = [
    "property",
    "required",
    "example",
    "default",
    "query parameter",
    "path parameter",
    "header parameter",
    "cookie parameter",
    "response",
    "response header",
    "media type",
];

/// A fact of an object of the document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Fact {
    /// The object, as a JSON pointer.
    pub pointer: String,
    /// The fact, as `x-deviation` names it.
    pub name: String,
}

impl Fact {
    /// A fact of the object at `pointer`.
    pub fn new(pointer: impl Into<String>, name: impl Into<String>) -> Self {
        Self { pointer: pointer.into(), name: name.into() }
    }

    /// Whether a deviation can be recorded under a name.
    pub fn is_name(name: &str) -> bool {
        let is_part = |part: &&str| {
            name.strip_prefix(*part).is_some_and(|rest| rest.len() > 1 && rest.starts_with(' '))
        };
        KEYWORDS.iter().any(|(keyword, _)| *keyword == name)
            || OTHERS.contains(&name)
            || PARTS.iter().any(is_part)
    }

    /// The JSON pointer of its record in the document.
    pub fn record(&self) -> String {
        format!("{}/{DEVIATION}/{}", self.pointer, escape_token(&self.name))
    }
}

/// What a keyword says; those that are no keyword of a schema are marks.
pub(super) fn says(keyword: &str) -> Says {
    if WRITING.contains(&keyword) {
        return Says::Limit;
    }
    let known = KEYWORDS.iter().find(|(name, _)| *name == keyword);
    known.map_or(Says::Mark, |(_, says)| *says)
}

/// The value of a keyword; `None` where it says nothing.
pub(super) fn stated(node: &Node, keyword: &str) -> Option<Json> {
    let value = node.get(keyword)?.to_json();
    let says_nothing = match says(keyword) {
        Says::Mark | Says::Switch => value == false,
        Says::Least => value == 0,
        Says::Limit if keyword == "style" => value == usual_style(node),
        Says::Limit if keyword == "explode" => {
            let style = node.get("style").and_then(Node::as_str).unwrap_or(usual_style(node));
            value == (style == "form")
        }
        Says::Limit | Says::Values | Says::Example => false,
    };
    (!says_nothing).then_some(value)
}

/// The style of a parameter that names none (OpenAPI 3.0.4 section 4.7.12.2).
fn usual_style(parameter: &Node) -> &'static str {
    match parameter.get("in").and_then(Node::as_str) {
        Some("query" | "cookie") => "form",
        _ => "simple",
    }
}

/// Whether two values are the same; `1` and `1.0` are.
pub(super) fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => {
            a == b || (a.is_f64() || b.is_f64()) && a.as_f64() == b.as_f64()
        }
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        (a, b) => a == b,
    }
}

/// Whether two values of a keyword are the same. The order of an enum means nothing, and whether
/// null is among its values is said by `nullable`.
pub(super) fn same_keyword(keyword: &str, a: &Json, b: &Json) -> bool {
    let (Says::Values, Some(a), Some(b)) = (says(keyword), a.as_array(), b.as_array()) else {
        return same(a, b);
    };
    let within = |some: &[Json], all: &[Json]| {
        let is_in = |one: &Json| all.iter().any(|other| same(one, other));
        some.iter().filter(|one| !one.is_null()).all(is_in)
    };
    within(a, b) && within(b, a)
}
