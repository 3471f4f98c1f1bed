//! What has another name for progenitor goes by its own on the wire.

use std::collections::{BTreeMap, HashMap};
use std::mem;

use syn::visit_mut::VisitMut;
use syn::{
    Attribute, Field, FieldValue, Fields, File, ImplItem, Item, ItemStruct, LitStr, Member, Meta,
    parse_quote,
};

use super::context::Context;
use super::syntax::{doc, doc_text, module, sends, simple_name, type_builders, types};
use crate::names::{OperationName, TypeName};

/// Sets the wire names of properties and values for which something else stands in the document
/// that progenitor sees, documents each variant by its value, and lets a response keep an empty
/// array or map.
///
/// Fields stand in the order of the document: progenitor sorts them by name. So a request goes out,
/// and a type reads, as it is documented.
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
    for item in type_builders(types(file)?)? {
        let Item::Impl(item) = item else { continue };
        let owner = simple_name(&item.self_ty).unwrap_or_default();
        let is_default = item.trait_.as_ref().is_some_and(|(path, _)| {
            path.segments.last().is_some_and(|last| last.ident == "Default")
        });
        if is_default && names.get(&owner).is_some_and(|made| made.facts.has_extra) {
            NoExtra.visit_item_impl_mut(item);
        }
    }
    documented_paths(file, context)
}

/// Lets a builder begin with no properties that have no name, which progenitor demands.
struct NoExtra;

impl VisitMut for NoExtra {
    fn visit_field_value_mut(&mut self, field: &mut FieldValue) {
        if matches!(&field.member, Member::Named(name) if name == "extra") {
            field.expr = parse_quote!(Ok(Default::default()));
        }
    }
}

/// Lets the doc comments of operations name the paths as they are documented.
fn documented_paths(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    for item in &mut file.items {
        let Item::Impl(item) = item else { continue };
        for item in &mut item.items {
            if let ImplItem::Fn(function) = item
                && let Some(operation) = context.of_function(&function.sig.ident.to_string())
            {
                document_path(&mut function.attrs, operation);
            }
        }
    }
    for (builder, send) in sends(module(&mut file.items, "builder")?) {
        if let Some(operation) = context.of_builder(&builder) {
            document_path(&mut send.attrs, operation);
        }
    }
    Ok(())
}

fn document_path(attributes: &mut [Attribute], operation: &OperationName) {
    let stand_in = format!("`{}`", operation.stand_in_path());
    let path = format!("`{}`", operation.path);
    if stand_in == path {
        return;
    }
    for attribute in attributes {
        if let Some(text) = doc_text(attribute).filter(|text| text.contains(&stand_in)) {
            *attribute = doc(&text.replace(&stand_in, &path));
        }
    }
}

/// Puts the fields in the order of the document, by their names on the wire.
fn fields(item: &mut ItemStruct, made: &TypeName) -> Result<(), String> {
    let Fields::Named(fields) = &mut item.fields else { return Ok(()) };
    let name = |field: &Field| field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    let all = mem::take(&mut fields.named).into_iter();
    let mut all: BTreeMap<String, Field> = all.map(|field| (name(&field), field)).collect();
    for property in &made.properties {
        let mut field = all
            .remove(&property.field)
            .ok_or_else(|| format!("`{}` has no field `{}`", item.ident, property.field))?;
        if property.stand_in != property.name {
            rename(&mut field.attrs, &property.name);
        }
        if made.facts.response_only {
            keep_empty(&mut field.attrs);
        }
        fields.named.push(field);
    }
    fields.named.extend(all.into_values());
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

/// Takes out `skip_serializing_if` of what is empty: a mock responds with what it was given.
/// Its schema still says that it can be absent.
fn keep_empty(attributes: &mut Vec<Attribute>) {
    let mut optional = None;
    for attribute in attributes.iter_mut() {
        let Meta::List(list) = &mut attribute.meta else { continue };
        let text = list.tokens.to_string();
        if list.path.is_ident("serde") && text.starts_with("default") && text.contains("is_empty") {
            let tokens = std::mem::replace(&mut list.tokens, quote::quote!(default));
            optional = Some(parse_quote!(#[cfg_attr(feature = "schemars", schemars(#tokens))]));
        }
    }
    attributes.extend(optional);
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
