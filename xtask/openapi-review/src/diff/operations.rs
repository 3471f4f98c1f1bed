//! Which operations of the two documents are the same, and what became of the others.

use std::collections::{HashMap, HashSet};

use cx_client_build::Document;

use super::change::{Impact, Level};
use super::context::{Context, OperationPair, Renamed};
use super::findings::{Finding, Findings};
use super::matching::Matching;
use super::reading::{At, Sides, same_option};
use super::schema::Schemas;
use super::wording::changed;
use super::{bodies, parameters, responses, security, servers};
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

fn operations(document: &Document) -> Vec<(String, Operation<'_>)> {
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
    if !same_option(a.as_ref(), b.as_ref()) {
        let message = changed("operation id", a.as_ref(), b.as_ref());
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
    callbacks(context, old, new);
}

/// The requests that the server makes, by the callback's name, their URL and method.
fn requests<'a>(operation: &Operation<'a>, document: &'a Document) -> Vec<(String, Operation<'a>)> {
    let all = operation.at.entries_of("callbacks");
    let urls = all.flat_map(|(name, at)| at.resolve(document).entries().map(move |it| (name, it)));
    let of_item = |(name, (url, item)): (&'a str, (&'a str, At<'a>))| {
        let requests = Operation::of_item(url, item.resolve(document));
        requests.map(move |it| (format!("callback `{name}`, {}", it.name()), it))
    };
    urls.filter(|(_, (url, _))| !url.starts_with("x-")).flat_map(of_item).collect()
}

/// Compares the callbacks of two operations. Who serves them is a server of its own, so that it is
/// not known whom a difference breaks.
fn callbacks<'a>(context: &mut Context<'a, '_>, old: &Operation<'a>, new: &Operation<'a>) {
    let Sides { old: in_old, new: in_new } = context.sides;
    let (old, new) = (requests(old, in_old), requests(new, in_new));
    let Matching { pairs, old, new } = Matching::by_key(old, new, |(name, _)| name.clone());
    let mut found = |of: Finding, name: &str| {
        let id = if of.level == Level::Docs { WORDS_OF_CALLBACKS } else { CALLBACKS };
        let Finding { place, old, new, .. } = of;
        let it = Finding::new(id, format!("{name}: {}", of.message)).not_in_rust();
        context.findings.add(Finding {
            place,
            old,
            new,
            operations: vec![context.operation],
            ..it
        });
    };
    for ((name, a), (_, b)) in &pairs {
        let (mut findings, mut schemas) = (Findings::default(), Schemas::new(context.sides));
        let mut inside =
            Context { findings: &mut findings, schemas: &mut schemas, operation: 0, ..*context };
        same_operation(&mut inside, a, b);
        schemas.report(&mut findings);
        findings.into_vec().into_iter().for_each(|of| found(of, name));
    }
    for (name, a) in &old {
        found(Finding::new(CALLBACKS, "removed").place(Some(&a.at), None), name);
    }
    for (name, b) in &new {
        found(Finding::new(CALLBACKS, "added").place(None, Some(&b.at)), name);
    }
}

const CALLBACKS: &str = "api-callbacks-changed";
const WORDS_OF_CALLBACKS: &str = "operation-callbacks-changed";

fn tags<'a>(context: &mut Context<'a, '_>, old: &Operation<'a>, new: &Operation<'a>) {
    let list = |operation: &Operation<'a>| operation.at.items_of("tags").collect::<Vec<_>>();
    let name = |tag: &At<'a>| tag.node.as_str().unwrap_or_default().to_owned();
    let tags = Matching::by_key(list(old), list(new), name);
    for tag in &tags.old {
        let found = Finding::new("api-tag-removed", format!("tag `{}` removed", name(tag)));
        context.found(found.not_in_rust().at(Some(tag), None));
    }
    for tag in &tags.new {
        let found = Finding::new("api-tag-added", format!("tag `{}` added", name(tag)));
        context.found(found.not_in_rust().at(None, Some(tag)));
    }
}
