//! Where a page contradicts itself, noted at the object that it is about.

use cx_client_build::{Node, escape_token};
use serde_json::Value as Json;

use super::super::facts::FactName;
use super::super::page::{Contradiction, at, object, text as string};

/// Holds, at an object about which the page contradicts itself, what is wrong, until all of the
/// document is made.
const CONTRADICTED: &str = "x-contradicted";

/// Notes at an object that the page contradicts itself about a fact of it.
pub(super) fn contradict(
    node: &mut Node,
    line: usize,
    fact: impl Into<FactName>,
    said: impl Into<Json>,
    message: impl Into<String>,
) {
    let fact = string(line, &fact.into().to_string());
    let (said, message) = (Node::from_json(at(line), &said.into()), string(line, &message.into()));
    let found = object(line, [("fact", fact), ("said", said), ("message", message)]);
    let mut all = node.remove(CONTRADICTED).unwrap_or_else(|| Node::array(at(line), Vec::new()));
    all.items_mut().into_iter().for_each(|all| all.push(found.clone()));
    node.set(CONTRADICTED, all);
}

/// Takes what is noted so out of a document.
pub(super) fn take(node: &mut Node, pointer: &str, found: &mut Vec<Contradiction>) {
    for one in node.remove(CONTRADICTED).iter().flat_map(Node::items) {
        let text = |key: &str| one.get(key).and_then(Node::as_str).unwrap_or_default();
        found.push(Contradiction {
            line: one.position.line,
            pointer: pointer.to_owned(),
            fact: FactName::parse(text("fact")),
            said: one.get("said").map_or(Json::Null, Node::to_json),
            message: text("message").to_owned(),
        });
    }
    let keys: Vec<String> = node.entries().iter().map(|entry| entry.key.clone()).collect();
    for key in keys {
        let inner = node.get_mut(&key).into_iter();
        inner.for_each(|inner| {
            take(inner, &format!("{pointer}/{}", escape_token(&key)), found);
        });
    }
    for (index, item) in node.items_mut().into_iter().flatten().enumerate() {
        take(item, &format!("{pointer}/{index}"), found);
    }
}
