//! A new field in a response breaks no code.

use syn::{File, Item, parse_quote};

use super::Context;
use super::syntax::{is_marked, types};
use crate::markers::Mark;

/// Makes every type that only responses contain `#[non_exhaustive]`.
///
/// A type that a request contains stays open to struct literals: there the compiler names a
/// missing required field.
pub(super) fn run(file: &mut File, _: &Context<'_>) -> Result<(), String> {
    for item in types(file)? {
        let attributes = match item {
            Item::Struct(item) => &mut item.attrs,
            Item::Enum(item) => &mut item.attrs,
            _ => continue,
        };
        let already =
            attributes.iter().any(|attribute| attribute.path().is_ident("non_exhaustive"));
        if !already && is_marked(attributes, Mark::ResponseOnly) {
            attributes.push(parse_quote!(#[non_exhaustive]));
        }
    }
    Ok(())
}
