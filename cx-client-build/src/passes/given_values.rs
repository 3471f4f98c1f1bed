//! What was given to a builder, and what to say where it is missing or not valid.

use std::collections::{BTreeSet, HashMap};

use syn::visit_mut::{VisitMut, visit_expr_method_call_mut, visit_impl_item_fn_mut};
use syn::{
    Expr, ExprClosure, ExprMethodCall, ExprTry, FieldValue, File, ImplItem, ImplItemFn, Item,
    ItemImpl, Lit, LitStr, Local, Member, Pat, Stmt, Type, parse_quote,
};

use super::context::Context;
use super::syntax::{code, converted_type, inner_type, module, simple_name, type_builders, types};

/// Lets the builders begin with nothing, and name what is missing or not valid when a request is
/// built.
///
/// - progenitor's builders begin with a message for each required value: an allocation each, with
///   every request, thrown away when the value is set. Now a message is made where a value turns
///   out to be missing.
/// - Its messages of values that cannot be converted quote the value, or name a type by its path.
///   Now they name the parameter or field and its type.
/// - It takes a body that was never given for an empty object. Now a required body that was not
///   given is an error, and an optional one is not sent.
pub(super) fn run(file: &mut File, context: &Context<'_>) -> Result<(), String> {
    let types = types(file)?;
    let mut required: HashMap<String, BTreeSet<String>> = HashMap::new();
    let (mut of_types, mut of_parameters) = (Messages::new(""), Messages::new("the parameter "));
    for item in type_builders(types)? {
        let Item::Impl(item) = item else { continue };
        let name = simple_name(&item.self_ty).unwrap_or_default();
        if is_impl_of(item, "Default") {
            required.insert(name, begin(item, false));
        } else if is_impl_of(item, "TryFrom") {
            let mut end = End { names: required.remove(&name).unwrap_or_default() };
            end.visit_item_impl_mut(item);
            if let Some(name) = end.names.first() {
                return Err(format!("`{name}?` is not there in a `TryFrom`"));
            }
        } else if item.trait_.is_none() {
            of_types.visit_item_impl_mut(item);
        }
    }
    if let Some(name) = required.keys().next() {
        return Err(format!("there is no `TryFrom` of the builder of `{name}`"));
    }
    for item in module(&mut file.items, "builder")? {
        let Item::Impl(item) = item else { continue };
        let builder = simple_name(&item.self_ty).unwrap_or_default();
        let Some(operation) = context.of_builder(&builder) else { continue };
        if item.trait_.is_some() {
            continue;
        }
        let mut required = begin(item, true);
        of_parameters.visit_item_impl_mut(item);
        let body = operation.request.body.as_ref();
        let body_is_optional = body.is_some_and(|body| !body.required);
        for function in &mut item.items {
            let ImplItem::Fn(function) = function else { continue };
            if function.sig.ident == "body_map" {
                function.block = parse_quote!({
                    self.body = match self.body {
                        Err(message) if message.is_empty() => Ok(f(Default::default())),
                        body => body.map(f),
                    };
                    self
                });
            } else if function.sig.ident == "build_request" {
                for statement in &mut function.block.stmts {
                    if let Stmt::Local(local) = statement {
                        take(local, &mut required, body_is_optional);
                    }
                }
            }
        }
        if let Some(name) = required.first() {
            return Err(format!("`{builder}` does not take `{name}` out of its fields"));
        }
    }
    Ok(())
}

fn is_impl_of(item: &ItemImpl, name: &str) -> bool {
    let of = item.trait_.as_ref().and_then(|(path, _)| path.segments.last());
    of.is_some_and(|last| last.ident == name)
}

fn name_of(member: &Member) -> Option<String> {
    match member {
        Member::Named(name) => Some(name.to_string()),
        Member::Unnamed(_) => None,
    }
}

/// Empties the messages that an implementation begins with, and gives the names of the fields.
fn begin(item: &mut ItemImpl, has_body: bool) -> BTreeSet<String> {
    let nothing = parse_quote!(Err(::std::string::String::new()));
    let mut begin = Begin { has_body, nothing, names: BTreeSet::new() };
    begin.visit_item_impl_mut(item);
    begin.names
}

/// Replaces `name: Err("no value supplied for name".to_string())`, `name: Err("name was not
/// initialized".to_string())` and the empty body by `name: Err(String::new())`.
struct Begin {
    /// Whether `body` is the body of a request, not a property of that name.
    has_body: bool,
    /// What takes the place of a message.
    nothing: Expr,
    names: BTreeSet<String>,
}

impl VisitMut for Begin {
    fn visit_field_value_mut(&mut self, field: &mut FieldValue) {
        let Some(name) = name_of(&field.member) else { return };
        if matches!(&field.expr, Expr::Path(value) if value.path.is_ident(&name)) {
            // `client` for `client: client`.
            field.colon_token = None;
        }
        let Expr::Call(call) = &field.expr else { return };
        let is_body =
            self.has_body && name == "body" && code(&call.args).ends_with("Default :: default ()");
        if is_body || call.args.first().is_some_and(is_message) {
            field.expr = self.nothing.clone();
            self.names.insert(name);
        }
    }
}

fn is_message(expr: &Expr) -> bool {
    let Expr::MethodCall(call) = expr else { return false };
    let Expr::Lit(literal) = &*call.receiver else { return false };
    let Lit::Str(text) = &literal.lit else { return false };
    let text = text.value();
    call.method == "to_string"
        && (text.starts_with("no value supplied for ") || text.ends_with(" was not initialized"))
}

