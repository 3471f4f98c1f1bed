//! Compares two public APIs, item by item.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::super::change::Impact;
use super::model::{Api, Item, Kind, Member, OperationMethod, Type, identifiers};

/// What an item is, by the name that OLD gives it, or NEW where only NEW has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key {
    /// A type as a whole.
    Type(String),
    /// A field, by type and name on the wire, with the builder's method for it.
    Field(String, String),
    /// A variant, by type and name on the wire.
    Variant(String, String),
    /// An operation as a whole, by its index.
    Operation(usize),
    /// A method of an operation's builder.
    Setter(usize, String),
    /// What an operation gives.
    Output(usize),
}

/// A difference of an item.
#[derive(Debug, Clone)]
pub(super) struct ItemChange {
    pub(super) key: Key,
    pub(super) impact: Impact,
    /// What happened, as a sentence for people.
    pub(super) what: String,
    /// The types that the item names, if it names the same ones in both APIs.
    pub(super) mentions: BTreeSet<String>,
}

/// The names of the operations in both APIs, by index.
pub(super) type OperationKeys = Vec<(Option<String>, Option<String>)>;

/// The types that NEW has under another name, by their names in OLD.
pub(super) type Renames = HashMap<String, String>;

/// Finds the types that stand in the same places under different names.
pub(super) fn renames(
    old: &Api,
    new: &Api,
    operations: &OperationKeys,
    known: &[(String, String)],
) -> Renames {
    let mut renames = Renames::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut queue: VecDeque<(String, String)> = old
        .types
        .keys()
        .filter(|name| new.types.contains_key(*name))
        .map(|name| (name.clone(), name.clone()))
        .collect();
    let mut meet = |a: &str, b: &str, queue: &mut VecDeque<(String, String)>| {
        let mut from = old.named(a);
        let mut to = new.named(b);
        while let (Some(a), Some(b)) = (from.next(), to.next()) {
            let is_new = a != b && !new.types.contains_key(a) && !old.types.contains_key(b);
            if is_new && !renames.contains_key(a) && taken.insert(b.to_owned()) {
                renames.insert(a.to_owned(), b.to_owned());
                queue.push_back((a.to_owned(), b.to_owned()));
            }
        }
    };
    for (a, b) in known {
        meet(a, b, &mut queue);
    }
    for (a, b) in operations {
        let (Some(a), Some(b)) = (a, b) else { continue };
        let (Some(a), Some(b)) = (old.operations.get(a), new.operations.get(b)) else { continue };
        meet(&a.output, &b.output, &mut queue);
        for (name, signature) in &a.setters {
            if let Some(other) = b.setters.get(name) {
                meet(&signature.code, &other.code, &mut queue);
            }
        }
    }
    while let Some((a, b)) = queue.pop_front() {
        let (Some(a), Some(b)) = (old.types.get(&a), new.types.get(&b)) else { continue };
        for (member, item) in a.definition() {
            if let Some(other) = b.members.get(member) {
                meet(&item.code, &other.code, &mut queue);
            }
        }
    }
    renames
}

/// Compares the two APIs.
pub(super) fn compare(
    old: &Api,
    new: &Api,
    operations: &OperationKeys,
    renames: &Renames,
) -> Vec<ItemChange> {
    let mut comparison = ApiComparison { old, new, renames, changes: Vec::new() };
    let known: BTreeSet<&String> = renames.values().collect();
    for (name, ty) in &old.types {
        let now = renames.get(name).unwrap_or(name);
        match new.types.get(now) {
            Some(other) => comparison.types(name, now, ty, other),
            None => comparison.add(
                Key::Type(name.clone()),
                Impact::Breaking,
                format!("the type `{name}` is gone"),
            ),
        }
    }
    for name in new.types.keys() {
        if !old.types.contains_key(name) && !known.contains(name) {
            comparison.add(
                Key::Type(name.clone()),
                Impact::Compatible,
                format!("the type `{name}` is new"),
            );
        }
    }
    for (index, (a, b)) in operations.iter().enumerate() {
        let a = a.as_ref().and_then(|key| old.operations.get(key));
        let b = b.as_ref().and_then(|key| new.operations.get(key));
        match (a, b) {
            (Some(a), Some(b)) => comparison.operations(index, a, b),
            (Some(a), None) => comparison.add(
                Key::Operation(index),
                Impact::Breaking,
                format!("the method `Client::{}` is gone", a.method),
            ),
            (None, Some(b)) => comparison.add(
                Key::Operation(index),
                Impact::Compatible,
                format!("the method `Client::{}` is new", b.method),
            ),
            (None, None) => {}
        }
    }
    comparison.changes
}

