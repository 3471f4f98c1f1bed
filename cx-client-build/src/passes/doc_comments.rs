//! Doc comments for people.

use std::collections::{BTreeSet, HashMap};

use syn::visit_mut::VisitMut;
use syn::{
    Attribute, Block, Expr, Fields, File, ImplItem, Item, ItemEnum, ItemStruct, Signature, Type,
    Visibility,
};

use super::context::Context;
use super::syntax::{
    code, doc, doc_text, inner_type, module, simple_name, type_builders, wire_name,
};
use crate::names::Names;

/// Writes all doc comments as `///`, and documents what progenitor leaves undocumented: the methods
/// of the builders, and fields and variants whose schema has no description of its own.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    let may_be_empty = may_be_empty(super::syntax::types(file)?, context.names);
    Clean.visit_file_mut(file);
    let types = super::syntax::types(file)?;
    let summaries: HashMap<String, String> = types
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some((item.ident.to_string(), summary(&item.attrs))),
            Item::Enum(item) => Some((item.ident.to_string(), summary(&item.attrs))),
            _ => None,
        })
        .collect();
    let mut fields = HashMap::new();
    for item in types.iter_mut() {
        match item {
            Item::Struct(item) => {
                document_struct(item, &summaries, &mut fields);
                if may_be_empty.contains(&item.ident.to_string()) {
                    add_may_be_empty(&mut item.attrs);
                }
            }
            Item::Enum(item) => document_enum(item),
            _ => {}
        }
    }
    methods(types, |_, function| match function {
        "builder" => Some("A builder of this type, with no value set.".to_owned()),
        _ => None,
    });
    methods(type_builders(types)?, |owner, function| {
        let text = fields.get(&(owner.to_owned(), function.to_owned()))?;
        Some(if text.is_empty() {
            format!("Sets `{function}`.")
        } else {
            format!("Sets `{function}`: {text}")
        })
    });
    methods(module(&mut file.items, "builder")?, |_, function| {
        Some(match function {
            "body" => "Sets the body of the request.".to_owned(),
            "body_map" => {
                "Changes the body of the request with the builder of its type.".to_owned()
            }
            name => format!("Sets the parameter `{name}`."),
        })
    });
    Ok(())
}

/// Documents a struct and its fields, and notes the summary of each field by struct and name.
fn document_struct(
    item: &mut ItemStruct,
    of_types: &HashMap<String, String>,
    of_fields: &mut HashMap<(String, String), String>,
) {
    for (index, field) in item.fields.iter_mut().enumerate() {
        let name = field.ident.as_ref().map_or(index.to_string(), ToString::to_string);
        let wire =
            wire_name(&field.attrs).unwrap_or_else(|| name.trim_start_matches("r#").to_owned());
        let unknown = format!("The property `{wire}`.");
        let of_type = of_types.get(&inner_name(&field.ty)).filter(|of| !of.is_empty());
        let applies = matches!(field.vis, Visibility::Public(_)) && field.ident.is_some();
        document(&mut field.attrs, of_type.unwrap_or(&unknown), applies);
        let text = Some(summary(&field.attrs)).filter(|text| *text != unknown);
        of_fields.insert((item.ident.to_string(), name), text.unwrap_or_default());
    }
    let text = format!("The schema `{}` of the OpenAPI document.", item.ident);
    document(&mut item.attrs, &text, true);
}

fn document_enum(item: &mut ItemEnum) {
    for variant in &mut item.variants {
        let name = wire_name(&variant.attrs).unwrap_or_else(|| variant.ident.to_string());
        let applies = matches!(variant.fields, Fields::Unit);
        document(&mut variant.attrs, &format!("`{name}`"), applies);
    }
}

