//! The examples of the document as values.

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};
use syn::{Type, parse_quote};

use crate::document::Document;
use crate::names::{MockResponse, OperationName};
use crate::node::Node;
use crate::rust_name::{Case, Scope};

/// The examples of an operation, in a module of its name.
pub(crate) fn of(
    document: &Document,
    operation: &OperationName,
    request: Option<&Type>,
    response: Option<&Type>,
) -> TokenStream {
    let mut functions = Vec::new();
    let mut taken = Scope::default();
    if let Some(node) = document.at(&operation.pointer) {
        if let (Some(body), Some(ty), Some(about)) =
            (node.get("requestBody"), request, &operation.request.body)
        {
            let holder = document.resolve(body);
            let media = holder.get("content").and_then(|content| content.get(&about.media_type));
            functions.extend(of_media(document, media, "request", ty, &mut taken));
        }
        let by_status = !operation.request.successes.is_empty();
        let is_success =
            |status: &str| status.starts_with('2') || (!by_status && status == "default");
        let documented = operation.request.responses.iter();
        let documented = documented.filter(|documented| is_success(&documented.status));
        for documented in documented.take(if by_status { usize::MAX } else { 1 }) {
            let Some(whole) = response else { break };
            let ty = match by_status {
                false => whole.clone(),
                true => named_type(documented).unwrap_or_else(|| parse_quote!(::serde_json::Value)),
            };
            let holder = node.get("responses").and_then(|all| all.get(&documented.status));
            let content = holder.and_then(|holder| document.resolve(holder).get("content"));
            let media = documented.media_type.as_ref().and_then(|name| content?.get(name));
            functions.extend(of_media(document, media, "response", &ty, &mut taken));
        }
    }
    let name = format_ident!("{}", operation.function);
    let text = format!(" The examples of [`Client::{name}`](crate::Client::{name}).");
    quote! {
        #[doc = #text]
        pub mod #name {
            #[allow(unused_imports)]
            use super::super::types;

            #(#functions)*
        }
    }
}

/// A function for the first example, and if there are more one for each, by its name.
fn of_media(
    document: &Document,
    media: Option<&Node>,
    name: &str,
    ty: &Type,
    taken: &mut Scope,
) -> Vec<TokenStream> {
    let Some(media) = media else { return Vec::new() };
    let mut values: Vec<(Option<&str>, &Node)> = Vec::new();
    values.extend(media.get("example").map(|value| (None, value)));
    for example in media.get("examples").map_or(&[][..], Node::entries) {
        let value = document.resolve(&example.node).get("value");
        values.extend(value.map(|value| (Some(example.key.as_str()), value)));
    }
    let many = values.len() > 1;
    let mut functions = Vec::new();
    for (index, (example, value)) in values.into_iter().enumerate() {
        let json = value.to_json().to_string();
        let label = example.map_or(String::new(), |example| format!(" (`{example}`)"));
        let text = format!(" The documented example of the {name}{label}.");
        let mut push = |wanted: &str| {
            let ident = format_ident!("{}", taken.take(wanted, Case::Snake, "example"));
            functions.push(quote! {
                #[doc = #text]
                pub fn #ident() -> #ty {
                    super::value(#json)
                }
            });
        };
        if index == 0 {
            push(name);
        }
        if let (true, Some(example)) = (many, example) {
            push(&format!("{name}-{example}"));
        }
    }
    functions.dedup_by_key(|function| function.to_token_stream().to_string());
    functions
}

/// The type of `mod types` that a response has, where it is one.
pub(crate) fn named_type(response: &MockResponse) -> Option<Type> {
    let name = format_ident!("{}", response.type_name.as_ref()?);
    Some(parse_quote!(types::#name))
}
