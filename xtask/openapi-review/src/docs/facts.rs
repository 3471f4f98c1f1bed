//! What a page can state of each kind of object, which is what is compared, what a deviation can be
//! recorded of, and what can be inferred.

use std::collections::BTreeSet;
use std::fmt;

use cx_client_build::{Node, escape_token};
use serde_json::{Map, Value as Json};

use super::flat::discriminator;

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
    Encoding,
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
pub(crate) const KEYWORDS: [(&str, Says); 22] = [
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
    ("discriminator", Says::Values),
    ("example", Says::Example),
    ("nullable", Says::Mark),
    ("deprecated", Says::Mark),
    ("readOnly", Says::Mark),
    ("writeOnly", Says::Mark),
];

/// Keywords that the text of a page has no words for.
pub(super) const NOT_IN_TEXT: [&str; 8] = [
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "discriminator",
    "style",
    "explode",
    "allowReserved",
    "allowEmptyValue",
];

/// How the values of parameters and forms are written.
const WRITING: [&str; 3] = ["style", "explode", "contentType"];

/// A part of an object: an object of its own, or a mapping of such by name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    pub(super) key: &'static str,
    pub(super) of: Kind,
    /// What one of a mapping is, in the names of facts.
    pub(super) each: Option<Part>,
}

impl Kind {
    /// The keywords that hold a value.
    pub(super) fn keywords(self) -> impl Iterator<Item = &'static str> {
        let marks: &[&str] = match self {
            Self::Operation => &["deprecated"],
            Self::Parameter => {
                &["required", "deprecated", "style", "explode", "allowReserved", "allowEmptyValue"]
            }
            Self::Encoding => &["contentType", "style", "explode", "allowReserved"],
            Self::Header => &["required", "deprecated"],
            Self::RequestBody => &["required"],
            Self::Response | Self::MediaType | Self::Schema => &[],
        };
        let of_schema = if self == Self::Schema { &KEYWORDS[..] } else { &[] };
        marks.iter().copied().chain(of_schema.iter().map(|(keyword, _)| *keyword))
    }

    /// The parts that are objects.
    pub(super) fn fields(self) -> impl Iterator<Item = Field> {
        let own = FIELDS.iter().filter(move |(holder, ..)| *holder == self);
        own.map(|(_, key, of, each)| Field { key, of: *of, each: *each })
    }
}

/// What has which part.
const FIELDS: [(Kind, &str, Kind, Option<Part>); 15] = [
    (Kind::Operation, "requestBody", Kind::RequestBody, None),
    (Kind::Operation, "responses", Kind::Response, Some(Part::Response)),
    (Kind::Parameter, "schema", Kind::Schema, None),
    (Kind::Parameter, "content", Kind::MediaType, Some(Part::MediaType)),
    (Kind::Header, "schema", Kind::Schema, None),
    (Kind::Header, "content", Kind::MediaType, Some(Part::MediaType)),
    (Kind::RequestBody, "content", Kind::MediaType, Some(Part::MediaType)),
    (Kind::Response, "content", Kind::MediaType, Some(Part::MediaType)),
    (Kind::Response, "headers", Kind::Header, Some(Part::ResponseHeader)),
    (Kind::MediaType, "schema", Kind::Schema, None),
    (Kind::MediaType, "encoding", Kind::Encoding, Some(Part::Encoding)),
    (Kind::Encoding, "headers", Kind::Header, Some(Part::ResponseHeader)),
    (Kind::Schema, "properties", Kind::Schema, Some(Part::Property)),
    (Kind::Schema, "items", Kind::Schema, None),
    (Kind::Schema, "additionalProperties", Kind::Schema, None),
];

/// The facts that are neither a keyword with a value nor a part by its name.
const OTHERS: [&str; 23] = [
    "style",
    "explode",
    "contentType",
    "allowReserved",
    "allowEmptyValue",
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

/// A kind of part that a fact can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A property of a schema.
    Property,
    /// Whether a property is required.
    Required,
    /// A place in an example, by its JSON pointer.
    Example,
    /// A place in a default, by its JSON pointer.
    Default,
    /// A parameter in the query.
    QueryParameter,
    /// A parameter in the path.
    PathParameter,
    /// A parameter in a header.
    HeaderParameter,
    /// A parameter in a cookie.
    CookieParameter,
    /// A response, by its status.
    Response,
    /// A header of a response.
    ResponseHeader,
    /// A media type of a body.
    MediaType,
    /// The encoding of a property of a form.
    Encoding,
}

