//! A value is read as the alternative that it is.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{File, Ident, Item, ItemEnum, parse_quote};

use super::context::Context;
use super::syntax::{doc, doc_text, inner_type, remove_derives, simple_name, types};
use crate::names::{Alternative, Names, Tag, TypeName};
use crate::node::unescape_token;

/// Gives the enums of `oneOf` and `anyOf` a `Serialize` that writes the alternative as it is, and a
/// `Deserialize` that looks at what distinguishes the alternatives before it decodes one. Where a
/// response contains the enum, a value that no alternative knows is kept.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    let types = types(file)?;
    let mut impls = Vec::new();
    for item in types.iter_mut() {
        let Item::Enum(item) = item else { continue };
        let name = item.ident.to_string();
        let Some(made) = context.names.types.get(&name) else { continue };
        if made.facts.alternatives.is_empty() {
            continue;
        }
        let expected = made.facts.alternatives.iter().map(|alternative| &alternative.variant);
        if !item.variants.iter().map(|variant| &variant.ident).eq(expected) {
            return Err(format!("`{name}` has other variants than alternatives"));
        }
        impls.extend(union(item, made, context.names)?);
    }
    types.extend(impls);
    Ok(())
}

fn union(item: &mut ItemEnum, made: &TypeName, names: &Names) -> Result<[Item; 3], String> {
    let name = &item.ident.clone();
    if !remove_derives(&mut item.attrs, &["Serialize", "Deserialize"]) {
        return Err(format!("`{name}` does not derive `Serialize`"));
    }
    item.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
    item.attrs.push(parse_quote!(#[cfg_attr(feature = "schemars", schemars(untagged))]));
    for (variant, alternative) in item.variants.iter_mut().zip(&made.facts.alternatives) {
        variant.attrs.retain(|attribute| !attribute.path().is_ident("serde"));
        if !variant.attrs.iter().any(|attribute| doc_text(attribute).is_some()) {
            variant.attrs.push(doc(&described(alternative)));
        }
    }
    let variants: Vec<_> = item.variants.iter().map(|variant| variant.ident.clone()).collect();
    let reads: Vec<TokenStream> = item
        .variants
        .iter()
        .enumerate()
        .map(|(index, variant)| {
            let ident = &variant.ident;
            let read = if holds_union(variant, names) { quote!(read_union) } else { quote!(read) };
            quote!(#index => value.#read().map(Self::#ident))
        })
        .collect();
    let unknown = made.facts.open.as_deref().map(|unknown| keep_unknown(item, unknown));
    let serialize = serialize(name, &variants, unknown.as_ref());
    let unknown = unknown.map_or_else(|| quote!(None), |unknown| quote!(Some(Self::#unknown)));
    let alternatives = made.facts.alternatives.iter().map(constant);
    let union = parse_quote! {
        impl crate::union::Union for #name {
            const ALTERNATIVES: &'static [crate::union::Alternative] = &[#(#alternatives),*];
            const UNKNOWN: ::std::option::Option<fn(::serde_json::Value) -> Self> = #unknown;

            fn read(
                alternative: usize,
                value: crate::union::Reading<'_>,
            ) -> ::std::option::Option<Self> {
                match alternative {
                    #(#reads,)*
                    _ => None,
                }
            }
        }
    };
    let deserialize = parse_quote! {
        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                crate::union::deserialize(deserializer)
            }
        }
    };
    Ok([serialize, union, deserialize])
}

/// Adds the variant for what no alternative knows, and gives its name.
fn keep_unknown(item: &mut ItemEnum, unknown: &str) -> Ident {
    let unknown = format_ident!("{unknown}");
    item.attrs.push(parse_quote!(#[non_exhaustive]));
    item.variants.push(parse_quote! {
        /// A value that is none of the alternatives of the OpenAPI document, as it came.
        #[cfg_attr(feature = "schemars", schemars(skip))]
        #unknown(::serde_json::Value)
    });
    unknown
}

fn serialize(name: &Ident, variants: &[Ident], unknown: Option<&Ident>) -> Item {
    let variants = variants.iter().chain(unknown);
    parse_quote! {
        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                match self {
                    #(Self::#variants(value) => ::serde::Serialize::serialize(value, serializer),)*
                }
            }
        }
    }
}

/// Whether an alternative is a union itself.
fn holds_union(variant: &syn::Variant, names: &Names) -> bool {
    let Some(ty) = variant.fields.iter().next().map(|field| &field.ty) else { return false };
    // A document can have a `Vec` and a `Box` of its own: those of the library have their path.
    let of_the_document = |ty: &syn::Type| match ty {
        syn::Type::Path(path) => path.path.get_ident().map(ToString::to_string),
        _ => None,
    };
    let name = of_the_document(ty).or_else(|| {
        let is_box = simple_name(ty).as_deref() == Some("Box");
        inner_type(ty).filter(|_| is_box).as_ref().and_then(of_the_document)
    });
    let made = name.and_then(|name| names.types.get(&name));
    made.is_some_and(|made| !made.facts.alternatives.is_empty())
}

fn described(alternative: &Alternative) -> String {
    let tag = alternative.tags.first().and_then(|tag| Some((tag, tag.values.first()?)));
    match tag {
        Some((tag, value)) => {
            let path: Vec<String> = tag.at.split('/').skip(1).map(unescape_token).collect();
            format!(" Where `{}` is `{value}`.", path.join("."))
        }
        None => format!(" The alternative `{}`.", alternative.variant),
    }
}

/// The constant of the runtime that says what distinguishes an alternative.
pub(super) fn constant(alternative: &Alternative) -> TokenStream {
    let kind = format_ident!("{}", alternative.kind);
    let (required, known, values) =
        (&alternative.required, &alternative.known, &alternative.values);
    let tags = alternative.tags.iter().map(|Tag { at, values, required }| {
        quote!(crate::union::Tag { at: #at, values: &[#(#values),*], required: #required })
    });
    quote! {
        crate::union::Alternative {
            kind: crate::union::Kind::#kind,
            tags: &[#(#tags),*],
            required: &[#(#required),*],
            known: &[#(#known),*],
            values: &[#(#values),*],
        }
    }
}
