//! Facts of the document, as constants.

use syn::{File, parse_quote};

use super::context::Context;
use super::syntax::doc;

/// Adds `BASE_URL`, the URL of the document's first server, `API_VERSION`, its version, and for
/// the runtime `PROPERTY_NAMES`.
///
/// `BASE_URL` is `None` where the document names no server, or one whose URL has variables or is
/// relative: then only the user can tell where the API is.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    let url = context.spec.servers.first().map(|server| server.url.as_str());
    let absolute = url.filter(|url| {
        !url.contains('{') && (url.starts_with("https://") || url.starts_with("http://"))
    });
    let value: syn::Expr = match absolute {
        Some(url) => parse_quote!(Some(#url)),
        None => parse_quote!(None),
    };
    let mut docs = vec![doc(
        " The base URL of the API: the first server of the OpenAPI document, where it names one.",
    )];
    let description = context.spec.servers.first().and_then(|server| server.description.as_deref());
    if let Some(description) = description.filter(|_| absolute.is_some()) {
        docs.push(doc(""));
        docs.extend(description.lines().map(|line| doc(&format!(" {line}"))));
    }
    let names = &context.property_names;
    let version = &context.spec.info.version;
    file.items.push(parse_quote! {
        #(#docs)*
        pub const BASE_URL: Option<&str> = #value;
    });
    file.items.push(parse_quote! {
        /// The version of the API, as the OpenAPI document states it.
        pub const API_VERSION: &str = #version;
    });
    file.items.push(parse_quote! {
        /// The names of the properties of the schemas, sorted: what an error may quote of a body.
        pub(crate) const PROPERTY_NAMES: &[&str] = &[#(#names),*];
    });
    Ok(())
}
