//! Constraints bind what is sent.

use syn::{Fields, File, Item, parse_quote};

use super::context::Context;
use super::syntax::{simple_name, types};

/// Reads a value that breaks the constraints of its type, where a response contains it: the
/// constructors of the type check, and `Deserialize` does not.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    let types = types(file)?;
    let mut impls = Vec::new();
    for item in types.iter() {
        let Item::Struct(item) = item else { continue };
        let made = context.names.types.get(&item.ident.to_string());
        if !made.is_some_and(|made| made.facts.liberal) {
            continue;
        }
        let (name, Fields::Unnamed(fields)) = (&item.ident, &item.fields) else {
            return Err(format!("`{}` is no newtype", item.ident));
        };
        let Some(inner) = fields.unnamed.first().map(|field| &field.ty) else {
            return Err(format!("`{name}` holds nothing"));
        };
        let item: Item = parse_quote! {
            impl<'de> ::serde::Deserialize<'de> for #name {
                fn deserialize<D: ::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::std::result::Result<Self, D::Error> {
                    // What a server sends is read, also where it is more than may be sent.
                    <#inner as ::serde::Deserialize>::deserialize(deserializer).map(Self)
                }
            }
        };
        impls.push((name.to_string(), item));
    }
    for (name, liberal) in impls {
        let strict = types.iter_mut().find(|item| {
            matches!(item, Item::Impl(item)
            if simple_name(&item.self_ty).as_deref() == Some(&name)
                && item.trait_.as_ref().is_some_and(|(path, _)| {
                    path.segments.last().is_some_and(|last| last.ident == "Deserialize")
                }))
        });
        *strict.ok_or_else(|| format!("`{name}` does not implement `Deserialize`"))? = liberal;
    }
    Ok(())
}
