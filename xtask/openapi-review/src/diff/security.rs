//! Compares security schemes and requirements.

use std::collections::{BTreeMap, BTreeSet};

use cx_client_build::Document;

use super::change::Level;
use super::context::{Context, OperationPair, Renamed};
use super::findings::{Finding, Findings};
use super::matching::Matching;
use super::reading::{At, Sides, components, is_docs};
use super::rules::docs_rule;
use super::servers::normalized;
use super::wording::{changed, docs_text};
use super::words::{Differing, differing};
use crate::reader::Operation;

/// One way to be let in: schemes with their scopes. All of them are needed.
type Alternative = BTreeMap<String, BTreeSet<String>>;

fn schemes(document: &Document) -> BTreeMap<&str, At<'_>> {
    let schemes = components(document, "securitySchemes").into_iter();
    schemes.map(|(name, at)| (name, at.resolve(document))).collect()
}

/// Whether a key of a scheme only describes.
fn is_word(key: &str) -> bool {
    is_docs(key) || key == "bearerFormat"
}

/// A scheme keeps its name, unless that is another scheme now and the scheme goes on under another
/// name.
pub(super) fn renamed(sides: Sides<'_>) -> Renamed<'_> {
    let (old, new) = (schemes(sides.old), schemes(sides.new));
    let goes_on = |a: &At<'_>, b: &At<'_>| {
        let differences = scheme(a, b);
        differences.iter().all(|found| matches!(found.level, Level::Compatible | Level::Docs))
    };
    let mut partners = Matching::of(old.into_iter().collect(), new.into_iter().collect());
    partners.by(|(name, a), (other, b)| name == other && goes_on(a, b));
    partners.by(|(_, a), (_, b)| goes_on(a, b));
    partners.by(|(name, _), (other, _)| name == other);
    partners.pairs.into_iter().map(|((name, _), (other, _))| (name, other)).collect()
}

fn alternatives(at: &At<'_>, name_of: impl Fn(&str) -> String) -> Vec<Alternative> {
    at.items()
        .map(|item| {
            item.entries()
                .map(|(name, scopes)| {
                    let scopes = scopes.items().filter_map(|s| s.node.as_str().map(str::to_owned));
                    (name_of(name), scopes.collect())
                })
                .collect()
        })
        .collect()
}

/// The requirement of an operation: its own, or that of the document.
fn requirement<'a>(operation: &Operation<'a>, document: &'a Document) -> (Option<At<'a>>, bool) {
    match operation.at.get("security") {
        Some(own) => (Some(own), true),
        None => (At::root(document).get("security"), false),
    }
}

/// Compares what an operation requires.
pub(super) fn compare_requirements<'a>(
    context: &mut Context<'a, '_>,
    old: &Operation<'a>,
    new: &Operation<'a>,
) {
    let (a, a_own) = requirement(old, context.sides.old);
    let (b, b_own) = requirement(new, context.sides.new);
    // Two defaults are compared with each other once, in `compare_document`.
    if !a_own && !b_own {
        return;
    }
    for ([id, _], message) in requirements(a.as_ref(), b.as_ref(), context.renamed) {
        context.found(Finding::new(id, message).not_in_rust().at(a.as_ref(), b.as_ref()));
    }
}

