//! The end of a body, whose value is nothing.

use proc_macro2::Span;
use syn::{
    Block, Expr, ExprMacro, Stmt, Token, parse_quote, parse_quote_spanned, spanned::Spanned as _,
    token::Semi,
};

use crate::{
    check::Exit,
    constructs::{Construct, construct},
};

/// Settles the value at the end of a body: what a last yield evaluates to is dropped, and the `Ok(())`
/// or `Err(error)` of a fallible body is returned.
// Input:  match x { 1 => yield_!(1), _ => Err(error) }
// Output: match x { 1 => { yield_!(1); } _ => return Err(error) }
pub(super) fn settle(stmts: &mut [Stmt], exit: Exit) {
    match stmts.last_mut() {
        Some(Stmt::Macro(last)) if construct(&last.mac.path) == Some(Construct::Yield) => {
            last.semi_token.get_or_insert_with(Semi::default);
        }
        Some(Stmt::Expr(last, semi @ None)) => {
            if is_yield(last) {
                *semi = Some(<Token![;]>::default());
            } else {
                settle_expr(last, exit);
            }
        }
        _ => {}
    }
}

fn settle_expr(expr: &mut Expr, exit: Exit) {
    match expr {
        Expr::If(found) => {
            settle_block(&mut found.then_branch, exit);
            if let Some((_, other)) = &mut found.else_branch {
                settle_expr(other, exit);
            }
        }
        Expr::Match(found) => {
            for arm in &mut found.arms {
                settle_expr(&mut arm.body, exit);
            }
        }
        Expr::Block(found) if found.label.is_none() => settle_block(&mut found.block, exit),
        Expr::Unsafe(found) => settle_block(&mut found.block, exit),
        _ if is_yield(expr) => {
            let span = expr.span().resolved_at(Span::mixed_site());
            *expr = parse_quote_spanned!(span=> { #expr; });
        }
        Expr::Call(call) if exit == Exit::Ok && is_result(&call.func) => {
            *expr = parse_quote!(return #expr);
        }
        _ => {}
    }
}

fn settle_block(block: &mut Block, exit: Exit) {
    settle(&mut block.stmts, exit);
}

fn is_yield(expr: &Expr) -> bool {
    match expr {
        Expr::Yield(_) => true,
        Expr::Macro(ExprMacro { mac, .. }) => construct(&mac.path) == Some(Construct::Yield),
        _ => false,
    }
}

/// `Ok` or `Err`.
fn is_result(func: &Expr) -> bool {
    let Expr::Path(path) = func else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "Ok" || last.ident == "Err")
}
