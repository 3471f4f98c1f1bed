//! Personal data stays out of logs.

use std::collections::BTreeSet;

use syn::visit_mut::VisitMut;
use syn::{
    Attribute, Field, Fields, File, Generics, Ident, ImplItem, Item, ItemEnum, ItemImpl,
    ItemStruct, LitStr, parse_quote,
};

use super::Context;
use super::syntax::{
    is_marked, markers_of, module, named_type, remove_derives, type_builders, types,
};
use crate::markers::{Mark, Marker};

/// Writes `Debug` by hand where a derived one would print personal data.
///
/// - A field whose property is `x-sensitive: true` prints as `[redacted]`, and so does the whole
///   of a type whose schema is.
/// - A builder prints its name only: it holds values of any kind.
///
/// Fails if the mark of a property has reached no field and no type.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    let debug = DebugImpls::new();
    let mut found = BTreeSet::new();
    let types = types(file)?;
    redact(types, &debug, &mut found)?;
    let impls = opaque(type_builders(types)?, &debug);
    if !impls.is_empty() {
        module(types, "builder")?.extend(impls);
    }
    let builders = module(&mut file.items, "builder")?;
    let impls = opaque(builders, &debug);
    builders.extend(impls);
    let lost = context
        .markers
        .iter()
        .find(|marker| marker.mark == Mark::Sensitive && !found.contains(*marker));
    match lost {
        Some(marker) => Err(format!(
            "`x-sensitive` of {} has reached no field and no type, so it would be printed",
            marker.pointer
        )),
        None => Ok(()),
    }
}

fn redact(
    items: &mut Vec<Item>,
    impl_of_debug: &DebugImpls,
    found: &mut BTreeSet<Marker>,
) -> Result<(), String> {
    let mut impls = Vec::new();
    for item in items.iter_mut() {
        let (attributes, ident, generics, debug) = match item {
            Item::Struct(item) => {
                note(item.attrs.iter().chain(field_attributes(&item.fields)), found);
                let Some(debug) = debug_of_struct(item) else { continue };
                (&mut item.attrs, &item.ident, &item.generics, debug)
            }
            Item::Enum(item) => {
                let inner = item.variants.iter().flat_map(|variant| {
                    variant.attrs.iter().chain(field_attributes(&variant.fields))
                });
                note(item.attrs.iter().chain(inner), found);
                let Some(debug) = debug_of_enum(item) else { continue };
                (&mut item.attrs, &item.ident, &item.generics, debug)
            }
            Item::Type(item) if is_marked(&item.attrs, Mark::Sensitive) => {
                return Err(format!("`{}` is sensitive, and only another name", item.ident));
            }
            _ => continue,
        };
        if !remove_derives(attributes, &["Debug"]) {
            return Err(format!("`{ident}` does not derive `Debug`"));
        }
        impls.push(impl_of_debug.with(ident, generics, debug));
    }
    items.extend(impls);
    Ok(())
}

fn note<'a>(attributes: impl Iterator<Item = &'a Attribute>, found: &mut BTreeSet<Marker>) {
    for attribute in attributes {
        found.extend(markers_of(std::slice::from_ref(attribute)));
    }
}

fn field_attributes(fields: &Fields) -> impl Iterator<Item = &Attribute> {
    fields.iter().flat_map(|field| &field.attrs)
}

fn is_sensitive(field: &Field) -> bool {
    is_marked(&field.attrs, Mark::Sensitive)
}

fn debug_of_struct(item: &ItemStruct) -> Option<syn::Block> {
    let name = item.ident.to_string();
    if is_marked(&item.attrs, Mark::Sensitive) {
        return Some(parse_quote!({ f.write_str(concat!(#name, "([redacted])")) }));
    }
    if !item.fields.iter().any(is_sensitive) {
        return None;
    }
    let fields = item.fields.iter().filter_map(|field| {
        let ident = field.ident.as_ref()?;
        let label = ident.to_string();
        let label = label.strip_prefix("r#").unwrap_or(&label);
        let value: syn::Expr = if is_sensitive(field) {
            parse_quote!(&format_args!("[redacted]"))
        } else {
            parse_quote!(&self.#ident)
        };
        Some(quote::quote!(.field(#label, #value)))
    });
    Some(parse_quote!({ f.debug_struct(#name) #(#fields)* .finish() }))
}

fn debug_of_enum(item: &ItemEnum) -> Option<syn::Block> {
    let name = item.ident.to_string();
    let sensitive = is_marked(&item.attrs, Mark::Sensitive)
        || item.variants.iter().any(|variant| {
            is_marked(&variant.attrs, Mark::Sensitive) || variant.fields.iter().any(is_sensitive)
        });
    sensitive.then(|| parse_quote!({ f.write_str(concat!(#name, "([redacted])")) }))
}

/// Implementations of `Debug`, made from one that is parsed once: a document has hundreds of them.
struct DebugImpls(ItemImpl);

impl DebugImpls {
    fn new() -> Self {
        Self(parse_quote! {
            impl ::std::fmt::Debug for Self {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.debug_struct("").finish_non_exhaustive()
                }
            }
        })
    }

    /// One that prints the name only.
    fn opaque(&self, ident: &Ident, generics: &Generics) -> Item {
        let mut item = self.0.clone();
        *item.self_ty = if generics.params.is_empty() {
            named_type(ident)
        } else {
            let (_, arguments, _) = generics.split_for_impl();
            parse_quote!(#ident #arguments)
        };
        item.generics = generics.clone();
        Name(ident.to_string()).visit_item_impl_mut(&mut item);
        Item::Impl(item)
    }

    /// One that prints what `body` says.
    fn with(&self, ident: &Ident, generics: &Generics, body: syn::Block) -> Item {
        let mut item = self.opaque(ident, generics);
        if let Item::Impl(ItemImpl { items, .. }) = &mut item
            && let Some(ImplItem::Fn(function)) = items.first_mut()
        {
            function.block = body;
        }
        item
    }
}

/// Writes a name into the string of the code.
struct Name(String);

impl VisitMut for Name {
    fn visit_lit_str_mut(&mut self, literal: &mut LitStr) {
        *literal = LitStr::new(&self.0, literal.span());
    }
}

/// Takes `Debug` from every struct that derives it, and gives one that prints no field.
fn opaque(items: &mut [Item], debug: &DebugImpls) -> Vec<Item> {
    let mut impls = Vec::new();
    for item in items.iter_mut() {
        if let Item::Struct(item) = item
            && remove_derives(&mut item.attrs, &["Debug"])
        {
            impls.push(debug.opaque(&item.ident, &item.generics));
        }
    }
    impls
}