/// The ids of a rule: of one operation, and of all that state nothing of their own.
type Ids = [&'static str; 2];

const ADDED: Ids = ["api-security-added", "api-global-security-added"];
const REMOVED: Ids = ["api-security-removed", "api-global-security-removed"];
const UPDATED: Ids = ["api-security-updated", "api-global-security-updated"];
const RELAXED: Ids = ["api-security-relaxed", "api-global-security-relaxed"];
const WAY_ADDED: Ids = ["api-security-alternative-added", "api-global-security-alternative-added"];
const WAY_REMOVED: Ids =
    ["api-security-alternative-removed", "api-global-security-alternative-removed"];
const SCOPE_ADDED: Ids = ["api-security-scope-added", "api-global-security-scope-added"];
const SCOPE_REMOVED: Ids = ["api-security-scope-removed", "api-global-security-scope-removed"];

/// What became of the ways in. A client of OLD uses any one of them, so each has to stay, and
/// another one does no harm. No requirement is one way: nothing.
fn requirements(
    old: Option<&At<'_>>,
    new: Option<&At<'_>>,
    renamed: &Renamed<'_>,
) -> Vec<(Ids, String)> {
    let mut new = new.map(|at| alternatives(at, str::to_owned)).unwrap_or_default();
    // A scheme that does not go on is none of NEW, even if NEW has another one of its name.
    let now = |name: &str| match renamed.get(name) {
        Some(now) => (*now).to_owned(),
        None if new.iter().any(|way| way.contains_key(name)) => format!("{name} of OLD"),
        None => name.to_owned(),
    };
    let mut old = old.map(|at| alternatives(at, now)).unwrap_or_default();
    let [was_open, is_open] = [&mut old, &mut new].map(|ways| {
        if ways.is_empty() {
            ways.push(Alternative::new());
        }
        ways.iter().all(BTreeMap::is_empty)
    });
    let common: Vec<Alternative> = old.iter().filter(|way| new.contains(way)).cloned().collect();
    old.retain(|way| !common.contains(way));
    new.retain(|way| !common.contains(way));
    let mut outcomes = scopes(&mut old, &mut new);
    let all_served = !old.is_empty()
        && old.iter().all(|way| new.iter().chain(&common).any(|other| is_enough(way, other)));
    match (old.is_empty(), new.is_empty()) {
        (true, true) => {}
        (false, _) if was_open => {
            outcomes.push((ADDED, format!("security requirement {} added", text(&new))));
        }
        (false, _) if is_open => outcomes
            .push((REMOVED, format!("security requirement {} removed: none is left", text(&old)))),
        (true, false) if new.iter().all(BTreeMap::is_empty) => {
            outcomes.push((WAY_ADDED, "authentication became optional".to_owned()));
        }
        (false, true) if old.iter().all(BTreeMap::is_empty) => {
            outcomes.push((WAY_REMOVED, "authentication is no longer optional".to_owned()));
        }
        _ if all_served => {
            let message = format!("security requirement {} relaxed to {}", text(&old), text(&new));
            outcomes.push((RELAXED, message));
        }
        (false, false) => outcomes.push((
            UPDATED,
            format!("security requirement changed from {} to {}", text(&old), text(&new)),
        )),
        (true, false) => outcomes
            .push((WAY_ADDED, format!("{} added as another way to authenticate", text(&new)))),
        (false, true) => {
            outcomes.push((WAY_REMOVED, format!("{} removed as a way to authenticate", text(&old))))
        }
    }
    outcomes
}

/// Whether a client that authenticates in one way can use another one.
fn is_enough(way: &Alternative, other: &Alternative) -> bool {
    other.iter().all(|(name, scopes)| way.get(name).is_some_and(|have| scopes.is_subset(have)))
}

fn text(ways: &[Alternative]) -> String {
    let name = |way: &Alternative| match way.is_empty() {
        true => "none".to_owned(),
        false => format!("`{}`", way.keys().cloned().collect::<Vec<_>>().join("` and `")),
    };
    match ways.is_empty() {
        true => "what remains".to_owned(),
        false => ways.iter().map(name).collect::<Vec<_>>().join(", "),
    }
}

/// Takes out the ways that need the same schemes with other scopes.
fn scopes(old: &mut Vec<Alternative>, new: &mut Vec<Alternative>) -> Vec<(Ids, String)> {
    let mut outcomes = Vec::new();
    let scopes = |way: &Alternative| -> BTreeSet<String> {
        way.iter()
            .flat_map(|(name, scopes)| scopes.iter().map(move |s| format!("`{name}:{s}`")))
            .collect()
    };
    old.retain(|way| {
        let Some(at) = new.iter().position(|other| other.keys().eq(way.keys())) else {
            return true;
        };
        let (was, is) = (scopes(way), scopes(&new.remove(at)));
        let added: Vec<_> = is.difference(&was).cloned().collect();
        let removed: Vec<_> = was.difference(&is).cloned().collect();
        if !added.is_empty() {
            let message = format!("security scope {} is now required", added.join(", "));
            outcomes.push((SCOPE_ADDED, message));
        }
        if !removed.is_empty() {
            let message = format!("security scope {} is no longer required", removed.join(", "));
            outcomes.push((SCOPE_REMOVED, message));
        }
        false
    });
    outcomes
}

/// Compares the default requirement and the schemes.
pub(super) fn compare_document<'a>(
    sides: Sides<'a>,
    pairs: &[OperationPair<'a>],
    renamed: &Renamed<'a>,
    findings: &mut Findings,
) {
    let (a, b) = (At::root(sides.old).get("security"), At::root(sides.new).get("security"));
    let inherits = |operation: &Option<Operation<'a>>| {
        operation.as_ref().is_some_and(|operation| operation.at.get("security").is_none())
    };
    let reaches = pairs.iter().any(|pair| inherits(&pair.old) && inherits(&pair.new));
    for ([_, id], message) in requirements(a.as_ref(), b.as_ref(), renamed) {
        let found = Finding::new(id, format!("default {message}"));
        findings.add(found.where_used(reaches).not_in_rust().at(a.as_ref(), b.as_ref()));
    }
    compare_schemes(sides, pairs, renamed, findings);
}

