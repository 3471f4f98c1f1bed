//! The base URL is parsed once.

use syn::punctuated::Punctuated;
use syn::{Expr, ExprMacro, File, ImplItem, Item, Lit, LitStr, Pat, Stmt, Token, parse_quote};

use super::Context;
use super::syntax::module;

/// Appends the path of each request to the base URL that the runtime has parsed.
///
/// progenitor joins the two as text, which is then parsed with every request; the host is most of
/// that work. The path is normalised and escaped as before.
pub(super) fn run(file: &mut File, _: &Context<'_>) -> Result<(), String> {
    for item in module(&mut file.items, "builder")? {
        let Item::Impl(item) = item else { continue };
        for item in &mut item.items {
            if let ImplItem::Fn(function) = item
                && function.sig.ident == "build_request"
            {
                let url = function.block.stmts.iter_mut().find_map(url).ok_or(
                    "there is no `let url = format!(\"{}…\", client.baseurl, …)` in a `build_request`",
                )?;
                *url.0 = url.1;
            }
        }
    }
    Ok(())
}

/// The expression of `let url = …;`, and what to put in its place.
fn url(statement: &mut Stmt) -> Option<(&mut Expr, Expr)> {
    let Stmt::Local(local) = statement else { return None };
    let Pat::Ident(pattern) = &local.pat else { return None };
    // It begins with underscores where a parameter is called `url`.
    if pattern.ident.to_string().trim_start_matches('_') != "url" {
        return None;
    }
    let value = &mut *local.init.as_mut()?.expr;
    let Expr::Macro(ExprMacro { mac, .. }) = value else { return None };
    let mut arguments =
        mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated).ok()?.into_iter();
    let (Some(Expr::Lit(template)), Some(Expr::Field(base))) = (arguments.next(), arguments.next())
    else {
        return None;
    };
    let Lit::Str(template) = &template.lit else { return None };
    let path = template.value();
    let path = LitStr::new(path.strip_prefix("{}")?, template.span());
    if !matches!(&base.member, syn::Member::Named(name) if name == "baseurl") {
        return None;
    }
    let client = &base.base;
    let arguments: Vec<Expr> = arguments.collect();
    let url = if arguments.is_empty() {
        parse_quote!(#client.inner.url(#path))
    } else {
        parse_quote!(#client.inner.url(&format!(#path, #(#arguments),*)))
    };
    Some((value, url))
}
