//! Fields stand in the order of the document.

use syn::{Fields, File, Item};

use super::context::Context;
use super::syntax::types;

/// Sorts the fields of each struct as the document sorts the properties: progenitor sorts them by
/// name. So a request goes out, and a type reads, as it is documented.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    for item in types(file)? {
        let Item::Struct(item) = item else { continue };
        let Fields::Named(fields) = &mut item.fields else { continue };
        let Some(made) = context.names.types.get(&item.ident.to_string()) else { continue };
        let mut sorted: Vec<_> = fields.named.iter().cloned().collect();
        sorted.sort_by_key(|field| {
            let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
            let order = made.properties.iter().position(|property| property.field == name);
            order.unwrap_or(usize::MAX)
        });
        fields.named = sorted.into_iter().collect();
    }
    Ok(())
}
