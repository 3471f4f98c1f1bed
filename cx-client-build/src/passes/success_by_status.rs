//! An enum of the responses, by status.

use syn::{Arm, Expr, File, Ident, Stmt, Type, parse_quote};

use super::context::Context;
use super::syntax::{inner_type, module, sends};
use crate::names::Success;

/// Lets each operation whose responses differ by status decode the body of that status, as the variant
/// that has its name.
///
/// progenitor takes one type for all responses. The document that it saw had an enum in their place,
/// under the status `2XX`.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    for (name, send) in sends(module(&mut file.items, "builder")?) {
        let operation = context.names.of_builder(&name);
        let successes = operation.map_or(&[][..], |operation| &operation.request.successes);
        if successes.is_empty() {
            continue;
        }
        let success = match &send.sig.output {
            syn::ReturnType::Type(_, ty) => inner_type(ty).and_then(|value| inner_type(&value)),
            syn::ReturnType::Default => None,
        };
        let success = success.ok_or("a `send` gives no `Result<ResponseValue<…>, …>`")?;
        let Some(Stmt::Expr(response, None)) = send.block.stmts.last_mut() else {
            return Err("a `send` does not end in the response".to_owned());
        };
        // The one of `2XX` comes last: the first arm that matches is taken.
        let (others, documented): (Vec<_>, Vec<_>) =
            successes.iter().partition(|success| success.status.is_none());
        let arms = documented.into_iter().chain(others).map(|variant| arm(variant, &success));
        *response = parse_quote! {
            match response.status().as_u16() {
                #(#arms)*
                _ => Err(response.into_error()),
            }
        };
    }
    Ok(())
}

fn arm(success: &Success, ty: &Type) -> Arm {
    let variant = Ident::new(&success.variant, proc_macro2::Span::call_site());
    let value: Expr = match success.has_body {
        true => parse_quote!(Ok(ResponseValue::map(response.json()?, #ty::#variant))),
        false => parse_quote!(Ok(ResponseValue::map(response.empty(), |()| #ty::#variant))),
    };
    match success.status {
        Some(status) => parse_quote!(#status => #value,),
        None => parse_quote!(200..=299 => #value,),
    }
}
