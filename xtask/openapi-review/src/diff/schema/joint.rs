//! Schemas that a value must all fit: `allOf` and its like taken apart.

use std::borrow::Borrow;
use std::collections::{BTreeMap, HashSet};
use std::rc::Rc;

use cx_client_build::{Document, Node, Value};

use super::super::reading::{At, is_docs, same};

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
    /// Whether it is one of the alternatives of another joint.
    is_choice: bool,
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
    pub(super) document: &'a Document,
    pub(super) parts: Vec<At<'a>>,
    /// The values of each key, with the indices of the parts that have it.
    keys: BTreeMap<&'a str, Vec<(usize, &'a Node)>>,
    pub(super) groups: Vec<Group<'a>>,
    /// Where `nullable: true` stands that counts.
    pub(super) nullable: Option<Rc<str>>,
}

/// One of the ways in which a value can fit a joint.
pub(super) struct Way<'a> {
    pub(super) joint: Joint<'a>,
    pub(super) flat: Flat<'a>,
    /// The member that was chosen of the first group.
    pub(super) member: Option<At<'a>>,
}

impl<'a> Flat<'a> {
    /// Adds a part.
    fn push(&mut self, part: At<'a>) {
        let index = self.parts.len();
        for entry in part.node.entries() {
            self.keys.entry(&entry.key).or_default().push((index, &entry.node));
        }
        self.parts.push(part);
    }

    /// The parts that have a key, with its value.
    fn having(&self, key: &str) -> impl Iterator<Item = (&At<'a>, &'a Node)> {
        self.keys.get(key).into_iter().flatten().map(|(index, node)| (&self.parts[*index], *node))
    }

    /// Every value of a key.
    pub(super) fn all(&self, key: &str) -> Vec<At<'a>> {
        let values = self.having(key);
        values.map(|(part, node)| At { node, pointer: part.below(key) }).collect()
    }

    /// Every value of a key, those that are alike once.
    pub(super) fn distinct(&self, key: &str) -> Vec<At<'a>> {
        let mut all = self.all(key);
        let mut seen: Vec<&Node> = Vec::new();
        all.retain(|at| {
            let is_new = !seen.iter().any(|known| same(known, at.node));
            seen.extend(is_new.then_some(at.node));
            is_new
        });
        all
    }

    /// Every value of a key, with the part that has it.
    pub(super) fn all_of_parts(&self, key: &str) -> impl Iterator<Item = (&At<'a>, At<'a>)> {
        self.having(key).map(move |(part, node)| (part, At { node, pointer: part.below(key) }))
    }

    /// Every text of a key.
    pub(super) fn texts(&self, key: &str) -> impl Iterator<Item = &'a str> {
        self.having(key).filter_map(|(_, node)| node.as_str())
    }

    /// Whether a part has a key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// Where one of the parts has `true` under a key.
    pub(super) fn flag(&self, key: &str) -> Option<Rc<str>> {
        let mut flags = self.having(key).filter(|(_, node)| node.as_bool() == Some(true));
        flags.next().map(|(part, _)| part.below(key))
    }

    /// Whether every value fits.
    pub(super) fn takes_all(&self) -> bool {
        let restricts = |key: &str| restricts(key) && !matches!(key, "allOf" | "oneOf" | "anyOf");
        self.groups.is_empty() && !self.keys.keys().any(|key| restricts(key))
    }
}

impl<'a> Joint<'a> {
    pub(super) fn of(
        schemas: impl IntoIterator<Item = impl Borrow<At<'a>>>,
        document: &'a Document,
    ) -> Self {
        let mut seen = HashSet::new();
        let schemas = schemas
            .into_iter()
            .map(|schema| schema.borrow().clone().resolve(document))
            .filter(|schema| seen.insert(Rc::clone(&schema.pointer)))
            .collect();
        Self { document, schemas, chosen: Vec::new(), is_choice: false, is_final: false }
    }

    /// What tells it from others of the same document.
    pub(super) fn key(&self) -> String {
        let mut key = String::from(if self.is_choice { "alternative " } else { "" });
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
        self.is_choice
    }

    /// The groups of which a member was chosen, with its index.
    pub(super) fn chosen(&self) -> &[(Rc<str>, usize)] {
        &self.chosen
    }

