//! Fields stand in the order of the document.

use std::collections::HashMap;

use syn::{Fields, File, Item};

use super::Context;
use super::syntax::{markers_of, types, wire_name};
use crate::document::Node;
use crate::markers::Mark;

/// Sorts the fields of each struct as the document sorts the properties: progenitor sorts them by
/// name. So a request goes out, and a type reads, as it is documented.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    for item in types(file)? {
        let Item::Struct(item) = item else { continue };
        let Fields::Named(fields) = &mut item.fields else { continue };
        let markers = markers_of(&item.attrs);
        let Some(marker) = markers.iter().find(|marker| marker.mark == Mark::Type) else {
            continue;
        };
        let properties = context.document.at(&marker.pointer).and_then(|at| at.get("properties"));
        let order: HashMap<&str, usize> = properties
            .map_or(&[][..], Node::entries)
            .iter()
            .enumerate()
            .map(|(index, entry)| (entry.key.as_str(), index))
            .collect();
        let mut sorted: Vec<_> = fields.named.iter().cloned().collect();
        sorted.sort_by_key(|field| {
            let name = wire_name(&field.attrs)
                .or_else(|| field.ident.as_ref().map(ToString::to_string))
                .unwrap_or_default();
            order.get(name.trim_start_matches("r#")).copied().unwrap_or(usize::MAX)
        });
        fields.named = sorted.into_iter().collect();
    }
    Ok(())
}
