//! Schemas that a value must all fit: `allOf` and its like taken apart.

use std::collections::HashSet;
use std::rc::Rc;

use cx_client_build::{Document, Node, Value};

use super::super::reading::{At, is_docs};

/// How many alternatives a schema may have. What has more is compared as it stands.
const MAX_ALTERNATIVES: usize = 512;
/// How many it may have after several groups are multiplied out.
const MAX_PRODUCT: usize = 64;

/// The conjunction of some schemas, with one alternative chosen of some of their groups.
#[derive(Debug, Clone)]
pub(super) struct Joint<'a> {
    document: &'a Document,
    schemas: Vec<At<'a>>,
    /// The groups of alternatives of which one is meant, by their pointers.
    chosen: Vec<(Rc<str>, usize)>,
    /// Whether its further groups are left as they stand, since there are too many.
    is_final: bool,
}

/// `oneOf` or `anyOf` with several members.
#[derive(Debug, Clone)]
pub(super) struct Group<'a> {
    pub(super) keyword: &'static str,
    /// The list of members.
    pub(super) at: At<'a>,
}

/// What a joint consists of: schemas without regard to what they compose.
#[derive(Debug, Clone)]
pub(super) struct Flat<'a> {
    pub(super) parts: Vec<At<'a>>,
    pub(super) groups: Vec<Group<'a>>,
    /// Where `nullable: true` stands that counts.
    pub(super) nullable: Option<Rc<str>>,
}

impl<'a> Flat<'a> {
    /// Every value of a key.
    pub(super) fn all(&self, key: &str) -> Vec<At<'a>> {
        self.parts.iter().filter_map(|part| part.get(key)).collect()
    }

    /// Where one of the parts has `true` under a key.
    pub(super) fn flag(&self, key: &str) -> Option<Rc<str>> {
        self.parts.iter().find(|part| part.flag(key)).map(|part| part.below(key))
    }
}

impl<'a> Joint<'a> {
    pub(super) fn of(schemas: impl IntoIterator<Item = At<'a>>, document: &'a Document) -> Self {
        let mut seen = HashSet::new();
        let schemas = schemas
            .into_iter()
            .map(|schema| schema.resolve(document))
            .filter(|schema| seen.insert(Rc::clone(&schema.pointer)))
            .collect();
        Self { document, schemas, chosen: Vec::new(), is_final: false }
    }

    /// What tells it from others of the same document.
    pub(super) fn key(&self) -> String {
        let mut key = String::new();
        for schema in &self.schemas {
            key.push_str(&schema.pointer);
            key.push('\n');
        }
        for (group, index) in &self.chosen {
            key.push_str(&format!("{group}/{index}\t"));
        }
        key
    }

    /// Where its schemas stand.
    pub(super) fn pointers(&self) -> impl Iterator<Item = &Rc<str>> {
        self.schemas.iter().map(|schema| &schema.pointer)
    }

    /// Whether it is one of the alternatives of another joint.
    pub(super) fn is_choice(&self) -> bool {
        !self.chosen.is_empty()
    }

    fn choose(&self, group: &Group<'a>, index: usize) -> Self {
        let mut chosen = self.chosen.clone();
        chosen.push((Rc::clone(&group.at.pointer), index));
        Self { chosen, ..self.clone() }
    }

    pub(super) fn flatten(&self) -> Flat<'a> {
        let mut flat = Flat { parts: Vec::new(), groups: Vec::new(), nullable: None };
        let mut excluded = false;
        let mut seen = HashSet::new();
        // With each schema, whether one that composes it says that `null` fits.
        let mut stack: Vec<_> = self.schemas.iter().rev().map(|at| (at.clone(), false)).collect();
        while let Some((part, covered)) = stack.pop() {
            let part = part.resolve(self.document);
            if !seen.insert(Rc::clone(&part.pointer)) {
                continue;
            }
            let says_null = part.flag("nullable");
            if says_null {
                flat.nullable.get_or_insert_with(|| part.below("nullable"));
            } else if !covered {
                excluded |= ["nullable", "type"].iter().any(|key| part.node.get(key).is_some());
            }
            let mut inner = self.composed(&part, &mut flat.groups);
            inner.reverse();
            stack.extend(inner.into_iter().map(|at| (at, covered || says_null)));
            flat.parts.push(part);
        }
        if excluded {
            flat.nullable = None;
        }
        flat
    }

    /// The schemas that a value must fit besides the part itself; adds the groups that leave a
    /// choice.
    fn composed(&self, part: &At<'a>, groups: &mut Vec<Group<'a>>) -> Vec<At<'a>> {
        let mut inner: Vec<At<'a>> = part.get("allOf").iter().flat_map(At::items).collect();
        for keyword in ["oneOf", "anyOf"] {
            let Some(at) = part.get(keyword) else { continue };
            let mut members = at.items();
            let chosen = self.chosen.iter().find(|(group, _)| *group == at.pointer);
            match (chosen, at.node.items().len()) {
                (Some((_, index)), _) => inner.extend(members.nth(*index)),
                (None, 0) => {}
                (None, 1) => inner.extend(members.next()),
                _ if keyword == "anyOf"
                    && members.any(|member| takes_all(&member, self.document)) => {}
                _ => groups.push(Group { keyword, at }),
            }
        }
        // `not: {not: X}` is `X`.
        if let Some(not) = part.resolved("not", self.document)
            && let Some(again) = not.get("not")
            && not.node.entries().len() == 1
        {
            inner.push(again);
        }
        inner
    }

    /// One joint for each choice of members, with the member of the first group: one group after
    /// another, as long as that does not make too many.
    pub(super) fn multiplied_out(
        &self,
        root: Flat<'a>,
    ) -> Vec<(Joint<'a>, Flat<'a>, Option<At<'a>>)> {
        let mut ways = vec![(self.clone(), root, None)];
        let mut is_first = true;
        loop {
            let sizes = ways.iter().map(|(_, flat, _)| {
                flat.groups.first().map_or(1, |group| group.at.node.items().len())
            });
            let limit = if is_first { MAX_ALTERNATIVES } else { MAX_PRODUCT.max(ways.len()) };
            let open = ways.iter().any(|(_, flat, _)| !flat.groups.is_empty());
            if self.is_final || !open || sizes.sum::<usize>() > limit {
                break;
            }
            is_first = false;
            ways = ways
                .into_iter()
                .flat_map(|(joint, flat, member): (Joint<'a>, Flat<'a>, Option<At<'a>>)| {
                    let Some(group) = flat.groups.first() else {
                        return vec![(joint, flat, member)];
                    };
                    let members = group.at.items().enumerate();
                    let choose = |(index, at)| {
                        let chosen = joint.choose(group, index);
                        let flat = chosen.flatten();
                        (chosen, flat, Some(member.clone().unwrap_or(at)))
                    };
                    members.map(choose).collect()
                })
                .collect();
        }
        for (joint, ..) in &mut ways {
            joint.is_final = true;
        }
        ways
    }
}

/// Whether every value fits a schema as it stands.
pub(super) fn takes_all(schema: &At<'_>, document: &Document) -> bool {
    let schema = schema.clone().resolve(document);
    let only_says = |key: &str| is_docs(key) || matches!(key, "title" | "nullable" | "deprecated");
    match &schema.node.value {
        Value::Bool(value) => *value,
        Value::Mapping(_) => schema.node.entries().iter().all(|entry| only_says(&entry.key)),
        _ => false,
    }
}

pub(super) fn number(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(number) => number.as_f64(),
        _ => None,
    }
}