fn supplied(value: &Expr, what: &str) -> Expr {
    parse_quote!(crate::runtime::supplied(#value, #what))
}

fn quoted(name: &str) -> String {
    format!("`{}`", name.trim_start_matches("r#"))
}

/// Replaces `value.name?` by `supplied(value.name, "name")?`, and forgets the name.
struct End {
    names: BTreeSet<String>,
}

impl VisitMut for End {
    fn visit_expr_try_mut(&mut self, expr: &mut ExprTry) {
        let Expr::Field(field) = &*expr.expr else { return };
        let Some(name) = name_of(&field.member) else { return };
        if self.names.remove(&name) {
            *expr.expr = supplied(&expr.expr, &quoted(&name));
        }
    }
}

/// Replaces the innermost receiver of `let name = name.….map_err(…)?;` by `supplied(name, "name")`,
/// and forgets the name; a body that is optional becomes an `Option`.
fn take(local: &mut Local, required: &mut BTreeSet<String>, body_is_optional: bool) {
    let Some(init) = &mut local.init else { return };
    let Pat::Ident(pattern) = &local.pat else {
        return;
    };
    let name = pattern.ident.to_string();
    if !required.contains(&name) {
        return;
    }
    if name == "body" && body_is_optional {
        let value = &init.expr;
        init.expr = parse_quote!(match body {
            Err(message) if message.is_empty() => None,
            body => Some(#value),
        });
        required.remove(&name);
        return;
    }
    let mut expr = &mut *init.expr;
    loop {
        match expr {
            Expr::Try(inner) => expr = &mut inner.expr,
            Expr::MethodCall(call) => expr = &mut call.receiver,
            Expr::Path(path) if path.path.is_ident(&name) => {
                let what = if name == "body" { "the body".to_owned() } else { quoted(&name) };
                *expr = supplied(expr, &what);
                required.remove(&name);
                return;
            }
            _ => return,
        }
    }
}

/// Replaces progenitor's messages of values that cannot be converted.
struct Messages {
    /// What stands before the name.
    kind: &'static str,
    /// The type that the function at hand converts to.
    ty: String,
    /// `|_| "".to_string()`, parsed once: a document can have thousands of messages.
    template: ExprClosure,
}

impl VisitMut for Messages {
    fn visit_impl_item_fn_mut(&mut self, function: &mut ImplItemFn) {
        let Some(ty) = converted_type(function) else { return };
        self.ty = short(&ty);
        visit_impl_item_fn_mut(self, function);
    }

    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_expr_method_call_mut(self, call);
        if call.method == "map_err"
            && let Some(Expr::Closure(closure)) = call.args.first_mut()
        {
            self.replace(closure);
        }
    }
}

impl Messages {
    fn new(kind: &'static str) -> Self {
        Self { kind, ty: String::new(), template: parse_quote!(|_| "".to_string()) }
    }

    fn message(&self, text: &str) -> ExprClosure {
        let mut closure = self.template.clone();
        if let Expr::MethodCall(call) = &mut *closure.body
            && let Expr::Lit(literal) = &mut *call.receiver
        {
            literal.lit = Lit::Str(LitStr::new(text, literal.lit.span()));
        }
        closure
    }

    fn replace(&self, closure: &mut ExprClosure) {
        let Some(text) = text_of(&closure.body) else { return };
        let Some(text) = text.split('"').nth(1) else { return };
        let name = match text.strip_prefix("error converting supplied value for ") {
            Some(name) => name.trim_end_matches(": {e}"),
            None => {
                let Some((_, name)) = text.split_once("` for ") else { return };
                let Some((name, _)) = name.split_once(" failed") else { return };
                name
            }
        };
        let Self { kind, ty, .. } = self;
        let says_why = !matches!(closure.inputs.first(), Some(Pat::Wild(_)));
        *closure = if kind.is_empty() || name != "body" {
            let text = format!("{kind}`{name}` is not a valid `{ty}`");
            self.message(&text)
        } else if says_why {
            parse_quote! {
                |error| crate::runtime::invalid_body::<types::error::ConversionError, _>(#ty, &error)
            }
        } else {
            self.message(&format!("the body is not a valid `{ty}`"))
        };
    }
}

/// The literal that a message is made of: of `"…".to_string()` or `format!("…")`.
fn text_of(body: &Expr) -> Option<String> {
    match body {
        Expr::MethodCall(call) => text_of(&call.receiver),
        Expr::Lit(literal) => Some(code(&literal.lit)),
        Expr::Macro(call) => call.mac.tokens.clone().into_iter().next().map(|token| code(&token)),
        Expr::Block(block) => match block.block.stmts.as_slice() {
            [Stmt::Expr(body, None)] => text_of(body),
            _ => None,
        },
        _ => None,
    }
}

/// A type without paths and `Option`: `Vec<String>` of
/// `::std::option::Option<::std::vec::Vec<::std::string::String>>`.
fn short(ty: &Type) -> String {
    if let (Some("Option"), Some(inner)) = (simple_name(ty).as_deref(), inner_type(ty)) {
        return short(&inner);
    }
    let compact: String = code(ty).split_whitespace().collect();
    let mut short = String::new();
    let mut segment = String::new();
    for character in compact.chars() {
        match character {
            ':' => segment.clear(),
            '<' | '>' | ',' | '(' | ')' | '[' | ']' => {
                short.push_str(&segment);
                segment.clear();
                short.push(character);
            }
            character => segment.push(character),
        }
    }
    short + &segment
}