struct ApiComparison<'x> {
    old: &'x Api,
    new: &'x Api,
    renames: &'x Renames,
    changes: Vec<ItemChange>,
}

impl ApiComparison<'_> {
    fn add(&mut self, key: Key, impact: Impact, what: String) {
        self.changes.push(ItemChange { key, impact, what, mentions: BTreeSet::new() });
    }

    /// Code of OLD with the names that NEW uses.
    fn translated(&self, code: &str) -> String {
        if self.renames.is_empty() || !identifiers(code).any(|word| self.renames.contains_key(word))
        {
            return code.to_owned();
        }
        let mut text = String::with_capacity(code.len());
        let mut word = String::new();
        for c in code.chars().chain(['\0']) {
            if c.is_alphanumeric() || c == '_' {
                word.push(c);
                continue;
            }
            text.push_str(self.renames.get(&word).unwrap_or(&word));
            word.clear();
            if c != '\0' {
                text.push(c);
            }
        }
        text
    }

    /// Adds a breaking change if two pieces of code differ.
    fn code(&mut self, key: Key, name: &str, old: &str, new: &str) {
        let translated = self.translated(old);
        if translated == new {
            return;
        }
        let before: BTreeSet<String> = self.old.named(old).map(str::to_owned).collect();
        let after: BTreeSet<String> = self.new.named(new).map(str::to_owned).collect();
        let translated: BTreeSet<String> =
            before.iter().map(|name| self.renames.get(name).unwrap_or(name).clone()).collect();
        let mentions = if translated == after { before } else { BTreeSet::new() };
        let what = if new.len() + old.len() < 80 {
            format!("{name} is `{new}`, and was `{old}`")
        } else {
            format!("{name} has another signature")
        };
        self.changes.push(ItemChange { key, impact: Impact::Breaking, what, mentions });
    }

    fn types(&mut self, name: &str, now: &str, old: &Type, new: &Type) {
        let whole = || Key::Type(name.to_owned());
        if name != now {
            self.add(whole(), Impact::Breaking, format!("the type `{name}` is called `{now}`"));
        }
        match (old.non_exhaustive, new.non_exhaustive) {
            (false, true) => {
                self.add(whole(), Impact::Breaking, format!("`{now}` became `#[non_exhaustive]`"));
            }
            (true, false) => self.add(
                whole(),
                Impact::Compatible,
                format!("`{now}` is no longer `#[non_exhaustive]`"),
            ),
            _ => {}
        }
        if old.kind != new.kind {
            let what = format!("`{now}` is {}, and was {}", kind(new.kind), kind(old.kind));
            self.add(whole(), Impact::Breaking, what);
        }
        let comparable = |member: &Member| {
            old.kind == new.kind
                || !matches!(member, Member::Field(_) | Member::Variant(_) | Member::Inner)
        };
        let mut known = BTreeSet::new();
        for (member, was) in old.members.iter().filter(|(member, _)| comparable(member)) {
            let translated = match member {
                Member::Trait(name) => Member::Trait(self.translated(name)),
                other => other.clone(),
            };
            let key = key(name, member, [old, new]);
            match new.members.get(&translated) {
                Some(is) => self.member(key, now, &translated, was, is),
                None => {
                    let what = match member {
                        Member::Trait(name) => format!("`{now}` no longer implements `{name}`"),
                        _ => format!("{} is gone", label(now, member, was)),
                    };
                    self.add(key, Impact::Breaking, what);
                }
            }
            known.insert(translated);
        }
        for (member, is) in new.members.iter().filter(|(member, _)| comparable(member)) {
            if !known.contains(member) {
                let (impact, what) = added(now, member, is, old.non_exhaustive);
                self.add(key(name, member, [old, new]), impact, what);
            }
        }
    }

    fn member(&mut self, key: Key, ty: &str, member: &Member, was: &Item, is: &Item) {
        if was.ident != is.ident {
            let what = format!("{} is called `{}`", label(ty, member, was), is.ident);
            self.add(key.clone(), Impact::Breaking, what);
        }
        self.code(key, &label(ty, member, is), &was.code, &is.code);
    }

    fn operations(&mut self, index: usize, old: &OperationMethod, new: &OperationMethod) {
        if old.method != new.method {
            let what = format!("the method `Client::{}` is called `{}`", old.method, new.method);
            self.add(Key::Operation(index), Impact::Breaking, what);
        } else if old.builder != new.builder {
            let what = format!("the builder `{}` is called `{}`", old.builder, new.builder);
            self.add(Key::Operation(index), Impact::Breaking, what);
        }
        self.code(
            Key::Output(index),
            &format!("what `{}` gives", new.method),
            &old.output,
            &new.output,
        );
        for (method, signature) in &old.setters {
            let key = Key::Setter(index, method.clone());
            let label = format!("`builder::{}::{method}`", new.builder);
            match new.setters.get(method) {
                Some(other) => self.code(key, &label, &signature.code, &other.code),
                None => self.add(key, Impact::Breaking, format!("{label} is gone")),
            }
        }
        for method in new.setters.keys().filter(|method| !old.setters.contains_key(*method)) {
            let what = format!("`builder::{}::{method}` is new", new.builder);
            self.add(Key::Setter(index, method.clone()), Impact::Compatible, what);
        }
    }
}