/// The kinds of parts in words, as in `query parameter dateRange`.
const PARTS: [(Part, &str); 12] = [
    (Part::Property, "property"),
    (Part::Required, "required"),
    (Part::Example, "example"),
    (Part::Default, "default"),
    (Part::QueryParameter, "query parameter"),
    (Part::PathParameter, "path parameter"),
    (Part::HeaderParameter, "header parameter"),
    (Part::CookieParameter, "cookie parameter"),
    (Part::Response, "response"),
    (Part::ResponseHeader, "response header"),
    (Part::MediaType, "media type"),
    (Part::Encoding, "encoding"),
];

impl Part {
    /// The kind in words.
    pub(super) fn words(self) -> &'static str {
        PARTS.iter().find(|(part, _)| *part == self).map_or("", |(_, words)| *words)
    }

    /// The fact that a part of this kind is.
    pub(super) fn named(self, name: impl Into<String>) -> FactName {
        FactName::Part(self, name.into())
    }

    /// The fact that a place of an example or a default is; its whole is a keyword.
    pub(super) fn at(self, pointer: &str) -> FactName {
        match pointer {
            "" => FactName::Keyword(self.words()),
            at => self.named(at),
        }
    }

    /// The kind of a parameter of a location.
    pub(super) fn parameter(place: &str) -> Self {
        let of_place = |words: &str| words.strip_suffix(" parameter") == Some(place);
        PARTS.iter().find(|(_, words)| of_place(words)).map_or(Self::QueryParameter, |(it, _)| *it)
    }
}

/// What a fact of an object is about. Its text is the name that `x-deviation` has for it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FactName {
    /// A keyword of the object, or what a sample of the page says: `type`, `curl path`.
    Keyword(&'static str),
    /// A part of the object by its kind and name: `query parameter dateRange`.
    Part(Part, String),
    /// Nothing that a page can state.
    Unknown(String),
}

impl FactName {
    /// The fact of a name.
    pub fn parse(name: &str) -> Self {
        let keywords = KEYWORDS.iter().map(|(keyword, _)| keyword).chain(&OTHERS);
        if let Some(keyword) = keywords.copied().find(|keyword| *keyword == name) {
            return Self::Keyword(keyword);
        }
        let part = |(part, words): &(Part, &str)| {
            let of = name.strip_prefix(words)?.strip_prefix(' ')?;
            (!of.is_empty()).then(|| part.named(of))
        };
        // The longest words first: a response can have no name that begins with `header`.
        PARTS.iter().rev().find_map(part).unwrap_or_else(|| Self::Unknown(name.to_owned()))
    }
}

impl From<&'static str> for FactName {
    fn from(keyword: &'static str) -> Self {
        Self::Keyword(keyword)
    }
}

impl fmt::Display for FactName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Keyword(keyword) => f.write_str(keyword),
            Self::Part(part, name) => write!(f, "{} {name}", part.words()),
            Self::Unknown(name) => f.write_str(name),
        }
    }
}

impl serde::Serialize for FactName {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A fact of an object of the document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Fact {
    /// The object, as a JSON pointer.
    pub pointer: String,
    /// The fact, as `x-deviation` names it.
    pub name: FactName,
}

impl Fact {
    /// A fact of the object at `pointer`.
    pub fn new(pointer: impl Into<String>, name: impl Into<FactName>) -> Self {
        Self { pointer: pointer.into(), name: name.into() }
    }

    /// The JSON pointer of its record in the document.
    pub fn record(&self) -> String {
        format!("{}/{DEVIATION}/{}", self.pointer, escape_token(&self.name.to_string()))
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
    let value = match keyword {
        "discriminator" => discriminator(node)?.to_json(),
        _ => node.get(keyword)?.to_json(),
    };
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

/// The style of a parameter or an encoding that names none (OpenAPI 3.0.4 sections 4.7.12.2 and
/// 4.7.15.1.1).
fn usual_style(parameter: &Node) -> &'static str {
    match parameter.get("in").and_then(Node::as_str) {
        Some("path" | "header") => "simple",
        _ => "form",
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
    if keyword == "discriminator" {
        // What its values stand for has other names on the page.
        let values = |node: &Json| {
            let all = node.get("mapping").and_then(Json::as_object);
            all.into_iter().flat_map(Map::keys).cloned().collect::<BTreeSet<_>>()
        };
        return a.get("propertyName") == b.get("propertyName") && values(a) == values(b);
    }
    let (Says::Values, Some(a), Some(b)) = (says(keyword), a.as_array(), b.as_array()) else {
        return same(a, b);
    };
    let within = |some: &[Json], all: &[Json]| {
        let is_in = |one: &Json| all.iter().any(|other| same(one, other));
        some.iter().filter(|one| !one.is_null()).all(is_in)
    };
    within(a, b) && within(b, a)
}
