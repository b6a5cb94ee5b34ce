//! The end of a body, whose value is nothing or, in a fallible one, a `Result`.

use proc_macro2::TokenStream;
use syn::{
    Block, Expr, ExprBlock, ExprIf, ExprMacro, Macro, Stmt, Token, parse_quote,
    token::{Brace, Semi},
};

use crate::{
    breaks::has_break,
    check::Exit,
    constructs::{Construct, construct},
    emit,
    ends::is_assignment,
    names::Names,
};

/// What a body ends with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Nothing: the end is to be made up.
    Nothing,
    /// The `Result` of a fallible body.
    Result,
}

/// Settles the value at the end of a body: what a last yield evaluates to is dropped, and a fallible
/// body may end with `Ok(())`, with `Err(error)`, or with a call or an await that gives a `Result` or
/// nothing, which `ended` makes a `Result`.
// Input:  match x { 1 => yield_!(1), _ => yield_!(2) }
// Output: match x { 1 => { yield_!(1); } _ => { yield_!(2); } }
pub(super) fn settle(stmts: &mut [Stmt], exit: Exit, names: &Names) -> End {
    if let (Exit::Ok, Some(Stmt::Expr(last, None))) = (exit, stmts.last_mut()) {
        let ended = emit::ended(names);
        if is_result(last) {
            let ok: Expr = parse_quote!(#ended(()));
            make_result(last, &ok);
            return End::Result;
        }
        if matches!(last, Expr::Await(_) | Expr::Call(_) | Expr::MethodCall(_)) {
            *last = parse_quote!(#ended(#last));
            return End::Result;
        }
    }
    drop_yields(stmts);
    End::Nothing
}

/// Whether a value is a `Result` in plain sight: some way to it ends with `Ok(..)` or `Err(..)`.
fn is_result(expr: &Expr) -> bool {
    let block = |block: &Block| match block.stmts.last() {
        Some(Stmt::Expr(last, None)) => is_result(last),
        _ => false,
    };
    match expr {
        Expr::Call(call) => names_result(&call.func),
        Expr::If(found) => {
            let other = found.else_branch.as_ref().is_some_and(|(_, other)| is_result(other));
            other || block(&found.then_branch)
        }
        Expr::Match(found) => found.arms.iter().any(|arm| is_result(&arm.body)),
        Expr::Block(found) => block(&found.block),
        Expr::Unsafe(found) => block(&found.block),
        Expr::Loop(found) => {
            has_break(found, &|found| found.expr.as_deref().is_some_and(is_result))
        }
        _ => false,
    }
}

/// Makes the other ways to a `Result` end with one, too.
// Input:  match x { 1 => yield_!(1), 2 => Err(error), 3 => return, 4 => for y in z { .. } _ => {} }
// Output: match x {
//     1 => { yield_!(1); ended(()) }
//     2 => Err(error),
//     3 => return,
//     4 => { for y in z { .. } ended(()) }
//     _ => { ended(()) }
// }
fn make_result(expr: &mut Expr, ok: &Expr) {
    if is_unit(expr) {
        let last = std::mem::replace(expr, Expr::Verbatim(TokenStream::new()));
        let mut block =
            Block { brace_token: Brace::default(), stmts: vec![Stmt::Expr(last, None)] };
        block_to_result(&mut block, ok);
        *expr = Expr::Block(ExprBlock { attrs: Vec::new(), label: None, block });
        return;
    }
    match expr {
        Expr::If(found) => {
            block_to_result(&mut found.then_branch, ok);
            if let Some((_, other)) = &mut found.else_branch {
                make_result(other, ok);
            }
        }
        Expr::Match(found) => {
            found.arms.iter_mut().for_each(|arm| make_result(&mut arm.body, ok));
        }
        Expr::Block(found) => block_to_result(&mut found.block, ok),
        Expr::Unsafe(found) => block_to_result(&mut found.block, ok),
        Expr::Tuple(unit) if unit.elems.is_empty() => *expr = ok.clone(),
        _ => {}
    }
}

fn block_to_result(block: &mut Block, ok: &Expr) {
    match block.stmts.last_mut() {
        Some(Stmt::Expr(Expr::Return(_) | Expr::Break(_) | Expr::Continue(_), _)) => {}
        Some(Stmt::Expr(last, None)) if !is_unit(last) => make_result(last, ok),
        Some(Stmt::Macro(last)) if last.semi_token.is_none() && !is_unit_macro(&last.mac) => {}
        _ => {
            drop_yields(&mut block.stmts);
            if let Some(Stmt::Expr(Expr::Assign(_) | Expr::Binary(_), semi)) =
                block.stmts.last_mut()
            {
                semi.get_or_insert_with(Semi::default);
            }
            block.stmts.push(Stmt::Expr(ok.clone(), None));
        }
    }
}

/// Whether an expression has no value but `()`, by its looks, and is none that ends otherwise.
fn is_unit(expr: &Expr) -> bool {
    match expr {
        Expr::ForLoop(_) | Expr::While(_) | Expr::Assign(_) => true,
        Expr::Binary(found) => is_assignment(found),
        Expr::If(found) if lacks_else(found) => !is_result(expr),
        Expr::Loop(found) => has_break(found, &|found| found.expr.is_none()),
        _ => is_yield(expr),
    }
}

/// Whether there is a way past all conditions of an `if`.
fn lacks_else(found: &ExprIf) -> bool {
    match &found.else_branch {
        None => true,
        Some((_, other)) => matches!(&**other, Expr::If(other) if lacks_else(other)),
    }
}

/// `Ok` or `Err`.
fn names_result(func: &Expr) -> bool {
    let Expr::Path(path) = func else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "Ok" || last.ident == "Err")
}

/// Makes statements of the yields that a block ends with.
fn drop_yields(stmts: &mut [Stmt]) {
    match stmts.last_mut() {
        Some(Stmt::Macro(last)) if is_unit_macro(&last.mac) => {
            last.semi_token.get_or_insert_with(Semi::default);
        }
        Some(Stmt::Expr(last, semi @ None)) => {
            if is_yield(last) {
                *semi = Some(<Token![;]>::default());
            } else {
                drop_yields_of(last);
            }
        }
        _ => {}
    }
}

fn drop_yields_of(expr: &mut Expr) {
    match expr {
        Expr::If(found) => {
            drop_yields(&mut found.then_branch.stmts);
            if let Some((_, other)) = &mut found.else_branch {
                drop_yields_of(other);
            }
        }
        Expr::Match(found) => found.arms.iter_mut().for_each(|arm| drop_yields_of(&mut arm.body)),
        Expr::Block(found) if found.label.is_none() => drop_yields(&mut found.block.stmts),
        Expr::Unsafe(found) => drop_yields(&mut found.block.stmts),
        _ if is_yield(expr) => *expr = parse_quote!({ #expr; }),
        _ => {}
    }
}

/// Says whether a statement is a yield whose value nobody looks at.
pub(super) fn is_yield_statement(stmt: &Stmt) -> bool {
    match stmt {
        Stmt::Macro(found) => found.semi_token.is_some() && is_yield_macro(&found.mac),
        Stmt::Expr(expr, semi) => semi.is_some() && matches!(expr, Expr::Yield(_)),
        _ => false,
    }
}

fn is_yield(expr: &Expr) -> bool {
    match emit::inside_parens(expr) {
        Expr::Yield(_) => true,
        Expr::Macro(ExprMacro { mac, .. }) => is_unit_macro(mac),
        _ => false,
    }
}

fn is_yield_macro(mac: &Macro) -> bool {
    construct(&mac.path) == Some(Construct::Yield)
}

/// A yield, whose value is dropped at the end of a body, or a loop.
fn is_unit_macro(mac: &Macro) -> bool {
    is_yield_macro(mac) || construct(&mac.path) == Some(Construct::ForAwait)
}
