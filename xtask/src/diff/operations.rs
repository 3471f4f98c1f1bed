//! Which operations of the two documents are the same, and what became of the others.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::change::{Impact, Level};
use super::findings::{Finding, Findings, Place, Rust};
use super::reading::{At, METHODS, Sides, is_docs, same_option};
use super::schema::{Role, Schemas, docs_id, docs_text, words};
use super::{bodies, parameters, responses, security, servers};

/// An operation of one document.
#[derive(Debug, Clone)]
pub(super) struct Operation<'a> {
    pub(super) method: &'static str,
    pub(super) path: &'a str,
    /// The Path Item.
    pub(super) item: At<'a>,
    /// The Operation itself.
    pub(super) at: At<'a>,
}

impl Operation<'_> {
    /// `POST /api/v1/calls`.
    pub(super) fn name(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }
}

/// An operation as the two documents have it: in one of them or in both.
#[derive(Debug, Clone)]
pub(super) struct OperationPair<'a> {
    pub(super) name: String,
    pub(super) old: Option<Operation<'a>>,
    pub(super) new: Option<Operation<'a>>,
}

/// The path with its parameters unnamed: `/a/{id}` and `/a/{callId}` are the same path.
fn template(path: &str) -> String {
    let mut unnamed = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        unnamed.push_str(before);
        unnamed.push_str("{}");
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    unnamed.push_str(rest);
    unnamed
}

/// The names of a path's parameters, in its order.
pub(super) fn path_parameters(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn operations(document: &cx_client_build::Document) -> Vec<(String, Operation<'_>)> {
    let mut list = Vec::new();
    let paths = At::root(document).get("paths");
    let items: Vec<_> = paths.iter().flat_map(At::entries).collect();
    let mut count: HashMap<String, usize> = HashMap::new();
    for (path, _) in &items {
        *count.entry(template(path)).or_default() += 1;
    }
    for (path, item) in items {
        if path.starts_with("x-") {
            continue;
        }
        // Two paths that differ only in the names of their parameters are told apart by these.
        let unnamed = template(path);
        let key = if count.get(&unnamed) == Some(&1) { unnamed } else { path.to_owned() };
        for method in METHODS {
            if let Some(at) = item.get(method) {
                let operation = Operation { method, path, item: item.clone(), at };
                list.push((format!("{method} {key}"), operation));
            }
        }
    }
    list
}

/// The operations of both documents, in the order of OLD, then of NEW.
pub(super) fn pairs<'a>(sides: Sides<'a>) -> Vec<OperationPair<'a>> {
    let mut pairs: Vec<OperationPair<'a>> = Vec::new();
    let mut index: HashMap<String, usize> = HashMap::new();
    for (key, operation) in operations(sides.old) {
        index.insert(key, pairs.len());
        pairs.push(OperationPair { name: operation.name(), old: Some(operation), new: None });
    }
    for (key, operation) in operations(sides.new) {
        match index.get(&key) {
            Some(at) => {
                pairs[*at].name = operation.name();
                pairs[*at].new = Some(operation);
            }
            None => {
                pairs.push(OperationPair {
                    name: operation.name(),
                    old: None,
                    new: Some(operation),
                });
            }
        }
    }
    pairs
}

/// What the comparison of operations works on.
pub(super) struct Context<'a, 'b> {
    pub(super) sides: Sides<'a>,
    pub(super) findings: &'b mut Findings,
    pub(super) schemas: &'b mut Schemas<'a>,
    /// The operation that is being compared.
    pub(super) operation: usize,
}

/// What was found, to be completed with its place and values.
pub(super) struct Found<'x> {
    pub(super) id: Cow<'static, str>,
    pub(super) level: Level,
    pub(super) rust: Rust,
    pub(super) message: String,
    pub(super) place: Place,
    pub(super) old: Option<&'x cx_client_build::Node>,
    pub(super) new: Option<&'x cx_client_build::Node>,
}

