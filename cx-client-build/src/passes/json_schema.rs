//! The types describe themselves on demand.

use syn::{File, Item, parse_quote};

use super::Context;
use super::syntax::{has_derive, types};

/// Lets every type that derives `Serialize` derive `schemars::JsonSchema` behind the feature
/// `schemars`.
pub(super) fn run(file: &mut File, _: &Context<'_>) -> Result<(), String> {
    for item in types(file)? {
        let attributes = match item {
            Item::Struct(item) => &mut item.attrs,
            Item::Enum(item) => &mut item.attrs,
            _ => continue,
        };
        if has_derive(attributes, "Serialize") {
            attributes.push(parse_quote! {
                #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
            });
        }
    }
    Ok(())
}
