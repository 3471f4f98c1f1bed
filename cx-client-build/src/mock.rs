//! What tests of the API use: helpers for httpmock, and the examples of the document as values.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{File, Ident, ImplItem, Item, ReturnType, Type, parse_quote};

use crate::document::Document;
use crate::mock_examples::{self, named_type};
use crate::names::{Body, BodyKind, Location, MockResponse};
use crate::names::{Names, OperationName, ParameterName};
use crate::passes::syntax::{code, converted_type, inner_type, module, sends, simple_name};
use crate::rust_name::{Case, Scope};

/// Makes the helpers and the examples of every operation, each from its own names and types.
pub(crate) fn generate(
    mut client: File,
    names: &Names,
    document: &Document,
) -> Result<File, String> {
    let copied = copied_types(&mut client)?;
    let types = operation_types(&mut client)?;
    let mut wrappers = Vec::new();
    let mut signatures = Vec::new();
    let mut methods = Vec::new();
    let mut examples = Vec::new();
    for operation in &names.operations {
        let types = types
            .get(&operation.builder)
            .ok_or_else(|| format!("there is no builder `{}`", operation.builder))?;
        wrappers.push(when(operation, types, &copied)?);
        wrappers.push(then(operation, types));
        let (signature, method) = server_method(operation);
        signatures.push(signature);
        methods.push(method);
        let (request, response) = (types.request.as_ref(), types.response.as_ref());
        examples.push(mock_examples::of(document, operation, request, response));
    }
    Ok(parse_quote! {
        /// [`When`](::httpmock::When) and [`Then`](::httpmock::Then) for each operation. To deviate
        /// from what is documented, take the untyped one with `into_inner()`.
        pub mod operations {
            #[allow(unused_imports)]
            use super::types;

            #(#wrappers)*
        }

        /// Adds a method for each operation to [`MockServer`](::httpmock::MockServer): its
        /// [`mock()`](::httpmock::MockServer::mock), with types.
        pub trait MockServerExt {
            #(#signatures)*
        }

        impl MockServerExt for ::httpmock::MockServer {
            #(#methods)*
        }

        /// The examples of the OpenAPI document as values.
        pub mod examples {
            #(#examples)*

            /// An example as its type.
            #[allow(dead_code)]
            fn value<T: ::serde::de::DeserializeOwned>(json: &str) -> T {
                match ::serde_json::from_str(json) {
                    Ok(value) => value,
                    Err(error) => panic!("an example does not fit its schema: {error}"),
                }
            }
        }
    })
}

/// The Rust types of an operation.
struct OperationTypes {
    parameters: BTreeMap<String, Type>,
    request: Option<Type>,
    response: Option<Type>,
}

/// The types that are handed over by value: enums that are `Copy`.
fn copied_types(client: &mut File) -> Result<BTreeSet<String>, String> {
    let types = module(&mut client.items, "types")?;
    let copied = types.iter().filter_map(|item| match item {
        Item::Enum(item) if crate::passes::syntax::has_derive(&item.attrs, "Copy") => {
            Some(item.ident.to_string())
        }
        _ => None,
    });
    Ok(copied.collect())
}

/// The types of the operations, by their builders.
fn operation_types(client: &mut File) -> Result<BTreeMap<String, OperationTypes>, String> {
    let builder = module(&mut client.items, "builder")?;
    let mut parameters = BTreeMap::new();
    let mut requests = BTreeMap::new();
    for item in builder.iter() {
        match item {
            Item::Struct(item) => {
                let fields = item.fields.iter().filter_map(|field| {
                    let ty = inner_type(&field.ty)?;
                    let is_option = simple_name(&ty).as_deref() == Some("Option");
                    let ty = if is_option { inner_type(&ty)? } else { ty };
                    Some((field.ident.as_ref()?.to_string(), ty))
                });
                parameters.insert(item.ident.to_string(), fields.collect::<BTreeMap<_, _>>());
            }
            Item::Impl(item) => {
                let body = item.items.iter().find_map(|item| match item {
                    ImplItem::Fn(function) if function.sig.ident == "body" => Some(function),
                    _ => None,
                });
                if let (Some(owner), Some(body)) = (simple_name(&item.self_ty), body) {
                    requests.insert(owner, converted_type(body));
                }
            }
            _ => {}
        }
    }
    let found = sends(builder).into_iter().map(|(owner, send)| {
        let types = OperationTypes {
            parameters: parameters.remove(&owner).unwrap_or_default(),
            request: requests.remove(&owner).flatten(),
            response: success_type(&send.sig.output),
        };
        (owner, types)
    });
    Ok(found.collect())
}

