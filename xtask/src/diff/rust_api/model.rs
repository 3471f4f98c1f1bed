//! The public API of a generated crate, as far as its document decides it.

use std::collections::{BTreeMap, BTreeSet};

/// The public items that were generated from a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Api {
    /// The types of `mod types`, by name.
    pub(super) types: BTreeMap<String, Type>,
    /// The operations, by `POST /api/v1/calls`.
    pub(super) operations: BTreeMap<String, Operation>,
}

/// A public type.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Type {
    pub(super) kind: Kind,
    pub(super) non_exhaustive: bool,
    /// The traits that it implements, derived or not, as they are written.
    pub(super) traits: BTreeSet<String>,
    /// Its public functions with their signatures.
    pub(super) functions: BTreeMap<String, String>,
    /// The methods of its builder with their signatures.
    pub(super) builder: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// A struct, by the names of its fields on the wire.
    Struct(BTreeMap<String, Field>),
    /// A tuple struct or another name, as it is written.
    Wrapper(String),
    /// An enum, by the names of its variants on the wire.
    Enum(BTreeMap<String, Variant>),
    #[default]
    Other,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) ident: String,
    pub(super) ty: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Variant {
    pub(super) ident: String,
    /// What it holds, as it is written.
    pub(super) fields: String,
}

/// The method of the client, and the builder that it gives.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Operation {
    /// The method of `Client`.
    pub(super) method: String,
    /// The name of the builder.
    pub(super) builder: String,
    /// The builder's public methods with their signatures.
    pub(super) setters: BTreeMap<String, String>,
    /// What `send` gives.
    pub(super) output: String,
}

/// The identifiers of a piece of code.
pub(super) fn identifiers(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

impl Api {
    /// The types of this API that a piece of code names.
    pub(super) fn named<'x>(&'x self, code: &'x str) -> impl Iterator<Item = &'x str> {
        identifiers(code).filter(|word| self.types.contains_key(*word))
    }

    /// Everything that the definition of a type names.
    pub(super) fn parts<'x>(&'x self, ty: &'x Type) -> Vec<&'x str> {
        match &ty.kind {
            Kind::Struct(fields) => {
                fields.values().flat_map(|field| self.named(&field.ty)).collect()
            }
            Kind::Wrapper(code) => self.named(code).collect(),
            Kind::Enum(variants) => {
                variants.values().flat_map(|variant| self.named(&variant.fields)).collect()
            }
            Kind::Other => Vec::new(),
        }
    }
}
