//! Rewrites a body to plain Rust.

mod awaits;
mod body;
mod items;
mod jumps;
mod loops;
mod macros;
mod regions;
mod tail;
mod yields;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{
    Attribute, Block, Expr, ExprLoop, ExprMacro, ExprWhile, Label, Local, Macro, Pat, PatIdent,
    Stmt, Token, visit_mut,
};

use crate::{
    check::{Exit, Flavour},
    constructs::{AsyncFor, Construct, arguments, construct, deferred, is_for_await, macro_of},
    emit::{self, Captured, FirstSlot, Macros, Use},
    names::Names,
    parse::to_outer,
    scope::{Place, Target, as_target},
    visitor::{Visitor, Walk, own_code_only},
    written,
};
pub(crate) use body::{Lowered, Polled, body};
use regions::Region;
pub(crate) use tail::End;

/// Lowers one construct that an opaque macro was given.
pub(crate) fn construct_in_macro(mac: Macro, flavour: Flavour, names: &Names) -> Expr {
    let mut lower = Lower::new(flavour, names.clone());
    lower.code = Code::InMacro;
    let is_loop = construct(&mac.path) == Some(Construct::ForAwait);
    let (here, _) = emit::ends(&mac.tokens);
    let mut expr = Expr::Macro(ExprMacro { attrs: Vec::new(), mac });
    lower.visit_expr_mut(&mut expr);
    // Its yields name the labels of the loop, which go with it wherever the macro takes it; and it is a region of the body's.
    if is_loop { emit::here_only(&expr, &names.located_at(here)) } else { expr }
}

/// Lowers an async for outside any generator.
pub(crate) fn standalone_loop(found: AsyncFor, names: &Names) -> Expr {
    let flavour = Flavour { exit: Exit::Unknown, keywords: true, ..Flavour::PLAIN };
    let mut lower = Lower::new(flavour, names.clone());
    lower.place = Place::AsyncBlock;
    lower.async_for(found)
}

struct Lower {
    flavour: Flavour,
    names: Names,
    place: Place,
    exit: Exit,
    /// What the jumps of this async block may aim at, innermost last.
    targets: Vec<Target>,
    /// The open regions of this async block, innermost last.
    regions: Vec<Region>,
    code: Code,
    /// What is lowered is given to a macro, which is written as a call.
    is_given: bool,
    has_opaque: bool,
    has_yield: bool,
    /// How many blocks of this async block the code stands in, but for the outermost.
    blocks: usize,
    edge: Edge,
    /// How this async block gets its next slot: by the await that it starts with, as long as that is to come.
    first: FirstSlot,
    /// What the body has captured for one loop or delegation.
    captured: Vec<Captured>,
}

/// What is lowered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Code {
    Plain,
    /// A body, in which macros are written as calls.
    WithCalls,
    /// A construct in a macro's arguments: what is around it is not known.
    InMacro,
}

/// Where what is lowered next stands in the code of a region in place, or in what a loop in place does with an item.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Edge {
    /// It is the block that this code is.
    Begin,
    /// It is a yield that this code ends with.
    End,
    #[default]
    Neither,
}

impl Lower {
    /// This async block keeps its slot at hand.
    fn at_hand(&self) -> bool {
        self.first != FirstSlot::Never
    }

    /// The macros of this async block.
    fn macros(&self, opaque: bool) -> Macros {
        Macros { opaque, given: self.code == Code::WithCalls && !self.flavour.direct }
    }

    fn new(flavour: Flavour, names: Names) -> Self {
        Self {
            flavour,
            names,
            place: Place::Body,
            exit: flavour.exit,
            targets: Vec::new(),
            regions: Vec::new(),
            code: Code::Plain,
            is_given: false,
            has_opaque: false,
            has_yield: false,
            blocks: 0,
            edge: Edge::Neither,
            first: FirstSlot::Never,
            captured: Vec::new(),
        }
    }

    /// Lowers the statements of a block. From a `defer!` on, the rest of them is a region.
    fn stmts(&mut self, stmts: Vec<Stmt>) -> Vec<Stmt> {
        let mut lowered = Vec::with_capacity(stmts.len());
        let is_region = std::mem::take(&mut self.edge) == Edge::Begin;
        let mut rest = stmts.into_iter();
        while let Some(mut stmt) = rest.next() {
            if is_region && rest.len() == 0 && tail::is_yield_statement(&stmt) {
                self.edge = Edge::End;
            }
            if let Some(mac) = deferred(&stmt) {
                let cleanup = arguments(mac);
                let Ok(cleanup) = cleanup else { unreachable!("`body::check` has parsed it") };
                let (items, rest) = items::apart_from_items(rest);
                lowered.extend(items);
                let region = self.deferring(cleanup, rest);
                lowered.push(Stmt::Expr(region, None));
                break;
            }
            let is_macro = matches!(stmt, Stmt::Macro(_));
            let is_behind_if = matches!(lowered.last(), Some(Stmt::Expr(Expr::If(_), None)));
            self.visit_stmt_mut(&mut stmt);
            if let (true, Stmt::Expr(Expr::Verbatim(code), _)) = (is_behind_if, &mut stmt) {
                *code = emit::no_else(std::mem::take(code), &self.names);
            }
            if let (true, Stmt::Expr(_, semi @ None)) = (is_macro && rest.len() > 0, &mut stmt) {
                // In braces it ended by itself; what it is lowered to may not.
                *semi = Some(<Token![;]>::default());
            }
            lowered.push(stmt);
        }
        lowered
    }
}

