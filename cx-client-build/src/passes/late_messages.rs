//! A message is made when something is wrong.

use std::collections::{BTreeSet, HashMap};

use syn::visit_mut::{VisitMut, visit_field_value_mut};
use syn::{
    Expr, ExprCall, ExprTry, FieldValue, File, Item, ItemImpl, Lit, LitStr, Member, parse_quote,
};

use super::Context;
use super::syntax::{module, simple_name, type_builders, types};

/// Lets the builders of types begin with empty messages.
///
/// progenitor's begin with a message that says that a value is missing, for each required property:
/// an allocation each, with every request, thrown away when the value is set. Now a message is made
/// where a value turns out to be missing.
pub(super) fn run(file: &mut File, _: &Context<'_>) -> Result<(), String> {
    let types = types(file)?;
    let mut required: HashMap<String, BTreeSet<String>> = HashMap::new();
    let empty: Expr = parse_quote!(::std::string::String::new());
    let supplied: ExprCall = parse_quote!(supplied(value, ""));
    for item in type_builders(types)? {
        let Item::Impl(item) = item else { continue };
        let name = simple_name(&item.self_ty).unwrap_or_default();
        if is_impl_of(item, "Default") {
            let mut begin = Begin { empty: &empty, names: BTreeSet::new() };
            begin.visit_item_impl_mut(item);
            required.insert(name, begin.names);
        } else if is_impl_of(item, "TryFrom") {
            let names = required.remove(&name).unwrap_or_default();
            let mut end = End { supplied: &supplied, names };
            end.visit_item_impl_mut(item);
            if let Some(name) = end.names.first() {
                return Err(format!("`{name}?` is not there in a `TryFrom`"));
            }
        }
    }
    if required.is_empty() && type_builders(types)?.is_empty() {
        return Ok(());
    }
    if let Some(name) = required.keys().next() {
        return Err(format!("there is no `TryFrom` of the builder of `{name}`"));
    }
    module(types, "builder")?.push(parse_quote! {
        /// The value, or why there is none; an empty message says that none was given.
        #[allow(dead_code)]
        fn supplied<T>(
            value: ::std::result::Result<T, ::std::string::String>,
            name: &str,
        ) -> ::std::result::Result<T, ::std::string::String> {
            value.map_err(|message| {
                if message.is_empty() { format!("no value supplied for {name}") } else { message }
            })
        }
    });
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

/// Empties `name: Err("no value supplied for name".to_string())`, and keeps the name.
struct Begin<'a> {
    empty: &'a Expr,
    names: BTreeSet<String>,
}

impl VisitMut for Begin<'_> {
    fn visit_field_value_mut(&mut self, field: &mut FieldValue) {
        visit_field_value_mut(self, field);
        if let Expr::Call(call) = &mut field.expr
            && let Some(argument @ Expr::MethodCall(_)) = call.args.first_mut()
            && is_message(argument)
            && let Some(name) = name_of(&field.member)
        {
            *argument = self.empty.clone();
            self.names.insert(name);
        }
    }
}

fn is_message(expr: &Expr) -> bool {
    let Expr::MethodCall(call) = expr else { return false };
    let Expr::Lit(literal) = &*call.receiver else { return false };
    let Lit::Str(text) = &literal.lit else { return false };
    call.method == "to_string" && text.value().starts_with("no value supplied for ")
}

/// Replaces `value.name?` by `supplied(value.name, "name")?`, and forgets the name.
struct End<'a> {
    supplied: &'a ExprCall,
    names: BTreeSet<String>,
}

impl VisitMut for End<'_> {
    fn visit_expr_try_mut(&mut self, expr: &mut ExprTry) {
        let Expr::Field(field) = &*expr.expr else { return };
        let Some(name) = name_of(&field.member) else { return };
        if self.names.remove(&name) {
            let mut call = self.supplied.clone();
            if let Some(value) = call.args.first_mut() {
                *value = Expr::Field(field.clone());
            }
            if let Some(Expr::Lit(literal)) = call.args.last_mut() {
                let name = name.trim_start_matches("r#");
                literal.lit = Lit::Str(LitStr::new(name, call.paren_token.span.join()));
            }
            *expr.expr = Expr::Call(call);
        }
    }
}
