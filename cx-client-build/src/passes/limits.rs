//! What the values of a request must keep to.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{File, Ident, parse_quote};

use super::context::Context;
use super::unions::constant;
use crate::names::Limit;

/// Adds the statics that [`super::requests`] has a value of a request checked by.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    let limits = &context.names.limits;
    if limits.is_empty() {
        return Ok(());
    }
    let names = (0..limits.len()).map(name);
    let values = limits.iter().map(|limits| {
        let limits = limits.iter().map(value);
        quote!(Limits(&[#(#limits),*]))
    });
    file.items.push(parse_quote! {
        /// What the values of requests must keep to.
        mod limits {
            use crate::limits::{Limit, Limits};
            #(pub(super) static #names: Limits = #values;)*
        }
    });
    Ok(())
}

/// The static of this number.
pub(super) fn name(number: usize) -> Ident {
    format_ident!("LIMITS_{number}")
}

fn value(limit: &Limit) -> TokenStream {
    match limit {
        Limit::Number(keyword, number) => {
            let keyword = format_ident!("{keyword}");
            quote!(Limit::#keyword(#number))
        }
        Limit::Count(keyword, count) => {
            let keyword = format_ident!("{keyword}");
            quote!(Limit::#keyword(#count))
        }
        Limit::UniqueItems => quote!(Limit::UniqueItems),
        Limit::Values(values) => quote!(Limit::Values(&[#(#values),*])),
        Limit::Items(items) => {
            let items = name(*items);
            quote!(Limit::Items(&#items))
        }
        Limit::Property(property, limits) => {
            let limits = name(*limits);
            quote!(Limit::Property(#property, &#limits))
        }
        Limit::OtherProperties(known, limits) => {
            let limits = name(*limits);
            quote!(Limit::OtherProperties(&[#(#known),*], &#limits))
        }
        Limit::Alternatives(all) => {
            let all = all.iter().map(|(alternative, limits)| {
                let (alternative, limits) = (constant(alternative), name(*limits));
                quote!((#alternative, &#limits))
            });
            quote!(Limit::Alternatives(&[#(#all),*]))
        }
    }
}
