//! Where a value stands in a request or a response, without what can be data.

use std::fmt;

/// Where a value stands.
#[derive(Clone, Copy)]
pub(crate) enum Path<'a> {
    Root,
    Property(&'a Path<'a>, &'a str),
    /// A property that the schema at hand names.
    Documented(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => f.write_str("$"),
            Self::Index(parent, index) => write!(f, "{parent}[{index}]"),
            Self::Documented(parent, name) => write!(f, "{parent}.{name}"),
            // A key that no schema names can be data.
            Self::Property(parent, name) => {
                if crate::api::PROPERTY_NAMES.binary_search(name).is_ok() {
                    write!(f, "{parent}.{name}")
                } else {
                    write!(f, "{parent}[…]")
                }
            }
        }
    }
}
