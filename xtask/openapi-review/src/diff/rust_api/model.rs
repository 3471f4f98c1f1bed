//! The public API of a generated crate, as far as its document decides it.

use std::collections::BTreeMap;

/// The public items that were generated from a document.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Api {
    /// The constants, with their values.
    pub(super) constants: BTreeMap<String, String>,
    /// The types of `mod types`, by name.
    pub(super) types: BTreeMap<String, Type>,
    /// The operations, by `POST /api/v1/calls`.
    pub(super) operations: BTreeMap<String, OperationMethod>,
}

/// A public type.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Type {
    pub(super) kind: Kind,
    pub(super) non_exhaustive: bool,
    pub(super) members: BTreeMap<Member, Item>,
}

/// What a type is, as people say it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Struct,
    /// A tuple struct.
    Wrapper,
    /// Another name of a type.
    Alias,
    Enum,
    #[default]
    Unit,
}

/// A part of a type that code can name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Member {
    /// A field, by its name on the wire.
    Field(String),
    /// A variant, by its name on the wire.
    Variant(String),
    /// What a wrapper holds, or what an alias names.
    Inner,
    /// A trait that it implements, derived or not, as it is written.
    Trait(String),
    /// A public function.
    Function(String),
    /// That it has a builder.
    Builder,
    /// A method of its builder.
    Setter(String),
}

/// How a part is called in Rust, and its code: the type of a field, what a variant holds, a
/// signature.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) ident: String,
    pub(super) code: String,
    /// Where it stands among the others of its kind.
    pub(super) position: usize,
}

/// The method of the client, and the builder that it gives.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct OperationMethod {
    /// The method of `Client`.
    pub(super) method: String,
    /// The name of the builder.
    pub(super) builder: String,
    /// The builder's public methods with their signatures.
    pub(super) setters: BTreeMap<String, Item>,
    /// What `send` gives.
    pub(super) output: String,
}

/// The first argument of a generic type that a piece of code names.
pub(super) fn argument<'x>(of: &str, code: &'x str) -> Option<&'x str> {
    let (_, after) = code.split_once(of)?;
    let inside = after.strip_prefix('<')?;
    let mut depth = 0_usize;
    let end = inside.find(|c| {
        match c {
            '<' | '(' | '[' => depth += 1,
            ',' | '>' if depth == 0 => return true,
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        false
    })?;
    inside.get(..end)
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
}

impl Type {
    /// What the type is made of.
    pub(super) fn definition(&self) -> impl Iterator<Item = (&Member, &Item)> {
        let is_part = |member: &Member| {
            matches!(member, Member::Field(_) | Member::Variant(_) | Member::Inner)
        };
        self.members.iter().filter(move |(member, _)| is_part(member))
    }
}
