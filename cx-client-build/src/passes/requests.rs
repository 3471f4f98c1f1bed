//! A request is put together as the document says.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Block, Ident, Member, Pat, Stmt, Token, parse_quote};

use crate::names::{Body, BodyKind, Location, OperationName};

/// Puts a call of the runtime's `request` for each parameter in the place of progenitor's code from
/// the URL to the built request.
///
/// progenitor sends a header that no document names, knows one style of parameters, and writes
/// their values with `Display`.
pub(super) fn finish(
    statements: &mut Vec<Stmt>,
    operation: &OperationName,
    client: &Ident,
) -> Result<(), String> {
    // The builder is taken apart, and each of its values checked.
    let values = operation.parameters.len() + usize::from(operation.request.body.is_some());
    let are_values = statements.len() > values
        && statements[..=values].iter().all(|statement| matches!(statement, Stmt::Local(_)));
    if !are_values {
        return Err(format!("it does not begin with `let` of itself and of {values} values"));
    }
    statements.truncate(values + 1);
    ignore(&mut statements[0], client);
    let taken = |name: &str| {
        operation.parameters.iter().any(|parameter| parameter.setter == name)
            || *client == name
            || name == "body"
    };
    let mut variable = "request".to_owned();
    while taken(&variable) {
        variable.insert(0, '_');
    }
    let variable = format_ident!("{variable}");
    let method = format_ident!("{}", operation.method);
    let path = operation.request_path();
    let parameters = operation.parameters.iter().map(|parameter| {
        let setter = format_ident!("{}", parameter.setter);
        let name = &parameter.name;
        let style = format_ident!("{}", parameter.wire.style);
        let call = match parameter.wire.location {
            Location::Path => quote!(path),
            Location::Query => quote!(query),
            Location::Header => quote!(header),
        };
        let check = parameter.wire.limits.map(|limits| check(name, &quote!(#setter), limits));
        quote!(#check #variable.#call(#name, &#setter, request::Style::#style)?;)
    });
    let accept = operation.request.accept.as_ref();
    let accept = accept.map(|media_type| quote!(#variable.accept(#media_type);));
    let body = operation.request.body.as_ref().map(|body| body_call(body, &variable));
    let block: Block = parse_quote!({
        #[allow(unused_mut)]
        let mut #variable = request::Request::new(::reqwest::Method::#method, #path);
        #(#parameters)*
        #accept
        #body
        Ok(#variable)
    });
    statements.extend(block.stmts);
    Ok(())
}

/// The statement that refuses a value that does not keep to what the document says of it.
fn check(name: &str, value: &TokenStream, limits: usize) -> TokenStream {
    let limits = super::limits::name(limits);
    quote!(crate::limits::check(#name, &#value, &super::limits::#limits)?;)
}

/// The statements that give the body to the request.
fn body_call(body: &Body, request: &Ident) -> TokenStream {
    let media_type = &body.media_type;
    let call: TokenStream = match body.kind {
        BodyKind::Json if body.has_numbers => quote!(json_with_numbers(#media_type, &body)),
        BodyKind::Json => quote!(json(#media_type, &body)),
        BodyKind::Form => {
            let styles = styles(&body.styles);
            quote!(form(#media_type, &body, #styles))
        }
        BodyKind::Text | BodyKind::Bytes => quote!(raw(#media_type, body)),
    };
    let value = match body.kind {
        BodyKind::Text => quote!(request::text(&body)),
        _ => quote!(body),
    };
    let check = body.limits.map(|limits| check("body", &value, limits));
    if body.required {
        return quote!(#check #request.#call?;);
    }
    quote! {
        if let Some(body) = body {
            #check
            #request.#call?;
        }
    }
}

/// Leaves a field of `let Self { … } = self` without a name.
fn ignore(statement: &mut Stmt, field: &Ident) {
    let Stmt::Local(local) = statement else { return };
    let Pat::Struct(pattern) = &mut local.pat else { return };
    for one in &mut pattern.fields {
        if matches!(&one.member, Member::Named(name) if name == field) {
            one.colon_token = Some(Token![:](field.span()));
            *one.pat = parse_quote!(_);
        }
    }
}

/// The styles of a form's properties.
pub(crate) fn styles(styles: &[(String, &'static str)]) -> TokenStream {
    let styles = styles.iter().map(|(name, style)| {
        let style = format_ident!("{style}");
        quote!((#name, crate::request::Style::#style))
    });
    quote!(&[#(#styles),*])
}