/// The schemes that a document's operations ask for.
fn used<'a>(
    operations: impl Iterator<Item = &'a Operation<'a>>,
    document: &'a Document,
) -> BTreeSet<String> {
    operations
        .filter_map(|operation| requirement(operation, document).0)
        .flat_map(|at| alternatives(&at, str::to_owned))
        .flat_map(BTreeMap::into_keys)
        .collect()
}

fn compare_schemes<'a>(
    sides: Sides<'a>,
    pairs: &[OperationPair<'a>],
    renamed: &Renamed<'a>,
    findings: &mut Findings,
) {
    let (old, new) = (schemes(sides.old), schemes(sides.new));
    let in_old = used(pairs.iter().filter_map(|pair| pair.old.as_ref()), sides.old);
    let in_new = used(pairs.iter().filter_map(|pair| pair.new.as_ref()), sides.new);
    for (name, a) in &old {
        let Some((now, b)) = renamed.get(name).and_then(|now| new.get_key_value(now)) else {
            let message =
                format!("security scheme `{name}` removed; what requires it is compared apart");
            let found = Finding::new("api-security-component-removed", message).not_in_rust();
            findings.add(found.at(Some(a), None));
            continue;
        };
        if name != now {
            let message = format!("security scheme `{name}` renamed to `{now}`");
            let found = Finding::new("api-security-component-renamed", message).not_in_rust();
            let found = found.place(Some(a), Some(b));
            findings.add(Finding { old: (*name).into(), new: (*now).into(), ..found });
        }
        let is_used = in_old.contains(*name) && in_new.contains(*now);
        for found in scheme(a, b) {
            let message = format!("security scheme `{now}`: {}", found.message);
            findings.add(Finding { message, ..found }.where_used(is_used).not_in_rust());
        }
    }
    let known: BTreeSet<&str> = renamed.values().copied().collect();
    for (name, b) in new.iter().filter(|(name, _)| !known.contains(*name)) {
        let message = format!("security scheme `{name}` added; what requires it is compared apart");
        let found = Finding::new("api-security-component-added", message).not_in_rust();
        findings.add(found.at(None, Some(b)));
    }
}

