//! One error type, and one way to the wire.

use std::mem;

use syn::visit_mut::{VisitMut, visit_path_mut};
use syn::{
    Arm, Expr, ExprMatch, File, Ident, ImplItem, ImplItemFn, Item, ItemImpl, Path, ReturnType,
    Stmt, Type, parse_quote,
};

use super::Context;
use super::syntax::{code, inner_type, module, sends};

/// Splits each `send` in two: a private `request`, which is progenitor's code up to the built
/// request, and a `send` that hands it to `crate::runtime` and decodes the answer.
///
/// progenitor's `send` gives an error generic over the operation, and its hooks can report nothing
/// but a `reqwest::Error`: how often a request was sent, what of a response arrived before the
/// connection broke, and the status of a response that does not decode would all be lost. With one
/// call in the place of the hooks nothing is, and every `send` gives `crate::Error`.
///
/// What progenitor exports to be used with its hooks is no longer used, and taken out.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    let operations: Vec<(&str, &str)> = context
        .spec
        .paths
        .iter()
        .filter_map(|(path, item)| item.as_item().map(|item| (path, item)))
        .flat_map(|(path, item)| item.iter().map(move |(method, _)| (path.as_str(), method)))
        .collect();

    let builder = module(&mut file.items, "builder")?;
    let sends = sends(builder);
    if sends.len() != operations.len() {
        return Err(format!(
            "there are {} operations, and {} builders with a `send`",
            operations.len(),
            sends.len(),
        ));
    }
    let mut requests = Vec::new();
    for ((name, send), (path, method)) in sends.into_iter().zip(operations) {
        let request =
            split(send, path, method).map_err(|problem| format!("`{name}::send`: {problem}"))?;
        requests.push((name, request));
    }
    for item in builder.iter_mut() {
        let Item::Impl(item) = item else { continue };
        reject_stream(item)?;
        let name = super::syntax::simple_name(&item.self_ty).unwrap_or_default();
        if let Some(at) = requests.iter().position(|(owner, _)| *owner == name) {
            item.items.push(ImplItem::Fn(requests.remove(at).1));
        }
    }
    imports(file)
}