/// `T` of `-> Result<ResponseValue<T>, Error>`, if it is decoded.
fn success_type(output: &ReturnType) -> Option<Type> {
    let ReturnType::Type(_, ty) = output else { return None };
    inner_type(&inner_type(ty)?).filter(|ty| {
        let text = code(ty);
        text != "()" && text != "ByteStream"
    })
}

fn wrapper(operation: &OperationName, suffix: &str) -> Ident {
    format_ident!("{}{suffix}", operation.builder.trim_end_matches('_'))
}

/// What a request must be.
fn when(
    operation: &OperationName,
    types: &OperationTypes,
    copied: &BTreeSet<String>,
) -> Result<TokenStream, String> {
    let name = wrapper(operation, "When");
    let text = format!(" What a request of `{}` must be.", operation.builder);
    let method = format_ident!("{}", operation.method);
    let path = operation.request_path();
    let mut taken = Scope::with(&["new", "into_inner"]);
    let mut functions = Vec::new();
    for parameter in &operation.parameters {
        let ty = types
            .parameters
            .get(&parameter.setter)
            .ok_or_else(|| format!("`{}` has no `{}`", operation.builder, parameter.setter))?;
        let function = format_ident!("{}", taken.take(&parameter.setter, Case::Snake, "parameter"));
        functions.push(parameter_matcher(parameter, &function, path, ty, copied));
    }
    if let Some(body) = &operation.request.body {
        functions.push(body_matcher(body, types.request.as_ref()));
    }
    Ok(quote! {
        #[doc = #text]
        pub struct #name(::httpmock::When);

        impl #name {
            /// Wraps the untyped one.
            pub fn new(inner: ::httpmock::When) -> Self {
                let inner = inner.method(::httpmock::Method::#method);
                Self(crate::mock_matching::operation(inner, #path))
            }

            /// The untyped one, to deviate from what is documented.
            pub fn into_inner(self) -> ::httpmock::When {
                self.0
            }

            #(#functions)*
        }
    })
}

fn parameter_matcher(
    parameter: &ParameterName,
    function: &Ident,
    path: &str,
    ty: &Type,
    copied: &BTreeSet<String>,
) -> TokenStream {
    let name = &parameter.name;
    let style = format_ident!("{}", parameter.wire.style);
    let style = quote!(crate::request::Style::#style);
    let members = &parameter.wire.members;
    let matched = match parameter.wire.location {
        Location::Path => quote!(crate::mock_matching::path(self.0, #path, #name, &value, #style)),
        Location::Query => {
            quote!(crate::mock_matching::query(self.0, #name, &value, #style, &[#(#members),*]))
        }
        Location::Header => quote!(crate::mock_matching::header(self.0, #name, &value, #style)),
    };
    let type_name = simple_name(ty).unwrap_or_default();
    let by_value = matches!(
        type_name.as_str(),
        "bool" | "f32" | "f64" | "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64"
    ) || type_name.starts_with("NonZero")
        || copied.contains(&type_name);
    let argument: Type = match type_name.as_str() {
        "String" => parse_quote!(&'a str),
        _ if by_value => ty.clone(),
        _ => parse_quote!(&'a #ty),
    };
    let text = format!(" Requires this value of the parameter `{name}`.");
    if parameter.wire.required {
        let lifetime = (!by_value).then(|| quote!(<'a>));
        return quote! {
            #[doc = #text]
            pub fn #function #lifetime(self, value: #argument) -> Self {
                Self(#matched)
            }
        };
    }
    let text = format!("{text} `None` requires that it is absent.");
    quote! {
        #[doc = #text]
        pub fn #function<'a>(self, value: impl Into<Option<#argument>>) -> Self {
            let value: Option<#argument> = value.into();
            Self(#matched)
        }
    }
}

fn body_matcher(body: &Body, ty: Option<&Type>) -> TokenStream {
    match (body.kind, ty) {
        (BodyKind::Json, Some(ty)) => quote! {
            /// Requires this body.
            pub fn body(self, value: &#ty) -> Self {
                Self(self.0.json_body_obj(value))
            }
        },
        (BodyKind::Form, Some(ty)) => {
            let styles = crate::passes::form_styles(&body.styles);
            quote! {
                /// Requires this form as the body.
                pub fn body(self, value: &#ty) -> Self {
                    Self(crate::mock_matching::form(self.0, value, #styles))
                }
            }
        }
        _ => quote! {
            /// Requires this body.
            pub fn body(self, value: impl AsRef<[u8]>) -> Self {
                Self(crate::mock_matching::bytes(self.0, value.as_ref()))
            }
        },
    }
}

/// What the mock responds with.
fn then(operation: &OperationName, types: &OperationTypes) -> TokenStream {
    let name = wrapper(operation, "Then");
    let mut taken = Scope::with(&["new", "into_inner"]);
    let responses = operation.request.responses.iter().map(|response| {
        let success = response.status.starts_with('2') || response.status == "default";
        // The enum of responses that differ by status is none that a server sends.
        let one = operation.request.successes.is_empty();
        let success = types.response.as_ref().filter(|_| success && one);
        response_method(response, success, &mut taken)
    });
    let responses: Vec<TokenStream> = responses.collect();
    quote! {
        /// What the mock responds with.
        pub struct #name(::httpmock::Then);

        impl #name {
            /// Wraps the untyped one.
            pub fn new(inner: ::httpmock::Then) -> Self {
                Self(inner)
            }

            /// The untyped one, to deviate from what is documented.
            pub fn into_inner(self) -> ::httpmock::Then {
                self.0
            }

            #(#responses)*
        }
    }
}

fn response_method(
    response: &MockResponse,
    success: Option<&Type>,
    taken: &mut Scope,
) -> TokenStream {
    let status = response.status.as_str();
    let code = status.parse::<u16>().ok();
    let reason = code
        .and_then(|code| http::StatusCode::from_u16(code).ok())
        .and_then(|code| code.canonical_reason());
    let name = match (status, reason) {
        (_, Some(reason)) => reason.to_owned(),
        ("default", _) => "default response".to_owned(),
        ("1XX", _) => "informational".to_owned(),
        ("2XX", _) => "success".to_owned(),
        ("3XX", _) => "redirect".to_owned(),
        ("4XX", _) => "client error".to_owned(),
        ("5XX", _) => "server error".to_owned(),
        _ => format!("status {status}"),
    };
    let function = format_ident!("{}", taken.take(&name, Case::Snake, "response"));
    let text = format!(" Responds with the documented `{status}`.");
    let (status_argument, status) = match code {
        Some(code) => (None, quote!(#code)),
        None => (Some(quote!(status: u16,)), quote!(status)),
    };
    let json = response.is_json;
    let media_type = match response.media_type.as_deref().unwrap_or_default() {
        range if json && range.contains('*') => "application/json",
        media_type => media_type,
    };
    let ty = named_type(response).or_else(|| success.cloned());
    let (argument, content) = match (ty, json, media_type.is_empty()) {
        (_, _, true) => (None, quote!()),
        (Some(ty), true, _) => (
            Some(quote!(value: &#ty)),
            quote!(.header("content-type", #media_type).json_body_obj(value)),
        ),
        (None, true, _) => (
            Some(quote!(value: ::serde_json::Value)),
            quote!(.header("content-type", #media_type).json_body(value)),
        ),
        _ => (
            Some(quote!(value: impl AsRef<[u8]>)),
            quote!(.header("content-type", #media_type).body(value)),
        ),
    };
    quote! {
        #[doc = #text]
        pub fn #function(self, #status_argument #argument) -> Self {
            Self(self.0.status(#status) #content)
        }
    }
}

fn server_method(operation: &OperationName) -> (TokenStream, TokenStream) {
    let (when, then) = (wrapper(operation, "When"), wrapper(operation, "Then"));
    let name = format_ident!("{}", operation.function);
    let text = format!(" Mocks [`Client::{name}`](crate::Client::{name}).");
    let signature = quote! {
        fn #name<F>(&self, config_fn: F) -> ::httpmock::Mock<'_>
        where
            F: FnOnce(operations::#when, operations::#then)
    };
    let method = quote! {
        #signature
        {
            self.mock(|when, then| {
                config_fn(operations::#when::new(when), operations::#then::new(then))
            })
        }
    };
    (quote!(#[doc = #text] #signature;), method)
}
