//! One error type, and one way to the wire.

use std::collections::HashMap;
use std::mem;

use proc_macro2::Span;
use syn::visit_mut::{VisitMut, visit_path_mut};
use syn::{
    Arm, Block, Expr, File, GenericArgument, Ident, ImplItem, ImplItemFn, Item, ItemImpl, Lit,
    LitBool, LitStr, Member, Pat, Path, PathArguments, ReturnType, Stmt, Type, parse_quote,
};

use super::context::Context;
use super::syntax::{code, doc, inner_type, module, sends};
use crate::names::{Decoded, OperationName, Request, Success};

/// Splits each `send` in two: a private `build_request`, which is progenitor's code up to the built
/// request, and a `send` that hands it to `crate::runtime` and decodes the response.
///
/// progenitor's `send` gives an error generic over the operation, and its hooks can report nothing
/// but a `reqwest::Error`: how often a request was sent, what of a response arrived before the
/// connection broke, and the status of a response that does not decode would all be lost. With one
/// call in the place of the hooks nothing is, and every `send` gives `crate::Error`.
///
/// What progenitor exports to be used with its hooks is no longer used, and taken out.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    let builder = module(&mut file.items, "builder")?;
    let sends = sends(builder);
    let operations = context.names.operations.len();
    if sends.len() != operations {
        return Err(format!(
            "there are {operations} operations, and {} builders with a `send`",
            sends.len(),
        ));
    }
    let templates = Templates::new();
    let mut requests = HashMap::new();
    for (name, send) in sends {
        let operation = context
            .of_builder(&name)
            .ok_or_else(|| format!("no operation has the builder `{name}`"))?;
        let request = split(send, operation, &templates)
            .map_err(|problem| format!("`{name}::send`: {problem}"))?;
        if requests.insert(name.clone(), request).is_some() {
            return Err(format!("two operations have the builder `{name}`"));
        }
    }
    for item in builder.iter_mut() {
        let Item::Impl(item) = item else { continue };
        reject_stream(item)?;
        let name = super::syntax::simple_name(&item.self_ty).unwrap_or_default();
        if let Some(request) = requests.remove(&name) {
            item.items.push(ImplItem::Fn(request));
        }
    }
    imports(file)
}

/// Rewrites `send` and gives `build_request`.
fn split(
    send: &mut ImplItemFn,
    operation: &OperationName,
    templates: &Templates,
) -> Result<ImplItemFn, String> {
    let mut statements = mem::take(&mut send.block.stmts);
    let client = client_field(&statements).ok_or("there is no `let Self { client, … } = self`")?;
    let success =
        success_or_our_error(&mut send.sig.output).ok_or("the return type is no `Result`")?;
    let errors = "\n\n# Errors\n\nIf the request could not be built or sent, was refused, or the \
                  response could not be read: [`Error::delivery`](crate::Error::delivery) says what \
                  is known of the server, and what to do.";
    send.attrs.push(doc(errors));
    send.block = templates.send.clone();
    fill_in(&mut send.block, operation, &client);
    send.block.stmts.push(Stmt::Expr(templates.response(&operation.request, &success), None));
    super::requests::finish(&mut statements, operation, &client)?;
    let mut function = templates.request.clone();
    function.block.stmts = statements;
    OwnError.visit_impl_item_fn_mut(&mut function);
    Ok(function)
}