/// Says after the documentation of a type that the runtime may have taken the empty value.
fn add_may_be_empty(attributes: &mut Vec<Attribute>) {
    let last = attributes.iter().rposition(|other| doc_text(other).is_some());
    let text = " A required string, array or map that a response lacks, or has as `null`, is empty \
                here.";
    let at = last.map_or(0, |last| last + 1);
    attributes.splice(at..at, [doc(""), doc(text)]);
}

/// The name of a type without `Option`, `Vec` and `Box` around it.
fn inner_name(ty: &Type) -> String {
    let name = simple_name(ty).unwrap_or_default();
    match (name.as_str(), inner_type(ty)) {
        ("Option" | "Vec" | "Box", Some(inner)) => inner_name(&inner),
        _ => name,
    }
}

/// The types of responses that have required properties for which the runtime may have to take the
/// empty value.
fn may_be_empty(types: &[Item], names: &Names) -> BTreeSet<String> {
    let facts = |name: &str| names.types.get(name).map(|name| &name.facts);
    let has_empty = |field: &syn::Field| {
        let name = simple_name(&field.ty).unwrap_or_default();
        let is_required = !field.attrs.iter().any(|attribute| {
            attribute.path().is_ident("serde") && code(attribute).contains("default")
        });
        let is_empty = matches!(name.as_str(), "String" | "Vec" | "HashMap" | "Map");
        is_required && (is_empty || facts(&name).is_some_and(|facts| facts.open.is_some()))
    };
    types
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) => {
                let name = item.ident.to_string();
                let received = facts(&name).is_some_and(|facts| facts.received);
                (received && item.fields.iter().any(has_empty)).then_some(name)
            }
            _ => None,
        })
        .collect()
}

fn summary(attributes: &[Attribute]) -> String {
    let text: Vec<String> = attributes.iter().filter_map(doc_text).collect();
    text.join("\n").trim().lines().next().unwrap_or_default().to_owned()
}

fn document(attributes: &mut Vec<Attribute>, text: &str, applies: bool) {
    if applies && !attributes.iter().any(|attribute| doc_text(attribute).is_some()) {
        attributes.insert(0, doc(&format!(" {text}")));
    }
}

/// Documents the public methods of the inherent impls among `items` that are not documented.
fn methods(items: &mut [Item], text: impl Fn(&str, &str) -> Option<String>) {
    for item in items {
        let Item::Impl(item) = item else { continue };
        if item.trait_.is_some() {
            continue;
        }
        let owner = simple_name(&item.self_ty).unwrap_or_default();
        for item in &mut item.items {
            if let ImplItem::Fn(function) = item
                && matches!(function.vis, Visibility::Public(_))
                && let Some(text) = text(&owner, &function.sig.ident.to_string())
            {
                document(&mut function.attrs, &text, true);
            }
        }
    }
}

struct Clean;

impl VisitMut for Clean {
    // Most of the tree is code inside functions, and has no comments.
    fn visit_block_mut(&mut self, _: &mut Block) {}
    fn visit_expr_mut(&mut self, _: &mut Expr) {}
    fn visit_signature_mut(&mut self, _: &mut Signature) {}
    fn visit_type_mut(&mut self, _: &mut Type) {}

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let is_done = |attribute: &Attribute| match doc_text(attribute) {
            Some(text) => text.starts_with(' ') && !text.contains('\n'),
            None => true,
        };
        if attributes.iter().all(is_done) {
            return;
        }
        let mut text = String::new();
        attributes.retain(|attribute| match doc_text(attribute) {
            Some(more) => {
                if !text.is_empty() {
                    text.push('\n');
                }
                // A comment of one line may begin with the space that follows `///`.
                let one_line = !more.contains('\n');
                text.push_str(if one_line { more.trim_start() } else { &more });
                false
            }
            None => true,
        });
        let mut lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
        lines.dedup_by(|next, line| next.is_empty() && line.is_empty());
        let lines = lines.into_iter().map(|line| match line {
            "" => doc(""),
            line => doc(&format!(" {line}")),
        });
        attributes.splice(..0, lines);
    }
}
