//! Completes progenitor's helpers for httpmock.

use std::collections::BTreeMap;

use quote::{ToTokens, format_ident, quote};
use syn::{File, Ident, ImplItem, Item, ReturnType, Type, parse_quote};

use crate::document::{Document, Node};
use crate::passes::syntax::{
    code, converted_type, doc_text, inner_type, module, sends, simple_name,
};
use crate::validate::METHODS;

/// Documents the helpers, and adds the examples of the document as values.
pub(crate) fn complete(file: &mut File, client: &File, document: &Document) -> Result<(), String> {
    describe(file)?;
    let mut client = client.clone();
    let types = operation_types(&mut client)?;
    let modules = operations(document).zip(&types).map(|(operation, types)| {
        let functions = examples(document, operation, types);
        let name = &types.method;
        let text = format!(" The examples of [`Client::{name}`](crate::Client::{name}).");
        quote! {
            #[doc = #text]
            pub mod #name {
                #[allow(unused_imports)]
                use crate::types;

                #(#functions)*
            }
        }
    });
    file.items.push(parse_quote! {
        /// The examples of the OpenAPI document as values.
        pub mod examples {
            #(#modules)*

            /// An example as its type.
            #[allow(dead_code)]
            fn value<T: ::serde::de::DeserializeOwned>(json: &str) -> T {
                match ::serde_json::from_str(json) {
                    Ok(value) => value,
                    Err(error) => panic!("an example does not fit its schema: {error}"),
                }
            }
        }
    });
    Ok(())
}

/// Gives the helpers the doc comments that progenitor leaves out.
fn describe(file: &mut File) -> Result<(), String> {
    for item in module(&mut file.items, "operations")? {
        match item {
            Item::Struct(item) => {
                let name = item.ident.to_string();
                let text = match name.strip_suffix("When") {
                    Some(operation) => format!(" What a request of `{operation}` must be."),
                    None => " What the mock answers.".to_owned(),
                };
                item.attrs.push(parse_quote!(#[doc = #text]));
            }
            Item::Impl(item) => {
                let when = simple_name(&item.self_ty).is_some_and(|name| name.ends_with("When"));
                for item in &mut item.items {
                    let ImplItem::Fn(function) = item else { continue };
                    let name = function.sig.ident.to_string();
                    let text = match (name.as_str(), when) {
                        ("new", _) => " Wraps the untyped one.".to_owned(),
                        ("into_inner", _) => {
                            " The untyped one, to deviate from what is documented.".to_owned()
                        }
                        (name, true) => format!(" Requires this value of `{name}`."),
                        (name, false) => format!(" Answers with the documented `{name}`."),
                    };
                    if !function.attrs.iter().any(|attribute| doc_text(attribute).is_some()) {
                        function.attrs.push(parse_quote!(#[doc = #text]));
                    }
                }
            }
            _ => {}
        }
    }
    for item in &mut file.items {
        let Item::Trait(item) = item else { continue };
        for item in &mut item.items {
            if let syn::TraitItem::Fn(function) = item {
                let name = function.sig.ident.to_string();
                let text = format!(" Mocks [`Client::{name}`](crate::Client::{name}).");
                function.attrs.push(parse_quote!(#[doc = #text]));
            }
        }
    }
    Ok(())
}

/// The Rust types of an operation.
struct OperationTypes {
    method: Ident,
    request: Option<Type>,
    response: Option<Type>,
}

/// The types of the operations, in the order of the document.
fn operation_types(client: &mut File) -> Result<Vec<OperationTypes>, String> {
    let methods: BTreeMap<String, Ident> = client
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Impl(item) if simple_name(&item.self_ty).as_deref() == Some("Client") => {
                Some(&item.items)
            }
            _ => None,
        })
        .flatten()
        .filter_map(|item| match item {
            ImplItem::Fn(function) => match &function.sig.output {
                ReturnType::Type(_, ty) => Some((simple_name(ty)?, function.sig.ident.clone())),
                ReturnType::Default => None,
            },
            _ => None,
        })
        .collect();
    let builder = module(&mut client.items, "builder")?;
    let mut requests = BTreeMap::new();
    for item in builder.iter() {
        let Item::Impl(item) = item else { continue };
        let body = item.items.iter().find_map(|item| match item {
            ImplItem::Fn(function) if function.sig.ident == "body" => Some(function),
            _ => None,
        });
        if let (Some(owner), Some(body)) = (simple_name(&item.self_ty), body) {
            requests.insert(owner, converted_type(body));
        }
    }
    sends(builder)
        .into_iter()
        .map(|(owner, send)| {
            let method =
                methods.get(&owner).ok_or_else(|| format!("no method gives `{owner}`"))?.clone();
            let response = success_type(&send.sig.output).filter(|ty| {
                let text = code(ty);
                text != "()" && text != "ByteStream"
            });
            let request = requests.remove(&owner).flatten();
            Ok(OperationTypes { method, request, response })
        })
        .collect()
}

/// `T` of `-> Result<ResponseValue<T>, Error>`.
fn success_type(output: &ReturnType) -> Option<Type> {
    let ReturnType::Type(_, ty) = output else { return None };
    inner_type(&inner_type(ty)?)
}

/// The operations of the document in its order.
fn operations(document: &Document) -> impl Iterator<Item = &Node> {
    let paths = document.root().get("paths").map_or(&[][..], Node::entries);
    paths
        .iter()
        .filter(|path| path.key.starts_with('/'))
        .flat_map(|path| METHODS.iter().filter_map(|method| path.node.get(method)))
}

fn examples(
    document: &Document,
    operation: &Node,
    types: &OperationTypes,
) -> Vec<proc_macro2::TokenStream> {
    let mut functions = Vec::new();
    if let (Some(body), Some(ty)) = (operation.get("requestBody"), &types.request) {
        functions.extend(of_content(document, document.resolve(body), "request", ty));
    }
    let responses = operation.get("responses").map_or(&[][..], Node::entries);
    let success = responses.iter().find(|response| response.key.starts_with('2'));
    if let (Some(response), Some(ty)) = (success, &types.response) {
        let node = document.resolve(&response.node);
        functions.extend(of_content(document, node, "response", ty));
    }
    functions
}

/// A function for the first example, and if there are more one for each, by its name.
fn of_content(
    document: &Document,
    holder: &Node,
    name: &str,
    ty: &Type,
) -> Vec<proc_macro2::TokenStream> {
    let media = holder.get("content").map_or(&[][..], Node::entries).first();
    let Some(media) = media.map(|entry| &entry.node) else { return Vec::new() };
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
        let mut push = |ident: Ident| {
            functions.push(quote! {
                #[doc = #text]
                pub fn #ident() -> #ty {
                    super::value(#json)
                }
            });
        };
        if index == 0 {
            push(format_ident!("{name}"));
        }
        if let (true, Some(example)) = (many, example) {
            let suffix: String = example
                .chars()
                .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' })
                .collect();
            push(format_ident!("{name}_{suffix}"));
        }
    }
    functions.dedup_by_key(|function| function.to_token_stream().to_string());
    functions
}
