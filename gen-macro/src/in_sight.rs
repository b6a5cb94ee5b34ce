//! Whether all awaits of a piece of code, and all ways out of it, are in plain sight.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{
    Block, Expr, ExprAwait, ExprForLoop, ExprLoop, ExprMacro, ExprTry, ExprWhile, Item, Macro,
    Stmt, StmtMacro, visit_mut,
};

use crate::{
    check::Exit,
    constructs::{
        AsyncFor, Cleanup, Construct, Operand, arguments, awaited_block, construct, deferred,
        is_awaited_block, is_for_await, is_known, macro_of,
    },
    harmless::{Trust, awaits, is_given_region, of_item, trust},
    syntax::simple,
    visitor::{Visitor, Walk, own_code_only},
    written::macro_of_call,
};

/// Says whether the macros see every await of `stmts` and every way out of them. A region in them is not
/// looked into, but at where it starts and at its cleanup.
pub(crate) fn in_sight(stmts: &mut [Stmt], exit: Exit) -> bool {
    let mut search = Search::new(exit, Regions::PassedOver);
    search.stmts(stmts);
    !search.hidden
}

/// What the code of one async block holds, its regions included.
pub(crate) struct Sight {
    /// It yields, or delegates.
    pub(crate) yields: bool,
    /// How far the macros of others in it can be trusted, or other code that cannot be read; if there is any.
    pub(crate) others: Option<Trust>,
    /// There are some, also in blocks that are awaited on the spot.
    pub(crate) has_others: bool,
    /// Each of its awaits is one of ours that says so when it is pending: there is no block that it awaits on the spot,
    /// and no loop in a cleanup.
    pub(crate) flat: bool,
    /// What loops and delegations take from, where that is a name and they are in no loop.
    pub(crate) sources: Vec<Ident>,
    pub(crate) doing: Doing,
}

/// What code does; that of several pieces is the last of theirs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Doing {
    /// It awaits, yields, and ends: it has no regions.
    Plain,
    /// The same, and a macro in it is known to await.
    AwaitsByMacros,
    /// It may do anything.
    Anything,
}

/// Looks through the code of an async block.
pub(crate) fn sight(stmts: &mut [Stmt]) -> Sight {
    let mut search = Search::new(Exit::Unit, Regions::Searched);
    search.stmts(stmts);
    search.found
}

/// Says whether code starts with an await, before anything else of ours. Not under an attribute, which may
/// leave it out.
pub(crate) fn starts_with_await(stmts: &[Stmt]) -> bool {
    let mut first = match stmts.first() {
        Some(Stmt::Local(local)) if local.attrs.is_empty() => match &local.init {
            Some(init) => &*init.expr,
            None => return false,
        },
        Some(Stmt::Expr(expr, _)) => expr,
        _ => return false,
    };
    while let Expr::Try(tried) = first {
        if !tried.attrs.is_empty() {
            return false;
        }
        first = &tried.expr;
    }
    let Expr::Await(found) = first else { return false };
    if !found.attrs.is_empty() {
        return false;
    }
    // Nothing in what is awaited, either, that a construct or an await could stand in.
    is_plain(&found.base)
}

/// Says whether an expression is made of names, literals, fields, references and calls.
fn is_plain(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Field(found) => is_plain(&found.base),
        Expr::Reference(found) => is_plain(&found.expr),
        Expr::Call(found) => is_plain(&found.func) && found.args.iter().all(is_plain),
        Expr::MethodCall(found) => is_plain(&found.receiver) && found.args.iter().all(is_plain),
        Expr::Binary(found) => is_plain(&found.left) && is_plain(&found.right),
        _ => false,
    }
}

