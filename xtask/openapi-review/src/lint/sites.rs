//! Where in a document the objects stand that the rules are about.

use cx_client_build::{Document, Node, Value, escape_token};

/// Which way a value travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Direction {
    /// From the client to the server.
    Request,
    /// From the server to the client.
    Response,
    /// The place does not tell.
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
    pub(super) pointer: String,
    pub(super) node: &'a Node,
    pub(super) role: Role<'a>,
    pub(super) direction: Direction,
}

/// A parameter or a header, where it is written out.
#[derive(Debug)]
pub(super) struct ParameterSite<'a> {
    pub(super) pointer: String,
    pub(super) node: &'a Node,
    /// The name of a header is its key.
    pub(super) name: &'a str,
    pub(super) is_header: bool,
    pub(super) direction: Direction,
}

/// A media type, where it is written out.
#[derive(Debug)]
pub(super) struct MediaTypeSite<'a> {
    pub(super) pointer: String,
    pub(super) node: &'a Node,
    /// The media type itself, such as `application/json`.
    pub(super) name: &'a str,
    pub(super) direction: Direction,
}

/// An operation.
#[derive(Debug)]
pub(super) struct OperationSite<'a> {
    pub(super) pointer: String,
    pub(super) node: &'a Node,
}

/// Every object that the rules are about, each at the one place where it is written out.
#[derive(Debug, Default)]
pub(super) struct Sites<'a> {
    pub(super) operations: Vec<OperationSite<'a>>,
    pub(super) parameters: Vec<ParameterSite<'a>>,
    pub(super) media_types: Vec<MediaTypeSite<'a>>,
    pub(super) schemas: Vec<SchemaSite<'a>>,
}

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl<'a> Sites<'a> {
    /// Finds the objects of `document`; what has not the shape of OpenAPI is passed over.
    pub(super) fn of(document: &'a Document) -> Self {
        let mut sites = Self::default();
        let root = document.root();
        for (pointer, path, item) in children(root, "", "paths") {
            if path.starts_with('/') {
                sites.path_item(item, &pointer, true);
            }
        }
        if let Some(components) = root.get("components") {
            sites.components(components);
        }
        sites
    }

    fn components(&mut self, components: &'a Node) {
        let at = "/components";
        for (pointer, name, node) in children(components, at, "schemas") {
            self.schema(node, pointer, Role::Component(name), Direction::Either);
        }
        for (pointer, _, node) in children(components, at, "parameters") {
            self.parameter(node, pointer);
        }
        for (pointer, name, node) in children(components, at, "headers") {
            self.header(node, pointer, name, Direction::Either);
        }
        for (pointer, _, node) in children(components, at, "requestBodies") {
            self.body(node, &pointer, Direction::Request);
        }
        for (pointer, _, node) in children(components, at, "responses") {
            self.response(node, &pointer);
        }
        for (pointer, _, node) in children(components, at, "callbacks") {
            self.callback(node, &pointer);
        }
    }

    fn path_item(&mut self, item: &'a Node, pointer: &str, of_the_api: bool) {
        for (pointer, node) in items(item, pointer, "parameters") {
            self.parameter(node, pointer);
        }
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let pointer = format!("{pointer}/{method}");
            for (pointer, node) in items(operation, &pointer, "parameters") {
                self.parameter(node, pointer);
            }
            if let Some(body) = operation.get("requestBody") {
                self.body(body, &format!("{pointer}/requestBody"), Direction::Request);
            }
            for (pointer, _, response) in children(operation, &pointer, "responses") {
                self.response(response, &pointer);
            }
            for (pointer, _, callback) in children(operation, &pointer, "callbacks") {
                self.callback(callback, &pointer);
            }
            if of_the_api {
                self.operations.push(OperationSite { pointer, node: operation });
            }
        }
    }

    /// The server calls the operations of a callback, so they are none of the API's.
    fn callback(&mut self, callback: &'a Node, pointer: &str) {
        for entry in callback.entries().iter().filter(|entry| !entry.key.starts_with("x-")) {
            let pointer = format!("{pointer}/{}", escape_token(&entry.key));
            self.path_item(&entry.node, &pointer, false);
        }
    }

    fn response(&mut self, response: &'a Node, pointer: &str) {
        self.body(response, pointer, Direction::Response);
        for (pointer, name, header) in children(response, pointer, "headers") {
            self.header(header, pointer, name, Direction::Response);
        }
    }

    fn body(&mut self, owner: &'a Node, pointer: &str, direction: Direction) {
        self.content(owner, pointer, Role::Body, direction);
    }

    fn content(&mut self, owner: &'a Node, pointer: &str, role: Role<'a>, direction: Direction) {
        for (pointer, name, node) in children(owner, pointer, "content") {
            if let Some(schema) = node.get("schema") {
                self.schema(schema, format!("{pointer}/schema"), role, direction);
            }
            for (pointer, _, encoding) in children(node, &pointer, "encoding") {
                for (pointer, name, header) in children(encoding, &pointer, "headers") {
                    self.header(header, pointer, name, direction);
                }
            }
            self.media_types.push(MediaTypeSite { pointer, node, name, direction });
        }
    }

    fn parameter(&mut self, node: &'a Node, pointer: String) {
        let name = node.get("name").and_then(Node::as_str).unwrap_or_default();
        self.parameter_or_header(node, pointer, name, false, Direction::Request);
    }

    fn header(&mut self, node: &'a Node, pointer: String, name: &'a str, direction: Direction) {
        self.parameter_or_header(node, pointer, name, true, direction);
    }

    fn parameter_or_header(
        &mut self,
        node: &'a Node,
        pointer: String,
        name: &'a str,
        is_header: bool,
        direction: Direction,
    ) {
        if node.get("$ref").is_some() {
            return;
        }
        if let Some(schema) = node.get("schema") {
            self.schema(schema, format!("{pointer}/schema"), Role::Parameter, direction);
        }
        self.content(node, &pointer, Role::Parameter, direction);
        self.parameters.push(ParameterSite { pointer, node, name, is_header, direction });
    }

    fn schema(&mut self, node: &'a Node, pointer: String, role: Role<'a>, direction: Direction) {
        // What stands beside a reference is ignored, and what it names is visited where it stands.
        if node.get("$ref").is_none() {
            for (pointer, name, property) in children(node, &pointer, "properties") {
                self.schema(property, pointer, Role::Property(name), direction);
            }
            for key in ["items", "additionalProperties", "not"] {
                if let Some(part) = node.get(key)
                    && matches!(part.value, Value::Mapping(_))
                {
                    self.schema(part, format!("{pointer}/{key}"), Role::Part, direction);
                }
            }
            for key in ["oneOf", "anyOf"] {
                for (pointer, part) in items(node, &pointer, key) {
                    self.schema(part, pointer, Role::Part, direction);
                }
            }
            for (pointer, part) in items(node, &pointer, "allOf") {
                self.schema(part, pointer, Role::AllOfMember, direction);
            }
        }
        self.schemas.push(SchemaSite { pointer, node, role, direction });
    }
}