/// Rewrites `send` and gives `request`.
fn split(send: &mut ImplItemFn, path: &str, method: &str) -> Result<ImplItemFn, String> {
    let mut statements = mem::take(&mut send.block.stmts);
    let info = statements
        .iter()
        .position(|statement| code(statement).starts_with("let info = OperationInfo"))
        .ok_or("there is no `let info = OperationInfo { … }`")?;
    let rest = statements.split_off(info);
    let [info, .., Stmt::Expr(Expr::Match(answer), None)] = &rest[..] else {
        return Err("it does not end in a match over the status".to_owned());
    };
    for call in [". pre (", ". exec (", ". post ("] {
        if !rest.iter().any(|statement| code(statement).contains(call)) {
            return Err(format!("there is no call `{call}…)` of a hook"));
        }
    }
    let id = operation_id(info).ok_or("the operation id is not a string")?;
    let request = built_request(&statements).ok_or("there is no request built with `.build()?`")?;
    let (arms, streams) = arms(answer)?;
    let success = success_type(&send.sig.output).ok_or("the return type is no `Result`")?;
    let method = method.to_uppercase();

    let errors = "\n\n# Errors\n\nIf the request could not be built or sent, was refused, or the \
                  answer could not be read: [`Error::delivery`](crate::Error::delivery) says what \
                  is known of the server, and what to do.";
    send.attrs.push(parse_quote!(#[doc = #errors]));
    send.sig.output = parse_quote!(-> Result<#success, Error>);
    send.block = parse_quote!({
        const OPERATION: Operation = Operation {
            id: #id,
            method: #method,
            path: #path,
            streams: #streams,
        };
        let client = self.client;
        let response = client.inner.execute(&client.client, &OPERATION, self.request()).await?;
        match response.status().as_u16() {
            #(#arms)*
            _ => Err(response.into_error()),
        }
    });

    let mut function: ImplItemFn = parse_quote! {
        fn request(self) -> Result<reqwest::Request, RequestError<()>> {
            #(#statements)*
            Ok(#request)
        }
    };
    RenameError.visit_impl_item_fn_mut(&mut function);
    Ok(function)
}

fn operation_id(info: &Stmt) -> Option<syn::LitStr> {
    let Stmt::Local(local) = info else { return None };
    let Expr::Struct(value) = &*local.init.as_ref()?.expr else { return None };
    match &value.fields.first()?.expr {
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.clone()),
        _ => None,
    }
}

/// The variable of `let mut request = ….build()?;`, which is the last statement.
fn built_request(statements: &[Stmt]) -> Option<Ident> {
    let Some(Stmt::Local(local)) = statements.last() else { return None };
    let syn::Pat::Ident(pattern) = &local.pat else { return None };
    code(&local.init.as_ref()?.expr).ends_with(". build () ?").then(|| pattern.ident.clone())
}

/// The arms of the documented successes, and whether one is a stream.
fn arms(answer: &ExprMatch) -> Result<(Vec<Arm>, bool), String> {
    let mut streams = false;
    let mut arms = Vec::new();
    for arm in &answer.arms {
        let body = code(&arm.body);
        let body = body.trim_start_matches("{ ").trim_end_matches(" }");
        let decode: Expr = if body.starts_with("Err (") {
            continue;
        } else if body.starts_with("ResponseValue :: from_response (") {
            parse_quote!(response.json())
        } else if body.starts_with("Ok (ResponseValue :: empty (") {
            parse_quote!(Ok(response.empty()))
        } else if body.starts_with("Ok (ResponseValue :: stream (") {
            streams = true;
            parse_quote!(Ok(response.stream()))
        } else {
            return Err(format!("an answer is decoded in a way that is not known: {body}"));
        };
        let pattern = &arm.pat;
        arms.push(parse_quote!(#pattern => #decode,));
    }
    Ok((arms, streams))
}

/// `ResponseValue<T>` of the return type.
fn success_type(output: &ReturnType) -> Option<Type> {
    let ReturnType::Type(_, ty) = output else { return None };
    inner_type(ty)
}

/// `Error::InvalidRequest` is progenitor's, and `Error` is ours.
struct RenameError;

impl VisitMut for RenameError {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_path_mut(self, path);
        if path.leading_colon.is_none()
            && path.segments.len() == 2
            && path.segments[0].ident == "Error"
        {
            path.segments[0].ident = Ident::new("RequestError", path.segments[0].ident.span());
        }
    }
}

fn reject_stream(item: &ItemImpl) -> Result<(), String> {
    let paginated = item.items.iter().any(|item| {
        matches!(item, ImplItem::Fn(function) if function.sig.ident == "stream"
            && code(&function.sig.output).contains("futures :: Stream"))
    });
    if paginated {
        return Err("the extension `x-dropshot-pagination` is not supported".to_owned());
    }
    Ok(())
}

/// Replaces what the file and `mod builder` import, and takes out progenitor's traits.
fn imports(file: &mut File) -> Result<(), String> {
    let before = file.items.len();
    file.items.retain(|item| match item {
        Item::Use(item) => !code(&item.tree).starts_with("progenitor_client ::"),
        Item::Impl(item) => {
            let name = item.trait_.as_ref().and_then(|(path, _)| path.segments.last().cloned());
            !name.is_some_and(|name| name.ident == "ClientInfo" || name.ident == "ClientHooks")
        }
        Item::Mod(item) => item.ident != "prelude",
        _ => true,
    });
    if before - file.items.len() != 5 {
        return Err("there are not two imports of `progenitor_client`, `ClientInfo`, \
                    `ClientHooks` and a prelude"
            .to_owned());
    }
    let builder = module(&mut file.items, "builder")?;
    let before = builder.len();
    builder.retain(
        |item| !matches!(item, Item::Use(item) if code(&item.tree).starts_with("super :: {")),
    );
    if before - builder.len() != 1 {
        return Err("`mod builder` does not import from `super` once".to_owned());
    }
    let import = |items: &mut Vec<Item>, item| items.insert(0, item);
    import(
        builder,
        parse_quote! {
            #[allow(unused_imports)]
            use progenitor_client::{
                ByteStream, Error as RequestError, RequestBuilderExt, ResponseValue, encode_path,
            };
        },
    );
    import(
        builder,
        parse_quote!(
            use crate::{Error, runtime::Operation};
        ),
    );
    Ok(())
}