/// The name that the one loop or delegation takes from which a body is, if it is one: not under an attribute,
/// which may leave it out.
pub(crate) fn sole_source(stmts: &mut [Stmt]) -> Option<Ident> {
    let [stmt] = stmts else { return None };
    if let Stmt::Expr(Expr::ForLoop(found), _) = stmt {
        let [attr] = found.attrs.as_slice() else { return None };
        return is_for_await(attr).then(|| name_of(&found.expr).cloned())?;
    }
    if !matches!(
        stmt,
        Stmt::Macro(StmtMacro { attrs, .. }) | Stmt::Expr(Expr::Macro(ExprMacro { attrs, .. }), _)
            if attrs.is_empty()
    ) {
        return None;
    }
    let mac = macro_of(stmt)?;
    match construct(&mac.path)? {
        Construct::YieldFrom => {
            let Operand(inner) = arguments(mac).ok()?;
            name_of(&inner?).cloned()
        }
        Construct::ForAwait => {
            let found: AsyncFor = arguments(mac).ok()?;
            name_of(&found.source).cloned()
        }
        _ => None,
    }
}

/// The name that an expression is.
pub(crate) fn name_of(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Path(path) if path.attrs.is_empty() && path.qself.is_none() => path.path.get_ident(),
        _ => None,
    }
}

/// How often a name may be meant in tokens: in a string, too, which may be one to format.
pub(crate) fn mentions(tokens: TokenStream, name: &Ident) -> usize {
    let of_token = |token| match token {
        TokenTree::Group(group) => mentions(group.stream(), name),
        TokenTree::Ident(found) => usize::from(found == *name),
        TokenTree::Literal(found) => usize::from(found.to_string().contains(&name.to_string())),
        TokenTree::Punct(_) => 0,
    };
    tokens.into_iter().map(of_token).sum()
}

/// What becomes of the regions in the code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Regions {
    Searched,
    PassedOver,
}

/// A read-only walk; it is a `VisitMut` so that syn needs one kind of visitor.
struct Search {
    exit: Exit,
    regions: Regions,
    in_loop: bool,
    in_cleanup: bool,
    /// Not all is in sight.
    hidden: bool,
    found: Sight,
}

impl Search {
    fn new(exit: Exit, regions: Regions) -> Self {
        let found = Sight {
            yields: false,
            others: None,
            has_others: false,
            flat: true,
            sources: Vec::new(),
            doing: Doing::Plain,
        };
        Self { exit, regions, in_loop: false, in_cleanup: false, hidden: false, found }
    }

    /// Something of others is in the code.
    fn other(&mut self, trust: Trust) {
        self.hidden |= trust == Trust::Nothing;
        self.found.has_others = true;
        self.found.others = Some(self.found.others.map_or(trust, |least| least.min(trust)));
    }

    fn does(&mut self, doing: Doing) {
        self.found.doing = self.found.doing.max(doing);
    }

    fn source(&mut self, source: &mut Expr) {
        self.found.flat &= !self.in_cleanup;
        self.does(Doing::Anything);
        if !self.in_loop {
            self.found.sources.extend(name_of(source).cloned());
        }
        self.visit_expr_mut(source);
    }

    fn repeated(&mut self, walk: impl FnOnce(&mut Self)) {
        let in_loop = std::mem::replace(&mut self.in_loop, true);
        walk(self);
        self.in_loop = in_loop;
    }

    fn stmts(&mut self, stmts: &mut [Stmt]) {
        for stmt in stmts {
            if let Some(mac) = deferred(stmt) {
                self.does(Doing::Anything);
                if let Ok(Cleanup(mut cleanup)) = arguments(mac) {
                    let in_cleanup = std::mem::replace(&mut self.in_cleanup, true);
                    self.stmts(&mut cleanup);
                    self.in_cleanup = in_cleanup;
                }
                if self.regions == Regions::Searched {
                    continue;
                }
                break;
            }
            self.visit_stmt_mut(stmt);
        }
    }
}

