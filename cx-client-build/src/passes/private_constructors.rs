//! One way to make a client.

use std::mem;

use syn::{Attribute, Fields, File, ImplItem, Item, ItemStruct, Visibility, parse_quote};

use super::context::Context;
use super::syntax::{doc_text, module, remove_derives, simple_name};

/// Takes out `Client::new`, which knows nothing of credentials, makes `Client::new_with_client` and
/// the `new` of the operations' builders private to the crate, and leaves the base URL and `Debug`
/// of the client to the runtime.
pub(super) fn run(file: &mut File, _: &Context<'_>) -> Result<(), String> {
    let mut constructors = Vec::new();
    for item in &mut file.items {
        match item {
            Item::Impl(item) if simple_name(&item.self_ty).as_deref() == Some("Client") => {
                item.items.retain(
                    |item| !matches!(item, ImplItem::Fn(function) if function.sig.ident == "new"),
                );
                for item in &mut item.items {
                    if let ImplItem::Fn(function) = item
                        && function.sig.ident == "new_with_client"
                    {
                        *function = parse_quote! {
                            pub(crate) fn new_with_client(
                                client: reqwest::Client,
                                inner: crate::runtime::Runtime,
                            ) -> Self {
                                Self { client, inner }
                            }
                        };
                        constructors.push(());
                    }
                }
            }
            Item::Struct(item) if item.ident == "Client" => client(item)?,
            _ => {}
        }
    }
    if constructors.len() != 1 {
        return Err("`Client::new_with_client` does not stand there once".to_owned());
    }
    for item in module(&mut file.items, "builder")? {
        let Item::Impl(item) = item else { continue };
        for item in &mut item.items {
            if let ImplItem::Fn(function) = item
                && function.sig.ident == "new"
            {
                function.vis = parse_quote!(pub(crate));
            }
        }
    }
    Ok(())
}

fn client(item: &mut ItemStruct) -> Result<(), String> {
    if !remove_derives(&mut item.attrs, &["Debug"]) {
        return Err("`Client` does not derive `Debug`".to_owned());
    }
    let Fields::Named(fields) = &mut item.fields else {
        return Err("`Client` has no named fields".to_owned());
    };
    let private = fields.named.iter().all(|field| !matches!(field.vis, Visibility::Public(_)));
    let names: Vec<_> = fields.named.iter().filter_map(|field| field.ident.as_ref()).collect();
    if !private || names != ["baseurl", "client", "inner"] {
        return Err("`Client` does not have the private fields baseurl, client, inner".to_owned());
    }
    fields.named = mem::take(&mut fields.named).into_iter().skip(1).collect();
    let is_doc = |attribute: &Attribute| doc_text(attribute).is_some();
    if !item.attrs.iter().any(is_doc) {
        return Err("`Client` has no doc comment".to_owned());
    }
    Ok(())
}