/// The key of a member; a method of a builder belongs to the field that it sets.
fn key(ty: &str, member: &Member, sides: [&Type; 2]) -> Key {
    let name = ty.to_owned();
    match member {
        Member::Field(field) => Key::Field(name, field.clone()),
        Member::Variant(variant) => Key::Variant(name, variant.clone()),
        Member::Setter(method) => {
            let field =
                sides.iter().flat_map(|ty| &ty.members).find_map(|(member, item)| match member {
                    Member::Field(field) if item.ident == *method => Some(field.clone()),
                    _ => None,
                });
            field.map_or_else(|| Key::Type(name.clone()), |field| Key::Field(name.clone(), field))
        }
        _ => Key::Type(name),
    }
}

/// What people call a member.
fn label(ty: &str, member: &Member, Item { ident, .. }: &Item) -> String {
    match member {
        Member::Field(_) => format!("the field `{ty}::{ident}`"),
        Member::Variant(_) => format!("the variant `{ty}::{ident}`"),
        Member::Inner => format!("`{ty}`"),
        Member::Trait(name) => format!("`{name}` of `{ty}`"),
        Member::Function(_) => format!("`{ty}::{ident}`"),
        Member::Builder => format!("the builder of `{ty}`"),
        Member::Setter(_) => format!("the method `{ident}` of the builder of `{ty}`"),
    }
}

fn added(ty: &str, member: &Member, item: &Item, grows: bool) -> (Impact, String) {
    let Item { ident, .. } = item;
    match member {
        Member::Field(_) if !grows => (
            Impact::Breaking,
            format!(
                "struct literals of `{ty}` lack the field `{ident}`; its builder does not need it \
                 to compile"
            ),
        ),
        Member::Variant(_) if !grows => {
            (Impact::Breaking, format!("a `match` on `{ty}` does not cover the variant `{ident}`"))
        }
        Member::Trait(name) => (Impact::Compatible, format!("`{ty}` implements `{name}`")),
        _ => (Impact::Compatible, format!("{} is new", label(ty, member, item))),
    }
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Struct => "a struct",
        Kind::Wrapper => "a wrapper",
        Kind::Alias => "another name",
        Kind::Enum => "an enum",
        Kind::Unit => "a unit struct",
    }
}

/// The changes by their keys and by what they belong to.
#[derive(Debug, Default)]
pub(super) struct Index {
    pub(super) by_key: HashMap<Key, Vec<usize>>,
    pub(super) by_type: HashMap<String, Vec<usize>>,
    pub(super) by_operation: HashMap<usize, Vec<usize>>,
    pub(super) by_mention: HashMap<String, Vec<usize>>,
}

impl Index {
    pub(super) fn of(changes: &[ItemChange]) -> Self {
        let mut index = Self::default();
        for (at, change) in changes.iter().enumerate() {
            index.by_key.entry(change.key.clone()).or_default().push(at);
            match &change.key {
                Key::Type(name) | Key::Field(name, _) | Key::Variant(name, _) => {
                    index.by_type.entry(name.clone()).or_default().push(at);
                }
                Key::Operation(operation) | Key::Setter(operation, _) | Key::Output(operation) => {
                    index.by_operation.entry(*operation).or_default().push(at);
                }
            }
            for name in &change.mentions {
                index.by_mention.entry(name.clone()).or_default().push(at);
            }
        }
        index
    }
}

/// The names of OLD for the names of NEW.
pub(super) fn reverse(renames: &Renames) -> BTreeMap<&str, &str> {
    renames.iter().map(|(old, new)| (new.as_str(), old.as_str())).collect()
}
