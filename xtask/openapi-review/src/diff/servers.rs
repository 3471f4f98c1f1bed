//! Compares servers. A client uses the first one.

use serde_json::Value;

use super::context::{Context, OperationPair};
use super::findings::{Finding, Findings};
use super::meaning::same_but_words;
use super::reading::{At, Sides, same_option};
use super::words::words;
use crate::reader::Operation;

fn list<'a>(holder: &At<'a>) -> Vec<At<'a>> {
    holder.items_of("servers").collect()
}

/// The URL that counts: variables that have a default stand for it.
fn url(server: &At<'_>) -> String {
    let mut url = server.text("url").unwrap_or_default().to_owned();
    for (name, variable) in server.entries_of("variables") {
        if let Some(default) = variable.text("default") {
            url = url.replace(&format!("{{{name}}}"), default);
        }
    }
    normalized(url.trim_end_matches('/'))
}

/// The URL as it is told from others: scheme and host have no case, and a scheme has its port
/// (RFC 3986, section 6.2).
pub(super) fn normalized(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (user, host) = authority.split_at(authority.find('@').map_or(0, |at| at + 1));
    let (scheme, host) = (scheme.to_lowercase(), host.to_lowercase());
    let path = if path == "/" { "" } else { path };
    let port = match &*scheme {
        "https" => ":443",
        "http" => ":80",
        _ => "",
    };
    format!("{scheme}://{user}{}{path}", host.strip_suffix(port).unwrap_or(&host))
}

fn first(servers: &[At<'_>]) -> String {
    servers.first().map(url).unwrap_or_default()
}

/// Compares the servers of the documents.
pub(super) fn compare_document(
    sides: Sides<'_>,
    pairs: &[OperationPair<'_>],
    findings: &mut Findings,
) {
    let old = list(&At::root(sides.old));
    let new = list(&At::root(sides.new));
    let inherits = |side: &Option<Operation<'_>>| side.as_ref().is_some_and(|it| own(it).is_none());
    let reaches = pairs.iter().any(|pair| inherits(&pair.old) && inherits(&pair.new));
    let mut add = |id: &str, message: String, a: Option<&At<'_>>, b: Option<&At<'_>>| {
        let json = |at: Option<&At<'_>>| at.map_or(Value::Null, |at| url(at).into());
        let found = Finding::new(id, message).not_in_rust().place(a, b);
        let found = found.where_used(reaches || pairs.is_empty());
        findings.add(Finding { old: json(a), new: json(b), ..found });
    };
    let changed = first(&old) != first(&new);
    if changed {
        let name = |servers: &[At<'_>]| match servers.first() {
            Some(server) => format!("`{}`", url(server)),
            None => "none".to_owned(),
        };
        let message = format!("first server changed from {} to {}", name(&old), name(&new));
        add("api-first-server-changed", message, old.first(), new.first());
    }
    // What is reported as the first server is not reported again, and `/` stands for none.
    let is_reported = |server: &At<'_>| {
        let url = url(server);
        url.is_empty() || changed && [first(&old), first(&new)].contains(&url)
    };
    let has = |list: &[At<'_>], server: &At<'_>| list.iter().any(|other| url(other) == url(server));
    for server in old.iter().filter(|server| !has(&new, server) && !is_reported(server)) {
        let message = format!("server `{}` removed", url(server));
        add("api-server-removed", message, Some(server), None);
    }
    for server in new.iter().filter(|server| !has(&old, server) && !is_reported(server)) {
        add("api-server-added", format!("server `{}` added", url(server)), None, Some(server));
    }
    for a in &old {
        let Some(b) = new.iter().find(|b| url(b) == url(a)) else { continue };
        let subject = format!("server `{}`", url(a));
        for found in words("server", &subject, a, b) {
            findings.add(found);
        }
        let (x, y) = (a.get("variables"), b.get("variables"));
        if !same_option(x.as_ref(), y.as_ref()) {
            let only_words = x.as_ref().zip(y.as_ref()).is_some_and(|(x, y)| same_but_words(x, y));
            let (id, what) = match only_words {
                true => ("server-variables-words-changed", "the words of its `variables` changed"),
                false => ("server-variables-changed", "`variables` changed"),
            };
            let found = Finding::new(id, format!("{subject}: {what}"));
            findings.add(found.not_in_rust().at(x.as_ref(), y.as_ref()));
        }
    }
}

/// The servers that an operation or its path has instead of the document's.
fn own<'a>(operation: &Operation<'a>) -> Option<At<'a>> {
    operation.at.get("servers").or_else(|| operation.item.get("servers"))
}

/// Compares the servers that an operation or its path has instead of the document's.
pub(super) fn compare_overrides<'a>(
    context: &mut Context<'a, '_>,
    old: &Operation<'a>,
    new: &Operation<'a>,
) {
    let (a, b) = (own(old), own(new));
    let in_force = |own: &Option<At<'a>>, document| match own {
        Some(own) => own.items().collect(),
        None => list(&At::root(document)),
    };
    let (old, new) = (in_force(&a, context.sides.old), in_force(&b, context.sides.new));
    if (a.is_none() && b.is_none()) || first(&old) == first(&new) {
        return;
    }
    let (was, is) = (first(&old), first(&new));
    let message = format!("first server of the operation changed from `{was}` to `{is}`");
    let found = Finding::new("api-first-server-changed", message).not_in_rust();
    context.found(found.at(a.as_ref(), b.as_ref()));
}
