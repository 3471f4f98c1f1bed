//! Which operations of the two documents are the same, and what became of the others.

use std::collections::{HashMap, HashSet};

use super::change::Impact;
use super::context::{Context, OperationPair, Renamed};
use super::findings::{Finding, Findings};
use super::reading::{At, Sides, same};
use super::rules::docs_rule;
use super::schema::Schemas;
use super::{bodies, meaning, parameters, responses, security, servers};
use crate::reader::{Operation, path_items};

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

fn operations(document: &cx_client_build::Document) -> Vec<(String, Operation<'_>)> {
    let mut count: HashMap<String, usize> = HashMap::new();
    for (path, _) in path_items(document) {
        *count.entry(template(path)).or_default() += 1;
    }
    Operation::all(document)
        .map(|operation| {
            // Two paths that differ only in the names of their parameters are told apart by these.
            let unnamed = template(operation.path);
            let key = if count.get(&unnamed) == Some(&1) { &unnamed } else { operation.path };
            (format!("{} {key}", operation.method), operation)
        })
        .collect()
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

/// Compares all operations.
pub(super) fn compare<'a>(
    sides: Sides<'a>,
    pairs: &[OperationPair<'a>],
    renamed: &Renamed<'a>,
    findings: &mut Findings,
    schemas: &mut Schemas<'a>,
) {
    let new_paths: HashSet<String> =
        path_items(sides.new).map(|(path, _)| template(path)).collect();
    for (operation, pair) in pairs.iter().enumerate() {
        let mut context = Context { sides, findings, schemas, renamed, operation };
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
        let found = Finding::new(id, format!("{what}: {}", old.name()));
        self.found(found.place(Some(&old.at), None).values(old.at.node.get("operationId"), None));
    }

    fn added(&mut self, new: &Operation<'a>) {
        let found = Finding::new("endpoint-added", format!("operation added: {}", new.name()));
        let found = found.rust(Impact::Compatible).place(None, Some(&new.at));
        self.found(found.values(None, new.at.node.get("operationId")));
    }
}

fn same_operation<'a>(context: &mut Context<'a, '_>, old: &Operation<'a>, new: &Operation<'a>) {
    let (a, b) = (old.at.get("operationId"), new.at.get("operationId"));
    if let (Some(was), Some(is)) = (old.at.text("operationId"), new.at.text("operationId"))
        && was != is
    {
        let message = format!("operation id `{was}` replaced by `{is}`");
        let found = Finding::new("api-operation-id-removed", message);
        context.found(found.at(a.as_ref(), b.as_ref()));
    }
    let ids = ["endpoint-deprecated", "endpoint-reactivated"];
    context.deprecated(ids, "operation", &old.at, &new.at);
    tags(context, old, new);
    context.docs("operation", &old.at, &new.at);
    context.docs("path", &old.item, &new.item);
    parameters::compare(context, old, new);
    bodies::request(context, old, new);
    responses::compare(context, old, new);
    security::compare_requirements(context, old, new);
    servers::compare_overrides(context, old, new);
    // The client serves no callbacks, so what a difference means is unknown.
    let (a, b) = (old.at.get("callbacks"), new.at.get("callbacks"));
    if let (Some(a), Some(b)) = (&a, &b)
        && meaning::same_callbacks(a, b)
    {
        if !same(a.node, b.node) {
            let id = docs_rule("operation", "callbacks").id;
            let found = Finding::new(id, "the words of its callbacks changed").not_in_rust();
            context.found(found.at(Some(a), Some(b)));
        }
    } else if a.is_some() || b.is_some() {
        let message = "the requests that the server makes (callbacks) changed; they are not \
                       compared in detail";
        let found = Finding::new("api-callbacks-changed", message).rust(Impact::None);
        context.found(found.at(a.as_ref(), b.as_ref()));
    }
}

fn tags<'a>(context: &mut Context<'a, '_>, old: &Operation<'a>, new: &Operation<'a>) {
    let list = |operation: &Operation<'a>| operation.at.items_of("tags").collect::<Vec<_>>();
    let name = |tag: &At<'a>| tag.node.as_str().unwrap_or_default();
    let (old, new) = (list(old), list(new));
    let has = |list: &[At<'a>], tag: &At<'a>| list.iter().any(|other| name(other) == name(tag));
    for tag in old.iter().filter(|tag| !has(&new, tag)) {
        let found = Finding::new("api-tag-removed", format!("tag `{}` removed", name(tag)));
        context.found(found.not_in_rust().at(Some(tag), None));
    }
    for tag in new.iter().filter(|tag| !has(&old, tag)) {
        let found = Finding::new("api-tag-added", format!("tag `{}` added", name(tag)));
        context.found(found.not_in_rust().at(None, Some(tag)));
    }
}