/// Fills in what `send` knows of an operation: its description, and the field that holds the client.
fn fill_in(block: &mut Block, operation: &OperationName, client: &Ident) {
    for statement in &mut block.stmts {
        match statement {
            Stmt::Item(Item::Const(item)) => describe(&mut item.expr, operation),
            Stmt::Local(local) if client != "client" => {
                if let (Pat::Ident(pattern), Some(init)) = (&local.pat, &mut local.init)
                    && pattern.ident == "client"
                {
                    init.expr = parse_quote!(self.#client);
                }
            }
            _ => {}
        }
    }
}

/// What is the same for every operation, parsed once: a document can have thousands.
struct Templates {
    send: Block,
    request: ImplItemFn,
    json: Expr,
    empty: Expr,
    stream: Expr,
}

impl Templates {
    fn new() -> Self {
        Self {
            send: parse_quote!({
                const OPERATION: Operation =
                    Operation { id: "", method: "", path: "", streams: false };
                let client = self.client;
                let response =
                    client.inner.execute(&client.client, &OPERATION, self.build_request()).await?;
            }),
            request: parse_quote! {
                fn build_request(self) -> Result<request::Request, Error> {}
            },
            json: parse_quote!(response.json()),
            empty: parse_quote!(Ok(response.empty())),
            stream: parse_quote!(Ok(response.stream())),
        }
    }

    /// How the successes are decoded: as the one kind that the document has, whatever their status,
    /// since frameworks respond with another 2xx than their documentation names; or each as the
    /// variant of its status.
    ///
    /// progenitor takes one type for all responses. The document that it saw had an enum in their
    /// place, under the status `2XX`.
    fn response(&self, request: &Request, success: &Type) -> Expr {
        if request.successes.is_empty() {
            return match request.success {
                Decoded::Json => self.json.clone(),
                Decoded::Nothing => self.empty.clone(),
                Decoded::Bytes => self.stream.clone(),
            };
        }
        // The one of `2XX` comes last: the first arm that matches is taken.
        let (others, documented): (Vec<_>, Vec<_>) =
            request.successes.iter().partition(|success| success.status.is_none());
        let arms = documented.into_iter().chain(others).map(|variant| arm(variant, success));
        parse_quote! {
            match response.status().as_u16() {
                #(#arms)*
                _ => Err(response.into_error()),
            }
        }
    }
}

fn arm(success: &Success, ty: &Type) -> Arm {
    let variant = Ident::new(&success.variant, Span::call_site());
    let value: Expr = match success.has_body {
        true => parse_quote!(Ok(ResponseValue::map(response.json()?, #ty::#variant))),
        false => parse_quote!(Ok(ResponseValue::map(response.empty(), |()| #ty::#variant))),
    };
    match success.status {
        Some(status) => parse_quote!(#status => #value,),
        None => parse_quote!(200..=299 => #value,),
    }
}

/// Fills in the fields of `Operation { … }`.
fn describe(expr: &mut Expr, operation: &OperationName) {
    let Expr::Struct(value) = expr else { return };
    for field in &mut value.fields {
        let (Member::Named(name), Expr::Lit(value)) = (&field.member, &mut field.expr) else {
            continue;
        };
        let text = |text: &str| Lit::Str(LitStr::new(text, Span::call_site()));
        if name == "id" {
            value.lit = text(&operation.function);
        } else if name == "method" {
            value.lit = text(&operation.method);
        } else if name == "path" {
            value.lit = text(&operation.path);
        } else if name == "streams" {
            let streams = operation.request.success == Decoded::Bytes;
            value.lit = Lit::Bool(LitBool::new(streams, Span::call_site()));
        }
    }
}

/// The first field of the first statement, `let Self { client, … } = self;`.
fn client_field(statements: &[Stmt]) -> Option<Ident> {
    let Some(Stmt::Local(local)) = statements.first() else { return None };
    let Pat::Struct(pattern) = &local.pat else { return None };
    match &pattern.fields.first()?.member {
        Member::Named(name) => Some(name.clone()),
        Member::Unnamed(_) => None,
    }
}

/// Makes `Result<ResponseValue<T>, Error<E>>` a `Result<ResponseValue<T>, Error>`, and gives `T`.
fn success_or_our_error(output: &mut ReturnType) -> Option<Type> {
    let ReturnType::Type(_, ty) = output else { return None };
    let success = inner_type(&inner_type(ty)?)?;
    let Type::Path(path) = &mut **ty else { return None };
    let result = path.path.segments.last_mut()?;
    let PathArguments::AngleBracketed(arguments) = &mut result.arguments else { return None };
    let GenericArgument::Type(Type::Path(error)) = arguments.args.last_mut()? else { return None };
    let error = error.path.segments.last_mut()?;
    error.arguments = PathArguments::None;
    (result.ident == "Result" && error.ident == "Error").then_some(success)
}

/// `Error::InvalidRequest` is progenitor's.
struct OwnError;

impl VisitMut for OwnError {
    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_path_mut(self, path);
        if path.leading_colon.is_none()
            && path.segments.len() == 2
            && path.segments[1].ident == "InvalidRequest"
        {
            path.segments[1].ident = Ident::new("invalid_request", path.segments[1].ident.span());
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
    for item in builder.iter_mut() {
        if let Item::Use(item) = item
            && code(&item.tree) == "super :: types"
        {
            item.attrs.push(parse_quote!(#[allow(unused_imports)]));
        }
    }
    let import = |items: &mut Vec<Item>, item| items.insert(0, item);
    import(
        builder,
        parse_quote! {
            #[allow(unused_imports)]
            use crate::{ByteStream, ResponseValue};
        },
    );
    import(
        builder,
        parse_quote!(
            use crate::{Error, request, runtime::Operation};
        ),
    );
    Ok(())
}
