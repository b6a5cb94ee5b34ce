//! Whether a region in place may have moved something when it is left.
//!
//! An async loop takes another turn when it is left, to let go of its source: to the compiler its body is run once more
//! then. All ways out of any other region are one to the compiler where its cleanup is. What is moved on one of them, or
//! away for the moment, is moved on all.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Block, Expr, Local, Pat, Stmt, visit_mut};

use crate::{
    breaks::has_break,
    gaps::has_gap,
    in_sight,
    syntax::variable_at,
    visitor::{Visitor, Walk, own_code_only},
};

/// Says whether code mentions, where it leaves that, a variable that is not its own, nor bound by `pat`: it may move it, or
/// give it its first value. Or whether it may move one, may be left then, and gives that another value if it is not. Where
/// it leaves a loop in there, too: all that costs is speed.
pub(crate) fn when_left(pat: Option<&mut Pat>, body: &mut Block) -> bool {
    let mut bound = Bound::default();
    if let Some(pat) = pat {
        bound.visit_pat_mut(pat);
    }
    bound.visit_block_mut(body);
    let mut search = Search { own: bound.own(), found: false };
    search.visit_block_mut(body);
    search.found || has_gap(body.to_token_stream())
}

/// The names that patterns bind.
#[derive(Default)]
struct Bound {
    names: Vec<Ident>,
    /// Those that what they are bound to mentions, before anything else has bound them: `let x = x.into();`.
    shadowing: Vec<Ident>,
}

impl Bound {
    /// The names that stand for nothing else.
    fn own(self) -> Vec<Ident> {
        let Self { mut names, shadowing } = self;
        names.retain(|name| !shadowing.contains(name));
        names
    }

    fn bind<'p>(&mut self, pats: impl IntoIterator<Item = &'p mut Pat>, to: &Expr) {
        let mut new = Self::default();
        pats.into_iter().for_each(|pat| new.visit_pat_mut(pat));
        let tokens = to.to_token_stream();
        new.names.retain(|name| {
            !self.names.contains(name) && in_sight::mentions(tokens.clone(), name) > 0
        });
        self.shadowing.append(&mut new.names);
    }
}

impl Visitor for Bound {
    fn visit_pat_mut(&mut self, pat: &mut Pat) {
        if let Pat::Ident(found) = pat {
            self.names.push(found.ident.clone());
        }
        visit_mut::visit_pat_mut(&mut Walk(self), pat);
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if let Stmt::Local(Local { pat, init: Some(init), .. }) = stmt {
            self.bind([pat], &init.expr);
        }
        visit_mut::visit_stmt_mut(&mut Walk(self), stmt);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Let(found) => self.bind([&mut *found.pat], &found.expr),
            Expr::ForLoop(found) => self.bind([&mut *found.pat], &found.expr),
            Expr::Match(found) => {
                self.bind(found.arms.iter_mut().map(|arm| &mut arm.pat), &found.expr);
            }
            _ => {}
        }
        visit_mut::visit_expr_mut(&mut Walk(self), expr);
    }
}

struct Search {
    own: Vec<Ident>,
    found: bool,
}

impl Search {
    fn look(&mut self, tokens: TokenStream) {
        self.found = self.found || self.mentions_others(tokens);
    }

    fn mentions_others(&self, tokens: TokenStream) -> bool {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        tokens.iter().enumerate().any(|(at, token)| match token {
            TokenTree::Group(group) => self.mentions_others(group.stream()),
            _ => variable_at(&tokens, at).is_some_and(|name| !self.own.contains(name)),
        })
    }
}

impl Visitor for Search {
    fn visit_block_mut(&mut self, block: &mut Block) {
        if always_leaves(&block.stmts) {
            self.look(block.to_token_stream());
        }
        visit_mut::visit_block_mut(&mut Walk(self), block);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        if leaves(expr) {
            self.look(expr.to_token_stream());
        }
        visit_mut::visit_expr_mut(&mut Walk(self), expr);
    }

    own_code_only!();
}

fn always_leaves(stmts: &[Stmt]) -> bool {
    matches!(stmts.last(), Some(Stmt::Expr(last, _)) if leaves(last))
}

fn leaves(expr: &Expr) -> bool {
    match expr {
        Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => true,
        Expr::Block(found) => always_leaves(&found.block.stmts),
        Expr::Unsafe(found) => always_leaves(&found.block.stmts),
        Expr::Paren(found) => leaves(&found.expr),
        Expr::Loop(found) => !has_break(found, &|_| true),
        Expr::If(found) => {
            let otherwise = found.else_branch.as_ref();
            always_leaves(&found.then_branch.stmts)
                && otherwise.is_some_and(|(_, expr)| leaves(expr))
        }
        Expr::Match(found) => {
            !found.arms.is_empty() && found.arms.iter().all(|arm| leaves(&arm.body))
        }
        _ => false,
    }
}
