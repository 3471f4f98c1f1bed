//! What tells the public items apart.

/// What an item is, by the name that OLD gives it, or NEW where only NEW has it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Key {
    /// A constant.
    Constant(String),
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
