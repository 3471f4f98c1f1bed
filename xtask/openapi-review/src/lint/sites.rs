//! Where in a document the objects stand that the rules are about.

use cx_client_build::{Document, Value};

use crate::reader::{At, Operation, path_items};

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    /// From the client to the server.
    Request,
    /// From the server to the client.
    Response,
    /// The place does not say.
    Either,
}

/// What a schema is at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role<'a> {
    /// A component of this name.
    Component(&'a str),
    /// A property of this name.
    Property(&'a str),
    /// What a body holds.
    Body,
    /// What a parameter or a header holds: described there.
    Parameter,
    /// An inline part of another schema: an item, a member of a composition, a further property.
    Part,
    /// A member of an `allOf`: no type of its own.
    AllOfMember,
}

impl Role<'_> {
    /// Whether a schema of this role is written inside another schema.
    pub(super) fn is_inside_a_schema(self) -> bool {
        matches!(self, Self::Property(_) | Self::Part | Self::AllOfMember)
    }
}

/// A schema, or a reference to one, where it stands.
#[derive(Debug)]
pub(super) struct SchemaSite<'a> {
    pub(super) at: At<'a>,
    pub(super) role: Role<'a>,
    pub(super) direction: Direction,
}

/// A parameter or a header, where it is written out.
#[derive(Debug)]
pub(super) struct ParameterSite<'a> {
    pub(super) at: At<'a>,
    /// The name of a header is its key.
    pub(super) name: &'a str,
    pub(super) is_header: bool,
    pub(super) direction: Direction,
}

/// A media type, where it is written out.
#[derive(Debug)]
pub(super) struct MediaTypeSite<'a> {
    pub(super) at: At<'a>,
    /// The media type itself, such as `application/json`.
    pub(super) name: &'a str,
    pub(super) direction: Direction,
}

/// Every object that the rules are about, each at the one place where it is written out.
#[derive(Debug, Default)]
pub(super) struct Sites<'a> {
    pub(super) operations: Vec<Operation<'a>>,
    pub(super) parameters: Vec<ParameterSite<'a>>,
    pub(super) media_types: Vec<MediaTypeSite<'a>>,
    pub(super) schemas: Vec<SchemaSite<'a>>,
}

impl<'a> Sites<'a> {
    /// Finds the objects of `document`; what does not have the form of OpenAPI is left out.
    pub(super) fn of(document: &'a Document) -> Self {
        let mut sites = Self::default();
        for (path, item) in path_items(document) {
            // A Path Item that is a reference is visited where it is written out.
            if document.at(&item.pointer).is_some_and(|node| node.get("$ref").is_some()) {
                continue;
            }
            sites.path_item(path, &item);
            sites.operations.extend(Operation::of_item(path, item));
        }
        if let Some(components) = At::root(document).get("components") {
            sites.components(&components);
        }
        sites
    }

    fn components(&mut self, components: &At<'a>) {
        for (name, at) in components.entries_of("schemas") {
            self.schema(at, Role::Component(name), Direction::Either);
        }
        for (_, at) in components.entries_of("parameters") {
            self.parameter(at);
        }
        for (name, at) in components.entries_of("headers") {
            self.header(at, name, Direction::Either);
        }
        for (_, at) in components.entries_of("requestBodies") {
            self.content(&at, Role::Body, Direction::Request);
        }
        for (_, at) in components.entries_of("responses") {
            self.response(&at);
        }
        for (_, at) in components.entries_of("callbacks") {
            self.callback(&at);
        }
    }

    fn path_item(&mut self, path: &'a str, item: &At<'a>) {
        for at in item.items_of("parameters") {
            self.parameter(at);
        }
        for Operation { at, .. } in Operation::of_item(path, item.clone()) {
            for at in at.items_of("parameters") {
                self.parameter(at);
            }
            if let Some(body) = at.get("requestBody") {
                self.content(&body, Role::Body, Direction::Request);
            }
            for (_, response) in at.entries_of("responses") {
                self.response(&response);
            }
            for (_, callback) in at.entries_of("callbacks") {
                self.callback(&callback);
            }
        }
    }

    /// The server calls the operations of a callback, so they are none of the API's.
    fn callback(&mut self, callback: &At<'a>) {
        for (path, item) in callback.entries().filter(|(path, _)| !path.starts_with("x-")) {
            self.path_item(path, &item);
        }
    }

    fn response(&mut self, response: &At<'a>) {
        self.content(response, Role::Body, Direction::Response);
        for (name, header) in response.entries_of("headers") {
            self.header(header, name, Direction::Response);
        }
    }

    fn content(&mut self, owner: &At<'a>, role: Role<'a>, direction: Direction) {
        for (name, at) in owner.entries_of("content") {
            if let Some(schema) = at.get("schema") {
                self.schema(schema, role, direction);
            }
            for (_, encoding) in at.entries_of("encoding") {
                for (name, header) in encoding.entries_of("headers") {
                    self.header(header, name, direction);
                }
            }
            self.media_types.push(MediaTypeSite { at, name, direction });
        }
    }

    fn parameter(&mut self, at: At<'a>) {
        let name = at.text("name").unwrap_or_default();
        self.parameter_or_header(ParameterSite {
            at,
            name,
            is_header: false,
            direction: Direction::Request,
        });
    }

    fn header(&mut self, at: At<'a>, name: &'a str, direction: Direction) {
        self.parameter_or_header(ParameterSite { at, name, is_header: true, direction });
    }

    fn parameter_or_header(&mut self, site: ParameterSite<'a>) {
        if site.at.reference().is_some() {
            return;
        }
        if let Some(schema) = site.at.get("schema") {
            self.schema(schema, Role::Parameter, site.direction);
        }
        self.content(&site.at, Role::Parameter, site.direction);
        self.parameters.push(site);
    }

    fn schema(&mut self, at: At<'a>, role: Role<'a>, direction: Direction) {
        // What stands beside a reference is ignored, and what it names is visited where it stands.
        if at.reference().is_none() {
            for (name, property) in at.entries_of("properties") {
                self.schema(property, Role::Property(name), direction);
            }
            for key in ["items", "additionalProperties", "not"] {
                if let Some(part) = at.get(key)
                    && matches!(part.node.value, Value::Mapping(_))
                {
                    self.schema(part, Role::Part, direction);
                }
            }
            for (key, role) in
                [("oneOf", Role::Part), ("anyOf", Role::Part), ("allOf", Role::AllOfMember)]
            {
                for part in at.items_of(key) {
                    self.schema(part, role, direction);
                }
            }
        }
        self.schemas.push(SchemaSite { at, role, direction });
    }
}
