//! Personal data stays out of logs.

use syn::visit_mut::VisitMut;
use syn::{
    Field, Fields, File, Generics, Ident, ImplItem, Item, ItemImpl, ItemStruct, LitStr, parse_quote,
};

use super::context::Context;
use super::syntax::{module, named_type, remove_derives, simple_name, type_builders, types};
use crate::names::TypeName;

/// Writes `Debug` by hand where a derived one would print personal data.
///
/// - A field whose property is `x-sensitive: true` prints as `[redacted]`, and so does the whole
///   of a type whose schema is. What is absent or empty prints as that.
/// - A builder prints its name only: it holds values of any kind.
///
/// Fails if such a property has reached no field.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    let debug = DebugImpls::new();
    let types = types(file)?;
    let mut impls = Vec::new();
    for item in types.iter_mut() {
        let (attributes, ident, generics) = match item {
            Item::Struct(item) => (&mut item.attrs, &item.ident, &item.generics),
            Item::Enum(item) => (&mut item.attrs, &item.ident, &item.generics),
            _ => continue,
        };
        let name = ident.to_string();
        let Some(made) = context.names.types.get(&name) else { continue };
        let some = made.properties.iter().any(|property| property.sensitive);
        if !some && !made.facts.sensitive {
            continue;
        }
        if !remove_derives(attributes, &["Debug"]) {
            return Err(format!("`{name}` does not derive `Debug`"));
        }
        let (ident, generics) = (ident.clone(), generics.clone());
        let body = match item {
            Item::Struct(item) if !made.facts.sensitive => fields(item, made)?,
            _ => parse_quote!({ f.write_str(concat!(#name, "([redacted])")) }),
        };
        impls.push(debug.with(&ident, &generics, body));
    }
    types.extend(impls);
    let impls = opaque(type_builders(types)?, &debug);
    if !impls.is_empty() {
        module(types, "builder")?.extend(impls);
    }
    let builders = module(&mut file.items, "builder")?;
    let impls = opaque(builders, &debug);
    builders.extend(impls);
    Ok(())
}

fn fields(item: &ItemStruct, made: &TypeName) -> Result<syn::Block, String> {
    let name = item.ident.to_string();
    let mut found = 0;
    let Fields::Named(named) = &item.fields else {
        return Err(format!("`{name}` has no named fields"));
    };
    let calls: Vec<_> = named
        .named
        .iter()
        .filter_map(|field| {
            let ident = field.ident.as_ref()?;
            let label = ident.to_string();
            let property = made.properties.iter().find(|property| property.field == label);
            let value: syn::Expr = if property.is_some_and(|property| property.sensitive) {
                found += 1;
                redacted(field)
            } else {
                parse_quote!(&self.#ident)
            };
            let label = label.strip_prefix("r#").unwrap_or(&label);
            Some(quote::quote!(.field(#label, #value)))
        })
        .collect();
    let expected = made.properties.iter().filter(|property| property.sensitive).count();
    if found != expected {
        return Err(format!("a sensitive property of `{name}` has reached no field"));
    }
    Ok(parse_quote!({ f.debug_struct(#name) #(#calls)* .finish() }))
}

/// What is printed of a field: whether it has a value, and not which.
fn redacted(field: &Field) -> syn::Expr {
    let ident = &field.ident;
    let redacted: syn::Expr = parse_quote!(format_args!("[redacted]"));
    match simple_name(&field.ty).as_deref() {
        Some("Option") => parse_quote! {
            &if self.#ident.is_none() { format_args!("None") } else { #redacted }
        },
        Some("Vec" | "HashMap" | "Map") => parse_quote! {
            &if self.#ident.is_empty() { format_args!("[]") } else { #redacted }
        },
        _ => parse_quote!(&#redacted),
    }
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
