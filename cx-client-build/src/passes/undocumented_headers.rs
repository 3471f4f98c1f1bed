//! Nothing goes on the wire that the documentation does not name.

use std::mem;

use proc_macro2::TokenStream;
use syn::visit_mut::{VisitMut, visit_expr_method_call_mut, visit_expr_mut};
use syn::{Expr, ExprLit, ExprMethodCall, File, Lit, Pat, Stmt};

use super::Context;
use super::syntax::{code, is_info, module, sends};

/// Takes out the `api-version` request header, which progenitor sends with every request. Where an
/// operation declares no header of its own, the then empty header map goes too.
pub(super) fn run(file: &mut File, _: &Context<'_>) -> Result<(), String> {
    for (name, send) in sends(module(&mut file.items, "builder")?) {
        let statements = &mut send.block.stmts;
        let before = statements.len();
        statements.retain(|statement| !is_version_header(statement));
        if statements.len() + 1 != before {
            return Err(format!("`{name}::send` does not set the header `api-version` once"));
        }
        let Some(at) = statements.iter().position(is_header_map) else {
            return Err(format!("`{name}::send` has no `let mut header_map`"));
        };
        // What follows the request has to do with the answer.
        let end = statements.iter().position(is_info).unwrap_or(statements.len());
        let request = statements.get_mut(at + 1..end).unwrap_or_default();
        let mut appends = Appends(0);
        request.iter_mut().for_each(|statement| appends.visit_stmt_mut(statement));
        let Appends(used) = appends;
        if used == 0 {
            request.iter_mut().for_each(|statement| RemoveHeaders.visit_stmt_mut(statement));
            statements.remove(at);
        } else {
            Capacity(used).visit_stmt_mut(&mut statements[at]);
        }
    }
    Ok(())
}

fn is_version_header(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(Expr::MethodCall(call), _)
        if call.method == "append"
            && call.args.first().is_some_and(|name| code(name).contains("\"api-version\"")))
}

fn is_header_map(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Local(local)
        if matches!(&local.pat, Pat::Ident(ident) if ident.ident == "header_map"))
}

fn is_header_map_path(expr: &Expr) -> bool {
    matches!(expr, Expr::Path(path) if path.path.is_ident("header_map"))
}

/// Counts the calls of `header_map.append(…)`.
struct Appends(usize);

impl VisitMut for Appends {
    fn visit_expr_method_call_mut(&mut self, call: &mut ExprMethodCall) {
        visit_expr_method_call_mut(self, call);
        let on_map =
            matches!(&*call.receiver, Expr::Path(path) if path.path.is_ident("header_map"));
        self.0 += usize::from(on_map && call.method == "append");
    }
}

/// Replaces `x.headers(header_map)` by `x`.
struct RemoveHeaders;

impl VisitMut for RemoveHeaders {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_expr_mut(self, expr);
        if let Expr::MethodCall(ExprMethodCall { method, args, receiver, .. }) = expr
            && method == "headers"
            && args.first().is_some_and(is_header_map_path)
        {
            let receiver = mem::replace(&mut **receiver, Expr::Verbatim(TokenStream::new()));
            *expr = receiver;
        }
    }
}

/// Sets the capacity of the header map to what is left in it.
struct Capacity(usize);

impl VisitMut for Capacity {
    fn visit_expr_lit_mut(&mut self, literal: &mut ExprLit) {
        if matches!(literal.lit, Lit::Int(_)) {
            let count = self.0;
            *literal = syn::parse_quote!(#count);
        }
    }
}
