//! Code as a person would have written it.

use syn::visit_mut::{VisitMut, visit_field_value_mut};
use syn::{Expr, FieldValue, File, Item, Member, parse_quote};

use super::context::Context;
use super::syntax::{module, type_builders, types};

/// Writes `client` for `client: client`, and lets the compiler warn of builders that are dropped.
pub(super) fn run(file: &mut File, _: &Context<'_>) -> Result<(), String> {
    let types = types(file)?;
    let text = "a builder does nothing until it is given to an operation or converted to its type";
    must_be_used(type_builders(types)?, text);
    let operations = module(&mut file.items, "builder")?;
    must_be_used(operations, "an operation does nothing until `send` is called and awaited");
    operations.iter_mut().for_each(|item| Shorthand.visit_item_mut(item));
    Ok(())
}

fn must_be_used(items: &mut [Item], text: &str) {
    for item in items {
        if let Item::Struct(item) = item {
            item.attrs.push(parse_quote!(#[must_use = #text]));
        }
    }
}

struct Shorthand;

impl VisitMut for Shorthand {
    fn visit_field_value_mut(&mut self, field: &mut FieldValue) {
        visit_field_value_mut(self, field);
        if let (Expr::Path(value), Member::Named(name)) = (&field.expr, &field.member)
            && value.path.is_ident(name)
        {
            field.colon_token = None;
        }
    }
}
