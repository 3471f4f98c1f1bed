//! What a documentation page says, each fact with the line of the page that says it.

use std::fmt;

use serde_json::{Number, Value};

use super::tree::Tree;

/// A fact and the line of the page, counted from 1, that states it.
#[derive(Debug, Clone, PartialEq)]
pub struct Located<T> {
    /// The fact.
    pub value: T,
    /// The line that states it.
    pub line: usize,
}

impl<T> Located<T> {
    /// A fact stated on `line`.
    pub fn new(value: T, line: usize) -> Self {
        Self { value, line }
    }
}

/// The documentation page of one operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// The name of the file that the page was read from.
    pub file: String,
    /// The title before the method, where there is one.
    pub title: Option<Located<String>>,
    /// The HTTP method, in capital letters.
    pub method: Located<String>,
    /// The path with its parameters in braces, such as `/v1/parcels/{parcelId}`.
    pub path: Located<String>,
    /// The line that calls the operation deprecated.
    pub deprecated: Option<usize>,
    /// The sample request as a curl command.
    pub curl: Option<Curl>,
    /// The sample responses, each with the status it is shown under.
    pub samples: Vec<ResponseSample>,
    /// The section `Authorizations`.
    pub authorizations: Vec<Field>,
    /// The sections of path, query, header and cookie parameters.
    pub parameters: Vec<Parameter>,
    /// The section `Body`.
    pub body: Option<Content>,
    /// The section `Response`; `None` where the page ends before it.
    pub responses: Option<Vec<Response>>,
    /// The line on which the page breaks off, where it does.
    pub truncated: Option<usize>,
    /// What a reader has to know about how the page was read.
    pub notes: Vec<Located<String>>,
}

/// The sample request.
#[derive(Debug, Clone, PartialEq)]
pub struct Curl {
    /// The method that the command would use.
    pub method: Located<String>,
    /// Whether the command names its method, rather than leaving it to curl's rules.
    pub names_method: bool,
    /// The URL, as it is written.
    pub url: Option<Located<String>>,
    /// The headers, in order: name and value.
    pub headers: Vec<Located<(String, String)>>,
    /// The line of `--user`, which stands for HTTP Basic authentication.
    pub user: Option<usize>,
    /// The body.
    pub body: Option<Sample>,
}

impl Curl {
    /// Whether the body has no media type.
    pub fn is_untyped(&self) -> bool {
        self.header("content-type").is_none() && self.body.as_ref().is_some_and(|body| body.is_data)
    }

    /// The value of a header, whose name is compared without regard to case.
    pub fn header(&self, name: &str) -> Option<Located<&str>> {
        self.headers
            .iter()
            .find(|header| header.value.0.eq_ignore_ascii_case(name))
            .map(|header| Located::new(header.value.1.as_str(), header.line))
    }
}

/// A sample of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// The body; a string where it is not JSON.
    pub tree: Tree,
    /// The text of the body as it stands on the page.
    pub text: String,
    /// The line on which the body begins.
    pub line: usize,
    /// Whether the body is JSON or a form, so that it can be compared with a schema.
    pub structured: bool,
    /// Whether it is the data of a curl command, whose media type curl does not know.
    pub is_data: bool,
}

/// A sample response.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseSample {
    /// The status that stands right before the sample.
    pub status: Option<Located<String>>,
    /// The sample.
    pub sample: Sample,
}

/// Where a parameter stands in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query string.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

impl Location {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Path, Self::Query, Self::Header, Self::Cookie];

    /// The word of OpenAPI, which is also that of a page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A parameter: a field and the section that it stands in.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The location that the section says.
    pub location: Location,
    /// The field.
    pub field: Field,
}

/// A request or response body.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Content {
    /// The line of the section's or status's heading.
    pub line: usize,
    /// The media type.
    pub media_type: Option<Located<String>>,
    /// The words before the first field.
    pub description: Option<Located<String>>,
    /// The type of the whole body, where the page states it.
    pub body_type: Option<Located<Type>>,
    /// The fields.
    pub fields: Vec<Field>,
}

/// A documented response.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// The status: a code, a range such as `4XX`, or `default`.
    pub status: Located<String>,
    /// The body.
    pub content: Content,
}

impl Content {
    /// Whether the page says nothing of it but that it is there.
    pub fn is_bare(&self) -> bool {
        self.media_type.is_none()
            && self.description.is_none()
            && self.body_type.is_none()
            && self.fields.is_empty()
    }
}

