//! A value that the document does not know is kept.

use std::collections::HashMap;

use syn::visit_mut::{VisitMut, visit_expr_match_mut};
use syn::{ExprMatch, File, Ident, Item, ItemEnum, ItemImpl, parse_quote};

use super::context::Context;
use super::syntax::{code, named_type, remove_derives, simple_name, types};

/// Gives every enum of strings that a response contains a variant that holds any other string:
/// a new status at the server must not make the rest of the response unreadable.
///
/// The enum is `#[non_exhaustive]` and no longer `Copy`; parsing it does not fail.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    let types = types(file)?;
    let templates = serde_impls();
    let mut opened: HashMap<String, Ident> = HashMap::new();
    let mut impls: Vec<Item> = Vec::new();
    for item in types.iter_mut() {
        if let Item::Enum(item) = item
            && let Some(made) = context.names.types.get(&item.ident.to_string())
            && let Some(variant) = &made.facts.open
            && !made.values.is_empty()
        {
            let variant = open(item, variant)?;
            let name = &item.ident;
            for template in &templates {
                let mut item = template.clone();
                *item.self_ty = named_type(name);
                impls.push(Item::Impl(item));
            }
            opened.insert(name.to_string(), variant);
        }
    }
    for item in types.iter_mut() {
        if let Item::Impl(item) = item
            && let Some(variant) = simple_name(&item.self_ty).and_then(|name| opened.get(&name))
        {
            know_variant(item, variant);
        }
    }
    types.extend(impls);
    Ok(())
}

/// How the enums are written and read. Parsed once: a document can have thousands of them.
fn serde_impls() -> [ItemImpl; 2] {
    [
        parse_quote! {
            impl ::serde::Serialize for Self {
                fn serialize<S: ::serde::Serializer>(
                    &self,
                    serializer: S,
                ) -> ::std::result::Result<S::Ok, S::Error> {
                    serializer.collect_str(self)
                }
            }
        },
        parse_quote! {
            impl<'de> ::serde::Deserialize<'de> for Self {
                fn deserialize<D: ::serde::Deserializer<'de>>(
                    deserializer: D,
                ) -> ::std::result::Result<Self, D::Error> {
                    <::std::string::String as ::serde::Deserialize>::deserialize(deserializer)?
                        .parse()
                        .map_err(::serde::de::Error::custom)
                }
            }
        },
    ]
}

/// Makes printing and parsing know the variant for any other value.
fn know_variant(item: &mut ItemImpl, variant: &Ident) {
    let of = item.trait_.as_ref().and_then(|(path, _)| path.segments.last());
    let arm = match of.map(|of| of.ident.to_string()).as_deref() {
        Some("Display") => parse_quote!(Self::#variant(ref value) => f.write_str(value),),
        Some("FromStr") => parse_quote!(_ => Ok(Self::#variant(value.to_string())),),
        _ => return,
    };
    ExtendMatch(arm).visit_item_impl_mut(item);
}

/// Adds the variant and gives its name.
fn open(item: &mut ItemEnum, variant: &str) -> Result<Ident, String> {
    let name = item.ident.clone();
    if !item.variants.iter().all(|variant| variant.fields.is_empty()) {
        return Err(format!("`{name}` has variants with fields"));
    }
    let variant = Ident::new(variant, name.span());
    if !remove_derives(&mut item.attrs, &["Serialize", "Deserialize", "Copy"]) {
        return Err(format!("`{name}` does not derive `Serialize`"));
    }
    item.attrs.push(parse_quote!(#[non_exhaustive]));
    for variant in &mut item.variants {
        for attribute in &mut variant.attrs {
            if attribute.path().is_ident("serde")
                && let syn::Meta::List(list) = &attribute.meta
            {
                let tokens = &list.tokens;
                *attribute = parse_quote!(#[cfg_attr(feature = "schemars", schemars(#tokens))]);
            }
        }
    }
    item.variants.push(parse_quote! {
        /// A value that the OpenAPI document does not name, as it came.
        #[cfg_attr(feature = "schemars", schemars(skip))]
        #variant(::std::string::String)
    });
    Ok(variant)
}

/// Puts an arm in the place of the catch-all, or at the end.
struct ExtendMatch(syn::Arm);

impl VisitMut for ExtendMatch {
    fn visit_expr_match_mut(&mut self, expr: &mut ExprMatch) {
        visit_expr_match_mut(self, expr);
        expr.arms.retain(|arm| code(&arm.pat) != "_");
        expr.arms.push(self.0.clone());
    }
}
