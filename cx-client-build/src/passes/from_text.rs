//! Text is given as it is.

use syn::{Field, Fields, File, Ident, Item, parse_quote};

use super::context::Context;
use super::syntax::{simple_name, types};

/// Adds the conversions from text that typify leaves out: to a type that holds nothing but text, and
/// to a union of which one alternative is any text.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    let types = types(file)?;
    let mut impls: Vec<Item> = Vec::new();
    for item in types.iter() {
        match item {
            Item::Struct(item) => {
                if let Fields::Unnamed(fields) = &item.fields
                    && fields.unnamed.first().is_some_and(is_text)
                {
                    let name = &item.ident;
                    impls.push(parse_quote! {
                        impl ::std::convert::From<&str> for #name {
                            fn from(value: &str) -> Self {
                                Self(value.to_string())
                            }
                        }
                    });
                }
            }
            Item::Enum(item) => {
                let made = context.names.types.get(&item.ident.to_string());
                if made.is_none_or(|made| made.facts.alternatives.is_empty()) {
                    continue;
                }
                let mut texts =
                    item.variants.iter().filter(|variant| variant.fields.iter().any(is_text));
                if let (Some(variant), None) = (texts.next(), texts.next()) {
                    impls.extend(to_variant(&item.ident, &variant.ident));
                }
            }
            _ => {}
        }
    }
    types.extend(impls);
    Ok(())
}

fn is_text(field: &Field) -> bool {
    simple_name(&field.ty).as_deref() == Some("String")
}

fn to_variant(name: &Ident, variant: &Ident) -> [Item; 2] {
    [
        parse_quote! {
            impl ::std::convert::From<::std::string::String> for #name {
                fn from(value: ::std::string::String) -> Self {
                    Self::#variant(value)
                }
            }
        },
        parse_quote! {
            impl ::std::convert::From<&str> for #name {
                fn from(value: &str) -> Self {
                    Self::#variant(value.to_string())
                }
            }
        },
    ]
}