    /// The same in fewer words: a member that was chosen of a schema that says nothing else stands
    /// for it, wherever that schema stands.
    pub(super) fn reduced(mut self) -> Self {
        while let [schema] = &self.schemas[..] {
            let said = |key: &str| restricts(key) && key != "discriminator";
            let mut groups = schema.entries().filter(|(key, _)| said(key));
            let (Some((_, group)), None) = (groups.next(), groups.next()) else { break };
            let Some(at) = self.chosen.iter().position(|(of, _)| *of == group.pointer) else {
                break;
            };
            let (_, index) = self.chosen.remove(at);
            self.schemas =
                group.items().skip(index).take(1).map(|at| at.resolve(self.document)).collect();
        }
        self
    }

    pub(super) fn flatten(&self) -> Flat<'a> {
        let document = self.document;
        let mut flat = Flat {
            document,
            parts: Vec::new(),
            keys: BTreeMap::new(),
            groups: Vec::new(),
            nullable: None,
        };
        let mut excluded = false;
        let mut seen = HashSet::new();
        // With each schema, whether one that composes it says that `null` fits.
        let mut stack: Vec<_> = self.schemas.iter().rev().map(|at| (at.clone(), false)).collect();
        while let Some((part, covered)) = stack.pop() {
            let part = part.resolve(document);
            if !seen.insert(Rc::clone(&part.pointer)) {
                continue;
            }
            let says_null = part.flag("nullable");
            if says_null {
                flat.nullable.get_or_insert_with(|| part.below("nullable"));
            } else if !covered {
                excluded |= ["nullable", "type"].iter().any(|key| part.node.get(key).is_some());
            }
            let inner = self.composed(&part, &mut flat.groups).into_iter().rev();
            stack.extend(inner.map(|at| (at, covered || says_null)));
            flat.push(part);
        }
        flat.nullable = flat.nullable.filter(|_| !excluded);
        flat
    }

    /// The schemas that a value must fit besides the part itself; adds the groups that leave a
    /// choice.
    fn composed(&self, part: &At<'a>, groups: &mut Vec<Group<'a>>) -> Vec<At<'a>> {
        let mut inner: Vec<At<'a>> = part.items_of("allOf").collect();
        for keyword in ["oneOf", "anyOf"] {
            let Some(at) = part.get(keyword) else { continue };
            let mut members = at.items();
            let chosen = self.chosen.iter().find(|(group, _)| *group == at.pointer);
            let takes_all = |member: At<'a>| {
                let member = member.resolve(self.document).node;
                matches!(member.value, Value::Mapping(_))
                    && !member.entries().iter().any(|entry| restricts(&entry.key))
            };
            match (chosen, at.node.items().len()) {
                (Some((_, index)), _) => inner.extend(members.nth(*index)),
                (None, 0 | 1) => inner.extend(members.next()),
                _ if keyword == "anyOf" && members.any(takes_all) => {}
                _ => groups.push(Group { keyword, at }),
            }
        }
        // `not: {not: X}` is `X`.
        if let Some(not) = part.resolved("not", self.document)
            && let [only] = not.node.entries()
            && only.key == "not"
        {
            inner.extend(not.get("not"));
        }
        inner
    }

    /// One way for each choice of members: one group after another, as long as that does not make
    /// too many.
    pub(super) fn multiplied_out(&self, root: Flat<'a>) -> Vec<Way<'a>> {
        let mut ways = vec![Way { joint: self.clone(), flat: root, member: None }];
        let mut limit = MAX_ALTERNATIVES;
        while !self.is_final && ways.iter().any(|way| !way.flat.groups.is_empty()) {
            let members =
                |way: &Way<'a>| way.flat.groups.first().map(|it| it.at.node.items().len());
            if ways.iter().map(|way| members(way).unwrap_or(1)).sum::<usize>() > limit {
                break;
            }
            ways = ways.into_iter().flat_map(Way::with_choices).collect();
            limit = MAX_PRODUCT.max(ways.len());
        }
        for way in &mut ways {
            way.joint.is_final = true;
        }
        ways
    }
}

impl Way<'_> {
    /// The ways that it becomes when a member of its first group is chosen.
    fn with_choices(self) -> Vec<Self> {
        let Some(group) = self.flat.groups.first() else { return vec![self] };
        let choose = |(index, at)| {
            let mut joint = self.joint.clone();
            joint.is_choice = true;
            joint.chosen.push((Rc::clone(&group.at.pointer), index));
            let flat = joint.flatten();
            Way { joint, flat, member: Some(self.member.clone().unwrap_or(at)) }
        };
        group.at.items().enumerate().map(choose).collect()
    }
}

/// Whether a keyword of a schema can restrict the values that fit.
pub(super) fn restricts(key: &str) -> bool {
    !is_docs(key)
        && !matches!(
            key,
            "title" | "nullable" | "deprecated" | "default" | "readOnly" | "writeOnly" | "xml"
        )
}
