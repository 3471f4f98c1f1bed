//! What has another name for progenitor goes by its own on the wire.

use std::collections::HashMap;

use syn::visit_mut::VisitMut;
use syn::{Attribute, Fields, File, Item, ItemStruct, LitStr, Meta, parse_quote};

use super::Context;
use super::syntax::{doc, doc_text, simple_name, types};
use crate::names::TypeName;

/// Sets the wire names of properties and values for which something else stands in the document
/// that progenitor sees, documents each variant by its value, and lets a response keep an empty
/// array or map.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    let names = &context.names.types;
    let mut values: HashMap<String, HashMap<&str, &str>> = HashMap::new();
    for item in types(file)? {
        match item {
            Item::Struct(item) => {
                if let Some(made) = names.get(&item.ident.to_string()) {
                    fields(item, made)?;
                }
            }
            Item::Enum(item) => {
                let name = item.ident.to_string();
                let Some(made) = names.get(&name).filter(|made| !made.values.is_empty()) else {
                    continue;
                };
                for variant in &mut item.variants {
                    let value = made.values.iter().find(|value| variant.ident == value.variant);
                    let Some(value) = value else {
                        return Err(format!("`{name}` has a variant `{}`", variant.ident));
                    };
                    if !variant.attrs.iter().any(|attribute| doc_text(attribute).is_some()) {
                        variant.attrs.insert(0, doc(&format!(" `{}`", value.value)));
                    }
                    if value.stand_in != value.value {
                        rename(&mut variant.attrs, &value.value);
                    }
                }
                let other = made.values.iter().filter(|value| value.stand_in != value.value);
                let other: HashMap<&str, &str> =
                    other.map(|value| (&*value.stand_in, &*value.value)).collect();
                if !other.is_empty() {
                    values.insert(name, other);
                }
            }
            _ => {}
        }
    }
    for item in types(file)? {
        let Item::Impl(item) = item else { continue };
        let owner = simple_name(&item.self_ty).unwrap_or_default();
        if let Some(values) = values.get(&owner) {
            Literals(values).visit_item_impl_mut(item);
        }
    }
    Ok(())
}

fn fields(item: &mut ItemStruct, made: &TypeName) -> Result<(), String> {
    let Fields::Named(fields) = &mut item.fields else { return Ok(()) };
    for property in &made.properties {
        let field = fields
            .named
            .iter_mut()
            .find(|field| field.ident.as_ref().is_some_and(|ident| *ident == property.field))
            .ok_or_else(|| format!("`{}` has no field `{}`", item.ident, property.field))?;
        if property.stand_in != property.name {
            rename(&mut field.attrs, &property.name);
        }
        if made.facts.response_only {
            keep_empty(&mut field.attrs);
        }
    }
    Ok(())
}

/// Gives `#[serde(rename = "…")]`, in the place of one that is there.
fn rename(attributes: &mut Vec<Attribute>, name: &str) {
    let is_rename = |attribute: &Attribute| {
        matches!(&attribute.meta, Meta::List(list)
            if list.path.is_ident("serde") && list.tokens.to_string().starts_with("rename ="))
    };
    attributes.retain(|attribute| !is_rename(attribute));
    attributes.push(parse_quote!(#[serde(rename = #name)]));
}

/// Takes out `skip_serializing_if` of what is empty: a mock answers with what it was given.
fn keep_empty(attributes: &mut [Attribute]) {
    for attribute in attributes {
        let Meta::List(list) = &mut attribute.meta else { continue };
        let text = list.tokens.to_string();
        let is_empty = text.contains("is_empty") || text.contains("Map :: is_empty");
        if list.path.is_ident("serde") && is_empty && text.starts_with("default") {
            list.tokens = quote::quote!(default);
        }
    }
}

/// Puts the values in the place of what stands for them.
struct Literals<'a>(&'a HashMap<&'a str, &'a str>);

impl VisitMut for Literals<'_> {
    fn visit_lit_str_mut(&mut self, literal: &mut LitStr) {
        if let Some(value) = self.0.get(literal.value().as_str()) {
            *literal = LitStr::new(value, literal.span());
        }
    }
}
