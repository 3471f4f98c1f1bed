//! The objects of OpenAPI 3.0.4 as a table: section 4 of the specification.

/// What a value must be.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    Any,
    Boolean,
    Number,
    /// An integer of zero or more.
    Count,
    Text,
    /// A string out of a list.
    OneOf(&'static [&'static str]),
    Object(&'static Object),
    /// An object of the kind, or a Reference Object.
    OrReference(&'static Object),
    List(&'static Kind),
    /// An object whose keys are free.
    Map(&'static Kind),
    /// An object whose keys name components: `^[a-zA-Z0-9._-]+$`.
    Components(&'static Kind),
    /// `additionalProperties`: a boolean, a schema or a reference.
    BooleanOrSchema,
}

/// Keys of an object that are not fixed.
#[derive(Clone, Copy)]
pub(super) enum Patterned {
    None,
    /// Paths that begin with a slash.
    Paths,
    /// Status codes, ranges such as `4XX`, and `default`.
    Statuses,
    /// Any key, with a value of this kind.
    Any(&'static Kind),
}

pub(super) struct Object {
    pub(super) name: &'static str,
    pub(super) fields: &'static [(&'static str, Kind)],
    pub(super) required: &'static [&'static str],
    pub(super) patterned: Patterned,
    pub(super) extensible: bool,
}

use Kind::{
    Any, Boolean, BooleanOrSchema, Components, Count, List, Map, Number, OneOf, OrReference, Text,
};

const fn object(
    name: &'static str,
    required: &'static [&'static str],
    fields: &'static [(&'static str, Kind)],
) -> Object {
    Object { name, fields, required, patterned: Patterned::None, extensible: true }
}

