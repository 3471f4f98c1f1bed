//! Finds the items that a place in a document became.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use cx_client_build::{Document, Node, escape_token, unescape_token};

use super::compare::Key;
use super::model::{Api, Kind, Member, Operation};

/// An item, or all of what belongs to one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Anchor {
    /// This item only.
    Item(Key),
    /// A type with all its fields and variants.
    Type(String),
    /// An operation with all its methods.
    Operation(usize),
}

/// The items of one document.
pub(super) struct Items<'x> {
    document: &'x Document,
    api: &'x Api,
    /// The types of the components, by the letters and digits of their names.
    by_letters: HashMap<String, &'x str>,
    components: BTreeSet<&'x str>,
    /// The indices of the operations, by their JSON pointers.
    operations: HashMap<String, (usize, &'x Operation)>,
    by_index: HashMap<usize, &'x Operation>,
}

/// The letters and digits of a name: what the naming rules of Rust leave as it is.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl<'x> Items<'x> {
    pub(super) fn new<'k>(
        document: &'x Document,
        api: &'x Api,
        keys: impl Iterator<Item = Option<&'k String>>,
    ) -> Self {
        let types: HashMap<String, &str> =
            api.types.keys().map(|name| (letters(name), name.as_str())).collect();
        let by_letters: HashMap<String, &str> = document
            .at("/components/schemas")
            .map(Node::entries)
            .unwrap_or_default()
            .iter()
            .filter_map(|entry| {
                let letters = letters(&entry.key);
                let name = *types.get(&letters)?;
                Some((letters, name))
            })
            .collect();
        let components = by_letters.values().copied().collect();
        let operations: HashMap<String, (usize, &Operation)> = keys
            .enumerate()
            .filter_map(|(index, key)| {
                let key = key?;
                let operation = api.operations.get(key)?;
                let (method, path) = key.split_once(' ')?;
                let pointer = format!("/paths/{}/{}", escape_token(path), method.to_lowercase());
                Some((pointer, (index, operation)))
            })
            .collect();
        let by_index = operations.values().copied().collect();
        Self { document, api, by_letters, components, operations, by_index }
    }

    /// The type of a component.
    pub(super) fn component(&self, name: &str) -> Option<&'x str> {
        self.by_letters.get(&letters(name)).copied()
    }

    /// The items that the value at `pointer` became; `reached` are the operations that use it.
    pub(super) fn anchors(
        &self,
        pointer: &str,
        reached: &[usize],
        whole_type: bool,
    ) -> Vec<Anchor> {
        let mut anchors = self.around(pointer, reached, whole_type);
        // One value of an enum is one variant, and no other.
        if let Some((schema, _)) = pointer.rsplit_once('/')
            && schema.ends_with("/enum")
            && let Some(value) = self.document.at(pointer).and_then(Node::as_str)
        {
            for anchor in &mut anchors {
                if let Anchor::Type(name) = anchor
                    && let Some(ty) = self.api.types.get(name)
                    && ty.members.contains_key(&Member::Variant(value.to_owned()))
                {
                    *anchor = Anchor::Item(Key::Variant(name.clone(), value.to_owned()));
                }
            }
        }
        anchors
    }

    /// The items that the schema became in which `pointer` lies.
    fn around(&self, pointer: &str, reached: &[usize], whole_type: bool) -> Vec<Anchor> {
        let tokens: Vec<&str> = pointer.split('/').skip(1).collect();
        match tokens[..] {
            ["components", "schemas", name, ref rest @ ..] => {
                let Some(ty) = self.component(&unescape_token(name)) else { return Vec::new() };
                self.walk(vec![ty], rest, whole_type)
            }
            ["components", "parameters", ref name, ref rest @ ..] => {
                let at = format!("/components/parameters/{name}");
                self.each(reached, |index, operation| {
                    self.parameter(index, operation, &at, rest, whole_type)
                })
            }
            ["components", "requestBodies", _, ref rest @ ..] => {
                self.each(reached, |index, op| self.body(index, op, rest, whole_type))
            }
            ["components", "responses" | "headers", _, ref rest @ ..] => {
                self.each(reached, |index, op| self.output(index, op, rest, whole_type))
            }
            ["paths", path, "parameters", at, ref rest @ ..] => {
                let at = format!("/paths/{path}/parameters/{at}");
                self.each(reached, |index, operation| {
                    self.parameter(index, operation, &at, rest, whole_type)
                })
            }
            ["paths", path, method, ref rest @ ..] => {
                let pointer = format!("/paths/{path}/{method}");
                let Some((index, operation)) = self.operations.get(&pointer) else {
                    return Vec::new();
                };
                match rest {
                    ["parameters", at, rest @ ..] => {
                        let at = format!("{pointer}/parameters/{at}");
                        self.parameter(*index, operation, &at, rest, whole_type)
                    }
                    ["requestBody", rest @ ..] => self.body(*index, operation, rest, whole_type),
                    ["responses", status, rest @ ..] => {
                        if self.counts(&pointer, status) {
                            self.output(*index, operation, rest, whole_type)
                        } else {
                            Vec::new()
                        }
                    }
                    _ => self.operation(*index, operation),
                }
            }
            _ => Vec::new(),
        }
    }

    /// Whether the generator reads the response of a status: where one says success, only those
    /// that do.
    fn counts(&self, operation: &str, status: &str) -> bool {
        status.starts_with('2')
            || !self
                .document
                .at(&format!("{operation}/responses"))
                .map(Node::entries)
                .unwrap_or_default()
                .iter()
                .any(|entry| entry.key.starts_with('2'))
    }

    fn each(
        &self,
        reached: &[usize],
        anchors: impl Fn(usize, &Operation) -> Vec<Anchor>,
    ) -> Vec<Anchor> {
        reached
            .iter()
            .filter_map(|index| Some((*index, *self.by_index.get(index)?)))
            .flat_map(|(index, operation)| anchors(index, operation))
            .collect()
    }

    fn operation(&self, index: usize, operation: &Operation) -> Vec<Anchor> {
        let mut anchors = vec![Anchor::Operation(index)];
        let code = operation.setters.values().chain([&operation.output]);
        let named = code.flat_map(|code| self.api.named(code)).collect();
        anchors.extend(self.inline(named).into_iter().map(|name| Anchor::Type(name.to_owned())));
        anchors
    }

    fn parameter(
        &self,
        index: usize,
        operation: &Operation,
        pointer: &str,
        rest: &[&str],
        whole_type: bool,
    ) -> Vec<Anchor> {
        let mut node = self.document.at(pointer);
        while let Some(target) = node.and_then(|node| node.get("$ref")).and_then(Node::as_str) {
            node = target.strip_prefix('#').and_then(|target| self.document.at(target));
        }
        let name = node.and_then(|node| node.get("name")).and_then(Node::as_str);
        let wanted = letters(name.unwrap_or_default());
        let Some((method, signature)) =
            operation.setters.iter().find(|(method, _)| letters(method) == wanted)
        else {
            return Vec::new();
        };
        let item = Anchor::Item(Key::Setter(index, method.clone()));
        self.inside(vec![item], signature, rest, whole_type)
    }

    fn body(&self, index: usize, operation: &Operation, rest: &[&str], whole: bool) -> Vec<Anchor> {
        let items = ["body", "body_map"]
            .map(|method| Anchor::Item(Key::Setter(index, method.to_owned())))
            .to_vec();
        let signature = operation.setters.get("body").map_or("", String::as_str);
        self.inside(items, signature, rest, whole)
    }

    fn output(
        &self,
        index: usize,
        operation: &Operation,
        rest: &[&str],
        whole: bool,
    ) -> Vec<Anchor> {
        self.inside(vec![Anchor::Item(Key::Output(index))], &operation.output, rest, whole)
    }

    /// The items themselves, or what is inside of the types that their code names.
    fn inside(&self, items: Vec<Anchor>, code: &str, rest: &[&str], whole: bool) -> Vec<Anchor> {
        let named: Vec<&str> = self.api.named(code).collect();
        let schema = rest.iter().position(|token| *token == "schema");
        if let Some(at) = schema
            && rest[at..].contains(&"properties")
        {
            let inline = self.inline_only(named);
            return self.walk(inline, &rest[at + 1..], whole);
        }
        let types = self.inline(named).into_iter().map(|name| Anchor::Type(name.to_owned()));
        items.into_iter().chain(types).collect()
    }

    fn inline_only<'n>(&self, names: Vec<&'n str>) -> Vec<&'n str> {
        names.into_iter().filter(|name| !self.components.contains(name)).collect()
    }

    /// The types that were made of schemas inside the named ones, which stand for themselves if
    /// they are no components.
    fn inline<'n>(&self, names: Vec<&'n str>) -> Vec<&'n str>
    where
        'x: 'n,
    {
        let mut found = BTreeSet::new();
        let mut stack = self.inline_only(names);
        while let Some(name) = stack.pop() {
            if found.insert(name)
                && let Some(ty) = self.api.types.get(name)
            {
                stack.extend(self.inline_only(self.api.parts(ty)));
            }
        }
        found.into_iter().collect()
    }

    /// Follows a pointer inside a schema through the types.
    fn walk<'n>(&self, start: Vec<&'n str>, tokens: &[&str], whole_type: bool) -> Vec<Anchor>
    where
        'x: 'n,
    {
        let mut current = start;
        let mut field: Option<(&str, String)> = None;
        let mut tokens = tokens.iter();
        while let Some(token) = tokens.next() {
            if *token != "properties" {
                // Items, alternatives and the like: types inside of this one.
                let inner: Vec<&str> = current
                    .iter()
                    .filter_map(|name| self.api.types.get(*name))
                    .filter(|ty| ty.kind != Kind::Struct)
                    .flat_map(|ty| self.inline_only(self.api.parts(ty)))
                    .collect();
                current.extend(inner);
                continue;
            }
            let Some(name) = tokens.next() else { break };
            let name = unescape_token(name);
            let member = Member::Field(name.clone());
            let found = current
                .iter()
                .find_map(|ty| Some((*ty, self.api.types.get(*ty)?.members.get(&member)?)));
            let Some((ty, code)) = found else { break };
            field = Some((ty, name));
            current = self.inline_only(self.api.named(&code.code).collect());
        }
        let mut anchors = Vec::new();
        match field {
            None => {
                for name in current {
                    let ty = self.api.types.get(name);
                    if ty.is_some_and(|ty| ty.kind == Kind::Struct) {
                        anchors.push(Anchor::Item(Key::Type(name.to_owned())));
                        // What typify calls the field of all further properties.
                        let extra = Key::Field(name.to_owned(), "extra".to_owned());
                        anchors.push(Anchor::Item(extra));
                    } else {
                        anchors.push(Anchor::Type(name.to_owned()));
                    }
                }
            }
            Some((ty, name)) => {
                anchors.push(Anchor::Item(Key::Field(ty.to_owned(), name)));
                if whole_type {
                    anchors.push(Anchor::Item(Key::Type(ty.to_owned())));
                }
                let inner = self.inline(current);
                anchors.extend(inner.into_iter().map(|name| Anchor::Type(name.to_owned())));
            }
        }
        anchors
    }

    /// Every type that was made of a component and of what is inside of it.
    pub(super) fn whole_component(&self, pointer: &str) -> Vec<Anchor> {
        let Some(name) = pointer.strip_prefix("/components/schemas/") else { return Vec::new() };
        let Some(name) = self.component(&unescape_token(name)) else { return Vec::new() };
        let parts = self.api.types.get(name).map(|ty| self.api.parts(ty)).unwrap_or_default();
        let inner = self.inline(parts);
        inner.into_iter().chain([name]).map(|name| Anchor::Type(name.to_owned())).collect()
    }

    /// The pointer of what a type was made of: a component, or the operation that it is inside of.
    pub(super) fn owners(&self) -> BTreeMap<String, String> {
        let mut owners = BTreeMap::new();
        let schemas =
            self.document.at("/components/schemas").map(Node::entries).unwrap_or_default();
        for entry in schemas {
            let Some(name) = self.component(&entry.key) else { continue };
            let pointer = format!("/components/schemas/{}", escape_token(&entry.key));
            let parts = self.api.types.get(name).map(|ty| self.api.parts(ty)).unwrap_or_default();
            for inner in self.inline(parts) {
                owners.entry(inner.to_owned()).or_insert_with(|| pointer.clone());
            }
            owners.insert(name.to_owned(), pointer);
        }
        for (pointer, (_, operation)) in &self.operations {
            let code = operation.setters.values().chain([&operation.output]);
            for inner in self.inline(code.flat_map(|code| self.api.named(code)).collect()) {
                owners.entry(inner.to_owned()).or_insert_with(|| pointer.clone());
            }
        }
        owners
    }
}
