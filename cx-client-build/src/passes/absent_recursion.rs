//! What is absent is not sent, also where a type holds values of its own type.

use syn::visit_mut::{VisitMut, visit_field_mut, visit_type_mut};
use syn::{Field, File, Item, Type, parse_quote};

use super::context::Context;
use super::syntax::{inner_type, simple_name, types};

/// Makes each `Box<Option<T>>` an `Option<Box<T>>` that is left out where it is `None`.
///
/// typify breaks a circle of types where it finds it, which can be outside of the `Option` of a
/// property; the property would then be sent as `null`.
pub(super) fn run(file: &mut File, _: &Context<'_>) -> Result<(), String> {
    let types = types(file)?;
    let has_one = |item: &Item| match item {
        Item::Struct(item) => item.fields.iter().any(|field| boxed_option(&field.ty).is_some()),
        _ => false,
    };
    if types.iter().any(has_one) {
        types.iter_mut().for_each(|item| Swap.visit_item_mut(item));
    }
    Ok(())
}

struct Swap;

impl VisitMut for Swap {
    fn visit_field_mut(&mut self, field: &mut Field) {
        // The fields of builders have no attributes, and are `Result`s.
        if boxed_option(&field.ty).is_some() {
            field.attrs.retain(|attribute| {
                !(attribute.path().is_ident("serde")
                    && matches!(&attribute.meta, syn::Meta::List(list)
                        if list.tokens.to_string() == "default"))
            });
            field.attrs.push(parse_quote! {
                #[serde(default, skip_serializing_if = "::std::option::Option::is_none")]
            });
        }
        visit_field_mut(self, field);
    }

    fn visit_type_mut(&mut self, ty: &mut Type) {
        if let Some(inner) = boxed_option(ty) {
            *ty = parse_quote!(::std::option::Option<::std::boxed::Box<#inner>>);
        }
        visit_type_mut(self, ty);
    }
}

/// `T` of `Box<Option<T>>`.
fn boxed_option(ty: &Type) -> Option<Type> {
    if simple_name(ty).as_deref() != Some("Box") {
        return None;
    }
    let option = inner_type(ty)?;
    (simple_name(&option).as_deref() == Some("Option")).then(|| inner_type(&option)).flatten()
}
