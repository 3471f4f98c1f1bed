//! The media types that the document names.

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::{VisitMut, visit_expr_method_call_mut};
use syn::{Expr, ExprMethodCall, File, ImplItem, Item, parse_quote};

use super::Context;
use super::syntax::{code, module, operation_of};
use crate::lowering::OperationFacts;

/// Sends `Content-Type` and `Accept` as the document names them, where progenitor knows the media
/// type by another name, such as `application/json` for `application/vnd.example+json`.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    for item in module(&mut file.items, "builder")? {
        let Item::Impl(item) = item else { continue };
        let facts = item.items.iter().find_map(|item| match item {
            ImplItem::Fn(function) => {
                operation_of(function).and_then(|key| context.facts.get(&key))
            }
            _ => None,
        });
        let Some(facts) = facts else { continue };
        if facts.content_type.is_none() && facts.accept.is_none() {
            continue;
        }
        let mut headers = Headers { facts, content_type: 0, accept: 0 };
        for item in &mut item.items {
            if let ImplItem::Fn(function) = item {
                headers.visit_impl_item_fn_mut(function);
            }
        }
        let wanted = (facts.content_type.iter().count(), facts.accept.iter().count());
        if (headers.content_type, headers.accept) != wanted {
            return Err(format!(
                "a request sets `Content-Type` {} and `Accept` {} times, not {} and {}",
                headers.content_type, headers.accept, wanted.0, wanted.1,
            ));
        }
    }
    Ok(())
}

struct Headers<'a> {
    facts: &'a OperationFacts,
    content_type: usize,
    accept: usize,
}

impl VisitMut for Headers<'_> {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_expr_method_call_mut(self, call);
        if call.method == "header" && call.args.len() == 2 {
            let name = code(&call.args[0]).to_ascii_lowercase();
            let (value, count) = if name.ends_with("content_type") {
                (&self.facts.content_type, &mut self.content_type)
            } else if name.ends_with("accept") {
                (&self.facts.accept, &mut self.accept)
            } else {
                return;
            };
            if let Some(value) = value {
                call.args[1] = header_value(value);
                *count += 1;
            }
        } else if call.method == "json"
            && call.args.len() == 1
            && let Some(value) = &self.facts.content_type
        {
            // The method leaves a header alone that is there.
            let receiver = &call.receiver;
            let value = header_value(value);
            let receiver: TokenStream =
                quote!(#receiver.header(::reqwest::header::CONTENT_TYPE, #value));
            *call.receiver = parse_quote!(#receiver);
            self.content_type += 1;
        }
    }
}

fn header_value(value: &str) -> Expr {
    parse_quote!(::reqwest::header::HeaderValue::from_static(#value))
}
