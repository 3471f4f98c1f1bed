//! A schema as it counts: with what it takes in by `allOf`.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use cx_client_build::{Document, Node, Value};

use super::super::reading::At;

/// A schema and, flattened, every schema that its `allOf` names.
///
/// A value must fit all of them, so a property that moves from one to another changes nothing on
/// the wire, and `allOf` with one member is that member.
#[derive(Debug)]
pub(super) struct View<'a> {
    document: &'a Document,
    parts: Vec<At<'a>>,
}

/// A property of a schema.
#[derive(Debug, Clone, Default)]
pub(super) struct Property<'a> {
    /// Its schema as it stands in `properties`; none where the name is only in `required`.
    pub(super) schema: Option<At<'a>>,
    /// Where `required` names it.
    pub(super) required: Option<Rc<str>>,
}

/// Which further properties an object may have.
#[derive(Debug, Clone)]
pub(super) enum Additional<'a> {
    /// Any: nothing is stated, or `true`, or `{}`.
    Open,
    /// Such as fit a schema.
    Schema(At<'a>),
    /// None: `false`.
    Closed,
}

impl<'a> View<'a> {
    /// The view of a schema that is no reference.
    pub(super) fn of(schema: At<'a>, document: &'a Document) -> Self {
        let mut parts = Vec::new();
        let mut seen = HashSet::new();
        let mut stack = vec![schema];
        while let Some(part) = stack.pop() {
            if !seen.insert(Rc::clone(&part.pointer)) {
                continue;
            }
            let members: Vec<_> = part
                .get("allOf")
                .map(|all| all.items().map(|member| member.resolve(document)).collect())
                .unwrap_or_default();
            stack.extend(members.into_iter().rev());
            parts.push(part);
        }
        Self { document, parts }
    }

    /// The schema itself, then what it takes in.
    pub(super) fn parts(&self) -> &[At<'a>] {
        &self.parts
    }

    /// The first part's value of a key.
    pub(super) fn first(&self, key: &str) -> Option<At<'a>> {
        self.parts.iter().find_map(|part| part.get(key))
    }

    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.first(key).and_then(|at| at.node.as_str())
    }

    pub(super) fn flag(&self, key: &str) -> Option<Rc<str>> {
        self.parts.iter().find(|part| part.flag(key)).map(|part| part.below(key))
    }

    /// Where the schema says that `null` fits: in itself, or in all that it takes in.
    pub(super) fn nullable(&self) -> Option<Rc<str>> {
        let (own, members) = self.parts.split_first()?;
        if let Some(stated) = own.get("nullable") {
            return (stated.node.as_bool() == Some(true)).then_some(stated.pointer);
        }
        let all = !members.is_empty() && members.iter().all(|part| part.flag("nullable"));
        all.then(|| members.first().map(|part| part.below("nullable"))).flatten()
    }

    /// Every value of an array under `key`, by the value's text.
    pub(super) fn values(&self, key: &str) -> Option<Vec<(String, At<'a>)>> {
        let list = self.first(key)?;
        Some(list.items().map(|item| (item.node.to_json().to_string(), item)).collect())
    }

    /// The groups of alternatives under `oneOf` or `anyOf`.
    pub(super) fn groups(&self, keyword: &str) -> Vec<At<'a>> {
        self.parts.iter().filter_map(|part| part.get(keyword)).collect()
    }

    /// The properties in the order of the document.
    pub(super) fn properties(&self) -> Vec<(&'a str, Property<'a>)> {
        let mut list: Vec<(&str, Property<'_>)> = Vec::new();
        let mut index: HashMap<&str, usize> = HashMap::new();
        let mut slot = |name: &'a str, list: &mut Vec<(&'a str, Property<'a>)>| {
            *index.entry(name).or_insert_with(|| {
                list.push((name, Property::default()));
                list.len() - 1
            })
        };
        for part in &self.parts {
            for (name, schema) in part.get("properties").iter().flat_map(At::entries) {
                let at = slot(name, &mut list);
                list[at].1.schema.get_or_insert(schema);
            }
        }
        for part in &self.parts {
            for item in part.get("required").iter().flat_map(At::items) {
                if let Some(name) = item.node.as_str() {
                    let at = slot(name, &mut list);
                    list[at].1.required.get_or_insert(item.pointer);
                }
            }
        }
        list
    }

    pub(super) fn additional(&self) -> Additional<'a> {
        match self.first("additionalProperties") {
            None => Additional::Open,
            Some(stated) => match &stated.node.value {
                Value::Bool(false) => Additional::Closed,
                Value::Mapping(mapping) if !mapping.entries().is_empty() => {
                    Additional::Schema(stated.resolve(self.document))
                }
                _ => Additional::Open,
            },
        }
    }

    /// The tightest number under `key`, of all the parts.
    pub(super) fn tightest(&self, key: &str, greatest: bool) -> Option<(f64, At<'a>)> {
        self.parts
            .iter()
            .filter_map(|part| part.get(key))
            .filter_map(|at| Some((number(at.node)?, at)))
            .reduce(|a, b| if (b.0 > a.0) == greatest && b.0 != a.0 { b } else { a })
    }
}

pub(super) fn number(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(number) => number.as_f64(),
        _ => None,
    }
}