impl Visitor for Search {
    fn visit_block_mut(&mut self, block: &mut Block) {
        self.stmts(&mut block.stmts);
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        match construct(&mac.path) {
            Some(Construct::Yield) if simple(&mac.tokens).is_some() => self.found.yields = true,
            Some(found @ (Construct::Yield | Construct::YieldFrom)) => {
                self.found.yields = true;
                if let Ok(Operand(Some(mut operand))) = arguments(mac) {
                    if found == Construct::YieldFrom {
                        self.source(&mut operand);
                    } else {
                        self.visit_expr_mut(&mut operand);
                    }
                }
            }
            Some(Construct::ForAwait) => {
                if let Ok(AsyncFor { mut source, mut body, .. }) = arguments(mac) {
                    self.source(&mut source);
                    if self.regions == Regions::Searched {
                        self.repeated(|this| this.visit_block_mut(&mut body));
                    }
                }
            }
            Some(Construct::Defer) => {}
            // Ours by their names only: whose they are, nobody knows.
            Some(Construct::Nested | Construct::Items) => {
                let known = is_known(&mac.path);
                self.other(if known { Trust::Stays } else { Trust::Nothing });
                self.does(if known { Doing::Plain } else { Doing::Anything });
            }
            None => {
                self.other(trust(mac));
                self.does(if is_given_region(mac) {
                    Doing::Anything
                } else if awaits(mac) {
                    Doing::AwaitsByMacros
                } else {
                    Doing::Plain
                });
            }
        }
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            // What syn cannot take apart may hold anything; of an empty statement there is nothing.
            Expr::Verbatim(tokens) if !tokens.is_empty() => {
                self.other(Trust::Nothing);
                self.does(Doing::Anything);
            }
            Expr::Yield(_) => self.found.yields = true,
            // Somebody else's by that name may take an await of ours anywhere: one with a slot is not for that.
            Expr::Call(found) if macro_of_call(found).is_some() => self.other(Trust::Stays),
            // Its `?` ends it, and not the body.
            Expr::TryBlock(_) => (self.hidden, self.found.flat) = (true, false),
            _ => {}
        }
        visit_mut::visit_expr_mut(&mut Walk(self), expr);
    }

    fn visit_expr_for_loop_mut(&mut self, found: &mut ExprForLoop) {
        if !found.attrs.iter().any(is_for_await) {
            self.repeated(|this| visit_mut::visit_expr_for_loop_mut(&mut Walk(this), found));
            return;
        }
        self.source(&mut found.expr);
        if self.regions == Regions::Searched {
            self.repeated(|this| this.visit_block_mut(&mut found.body));
        }
    }

    fn visit_expr_loop_mut(&mut self, found: &mut ExprLoop) {
        self.repeated(|this| visit_mut::visit_expr_loop_mut(&mut Walk(this), found));
    }

    fn visit_expr_while_mut(&mut self, found: &mut ExprWhile) {
        self.repeated(|this| visit_mut::visit_expr_while_mut(&mut Walk(this), found));
    }

    fn visit_expr_try_mut(&mut self, found: &mut ExprTry) {
        // It leaves with what only the compiler knows.
        self.hidden |= self.exit == Exit::Unknown;
        visit_mut::visit_expr_try_mut(&mut Walk(self), found);
    }

    fn visit_expr_await_mut(&mut self, found: &mut ExprAwait) {
        // What an awaited block hides is left with the block.
        if is_awaited_block(&found.base) {
            self.found.flat = false;
            let block = sight(&mut awaited_block(&mut found.base).block.stmts);
            self.does(block.doing);
            self.found.has_others |= block.has_others;
        } else {
            visit_mut::visit_expr_await_mut(&mut Walk(self), found);
        }
    }

    fn visit_item_mut(&mut self, item: &mut Item) {
        let Some(trust) = of_item(item) else { return };
        self.other(trust);
        if trust == Trust::Nothing {
            self.does(Doing::Anything);
        }
    }

    own_code_only!(and items);
}