impl<'a> Context<'a, '_> {
    pub(super) fn found(&mut self, found: Found<'_>) {
        let json = |node: Option<&cx_client_build::Node>| node.map_or(Value::Null, |n| n.to_json());
        self.findings.add(Finding {
            id: found.id,
            level: found.level,
            place: found.place,
            old: json(found.old),
            new: json(found.new),
            message: found.message,
            rust: found.rust,
            operations: vec![self.operation],
        });
    }

    pub(super) fn request(&mut self, role: Role, old: At<'a>, new: At<'a>) {
        self.schemas.request(self.operation, role, old, new);
    }

    pub(super) fn response(&mut self, role: Role, old: At<'a>, new: At<'a>) {
        self.schemas.response(self.operation, role, old, new);
    }

    /// Compares the words of two objects of the same kind.
    pub(super) fn docs(&mut self, of: &'static str, old: &At<'a>, new: &At<'a>, known: &[&str]) {
        let mut keys: BTreeMap<&str, ()> = BTreeMap::new();
        for entry in old.node.entries().iter().chain(new.node.entries()) {
            keys.insert(&entry.key, ());
        }
        for key in keys.into_keys() {
            let generator = super::reading::GENERATOR_EXTENSIONS.contains(&key);
            if !is_docs(key) && !generator || known.contains(&key) {
                continue;
            }
            let (a, b) = (old.get(key), new.get(key));
            let nodes = (a.as_ref().map(|at| at.node), b.as_ref().map(|at| at.node));
            if same_option(nodes.0, nodes.1) {
                continue;
            }
            self.found(Found {
                id: docs_id(of, key).into(),
                level: if generator { Level::Compatible } else { Level::Docs },
                rust: if generator { Rust::computed(Impact::None) } else { words() },
                message: format!(
                    "{}: {}",
                    of.replace('-', " "),
                    docs_text(
                        key,
                        &nodes.0.map_or(Value::Null, cx_client_build::Node::to_json),
                        &nodes.1.map_or(Value::Null, cx_client_build::Node::to_json),
                    )
                ),
                place: place(a.as_ref(), b.as_ref()),
                old: nodes.0,
                new: nodes.1,
            });
        }
    }
}

pub(super) fn place(old: Option<&At<'_>>, new: Option<&At<'_>>) -> Place {
    Place { old: old.map(|at| at.pointer.clone()), new: new.map(|at| at.pointer.clone()) }
}

/// Compares all operations.
pub(super) fn compare<'a>(
    sides: Sides<'a>,
    pairs: &[OperationPair<'a>],
    findings: &mut Findings,
    schemas: &mut Schemas<'a>,
) {
    let new_paths: HashSet<String> = At::root(sides.new)
        .get("paths")
        .iter()
        .flat_map(At::entries)
        .map(|(path, _)| template(path))
        .collect();
    for (operation, pair) in pairs.iter().enumerate() {
        let mut context = Context { sides, findings, schemas, operation };
        match (&pair.old, &pair.new) {
            (Some(old), Some(new)) => same_operation(&mut context, old, new),
            (Some(old), None) => {
                let path_stays = new_paths.contains(&template(old.path));
                context.removed(old, path_stays);
            }
            (None, Some(new)) => context.added(new),
            (None, None) => {}
        }
    }
}

impl<'a> Context<'a, '_> {
    fn removed(&mut self, old: &Operation<'a>, path_stays: bool) {
        let id = match (path_stays, old.at.flag("deprecated")) {
            (true, false) => "api-removed-without-deprecation",
            (true, true) => "api-removed-with-deprecation",
            (false, false) => "api-path-removed-without-deprecation",
            (false, true) => "api-path-removed-with-deprecation",
        };
        let what = if path_stays { "operation removed" } else { "operation removed with its path" };
        self.found(Found {
            id: id.into(),
            level: Level::Breaking,
            rust: Rust::computed(Impact::Breaking),
            message: format!("{what}: {}", old.name()),
            place: Place::old(&old.at.pointer),
            old: old.at.node.get("operationId"),
            new: None,
        });
    }

    fn added(&mut self, new: &Operation<'a>) {
        self.found(Found {
            id: "endpoint-added".into(),
            level: Level::Compatible,
            rust: Rust::computed(Impact::Compatible),
            message: format!("operation added: {}", new.name()),
            place: Place::new(&new.at.pointer),
            old: None,
            new: new.at.node.get("operationId"),
        });
    }
}