/// What differs between two schemes.
fn scheme(old: &At<'_>, new: &At<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    // The names of headers and of schemes of HTTP have no case.
    let has_case =
        |key: &str| !(key == "scheme" || key == "name" && old.text("in") == Some("header"));
    let is_other = old.text("type") != new.text("type");
    for (key, [a, b]) in differing(old, new) {
        let (x, y) = (a.as_ref(), b.as_ref());
        // What a scheme of another type says besides is no change of its own.
        if is_other && key != "type" && !is_word(key) {
            continue;
        }
        if is_word(key) {
            let what = docs_text(key, x.map(|at| at.node), y.map(|at| at.node));
            found.push(Finding::new(docs_rule("security-scheme", key).id, what).at(x, y));
            continue;
        }
        if let ("flows", Some(x), Some(y)) = (key, x, y) {
            found.extend(flows(x, y));
            continue;
        }
        let lower = |at: Option<&At<'_>>| at.and_then(|at| at.node.as_str()).map(str::to_lowercase);
        let id = match key {
            _ if !has_case(key) && lower(x) == lower(y) => SPELLING,
            _ if x.zip(y).is_some_and(|(x, y)| is_same_url(x, y)) => SPELLING,
            "flows" | "openIdConnectUrl" => "api-security-component-oauth-url-changed",
            _ => "api-security-component-type-changed",
        };
        found.push(Finding::new(id, changed(&format!("`{key}`"), x, y)).at(x, y));
    }
    found
}

const SPELLING: &str = "api-security-component-spelling-changed";

fn is_same_url(old: &At<'_>, new: &At<'_>) -> bool {
    old.node.as_str().zip(new.node.as_str()).is_some_and(|(a, b)| normalized(a) == normalized(b))
}

/// What differs between the OAuth flows of two schemes.
fn flows(old: &At<'_>, new: &At<'_>) -> Vec<Finding> {
    let flow = |(name, ends): Differing<'_>| match &ends {
        [Some(a), Some(b)] => {
            differing(a, b).into_iter().flat_map(|it| of_flow(name, it)).collect()
        }
        [a, b] => {
            let (id, verb) = match b.is_some() {
                true => ("api-security-component-oauth-flow-added", "added"),
                false => ("api-security-component-oauth-flow-removed", "removed"),
            };
            let message = format!("OAuth flow `{name}` {verb}");
            vec![Finding::new(id, message).at(a.as_ref(), b.as_ref())]
        }
    };
    differing(old, new).into_iter().flat_map(flow).collect()
}

/// What differs between two flows under a key.
fn of_flow(name: &str, (key, [a, b]): Differing<'_>) -> Vec<Finding> {
    let (x, y) = (a.as_ref(), b.as_ref());
    let id = match (key, x, y) {
        ("scopes", Some(x), Some(y)) => {
            return differing(x, y).into_iter().map(offered_scope).collect();
        }
        _ if is_docs(key) => "security-scheme-extension-changed",
        ("refreshUrl", None, _) => "api-security-component-oauth-refresh-offered",
        (_, Some(x), Some(y)) if is_same_url(x, y) => SPELLING,
        _ => "api-security-component-oauth-url-changed",
    };
    let what = changed(&format!("`{key}` of OAuth flow `{name}`"), x, y);
    vec![Finding::new(id, what).at(x, y)]
}

/// What became of a scope that a flow offers.
fn offered_scope((name, [a, b]): Differing<'_>) -> Finding {
    let (id, what) = match (&a, &b) {
        (Some(_), Some(_)) => {
            ("api-security-component-oauth-scope-text-changed", "has another text")
        }
        (None, _) => ("api-security-component-oauth-scope-offered", "offered"),
        (_, None) => ("api-security-component-oauth-scope-withdrawn", "no longer offered"),
    };
    Finding::new(id, format!("scope `{name}` {what}")).at(a.as_ref(), b.as_ref())
}