impl Response {
    /// Whether the page says nothing but the status.
    pub fn is_bare(&self) -> bool {
        self.content.is_bare()
    }
}

/// A field: a parameter, a property, or a part of the authentication.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The name, without those of its parents.
    pub name: Located<String>,
    /// The type.
    pub kind: Located<Type>,
    /// The line of the marker `required`.
    pub required: Option<usize>,
    /// The line of the marker `deprecated`.
    pub deprecated: Option<usize>,
    /// The line of the marker `read-only`.
    pub read_only: Option<usize>,
    /// The line of the marker `write-only`.
    pub write_only: Option<usize>,
    /// The marker of a location.
    pub location: Option<Located<String>>,
    /// The marker `default:…`.
    pub default: Option<Located<Tree>>,
    /// The description.
    pub description: Option<Located<String>>,
    /// `Available options:`.
    pub options: Option<Located<Vec<Value>>>,
    /// `Required range:` and the like.
    pub limits: Vec<Located<Limit>>,
    /// `Example:`; more than one under `Examples:`.
    pub examples: Vec<Located<Tree>>,
    /// The fields of the object that the field, or each of its items, is.
    pub children: Vec<Field>,
    /// The line of `Show child attributes`, where none are shown.
    pub collapsed: Option<usize>,
}

/// A limit that a field's value has to keep.
#[derive(Debug, Clone, PartialEq)]
pub enum Limit {
    /// The least value, and whether it is excluded itself.
    Minimum(Number, bool),
    /// The greatest value, and whether it is excluded itself.
    Maximum(Number, bool),
    /// The factor of all values.
    MultipleOf(Number),
    /// The least length of a string.
    MinLength(u64),
    /// The greatest length of a string.
    MaxLength(u64),
    /// The least number of items.
    MinItems(u64),
    /// The greatest number of items.
    MaxItems(u64),
    /// The regular expression that a string matches.
    Pattern(String),
}

/// A type as a page writes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Type {
    /// What it is when it is not null.
    pub shape: Shape,
    /// Whether it can be null: `string | null`.
    pub nullable: bool,
}

/// What a [`Type`] is when it is not null.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Anything: `any`, or `null` alone.
    Any,
    /// `string`, `integer`, `object` and so on, with the format of `string<uuid>`.
    Plain(Primitive, Option<String>),
    /// `enum<string>`.
    Enum(Primitive),
    /// `string[]`, or `array` where the items are not said.
    Array(Option<Box<Type>>),
    /// `string | integer`.
    Union(Vec<Type>),
}

/// A type that has no parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Primitive {
    /// Text.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An object.
    Object,
}

impl Primitive {
    /// The word of OpenAPI.
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
            Self::Object => "object",
        }
    }
}

impl Type {
    /// The type of an object.
    pub const OBJECT: Self = Self { shape: Shape::Plain(Primitive::Object, None), nullable: false };

    /// The type of the items of its innermost array; the type itself if it is no array.
    pub fn innermost(&self) -> Option<&Self> {
        match &self.shape {
            Shape::Array(items) => items.as_deref().and_then(Self::innermost),
            _ => Some(self),
        }
    }

    /// Whether it is an object, or an array of objects, or can be one.
    pub fn has_fields(&self) -> bool {
        match self.innermost().map(|inner| &inner.shape) {
            Some(Shape::Plain(Primitive::Object, _) | Shape::Any) | None => true,
            Some(Shape::Union(types)) => types.iter().any(Self::has_fields),
            Some(_) => false,
        }
    }
}

impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.shape {
            Shape::Any if self.nullable => return f.write_str("null"),
            Shape::Any => f.write_str("any")?,
            Shape::Plain(kind, None) => f.write_str(kind.name())?,
            Shape::Plain(kind, Some(format)) => write!(f, "{}<{format}>", kind.name())?,
            Shape::Enum(kind) => write!(f, "enum<{}>", kind.name())?,
            Shape::Array(None) => f.write_str("array")?,
            Shape::Array(Some(items))
                if items.nullable || matches!(items.shape, Shape::Union(_)) =>
            {
                write!(f, "({items})[]")?;
            }
            Shape::Array(Some(items)) => write!(f, "{items}[]")?,
            Shape::Union(types) => {
                for (index, one) in types.iter().enumerate() {
                    write!(f, "{}{one}", if index > 0 { " | " } else { "" })?;
                }
            }
        }
        if self.nullable { f.write_str(" | null") } else { Ok(()) }
    }
}
