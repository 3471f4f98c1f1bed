//! Compares two public APIs, item by item.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::super::change::Impact;
use super::model::{Api, Kind, Operation, Type, identifiers};

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
                meet(signature, other, &mut queue);
            }
        }
    }
    while let Some((a, b)) = queue.pop_front() {
        let (Some(a), Some(b)) = (old.types.get(&a), new.types.get(&b)) else { continue };
        match (&a.kind, &b.kind) {
            (Kind::Struct(a), Kind::Struct(b)) => {
                for (name, field) in a {
                    if let Some(other) = b.get(name) {
                        meet(&field.ty, &other.ty, &mut queue);
                    }
                }
            }
            (Kind::Wrapper(a), Kind::Wrapper(b)) => meet(a, b, &mut queue),
            (Kind::Enum(a), Kind::Enum(b)) => {
                for (name, variant) in a {
                    if let Some(other) = b.get(name) {
                        meet(&variant.fields, &other.fields, &mut queue);
                    }
                }
            }
            _ => {}
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
    let mut comparison = Comparison { old, new, renames, changes: Vec::new() };
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

struct Comparison<'x> {
    old: &'x Api,
    new: &'x Api,
    renames: &'x Renames,
    changes: Vec<ItemChange>,
}

impl Comparison<'_> {
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
                self.add(whole(), Impact::Breaking, format!("`{now}` became `#[non_exhaustive]`"))
            }
            (true, false) => self.add(
                whole(),
                Impact::Compatible,
                format!("`{now}` is no longer `#[non_exhaustive]`"),
            ),
            _ => {}
        }
        self.kinds(name, now, old, new);
        let had: BTreeSet<String> = old.traits.iter().map(|name| self.translated(name)).collect();
        for lost in had.difference(&new.traits) {
            self.add(whole(), Impact::Breaking, format!("`{now}` no longer implements `{lost}`"));
        }
        for gained in new.traits.difference(&had) {
            self.add(whole(), Impact::Compatible, format!("`{now}` implements `{gained}`"));
        }
        for (function, signature) in &old.functions {
            match new.functions.get(function) {
                Some(other) => {
                    self.code(whole(), &format!("`{now}::{function}`"), signature, other);
                }
                None => {
                    let what = format!("`{now}::{function}` is gone");
                    self.add(whole(), Impact::Breaking, what);
                }
            }
        }
        for function in new.functions.keys().filter(|name| !old.functions.contains_key(*name)) {
            self.add(whole(), Impact::Compatible, format!("`{now}::{function}` is new"));
        }
        self.builders(name, now, old, new);
    }

    fn kinds(&mut self, name: &str, now: &str, old: &Type, new: &Type) {
        match (&old.kind, &new.kind) {
            (Kind::Struct(before), Kind::Struct(after)) => {
                for (field, was) in before {
                    let key = Key::Field(name.to_owned(), field.clone());
                    match after.get(field) {
                        None => self.add(
                            key,
                            Impact::Breaking,
                            format!("the field `{now}::{}` is gone", was.ident),
                        ),
                        Some(is) => {
                            if was.ident != is.ident {
                                let what = format!(
                                    "the field `{now}::{}` is called `{}`",
                                    was.ident, is.ident
                                );
                                self.add(key.clone(), Impact::Breaking, what);
                            }
                            self.code(
                                key,
                                &format!("the field `{now}::{}`", is.ident),
                                &was.ty,
                                &is.ty,
                            );
                        }
                    }
                }
                for (field, is) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
                    let key = Key::Field(name.to_owned(), field.clone());
                    if old.non_exhaustive {
                        let what = format!("the field `{now}::{}` is new", is.ident);
                        self.add(key, Impact::Compatible, what);
                    } else {
                        let what = format!(
                            "struct literals of `{now}` lack the field `{}`; its builder does not \
                             need it to compile",
                            is.ident
                        );
                        self.add(key, Impact::Breaking, what);
                    }
                }
            }
            (Kind::Enum(before), Kind::Enum(after)) => {
                for (variant, was) in before {
                    let key = Key::Variant(name.to_owned(), variant.clone());
                    match after.get(variant) {
                        None => self.add(
                            key,
                            Impact::Breaking,
                            format!("the variant `{now}::{}` is gone", was.ident),
                        ),
                        Some(is) => {
                            if was.ident != is.ident {
                                let what = format!(
                                    "the variant `{now}::{}` is called `{}`",
                                    was.ident, is.ident
                                );
                                self.add(key.clone(), Impact::Breaking, what);
                            }
                            let name = format!("the variant `{now}::{}`", is.ident);
                            self.code(key, &name, &was.fields, &is.fields);
                        }
                    }
                }
                for (variant, is) in after.iter().filter(|(name, _)| !before.contains_key(*name)) {
                    let key = Key::Variant(name.to_owned(), variant.clone());
                    if old.non_exhaustive {
                        let what = format!("the variant `{now}::{}` is new", is.ident);
                        self.add(key, Impact::Compatible, what);
                    } else {
                        let what = format!(
                            "a `match` on `{now}` does not cover the variant `{}`",
                            is.ident
                        );
                        self.add(key, Impact::Breaking, what);
                    }
                }
            }
            (Kind::Wrapper(before), Kind::Wrapper(after)) => {
                self.code(Key::Type(name.to_owned()), &format!("`{now}`"), before, after);
            }
            (Kind::Other, Kind::Other) => {}
            (before, after) => {
                let what = format!("`{now}` is {}, and was {}", kind(after), kind(before));
                self.add(Key::Type(name.to_owned()), Impact::Breaking, what);
            }
        }
    }

    fn builders(&mut self, name: &str, now: &str, old: &Type, new: &Type) {
        let (Some(before), Some(after)) = (&old.builder, &new.builder) else {
            let what = format!("the builder of `{now}`");
            let key = Key::Type(name.to_owned());
            match (&old.builder, &new.builder) {
                (Some(_), None) => self.add(key, Impact::Breaking, format!("{what} is gone")),
                (None, Some(_)) => self.add(key, Impact::Compatible, format!("{what} is new")),
                _ => {}
            }
            return;
        };
        let wire = |method: &str| -> Key {
            let of = |ty: &Type| match &ty.kind {
                Kind::Struct(fields) => fields
                    .iter()
                    .find(|(_, field)| field.ident == method)
                    .map(|(field, _)| field.clone()),
                _ => None,
            };
            of(old).or_else(|| of(new)).map_or_else(
                || Key::Type(name.to_owned()),
                |field| Key::Field(name.to_owned(), field),
            )
        };
        for (method, signature) in before {
            let label = format!("the method `{method}` of the builder of `{now}`");
            match after.get(method) {
                Some(other) => self.code(wire(method), &label, signature, other),
                None => self.add(wire(method), Impact::Breaking, format!("{label} is gone")),
            }
        }
        for method in after.keys().filter(|method| !before.contains_key(*method)) {
            let what = format!("the method `{method}` of the builder of `{now}` is new");
            self.add(wire(method), Impact::Compatible, what);
        }
    }

    fn operations(&mut self, index: usize, old: &Operation, new: &Operation) {
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
                Some(other) => self.code(key, &label, signature, other),
                None => self.add(key, Impact::Breaking, format!("{label} is gone")),
            }
        }
        for method in new.setters.keys().filter(|method| !old.setters.contains_key(*method)) {
            let what = format!("`builder::{}::{method}` is new", new.builder);
            self.add(Key::Setter(index, method.clone()), Impact::Compatible, what);
        }
    }
}

fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Struct(_) => "a struct",
        Kind::Wrapper(_) => "a wrapper",
        Kind::Enum(_) => "an enum",
        Kind::Other => "a unit struct",
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
