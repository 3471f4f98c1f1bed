//! The types describe themselves on demand.

use quote::quote;
use syn::{Attribute, File, Item, parse_quote};

use super::context::Context;
use super::syntax::{has_derive, types};
use crate::names::TypeName;

/// Lets every type that derives `Serialize` derive `schemars::JsonSchema` behind the feature
/// `schemars`, and adds `json_schemas`, which gives the schemas of all types with the JSON pointers
/// of the schemas that they were made from. That closes the circle: what is lost or gained on the
/// way from the document to the types can be found by comparing the two.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    let derive: Attribute = parse_quote! {
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
    };
    let mut entries = Vec::new();
    for item in types(file)? {
        let (attributes, ident) = match item {
            Item::Struct(item) => (&mut item.attrs, &item.ident),
            Item::Enum(item) => (&mut item.attrs, &item.ident),
            _ => continue,
        };
        if !has_derive(attributes, "Serialize") {
            continue;
        }
        let made = context.names.types.get(&ident.to_string());
        if let Some(made) = made.filter(|made| is_whole(made)) {
            let pointer = &made.pointer;
            entries.push(quote!((#pointer, generator().into_root_schema_for::<types::#ident>())));
        }
        attributes.push(derive.clone());
    }
    file.items.push(parse_quote! {
        /// The JSON Schemas of the generated types, as they serialize, each with the JSON pointer
        /// (RFC 6901) of the schema of the OpenAPI document that the type was made from.
        #[cfg(feature = "schemars")]
        pub fn json_schemas() -> Vec<(&'static str, schemars::Schema)> {
            #[allow(unused_variables)]
            let generator = || schemars::generate::SchemaSettings::draft2020_12()
                .for_serialize()
                .into_generator();
            ::std::vec::Vec::from([#(#entries),*])
        }
    });
    Ok(())
}

/// Whether a type has all that its schema has: what is received of it, and no part of a union.
fn is_whole(made: &TypeName) -> bool {
    let is_component =
        made.pointer.rsplit_once('/').is_some_and(|(parent, _)| parent == "/components/schemas");
    let facts = &made.facts;
    let is_shape = facts.is_struct || !made.values.is_empty() || !facts.alternatives.is_empty();
    !facts.partial && (is_component || is_shape)
}
