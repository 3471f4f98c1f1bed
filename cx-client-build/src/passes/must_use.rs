//! A builder that is dropped is a mistake.

use syn::{File, Item, parse_quote};

use super::context::Context;
use super::syntax::{module, type_builders, types};

/// Lets the compiler warn of builders that are dropped.
pub(super) fn run(file: &mut File, _: &Context<'_>) -> Result<(), String> {
    let types = types(file)?;
    let text = "a builder does nothing until it is given to an operation or converted to its type";
    must_be_used(type_builders(types)?, text);
    let operations = module(&mut file.items, "builder")?;
    must_be_used(operations, "an operation does nothing until `send` is called and awaited");
    Ok(())
}

fn must_be_used(items: &mut [Item], text: &str) {
    for item in items {
        if let Item::Struct(item) = item {
            item.attrs.push(parse_quote!(#[must_use = #text]));
        }
    }
}
