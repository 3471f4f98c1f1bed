//! Doc comments for people.

use std::collections::HashMap;

use syn::visit_mut::VisitMut;
use syn::{Attribute, Block, Expr, Fields, File, ImplItem, Item, Signature, Type, Visibility};

use super::Context;
use super::syntax::{doc, doc_text, module, simple_name, type_builders, wire_name};

/// Puts the space after `///` that progenitor leaves out, and documents what it leaves undocumented: the methods of the builders, and fields and
/// variants whose schema has no description of its own.
pub(super) fn run(file: &mut File, _: &Context<'_>) -> Result<(), String> {
    Clean.visit_file_mut(file);
    let types = super::syntax::types(file)?;
    let mut fields = HashMap::new();
    for item in types.iter_mut() {
        match item {
            Item::Struct(item) => {
                for (index, field) in item.fields.iter_mut().enumerate() {
                    let name = field.ident.as_ref().map_or(index.to_string(), ToString::to_string);
                    let ty = simple_name(&field.ty).unwrap_or_default();
                    document(
                        &mut field.attrs,
                        &format!("A [`{ty}`]."),
                        matches!(field.vis, Visibility::Public(_)) && is_type(&ty),
                    );
                    let text = summary(&field.attrs);
                    fields.insert((item.ident.to_string(), name), text);
                }
                let name = item.ident.to_string();
                document(
                    &mut item.attrs,
                    &format!("The schema `{name}` of the OpenAPI document."),
                    true,
                );
            }
            Item::Enum(item) => {
                for variant in &mut item.variants {
                    let name =
                        wire_name(&variant.attrs).unwrap_or_else(|| variant.ident.to_string());
                    document(
                        &mut variant.attrs,
                        &format!("`{name}`"),
                        matches!(variant.fields, Fields::Unit),
                    );
                }
            }
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

/// Whether a field of this type can be described by naming the type.
fn is_type(name: &str) -> bool {
    !matches!(
        name,
        "String" | "Vec" | "Option" | "HashMap" | "Map" | "Value" | "bool" | "Box" | "Uuid" | ""
    )
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
        for attribute in attributes {
            let Some(text) = doc_text(attribute) else { return };
            // progenitor's example of a call is no whole program.
            let plain = text.replace("```ignore\n", "```text\n");
            let spaced = plain.starts_with([' ', '\n']) || plain.is_empty() || plain.contains('\n');
            let plain = if spaced { plain } else { format!(" {plain}") };
            if plain != text {
                *attribute = doc(&plain);
            }
        }
    }
}
