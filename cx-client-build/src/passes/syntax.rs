//! Finding one's way in a syntax tree.

use proc_macro2::Span;
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::{
    AttrStyle, Attribute, Expr, ExprLit, Fields, File, GenericArgument, Ident, ImplItem,
    ImplItemFn, Item, ItemMod, Lit, LitStr, Meta, MetaNameValue, Path, PathArguments, Token, Type,
    TypePath,
};

/// The items of the module `name` among `items`.
pub(crate) fn module<'a>(items: &'a mut [Item], name: &str) -> Result<&'a mut Vec<Item>, String> {
    items
        .iter_mut()
        .find_map(|item| match item {
            Item::Mod(ItemMod { ident, content: Some((_, items)), .. }) if ident == name => {
                Some(items)
            }
            _ => None,
        })
        .ok_or_else(|| format!("there is no module `{name}`"))
}

/// The items of `mod types`.
pub(crate) fn types(file: &mut File) -> Result<&mut Vec<Item>, String> {
    module(&mut file.items, "types")
}

/// The items of `mod types::builder`, given those of `mod types`; progenitor leaves it out where no
/// type has named fields.
pub(crate) fn type_builders(types: &mut [Item]) -> Result<&mut [Item], String> {
    let has_fields =
        |item: &Item| matches!(item, Item::Struct(item) if matches!(item.fields, Fields::Named(_)));
    if !types.iter().any(has_fields) && module(types, "builder").is_err() {
        return Ok(&mut []);
    }
    module(types, "builder").map(Vec::as_mut_slice)
}

/// A `#[doc = "…"]`, built rather than parsed: there are thousands of them.
pub(crate) fn doc(text: &str) -> Attribute {
    let span = Span::call_site();
    Attribute {
        pound_token: Default::default(),
        style: AttrStyle::Outer,
        bracket_token: Default::default(),
        meta: Meta::NameValue(MetaNameValue {
            path: Ident::new("doc", span).into(),
            eq_token: Default::default(),
            value: Expr::Lit(ExprLit { attrs: Vec::new(), lit: Lit::Str(LitStr::new(text, span)) }),
        }),
    }
}

/// The text of a `#[doc = "…"]`.
pub(crate) fn doc_text(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The traits that a `#[derive(…)]` names.
pub(crate) fn derives(attribute: &Attribute) -> Option<Vec<Path>> {
    if !attribute.path().is_ident("derive") {
        return None;
    }
    attribute
        .parse_args_with(Punctuated::<Path, Token![,]>::parse_terminated)
        .ok()
        .map(|paths| paths.into_iter().collect())
}

/// Takes traits by their last name out of the derives; gives whether one was there.
pub(crate) fn remove_derives(attributes: &mut [Attribute], names: &[&str]) -> bool {
    let mut removed = false;
    for attribute in attributes {
        let Some(mut paths) = derives(attribute) else { continue };
        let before = paths.len();
        paths.retain(|path| {
            !path.segments.last().is_some_and(|last| names.iter().any(|name| last.ident == name))
        });
        if paths.len() != before {
            removed = true;
            if let Meta::List(list) = &mut attribute.meta {
                list.tokens = quote!(#(#paths),*);
            }
        }
    }
    removed
}

/// Adds a trait to the first derive.
pub(crate) fn add_derive(attributes: &mut [Attribute], name: &str) {
    let name = Ident::new(name, Span::call_site());
    let derive = attributes.iter_mut().find(|attribute| attribute.path().is_ident("derive"));
    if let Some(Attribute { meta: Meta::List(list), .. }) = derive {
        let traits = &list.tokens;
        list.tokens = quote!(#traits, #name);
    }
}

/// Whether the attributes derive the trait of this last name.
pub(crate) fn has_derive(attributes: &[Attribute], name: &str) -> bool {
    attributes
        .iter()
        .filter_map(derives)
        .flatten()
        .any(|path| path.segments.last().is_some_and(|last| last.ident == name))
}

/// The name of a type that is a plain path of one segment.
pub(crate) fn simple_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    }
}

/// The type of this name.
pub(crate) fn named_type(name: &Ident) -> Type {
    Type::Path(TypePath { attrs: Vec::new(), qself: None, path: name.clone().into() })
}

/// The code of a syntax tree on one line, for messages and comparisons.
pub(crate) fn code(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

/// The `send` of each operation's builder, with the builder's name, in the order of the file.
pub(crate) fn sends(builder: &mut [Item]) -> Vec<(String, &mut ImplItemFn)> {
    builder
        .iter_mut()
        .filter_map(|item| match item {
            Item::Impl(item) if item.trait_.is_none() => {
                let name = simple_name(&item.self_ty)?;
                item.items.iter_mut().find_map(|item| match item {
                    ImplItem::Fn(function) if function.sig.ident == "send" => {
                        Some((name.clone(), function))
                    }
                    _ => None,
                })
            }
            _ => None,
        })
        .collect()
}

/// The value of `#[serde(rename = "…")]`.
pub(crate) fn wire_name(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().filter(|attribute| attribute.path().is_ident("serde")).find_map(|attribute| {
        let mut name = None;
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                name = Some(meta.value()?.parse::<syn::LitStr>()?.value());
            }
            Ok(())
        });
        name
    })
}

/// The first type argument of a path: `T` of `Result<T, E>`.
pub(crate) fn inner_type(ty: &Type) -> Option<Type> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty.clone()),
        _ => None,
    })
}

/// `T` of `V: TryInto<T>`.
pub(crate) fn converted_type(function: &ImplItemFn) -> Option<Type> {
    let clause = function.sig.generics.where_clause.as_ref()?;
    clause.predicates.iter().find_map(|predicate| {
        let syn::WherePredicate::Type(predicate) = predicate else { return None };
        predicate.bounds.iter().find_map(|bound| match bound {
            syn::TypeParamBound::Trait(bound) => {
                let path = TypePath { attrs: Vec::new(), qself: None, path: bound.path.clone() };
                inner_type(&Type::Path(path))
            }
            _ => None,
        })
    })
}
