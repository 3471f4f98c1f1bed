//! The Rust names of a document, with what is known of what they name.
//!
//! progenitor and typify make names of their own from what a document says. They are given a
//! document in which every name is one that they keep as it is, and which no other name of its
//! scope, of the generated code and of the runtime is: `lowering` decides them, and nothing else.

use std::collections::BTreeMap;

/// The Rust names of what a document describes, and what the names stand for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Names {
    /// The operations in the order of the document.
    pub operations: Vec<OperationName>,
    /// The types of `mod types` by their name.
    pub types: BTreeMap<String, TypeName>,
    /// What values of requests must keep to, by the number of its static.
    pub(crate) limits: Vec<Vec<Limit>>,
}

/// The names of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct OperationName {
    /// The JSON pointer (RFC 6901) of the operation.
    pub pointer: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path template, as the document has it.
    pub path: String,
    /// The method of `Client`, and the module of its examples.
    pub function: String,
    /// The builder in `mod builder`.
    pub builder: String,
    /// The parameters, those of the path first.
    pub parameters: Vec<ParameterName>,
    pub(crate) request: Request,
}

impl OperationName {
    /// The path that is sent: a fragment, by which a document tells operations of one path apart, is
    /// no part of a request (RFC 9110 section 7.1).
    pub(crate) fn request_path(&self) -> &str {
        self.path.split('#').next().unwrap_or_default()
    }

    /// The path with the names that stand for those of the parameters in the document that
    /// progenitor sees.
    pub(crate) fn stand_in_path(&self) -> String {
        let braces = |name: &str| format!("{{{name}}}");
        self.parameters
            .iter()
            .filter(|parameter| parameter.wire.location == Location::Path)
            .fold(self.path.clone(), |path, parameter| {
                path.replace(&braces(&parameter.name), &braces(&parameter.setter))
            })
    }
}

/// The name of a parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterName {
    /// The JSON pointer (RFC 6901) of the parameter, where it is defined.
    pub pointer: String,
    /// The name on the wire.
    pub name: String,
    /// The method of the operation's builder.
    pub setter: String,
    pub(crate) wire: Wire,
}

/// The names of a type.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeName {
    /// The JSON pointer (RFC 6901) of the schema.
    pub pointer: String,
    /// The fields of a struct, in the order of the document.
    pub properties: Vec<PropertyName>,
    /// The variants of an enum.
    pub values: Vec<ValueName>,
    pub(crate) facts: TypeFacts,
}

/// The name of a property.
#[derive(Debug, Clone, PartialEq)]
pub struct PropertyName {
    /// The JSON pointer (RFC 6901) of the schema of the property, where it is defined.
    pub pointer: String,
    /// The name on the wire.
    pub name: String,
    /// The field of the struct, and the method of its builder.
    pub field: String,
    /// What stands for the name in the document that progenitor sees.
    pub(crate) stand_in: String,
    /// Whether its value must not be printed.
    pub(crate) sensitive: bool,
}

/// The name of a value of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueName {
    /// The value on the wire.
    pub value: String,
    /// The variant.
    pub variant: String,
    /// What stands for the value in the document that progenitor sees.
    pub(crate) stand_in: String,
}

/// Where a parameter stands and how it is written there.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wire {
    pub(crate) location: Location,
    /// A variant of the runtime's `Style`.
    pub(crate) style: &'static str,
    pub(crate) required: bool,
    /// The keys that an exploded object has in the query.
    pub(crate) members: Vec<String>,
    /// What its value must keep to: the number of a static.
    pub(crate) limits: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Location {
    Path,
    Query,
    Header,
}

/// What the passes need to know of a request and its responses.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Request {
    pub(crate) body: Option<Body>,
    /// How every success is decoded, where they do not differ by status.
    pub(crate) success: Decoded,
    /// The media type of the responses that are decoded.
    pub(crate) accept: Option<String>,
    /// The documented responses, for the mock.
    pub(crate) responses: Vec<MockResponse>,
    /// The variants of the enum of the successes, where they differ by status.
    pub(crate) successes: Vec<Success>,
}

/// The body of a request.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Body {
    pub(crate) kind: BodyKind,
    pub(crate) media_type: String,
    /// Whether a request must have it.
    pub(crate) required: bool,
    /// How properties of a form are written, where the document says so: variants of the runtime's
    /// `Style`.
    pub(crate) styles: Vec<(String, &'static str)>,
    /// Whether it has numbers that need not be integers.
    pub(crate) has_numbers: bool,
    /// What its value must keep to: the number of a static.
    pub(crate) limits: Option<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyKind {
    Json,
    Form,
    Text,
    Bytes,
}

/// What a success holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Decoded {
    /// Whatever comes, as a stream.
    #[default]
    Bytes,
    Json,
    Nothing,
}

/// A documented response.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MockResponse {
    /// A status, a range such as `4XX`, or `default`.
    pub(crate) status: String,
    pub(crate) media_type: Option<String>,
    pub(crate) is_json: bool,
    /// The type of `mod types` that it has, where it is one.
    pub(crate) type_name: Option<String>,
}

/// A success that is a variant of the enum of an operation's responses.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Success {
    /// The status; `None` for all the others of `2XX`.
    pub(crate) status: Option<u16>,
    /// The name of the variant.
    pub(crate) variant: String,
    /// Whether it has a body.
    pub(crate) has_body: bool,
}

/// What distinguishes an alternative of a union: the runtime's `Alternative`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Alternative {
    pub(crate) variant: String,
    pub(crate) kind: Kind,
    pub(crate) tags: Vec<Tag>,
    pub(crate) required: Vec<String>,
    pub(crate) known: Vec<String>,
    /// The values that it can have, as JSON, where they are listed.
    pub(crate) values: Vec<String>,
}

/// A property with the values that it has in an alternative of a union: the runtime's `Tag`.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Tag {
    /// The JSON pointer (RFC 6901) in the value.
    pub(crate) at: String,
    /// The values, as JSON.
    pub(crate) values: Vec<String>,
    /// Whether the alternative must have it.
    pub(crate) required: bool,
}

/// What a value of a request must keep to: the runtime's `Limit`, with the number of a static where
/// that has a reference.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Limit {
    /// A variant that has a number.
    Number(&'static str, f64),
    /// A variant that has a count.
    Count(&'static str, usize),
    UniqueItems,
    Values(Vec<String>),
    Items(usize),
    Property(String, usize),
    OtherProperties(Vec<String>, usize),
    Alternatives(Vec<(Alternative, usize)>),
}

/// A variant of the runtime's `Kind`.
pub(crate) type Kind = &'static str;

/// What the passes need to know of a type.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct TypeFacts {
    /// Only responses contain it.
    pub(crate) response_only: bool,
    /// Responses contain it.
    pub(crate) received: bool,
    /// The variant of an enum that keeps a value that the document does not know.
    pub(crate) open: Option<String>,
    /// None of it may be printed.
    pub(crate) sensitive: bool,
    /// It stands for this struct, which progenitor takes no parameter of.
    pub(crate) stands_for: Option<String>,
    /// What distinguishes the alternatives of a union.
    pub(crate) alternatives: Vec<Alternative>,
    /// It has a part of a schema only: what is sent of it.
    pub(crate) partial: bool,
    /// It has properties that no name is given to.
    pub(crate) has_extra: bool,
    pub(crate) is_struct: bool,
}