fn same_operation<'a>(context: &mut Context<'a, '_>, old: &Operation<'a>, new: &Operation<'a>) {
    let (a, b) = (old.at.get("operationId"), new.at.get("operationId"));
    if let (Some(a), Some(b)) = (&a, &b)
        && a.node.as_str() != b.node.as_str()
    {
        context.found(Found {
            id: "api-operation-id-removed".into(),
            level: Level::Compatible,
            rust: Rust::computed(Impact::Breaking),
            message: format!(
                "operation id `{}` replaced by `{}`",
                a.node.as_str().unwrap_or_default(),
                b.node.as_str().unwrap_or_default(),
            ),
            place: Place::both(&a.pointer, &b.pointer),
            old: Some(a.node),
            new: Some(b.node),
        });
    }
    if old.at.flag("deprecated") != new.at.flag("deprecated") {
        let now = new.at.flag("deprecated");
        let (a, b) = (old.at.get("deprecated"), new.at.get("deprecated"));
        context.found(Found {
            id: if now { "endpoint-deprecated" } else { "endpoint-reactivated" }.into(),
            level: Level::Compatible,
            rust: Rust::computed(Impact::None),
            message: if now { "operation deprecated" } else { "operation no longer deprecated" }
                .to_owned(),
            place: place(a.as_ref(), b.as_ref()),
            old: a.as_ref().map(|at| at.node),
            new: b.as_ref().map(|at| at.node),
        });
    }
    tags(context, old, new);
    context.docs("operation", &old.at, &new.at, &["tags"]);
    context.docs("path", &old.item, &new.item, &[]);
    parameters::compare(context, old, new);
    bodies::request(context, old, new);
    responses::compare(context, old, new);
    security::compare_requirements(context, old, new);
    servers::compare_overrides(context, old, new);
    callbacks(context, old, new);
}

fn tags<'a>(context: &mut Context<'a, '_>, old: &Operation<'a>, new: &Operation<'a>) {
    let list = |operation: &Operation<'a>| -> Vec<At<'a>> {
        operation.at.get("tags").iter().flat_map(At::items).collect()
    };
    let (old, new) = (list(old), list(new));
    let has = |list: &[At<'a>], tag: &At<'a>| {
        list.iter().any(|other| other.node.as_str() == tag.node.as_str())
    };
    for tag in old.iter().filter(|tag| !has(&new, tag)) {
        context.found(Found {
            id: "api-tag-removed".into(),
            level: Level::Docs,
            rust: words(),
            message: format!("tag `{}` removed", tag.node.as_str().unwrap_or_default()),
            place: Place::old(&tag.pointer),
            old: Some(tag.node),
            new: None,
        });
    }
    for tag in new.iter().filter(|tag| !has(&old, tag)) {
        context.found(Found {
            id: "api-tag-added".into(),
            level: Level::Docs,
            rust: words(),
            message: format!("tag `{}` added", tag.node.as_str().unwrap_or_default()),
            place: Place::new(&tag.pointer),
            old: None,
            new: Some(tag.node),
        });
    }
}

/// The client serves no callbacks, so what a difference means cannot be told.
fn callbacks<'a>(context: &mut Context<'a, '_>, old: &Operation<'a>, new: &Operation<'a>) {
    let (a, b) = (old.at.get("callbacks"), new.at.get("callbacks"));
    if same_option(a.as_ref().map(|at| at.node), b.as_ref().map(|at| at.node)) {
        return;
    }
    context.found(Found {
        id: "api-callbacks-changed".into(),
        level: Level::Warning,
        rust: Rust::computed(Impact::None),
        message: "the requests that the server makes (callbacks) changed; they are not compared \
                  in detail"
            .to_owned(),
        place: place(a.as_ref(), b.as_ref()),
        old: a.as_ref().map(|at| at.node),
        new: b.as_ref().map(|at| at.node),
    });
}
