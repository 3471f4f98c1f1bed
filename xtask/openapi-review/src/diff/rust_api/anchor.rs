//! Finds the items that a place in a document became, by what the generator says of them.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use cx_client_build::{Document, Names, Node, OperationName, escape_token};

use super::key::{Anchor, Key};
use super::model::{Api, Kind, Member};

/// The items of one document, by the JSON pointers of what they were made of.
pub(super) struct Items<'x> {
    document: &'x Document,
    api: &'x Api,
    types: BTreeMap<&'x str, Vec<&'x str>>,
    /// The types and names of fields; a type has those of the schemas that it composes.
    fields: HashMap<&'x str, Vec<(&'x str, &'x str)>>,
    operations: Vec<(usize, &'x OperationName)>,
}

impl<'x> Items<'x> {
    /// The items of `document`, whose operations are known by `keys` such as `POST /calls`.
    pub(super) fn new<'k>(
        document: &'x Document,
        (api, names): &'x (Api, Names),
        keys: impl Iterator<Item = Option<&'k String>>,
    ) -> Self {
        let mut types: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut fields: HashMap<&str, Vec<(&str, &str)>> = HashMap::new();
        for (name, made) in &names.types {
            types.entry(&made.pointer).or_default().push(name);
            for property in &made.properties {
                fields.entry(&property.pointer).or_default().push((name, &property.name));
            }
        }
        let by_key: HashMap<String, &OperationName> = names
            .operations
            .iter()
            .map(|operation| (format!("{} {}", operation.method, operation.path), operation))
            .collect();
        let operations =
            keys.enumerate().filter_map(|(index, key)| Some((index, *by_key.get(key?)?))).collect();
        Self { document, api, types, fields, operations }
    }

    /// The type of a component.
    pub(super) fn component(&self, name: &str) -> Option<&'x str> {
        let pointer = format!("/components/schemas/{}", escape_token(name));
        self.types.get(&*pointer)?.first().copied()
    }

    /// The items that the value at `pointer` became; `reached` are the operations that use it.
    pub(super) fn anchors(&self, pointer: &str, reached: &[usize], whole: bool) -> Vec<Anchor> {
        if let Some(variants) = self.variants(pointer) {
            return variants;
        }
        let mut anchors = self.inside(pointer);
        let mut prefix = pointer;
        while let Some((parent, _)) = prefix.rsplit_once('/') {
            for name in self.types.get(prefix).into_iter().flatten() {
                self.add_type(name, &mut anchors);
            }
            for (ty, name) in self.fields.get(prefix).into_iter().flatten() {
                anchors.push(Anchor::Item(Key::Field((*ty).to_owned(), (*name).to_owned())));
                if whole {
                    anchors.push(Anchor::Item(Key::Type((*ty).to_owned())));
                }
            }
            if self.fields.contains_key(prefix) {
                return anchors;
            }
            prefix = parent;
        }
        anchors.extend(self.of_operations(pointer, reached));
        anchors
    }

    fn add_type(&self, name: &str, anchors: &mut Vec<Anchor>) {
        let ty = self.api.types.get(name);
        if ty.is_some_and(|ty| ty.kind == Kind::Struct) {
            anchors.push(Anchor::Item(Key::Type(name.to_owned())));
            // What typify calls the field of all further properties.
            anchors.push(Anchor::Item(Key::Field(name.to_owned(), "extra".to_owned())));
        } else {
            anchors.push(Anchor::Type(name.to_owned()));
        }
    }

    /// One value of an enum is one variant, and no other.
    fn variants(&self, pointer: &str) -> Option<Vec<Anchor>> {
        let (schema, _) = pointer.rsplit_once('/')?;
        let types = self.types.get(schema.strip_suffix("/enum")?)?;
        let value = self.document.at(pointer).and_then(Node::as_str)?;
        let variant = Member::Variant(value.to_owned());
        let has = |name: &&&str| {
            self.api.types.get(**name).is_some_and(|ty| ty.members.contains_key(&variant))
        };
        let key = |name: &&str| Key::Variant((*name).to_owned(), value.to_owned());
        let anchors: Vec<_> = types.iter().filter(has).map(key).map(Anchor::Item).collect();
        (!anchors.is_empty()).then_some(anchors)
    }

    /// The types of the schemas inside of a value.
    fn inside(&self, pointer: &str) -> Vec<Anchor> {
        let below = format!("{pointer}/");
        self.types
            .range(&*below..)
            .take_while(|(at, _)| at.starts_with(&below))
            .flat_map(|(_, names)| names.iter().map(|name| Anchor::Type((*name).to_owned())))
            .collect()
    }

    /// The methods of the operations that a value belongs to.
    fn of_operations(&self, pointer: &str, reached: &[usize]) -> Vec<Anchor> {
        let is_in = |holder: &str| {
            pointer
                .strip_prefix(holder)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let mut anchors = Vec::new();
        for (index, operation) in &self.operations {
            let own = is_in(&operation.pointer);
            let setters: Vec<_> =
                operation.parameters.iter().filter(|parameter| is_in(&parameter.pointer)).collect();
            for parameter in &setters {
                anchors.push(Anchor::Item(Key::Setter(*index, parameter.setter.clone())));
            }
            if !setters.is_empty() || !own && !reached.contains(index) {
                continue;
            }
            let rest = pointer.strip_prefix(&*operation.pointer).filter(|_| own);
            let part = rest.unwrap_or(pointer).trim_start_matches("/components");
            match part.split('/').nth(1) {
                Some("requestBody" | "requestBodies") => {
                    for method in ["body", "body_map"] {
                        anchors.push(Anchor::Item(Key::Setter(*index, method.to_owned())));
                    }
                }
                Some("responses" | "headers") => anchors.push(Anchor::Item(Key::Output(*index))),
                _ if own => {
                    anchors.push(Anchor::Operation(*index));
                    anchors.extend(self.inside(&operation.pointer));
                }
                _ => {}
            }
        }
        anchors
    }

    /// Every type that was made of a component and of what is inside of it.
    pub(super) fn whole_component(&self, pointer: &str) -> Vec<Anchor> {
        let of = self.types.get(pointer).into_iter().flatten();
        of.map(|name| Anchor::Type((*name).to_owned())).chain(self.inside(pointer)).collect()
    }

    /// The pointer of what a type was made of: a component, or the operation that it is inside of.
    pub(super) fn owners(&self) -> HashMap<String, Rc<str>> {
        let mut owners = HashMap::new();
        for (pointer, names) in &self.types {
            let owner: Vec<&str> = pointer.splitn(5, '/').take(4).collect();
            for name in names {
                owners.insert((*name).to_owned(), Rc::from(owner.join("/")));
            }
        }
        owners
    }
}