pub(super) static OPENAPI: Object = object(
    "OpenAPI",
    &["openapi", "info", "paths"],
    &[
        ("openapi", Text),
        ("info", Kind::Object(&INFO)),
        ("servers", List(&Kind::Object(&SERVER))),
        ("paths", Kind::Object(&PATHS)),
        ("components", Kind::Object(&COMPONENTS)),
        ("security", List(&SECURITY)),
        ("tags", List(&Kind::Object(&TAG))),
        ("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
    ],
);

static INFO: Object = object(
    "Info",
    &["title", "version"],
    &[
        ("title", Text),
        ("description", Text),
        ("termsOfService", Text),
        ("contact", Kind::Object(&CONTACT)),
        ("license", Kind::Object(&LICENSE)),
        ("version", Text),
    ],
);

static CONTACT: Object = object("Contact", &[], &[("name", Text), ("url", Text), ("email", Text)]);

static LICENSE: Object = object("License", &["name"], &[("name", Text), ("url", Text)]);

static SERVER: Object = object(
    "Server",
    &["url"],
    &[("url", Text), ("description", Text), ("variables", Map(&Kind::Object(&SERVER_VARIABLE)))],
);

static SERVER_VARIABLE: Object = object(
    "Server Variable",
    &["default"],
    &[("enum", List(&Text)), ("default", Text), ("description", Text)],
);

static PATHS: Object = Object {
    name: "Paths",
    fields: &[],
    required: &[],
    patterned: Patterned::Paths,
    extensible: true,
};

/// The methods that a Path Item may have, in the order of OpenAPI 3.0.4 section 4.7.9.
pub const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

pub(super) static PATH_ITEM: Object = object(
    "Path Item",
    &[],
    &[
        ("$ref", Text),
        ("summary", Text),
        ("description", Text),
        ("get", Kind::Object(&OPERATION)),
        ("put", Kind::Object(&OPERATION)),
        ("post", Kind::Object(&OPERATION)),
        ("delete", Kind::Object(&OPERATION)),
        ("options", Kind::Object(&OPERATION)),
        ("head", Kind::Object(&OPERATION)),
        ("patch", Kind::Object(&OPERATION)),
        ("trace", Kind::Object(&OPERATION)),
        ("servers", List(&Kind::Object(&SERVER))),
        ("parameters", List(&OrReference(&PARAMETER))),
    ],
);

static OPERATION: Object = object(
    "Operation",
    &["responses"],
    &[
        ("tags", List(&Text)),
        ("summary", Text),
        ("description", Text),
        ("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
        ("operationId", Text),
        ("parameters", List(&OrReference(&PARAMETER))),
        ("requestBody", OrReference(&REQUEST_BODY)),
        ("responses", Kind::Object(&RESPONSES)),
        ("callbacks", Map(&OrReference(&CALLBACK))),
        ("deprecated", Boolean),
        ("security", List(&SECURITY)),
        ("servers", List(&Kind::Object(&SERVER))),
    ],
);

static EXTERNAL_DOCS: Object =
    object("External Documentation", &["url"], &[("description", Text), ("url", Text)]);

const STYLES: &[&str] =
    &["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"];

static PARAMETER: Object = object(
    "Parameter",
    &["name", "in"],
    &[
        ("name", Text),
        ("in", OneOf(&["query", "header", "path", "cookie"])),
        ("description", Text),
        ("required", Boolean),
        ("deprecated", Boolean),
        ("allowEmptyValue", Boolean),
        ("style", OneOf(STYLES)),
        ("explode", Boolean),
        ("allowReserved", Boolean),
        ("schema", OrReference(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&OrReference(&EXAMPLE))),
        ("content", Map(&Kind::Object(&MEDIA_TYPE))),
    ],
);

static REQUEST_BODY: Object = object(
    "Request Body",
    &["content"],
    &[("description", Text), ("content", Map(&Kind::Object(&MEDIA_TYPE))), ("required", Boolean)],
);

static MEDIA_TYPE: Object = object(
    "Media Type",
    &[],
    &[
        ("schema", OrReference(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&OrReference(&EXAMPLE))),
        ("encoding", Map(&Kind::Object(&ENCODING))),
    ],
);

static ENCODING: Object = object(
    "Encoding",
    &[],
    &[
        ("contentType", Text),
        ("headers", Map(&OrReference(&HEADER))),
        ("style", OneOf(STYLES)),
        ("explode", Boolean),
        ("allowReserved", Boolean),
    ],
);

static RESPONSES: Object = Object {
    name: "Responses",
    fields: &[],
    required: &[],
    patterned: Patterned::Statuses,
    extensible: true,
};

pub(super) static RESPONSE: Object = object(
    "Response",
    &["description"],
    &[
        ("description", Text),
        ("headers", Map(&OrReference(&HEADER))),
        ("content", Map(&Kind::Object(&MEDIA_TYPE))),
        ("links", Map(&OrReference(&LINK))),
    ],
);

static CALLBACK: Object = Object {
    name: "Callback",
    fields: &[],
    required: &[],
    patterned: Patterned::Any(&Kind::Object(&PATH_ITEM)),
    extensible: true,
};

static EXAMPLE: Object = object(
    "Example",
    &[],
    &[("summary", Text), ("description", Text), ("value", Any), ("externalValue", Text)],
);

static LINK: Object = object(
    "Link",
    &[],
    &[
        ("operationRef", Text),
        ("operationId", Text),
        ("parameters", Map(&Any)),
        ("requestBody", Any),
        ("description", Text),
        ("server", Kind::Object(&SERVER)),
    ],
);

static HEADER: Object = object(
    "Header",
    &[],
    &[
        ("description", Text),
        ("required", Boolean),
        ("deprecated", Boolean),
        ("allowEmptyValue", Boolean),
        ("style", OneOf(&["simple"])),
        ("explode", Boolean),
        ("allowReserved", Boolean),
        ("schema", OrReference(&SCHEMA)),
        ("example", Any),
        ("examples", Map(&OrReference(&EXAMPLE))),
        ("content", Map(&Kind::Object(&MEDIA_TYPE))),
    ],
);

static TAG: Object = object(
    "Tag",
    &["name"],
    &[("name", Text), ("description", Text), ("externalDocs", Kind::Object(&EXTERNAL_DOCS))],
);

/// A Security Requirement: scheme names with their scopes.
static SECURITY: Kind = Map(&List(&Text));

static COMPONENTS: Object = object(
    "Components",
    &[],
    &[
        ("schemas", Components(&OrReference(&SCHEMA))),
        ("responses", Components(&OrReference(&RESPONSE))),
        ("parameters", Components(&OrReference(&PARAMETER))),
        ("examples", Components(&OrReference(&EXAMPLE))),
        ("requestBodies", Components(&OrReference(&REQUEST_BODY))),
        ("headers", Components(&OrReference(&HEADER))),
        ("securitySchemes", Components(&OrReference(&SECURITY_SCHEME))),
        ("links", Components(&OrReference(&LINK))),
        ("callbacks", Components(&OrReference(&CALLBACK))),
    ],
);

pub(super) static SCHEMA: Object = object(
    "Schema",
    &[],
    &[
        ("title", Text),
        ("multipleOf", Number),
        ("maximum", Number),
        ("exclusiveMaximum", Boolean),
        ("minimum", Number),
        ("exclusiveMinimum", Boolean),
        ("maxLength", Count),
        ("minLength", Count),
        ("pattern", Text),
        ("maxItems", Count),
        ("minItems", Count),
        ("uniqueItems", Boolean),
        ("maxProperties", Count),
        ("minProperties", Count),
        ("required", List(&Text)),
        ("enum", List(&Any)),
        ("type", OneOf(&["array", "boolean", "integer", "number", "object", "string"])),
        ("allOf", List(&OrReference(&SCHEMA))),
        ("oneOf", List(&OrReference(&SCHEMA))),
        ("anyOf", List(&OrReference(&SCHEMA))),
        ("not", OrReference(&SCHEMA)),
        ("items", OrReference(&SCHEMA)),
        ("properties", Map(&OrReference(&SCHEMA))),
        ("additionalProperties", BooleanOrSchema),
        ("description", Text),
        ("format", Text),
        ("default", Any),
        ("nullable", Boolean),
        ("discriminator", Kind::Object(&DISCRIMINATOR)),
        ("readOnly", Boolean),
        ("writeOnly", Boolean),
        ("xml", Kind::Object(&XML)),
        ("externalDocs", Kind::Object(&EXTERNAL_DOCS)),
        ("example", Any),
        ("deprecated", Boolean),
    ],
);

static DISCRIMINATOR: Object =
    object("Discriminator", &["propertyName"], &[("propertyName", Text), ("mapping", Map(&Text))]);

static XML: Object = object(
    "XML",
    &[],
    &[
        ("name", Text),
        ("namespace", Text),
        ("prefix", Text),
        ("attribute", Boolean),
        ("wrapped", Boolean),
    ],
);

static SECURITY_SCHEME: Object = object(
    "Security Scheme",
    &["type"],
    &[
        ("type", OneOf(&["apiKey", "http", "oauth2", "openIdConnect"])),
        ("description", Text),
        ("name", Text),
        ("in", OneOf(&["query", "header", "cookie"])),
        ("scheme", Text),
        ("bearerFormat", Text),
        ("flows", Kind::Object(&OAUTH_FLOWS)),
        ("openIdConnectUrl", Text),
    ],
);

static OAUTH_FLOWS: Object = object(
    "OAuth Flows",
    &[],
    &[
        ("implicit", Kind::Object(&OAUTH_FLOW)),
        ("password", Kind::Object(&OAUTH_FLOW)),
        ("clientCredentials", Kind::Object(&OAUTH_FLOW)),
        ("authorizationCode", Kind::Object(&OAUTH_FLOW)),
    ],
);

static OAUTH_FLOW: Object = object(
    "OAuth Flow",
    &["scopes"],
    &[("authorizationUrl", Text), ("tokenUrl", Text), ("refreshUrl", Text), ("scopes", Map(&Text))],
);