impl Lower {
    /// Lowers an expression.
    fn expr(&mut self, expr: &mut Expr, used: Use) {
        match expr {
            Expr::ForLoop(found) if found.attrs.iter().any(is_for_await) => {
                let placeholder = Expr::Verbatim(TokenStream::new());
                let Expr::ForLoop(found) = std::mem::replace(expr, placeholder) else {
                    return;
                };
                let attrs = found.attrs.iter().filter(|attr| !is_for_await(attr)).cloned();
                // Those that its body starts with are among them.
                let attrs: Vec<Attribute> = attrs.map(to_outer).collect();
                *expr = with_attrs(&attrs, self.async_for(found.into()));
                return;
            }
            Expr::Macro(found) => {
                if let Some(lowered) = self.construct(&mut found.mac, used) {
                    *expr = with_attrs(&found.attrs, lowered);
                }
                return;
            }
            Expr::Yield(found) => {
                *expr = self.keyword(found, used);
                return;
            }
            Expr::Await(found) => {
                if let Some(lowered) = self.await_(found, used) {
                    *expr = with_attrs(&std::mem::take(&mut found.attrs), lowered);
                }
                return;
            }
            Expr::Try(found) => {
                self.visit_expr_mut(&mut found.expr);
                if let Some(lowered) = self.question(found) {
                    *expr = lowered;
                }
                return;
            }
            Expr::ForLoop(found) => {
                // Outside the loop: a jump in there is one of the code around it.
                self.visit_expr_mut(&mut found.expr);
                let target = Target::of_loop(found.label.as_ref(), self.regions.len());
                let named = self.within(Some(target), |this| this.visit_block_mut(&mut found.body));
                found.label = named.or(found.label.take());
                return;
            }
            Expr::Call(found) => {
                let is_written =
                    self.code == Code::WithCalls && written::macro_of_call(found).is_some();
                let is_given = self.is_given;
                self.is_given |= is_written;
                visit_mut::visit_expr_call_mut(&mut Walk(self), found);
                self.is_given = is_given;
                if let Some(mac) = is_written.then(|| written::macro_of_call(found)).flatten() {
                    *expr = Expr::Macro(ExprMacro { attrs: std::mem::take(&mut found.attrs), mac });
                }
                return;
            }
            Expr::Break(_) | Expr::Continue(_) | Expr::Return(_) => {
                visit_mut::visit_expr_mut(&mut Walk(self), expr);
                self.leaving(expr);
                return;
            }
            _ => {}
        }
        let target = as_target(expr, self.regions.len());
        let named = self.within(target, |this| visit_mut::visit_expr_mut(&mut Walk(this), expr));
        if let (
            Some(named),
            Expr::Loop(ExprLoop { label, .. }) | Expr::While(ExprWhile { label, .. }),
        ) = (named, expr)
        {
            *label = Some(named);
        }
    }

    /// Lowers what is in something that jumps may aim at, if it is that. Gives the label that a loop is to have for them.
    fn within(&mut self, target: Option<Target>, walk: impl FnOnce(&mut Self)) -> Option<Label> {
        let pushed = target.is_some();
        self.targets.extend(target);
        walk(self);
        let target = if pushed { self.targets.pop() } else { None };
        let name = target.filter(|target| target.is_named)?.label?;
        Some(Label { colon_token: Token![:](name.span()), name })
    }
}

impl Visitor for Lower {
    fn visit_block_mut(&mut self, block: &mut Block) {
        self.blocks += 1;
        block.stmts = self.stmts(std::mem::take(&mut block.stmts));
        self.blocks -= 1;
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if let Stmt::Macro(found) = stmt {
            let semi = found.semi_token;
            let used = if semi.is_some() { Use::Statement } else { Use::Value };
            if let Some(expr) = self.construct(&mut found.mac, used) {
                // A yield at the end of a block gives the block no value, as a statement of its own.
                *stmt = Stmt::Expr(with_attrs(&found.attrs, expr), semi);
            }
            return;
        }
        if let Stmt::Expr(expr, Some(_)) = stmt {
            if let Expr::Yield(found) = expr {
                *expr = self.keyword(found, Use::Statement);
                return;
            }
            if let Expr::Await(_) = expr {
                self.expr(expr, Use::Statement);
                return;
            }
        }
        if let Some(value) = named(stmt) {
            self.expr(value, Use::Named);
            return;
        }
        debug_assert!(macro_of(stmt).is_none() || matches!(stmt, Stmt::Expr(..)));
        visit_mut::visit_stmt_mut(&mut Walk(self), stmt);
    }

    // The awaits of other bodies are polled with the real context already, and they cannot yield.
    own_code_only!();

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        self.expr(expr, Use::Value);
    }
}

/// The value that a `let` binds to a name, and says no type of.
fn named(stmt: &mut Stmt) -> Option<&mut Expr> {
    let Stmt::Local(Local { pat, init: Some(init), .. }) = stmt else { return None };
    let is_name = matches!(pat, Pat::Ident(PatIdent { by_ref: None, subpat: None, .. }));
    (is_name && init.diverge.is_none()).then_some(&mut init.expr)
}

/// An expression under the attributes of the one that it stands for.
fn with_attrs(attrs: &[Attribute], expr: Expr) -> Expr {
    if attrs.is_empty() { expr } else { Expr::Verbatim(quote!(#(#attrs)* #expr)) }
}

/// A `return;` of a fallible body.
fn return_ok(found: &syn::ExprReturn, names: &Names) -> Expr {
    let keyword = found.return_token;
    let ok = emit::ok(names);
    Expr::Verbatim(quote!(#keyword #ok))
}