/// The entries of the mapping `key` of `node`, each with its JSON pointer and its own key.
pub(super) fn children<'a>(
    node: &'a Node,
    pointer: &str,
    key: &str,
) -> impl Iterator<Item = (String, &'a str, &'a Node)> {
    let pointer = format!("{pointer}/{key}");
    node.get(key).map_or(&[][..], Node::entries).iter().map(move |entry| {
        (format!("{pointer}/{}", escape_token(&entry.key)), entry.key.as_str(), &entry.node)
    })
}

/// The items of the sequence `key` of `node`, each with its JSON pointer.
pub(super) fn items<'a>(
    node: &'a Node,
    pointer: &str,
    key: &str,
) -> impl Iterator<Item = (String, &'a Node)> {
    let pointer = format!("{pointer}/{key}");
    node.get(key)
        .map_or(&[][..], Node::items)
        .iter()
        .enumerate()
        .map(move |(index, node)| (format!("{pointer}/{index}"), node))
}

/// The value that `node` stands for: itself, or what its reference names, with its JSON pointer.
///
/// A reference that leads nowhere or in a circle stands for itself; that is another rule's.
pub(super) fn resolve<'a>(
    document: &'a Document,
    pointer: &str,
    node: &'a Node,
) -> (String, &'a Node) {
    let mut current = (pointer.to_owned(), node);
    // A chain of references is short; a longer one is a circle.
    for _ in 0..64 {
        let Some(target) = current.1.get("$ref").and_then(Node::as_str) else { return current };
        let Some(target) = target.strip_prefix('#') else { break };
        let Some(next) = document.at(target) else { break };
        current = (target.to_owned(), next);
    }
    (pointer.to_owned(), node)
}

/// Whether `node` has at `key` a text that says something.
pub(super) fn has_text(node: &Node, key: &str) -> bool {
    node.get(key).and_then(Node::as_str).is_some_and(|text| !text.trim().is_empty())
}
