//! Brings a document into the form that progenitor serves well.
//!
//! progenitor sees a document of the same meaning in which
//!
//! - every name is one that it keeps as it is, and that no other is (see [`crate::rust_name`]);
//! - every schema that becomes a type of its own is a component, `allOf` is merged, and what is
//!   `nullable` is so where it is used;
//! - a property is left out where it is not sent (`readOnly`) or not received (`writeOnly`);
//! - constraints that it cannot serve, or that bind requests only, are gone.
//!
//! What is lost thereby, the passes need, and find in [`Names`] by the Rust name.

mod alternatives;
mod bodies;
mod choices;
mod directions;
mod limits;
mod media_types;
mod merge;
mod operations;
mod parameters;
mod responses;
mod schemas;
mod structs;
mod tags;
mod unions;
mod usage;

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::rc::Rc;

use serde_json::{Map, Value, json};

use crate::diagnostic::Diagnostic;
use crate::document::Document;
use crate::names::{Limit, Names, TypeName};
use crate::node::{Node, escape_token, unescape_token};
use crate::rust_name::{Case, Scope, TYPES};
use usage::Usage;

pub use media_types::sendable;

/// The document for progenitor, and the names in it.
pub(crate) struct Lowered {
    pub(crate) json: Value,
    pub(crate) names: Names,
}

/// Where a value is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Direction {
    Request,
    Response,
    Both,
}

/// Lowers a document that has passed [`crate::validate`].
pub(crate) fn lower(document: &Document) -> Result<Lowered, Vec<Diagnostic>> {
    let json = document.to_json();
    let mut lowering = Lowering::new(document, &json);
    let (paths, mut operations) = lowering.operations();
    // A component that no operation uses can still be named by a user of the types.
    for schema in lowering.component_pointers() {
        if !lowering.made.keys().any(|(made, _)| *made == schema) {
            lowering.component(&schema, Direction::Request);
        }
    }
    if !lowering.diagnostics.is_empty() {
        return Err(lowering.diagnostics);
    }
    let servers = lowering.servers();
    let lowered = json!({
        "openapi": json["openapi"],
        "info": json["info"],
        "servers": servers,
        "paths": paths,
        "components": { "schemas": lowering.schemas },
    });
    let limits = lowering.restricting(&mut operations);
    let names = Names { operations, types: lowering.types, limits };
    Ok(Lowered { json: lowered, names })
}

struct Lowering<'a> {
    document: &'a Document,
    json: &'a Value,
    usage: Usage,
    /// The names in `mod types`.
    scope: Scope,
    /// The names that components would have if nothing else were there.
    component_names: HashMap<String, String>,
    /// What has been made of a schema that a reference names.
    made: HashMap<(String, Direction), String>,
    /// What has been made of a schema where it is used. The schema is with its place, so that only
    /// the same schema is met again: in a base that an `allOf` brings in.
    composed: HashMap<(String, Direction), String>,
    /// What references name, merged.
    merged_targets: RefCell<HashMap<String, Rc<Value>>>,
    /// The components of which what is sent differs from what is received.
    split: HashSet<String>,
    /// Enums that tell alternatives of a union apart.
    closed: HashSet<String>,
    schemas: Map<String, Value>,
    types: BTreeMap<String, TypeName>,
    /// What values of requests must keep to, and which of these a schema with its place is.
    limits: Vec<Vec<Limit>>,
    limits_of: HashMap<(String, String), usize>,
    diagnostics: Vec<Diagnostic>,
}

const COMPONENTS: &str = "/components/schemas";

impl<'a> Lowering<'a> {
    fn new(document: &'a Document, json: &'a Value) -> Self {
        let mut lowering = Self {
            document,
            json,
            usage: Usage::of(json),
            scope: Scope::with(TYPES),
            component_names: HashMap::new(),
            made: HashMap::new(),
            composed: HashMap::new(),
            merged_targets: RefCell::default(),
            split: HashSet::new(),
            closed: HashSet::new(),
            schemas: Map::new(),
            types: BTreeMap::new(),
            limits: Vec::new(),
            limits_of: HashMap::new(),
            diagnostics: Vec::new(),
        };
        for pointer in lowering.component_pointers() {
            let name = unescape_token(pointer.rsplit('/').next().unwrap_or_default());
            let name = lowering.scope.take(&name, Case::Pascal, "schema");
            lowering.component_names.insert(pointer, name);
        }
        lowering.use_children();
        lowering.split = lowering.split_components();
        lowering.closed = lowering.tag_enums();
        lowering
    }

    /// What contains a schema that others are composed of can contain those.
    fn use_children(&mut self) {
        for pointer in self.component_pointers() {
            let Some(schema) = self.json.pointer(&pointer) else { continue };
            if schema.get("discriminator").is_none() {
                continue;
            }
            for child in self.children(&self.merged(schema, &pointer)) {
                self.usage.extend(self.json, &pointer, &child);
            }
        }
    }

    /// The pointers of the components, in the order of the document.
    fn component_pointers(&self) -> Vec<String> {
        let schemas = self.document.at(COMPONENTS).map_or(&[][..], Node::entries);
        schemas.iter().map(|entry| format!("{COMPONENTS}/{}", escape_token(&entry.key))).collect()
    }

    fn refuse(&mut self, rule: &'static str, pointer: &str, message: String, help: &str) {
        let position = self.document.position(pointer);
        self.diagnostics.push(
            Diagnostic::error(rule, self.document.file(), position, message)
                .pointer(pointer)
                .help(help),
        );
    }

    /// What `value` stands for, with the pointer of that.
    fn resolve(&self, value: &'a Value, at: &str) -> (&'a Value, String) {
        let (mut value, mut at) = (value, at.to_owned());
        for _ in 0..128 {
            let target = value.get("$ref").and_then(Value::as_str);
            let target = target.and_then(|target| target.strip_prefix('#'));
            match target.and_then(|target| Some((self.json.pointer(target)?, target))) {
                Some((next, target)) => (value, at) = (next, target.to_owned()),
                None => break,
            }
        }
        (value, at)
    }
}
