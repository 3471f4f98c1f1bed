//! One error type, and one way to the wire.

use std::collections::{BTreeSet, HashMap};
use std::mem;

use syn::visit_mut::{VisitMut, visit_expr_method_call_mut, visit_path_mut};
use syn::{
    Arm, Block, Expr, ExprMatch, ExprMethodCall, File, GenericArgument, Ident, ImplItem,
    ImplItemFn, Item, ItemImpl, Lit, LitBool, LitStr, Member, Pat, Path, PathArguments, ReturnType,
    Stmt, Type, parse_quote,
};

use super::context::Context;
use super::syntax::{code, doc, is_info, module, sends};
use crate::names::OperationName;

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
            .names
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

/// Rewrites `send` and gives `request`.
fn split(
    send: &mut ImplItemFn,
    operation: &OperationName,
    templates: &Templates,
) -> Result<ImplItemFn, String> {
    let mut statements = mem::take(&mut send.block.stmts);
    let info = statements
        .iter()
        .position(is_info)
        .ok_or("there is no `let info = OperationInfo { … }`")?;
    let mut rest = statements.split_off(info);
    let mut calls = MethodCalls::default();
    rest.iter_mut().for_each(|statement| calls.visit_stmt_mut(statement));
    for hook in ["pre", "exec", "post"] {
        if !calls.0.contains(hook) {
            return Err(format!("there is no call `.{hook}(…)` of a hook"));
        }
    }
    let [info, .., Stmt::Expr(Expr::Match(response), None)] = &rest[..] else {
        return Err("it does not end in a match over the status".to_owned());
    };
    let id = operation_id(info).ok_or("the operation id is not a string")?;
    let client = client_field(&statements).ok_or("there is no `let Self { client, … } = self`")?;
    let (arms, streams) = arms(response, templates)?;
    success_or_our_error(&mut send.sig.output).ok_or("the return type is no `Result`")?;
    let errors = "\n\n# Errors\n\nIf the request could not be built or sent, was refused, or the \
                  response could not be read: [`Error::delivery`](crate::Error::delivery) says what \
                  is known of the server, and what to do.";
    send.attrs.push(doc(errors));
    send.block = templates.send.clone();
    let described = (&id, operation, streams);
    fill_in(&mut send.block, described, &arms, &client);
    super::requests::finish(&mut statements, operation, &client)?;
    let mut function = templates.request.clone();
    function.block.stmts = statements;
    OwnError.visit_impl_item_fn_mut(&mut function);
    Ok(function)
}

/// Fills in what `send` knows of an operation: its description, how its successes are decoded, and
/// the field that holds the client.
fn fill_in(
    block: &mut Block,
    (id, operation, streams): (&LitStr, &OperationName, bool),
    arms: &[Arm],
    client: &Ident,
) {
    for statement in &mut block.stmts {
        match statement {
            Stmt::Item(Item::Const(item)) => {
                describe(&mut item.expr, id, operation, streams);
            }
            Stmt::Expr(response, _) => match only_kind(arms) {
                Some(decode) => *response = decode,
                None => {
                    if let Expr::Match(response) = response {
                        response.arms.splice(..0, arms.iter().cloned());
                    }
                }
            },
            _ => {}
        }
    }
    if client != "client" {
        let own = |statement: &&mut Stmt| {
            matches!(statement, Stmt::Local(local)
            if matches!(&local.pat, Pat::Ident(pattern) if pattern.ident == "client"))
        };
        if let Some(statement) = block.stmts.iter_mut().find(own) {
            *statement = parse_quote!(let client = self.#client;);
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
                match response.status().as_u16() {
                    _ => Err(response.into_error()),
                }
            }),
            request: parse_quote! {
                fn build_request(self) -> Result<request::Request, Error> {}
            },
            json: parse_quote!(response.json()),
            empty: parse_quote!(Ok(response.empty())),
            stream: parse_quote!(Ok(response.stream())),
        }
    }
}

/// Fills in the fields of `Operation { … }`.
fn describe(expr: &mut Expr, id: &LitStr, operation: &OperationName, streams: bool) {
    let Expr::Struct(value) = expr else { return };
    for field in &mut value.fields {
        let (Member::Named(name), Expr::Lit(value)) = (&field.member, &mut field.expr) else {
            continue;
        };
        let text = |text: &str| Lit::Str(LitStr::new(text, id.span()));
        if name == "id" {
            value.lit = Lit::Str(id.clone());
        } else if name == "method" {
            value.lit = text(&operation.method);
        } else if name == "path" {
            value.lit = text(&operation.path);
        } else if name == "streams" {
            value.lit = Lit::Bool(LitBool::new(streams, id.span()));
        }
    }
}

/// The names of the methods that are called.
#[derive(Default)]
struct MethodCalls(BTreeSet<String>);

impl VisitMut for MethodCalls {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_expr_method_call_mut(self, call);
        self.0.insert(call.method.to_string());
    }
}

fn operation_id(info: &Stmt) -> Option<syn::LitStr> {
    let Stmt::Local(local) = info else { return None };
    let Expr::Struct(value) = &*local.init.as_ref()?.expr else { return None };
    match &value.fields.first()?.expr {
        Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => Some(text.clone()),
        _ => None,
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

/// The arms of the documented successes, and whether one is a stream.
fn arms(response: &ExprMatch, templates: &Templates) -> Result<(Vec<Arm>, bool), String> {
    let mut streams = false;
    let mut arms = Vec::new();
    for arm in &response.arms {
        if is_error(&arm.body) {
            continue;
        }
        let body = code(&arm.body);
        let body = body.trim_start_matches("{ ").trim_end_matches(" }");
        let decode = if body.starts_with("ResponseValue :: from_response (") {
            &templates.json
        } else if body.starts_with("Ok (ResponseValue :: empty (") {
            &templates.empty
        } else if body.starts_with("Ok (ResponseValue :: stream (") {
            streams = true;
            &templates.stream
        } else {
            return Err(format!("a response is decoded in a way that is not known: {body}"));
        };
        let mut arm = arm.clone();
        *arm.body = decode.clone();
        arm.comma = Some(Default::default());
        arms.push(arm);
    }
    Ok((arms, streams))
}

/// How every success is decoded, where the document has one kind of success body: frameworks respond
/// with another 2xx than their documentation names.
fn only_kind(arms: &[Arm]) -> Option<Expr> {
    let (first, rest) = arms.split_first()?;
    rest.iter().all(|arm| arm.body == first.body).then(|| (*first.body).clone())
}

/// Whether a response is `Err(…)`, in a block or not.
fn is_error(body: &Expr) -> bool {
    match body {
        Expr::Block(block) => {
            matches!(&block.block.stmts[..], [Stmt::Expr(body, None)] if is_error(body))
        }
        Expr::Call(call) => matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Err")),
        _ => false,
    }
}

/// Makes `Result<ResponseValue<T>, Error<E>>` a `Result<ResponseValue<T>, Error>`.
fn success_or_our_error(output: &mut ReturnType) -> Option<()> {
    let ReturnType::Type(_, ty) = output else { return None };
    let Type::Path(path) = &mut **ty else { return None };
    let result = path.path.segments.last_mut()?;
    let PathArguments::AngleBracketed(arguments) = &mut result.arguments else { return None };
    let GenericArgument::Type(Type::Path(error)) = arguments.args.last_mut()? else { return None };
    let error = error.path.segments.last_mut()?;
    error.arguments = PathArguments::None;
    (result.ident == "Result" && error.ident == "Error").then_some(())
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
