//! Compares two public APIs, item by item.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::super::change::Impact;
use super::key::Key;
use super::listed::{self, Listed};
use super::model::{Api, Item, Kind, Member, OperationMethod, Type, identifiers};

/// A difference of an item.
#[derive(Debug, Clone)]
pub(super) struct ItemChange {
    pub(super) key: Key,
    pub(super) impact: Impact,
    /// What happened, as a sentence for people.
    pub(super) what: String,
    /// The types that the item names, if it names the same ones in both APIs.
    pub(super) mentions: BTreeSet<String>,
    /// What a list of the public items says of it; nothing of what follows from others, such as the
    /// builder of a type.
    pub(super) listed: Option<Listed>,
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
    let constants: BTreeSet<&String> = old.constants.keys().chain(new.constants.keys()).collect();
    for name in constants {
        comparison.constant(name);
    }
    let known: BTreeSet<&String> = renames.values().collect();
    for (name, ty) in &old.types {
        let now = renames.get(name).unwrap_or(name);
        let key = Key::Type(name.clone());
        match new.types.get(now) {
            Some(other) => comparison.types(name, now, ty, other),
            None => comparison
                .gone(key, &format!("the type `{name}`"))
                .list(listed::of_type(name, ty).gone()),
        }
    }
    for (name, ty) in &new.types {
        if !old.types.contains_key(name) && !known.contains(name) {
            comparison
                .come(Key::Type(name.clone()), &format!("the type `{name}`"))
                .list(listed::of_type(name, ty));
        }
    }
    for (index, (a, b)) in operations.iter().enumerate() {
        let a = a.as_ref().and_then(|key| old.operations.get(key));
        let b = b.as_ref().and_then(|key| new.operations.get(key));
        let key = Key::Operation(index);
        match (a, b) {
            (Some(a), Some(b)) => comparison.operations(index, a, b),
            (Some(a), None) => comparison
                .gone(key, &format!("the method `Client::{}`", a.method))
                .list(listed::of_operation(a).gone()),
            (None, Some(b)) => comparison
                .come(key, &format!("the method `Client::{}`", b.method))
                .list(listed::of_operation(b)),
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

impl ItemChange {
    fn list(&mut self, listed: impl Into<Option<Listed>>) {
        self.listed = listed.into();
    }
}

impl ApiComparison<'_> {
    fn add(&mut self, key: Key, impact: Impact, what: String) -> &mut ItemChange {
        let mentions = BTreeSet::new();
        self.changes.push(ItemChange { key, impact, what, mentions, listed: None });
        let last = self.changes.len() - 1;
        &mut self.changes[last]
    }

    fn gone(&mut self, key: Key, what: &str) -> &mut ItemChange {
        self.add(key, Impact::Breaking, format!("{what} is gone"))
    }

    fn come(&mut self, key: Key, what: &str) -> &mut ItemChange {
        self.add(key, Impact::Compatible, format!("{what} is new"))
    }

    /// The value of a constant is no matter of types; what it means is found in the document.
    fn constant(&mut self, name: &str) {
        let [was, is] = [self.old, self.new].map(|api| api.constants.get(name));
        if was != is {
            let what = format!("the constant `{name}` has another value");
            self.add(Key::Constant(name.to_owned()), Impact::None, what)
                .list(listed::of_constant(name, was, is));
        }
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
    fn code(&mut self, key: Key, name: &str, [old, new]: [&str; 2], listed: Option<Listed>) {
        let translated = self.translated(old);
        if translated == new {
            return;
        }
        let before: BTreeSet<String> = self.old.named(old).map(str::to_owned).collect();
        let after: BTreeSet<String> = self.new.named(new).map(str::to_owned).collect();
        let translated: BTreeSet<String> =
            before.iter().map(|name| self.renames.get(name).unwrap_or(name).clone()).collect();
        let what = if new.len() + old.len() < 80 {
            format!("{name} is `{new}`, and was `{old}`")
        } else {
            format!("{name} has another signature")
        };
        let change = self.add(key, Impact::Breaking, what);
        change.mentions = if translated == after { before } else { BTreeSet::new() };
        change.listed = listed;
    }

    fn types(&mut self, name: &str, now: &str, old: &Type, new: &Type) {
        let whole = || Key::Type(name.to_owned());
        if name != now {
            self.add(whole(), Impact::Breaking, format!("the type `{name}` is called `{now}`"))
                .list(Listed::renamed("types::", name, now));
        }
        if old.kind != new.kind {
            let what = format!("`{now}` is {}, and was {}", kind(new.kind), kind(old.kind));
            self.add(whole(), Impact::Breaking, what)
                .list(listed::of_type(now, new).changed(&listed::of_type(name, old)));
        } else if old.non_exhaustive != new.non_exhaustive {
            let (impact, what) = match new.non_exhaustive {
                true => (Impact::Breaking, "became"),
                false => (Impact::Compatible, "is no longer"),
            };
            self.add(whole(), impact, format!("`{now}` {what} `#[non_exhaustive]`"))
                .list(listed::exhaustive(now, new));
        }
        let comparable = |member: &Member| {
            old.kind == new.kind
                || !matches!(member, Member::Field(_) | Member::Variant(_) | Member::Inner)
        };
        let mut known = BTreeSet::new();
        for (member, was) in old.members.iter().filter(|(member, _)| comparable(member)) {
            let translated = self.member_now(member, was, [old, new]);
            let key = key(name, member, [old, new]);
            match new.members.get(&translated) {
                Some(is) => self.member(key, now, &translated, [was, is]),
                None => {
                    let what = match member {
                        Member::Trait(name) => format!("`{now}` no longer implements `{name}`"),
                        _ => format!("{} is gone", label(now, member, was)),
                    };
                    self.add(key, Impact::Breaking, what)
                        .list(listed::of_member(now, member, was).map(Listed::gone));
                }
            }
            known.insert(translated);
        }
        for (member, is) in new.members.iter().filter(|(member, _)| comparable(member)) {
            if !known.contains(member) {
                let (impact, what) = added(now, member, is, old.non_exhaustive);
                self.add(key(name, member, [old, new]), impact, what)
                    .list(listed::of_member(now, member, is));
            }
        }
    }

    /// What NEW has for a member: of another name on the wire, but the same in Rust.
    fn member_now(&self, member: &Member, was: &Item, [old, new]: [&Type; 2]) -> Member {
        let is_same = |other: &Member, is: &Item| {
            use Member::{Field, Variant};
            matches!((member, other), (Field(_), Field(_)) | (Variant(_), Variant(_)))
                && is.ident == was.ident
                && !old.members.contains_key(other)
        };
        match member {
            Member::Trait(name) => Member::Trait(self.translated(name)),
            _ if new.members.contains_key(member) => member.clone(),
            _ => {
                let mut others = new.members.iter().filter(|(other, is)| is_same(other, is));
                others.next().map_or(member, |(other, _)| other).clone()
            }
        }
    }

    fn member(&mut self, key: Key, ty: &str, member: &Member, [was, is]: [&Item; 2]) {
        let line = listed::of_member(ty, member, is)
            .zip(listed::of_member(ty, member, was))
            .map(|(now, before)| now.changed(&before));
        if was.ident != is.ident {
            let what = format!("{} is called `{}`", label(ty, member, was), is.ident);
            self.add(key.clone(), Impact::Breaking, what).list(line.clone());
        }
        let line = line.filter(|_| was.ident == is.ident);
        self.code(key, &label(ty, member, is), [&was.code, &is.code], line);
    }

    fn operations(&mut self, index: usize, old: &OperationMethod, new: &OperationMethod) {
        let key = || Key::Operation(index);
        if old.method != new.method {
            let what = format!("the method `Client::{}` is called `{}`", old.method, new.method);
            self.add(key(), Impact::Breaking, what).list(Listed::renamed(
                "Client::",
                &old.method,
                &new.method,
            ));
        } else if old.builder != new.builder {
            let what = format!("the builder `{}` is called `{}`", old.builder, new.builder);
            self.add(key(), Impact::Breaking, what);
        }
        let what = format!("what `{}` gives", new.method);
        let line = listed::of_output(new).changed(&listed::of_output(old));
        self.code(Key::Output(index), &what, [&old.output, &new.output], Some(line));
        for (method, signature) in &old.setters {
            let key = Key::Setter(index, method.clone());
            let label = format!("`builder::{}::{method}`", new.builder);
            let was = listed::of_setter(new, signature);
            match new.setters.get(method) {
                Some(other) => {
                    let line = listed::of_setter(new, other).zip(was);
                    let line = line.map(|(now, before)| now.changed(&before));
                    self.code(key, &label, [&signature.code, &other.code], line);
                }
                None => self.gone(key, &label).list(was.map(Listed::gone)),
            }
        }
        for (method, signature) in &new.setters {
            if !old.setters.contains_key(method) {
                let key = Key::Setter(index, method.clone());
                self.come(key, &format!("`builder::{}::{method}`", new.builder))
                    .list(listed::of_setter(new, signature));
            }
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

/// The names of OLD for the names of NEW.
pub(super) fn reverse(renames: &Renames) -> BTreeMap<&str, &str> {
    renames.iter().map(|(old, new)| (new.as_str(), old.as_str())).collect()
}
