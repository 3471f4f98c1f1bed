//! A new field in a response breaks no code.

use syn::{File, Item, parse_quote};

use super::context::Context;
use super::syntax::types;

/// Makes every type that only responses contain `#[non_exhaustive]`.
///
/// A type that a request contains stays open to struct literals: there the compiler names a
/// missing required field.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    for item in types(file)? {
        let (attributes, ident) = match item {
            Item::Struct(item) => (&mut item.attrs, &item.ident),
            Item::Enum(item) => (&mut item.attrs, &item.ident),
            _ => continue,
        };
        let made = context.names.types.get(&ident.to_string());
        let already =
            attributes.iter().any(|attribute| attribute.path().is_ident("non_exhaustive"));
        if !already && made.is_some_and(|made| made.facts.response_only) {
            attributes.push(parse_quote!(#[non_exhaustive]));
        }
    }
    Ok(())
}
