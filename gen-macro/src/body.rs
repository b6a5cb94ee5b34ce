//! The rules for a body: where it may yield, return and clean up.

mod ways_out;

use syn::{
    Attribute, Block, Expr, ExprAsync, ExprBreak, ExprClosure, ExprContinue, ExprParen, ImplItem,
    Item, Macro, Stmt, StmtMacro, TraitItem, visit_mut,
};

use crate::{
    check::{Exit, Flavour},
    constructs::{
        AsyncFor, Cleanup, Construct, Operand, arguments, awaited_block, construct, deferred,
        is_awaited_block, is_for_await, is_generator, macro_of,
    },
    ends,
    errors::Errors,
    harmless::is_inert,
    hidden, keywords,
    scope::{Place, Target, as_target, target},
    syntax::is_arithmetic,
    visitor::{Visitor, Walk},
    written::macro_of_call,
};

/// Checks the statements of a body.
pub(crate) fn check(stmts: &mut [Stmt], flavour: Flavour, errors: &mut Errors) {
    check_some(stmts, flavour, true, errors);
}

/// The same of a construct in a macro's arguments: what is around it is not known.
pub(crate) fn check_in_macro(stmts: &mut [Stmt], flavour: Flavour, errors: &mut Errors) {
    check_some(stmts, flavour, false, errors);
}

fn check_some(stmts: &mut [Stmt], flavour: Flavour, is_all: bool, errors: &mut Errors) {
    let mut checker = Checker {
        flavour,
        place: Place::Body,
        exit: flavour.exit,
        is_all,
        targets: Vec::new(),
        deferrable: false,
        loops: 0,
        errors,
    };
    checker.block_of(stmts);
    if flavour.exit == Exit::Unit {
        ends::tail(stmts.last(), checker.errors);
    }
}

/// A read-only walk; it is a `VisitMut` so that syn needs one kind of visitor.
struct Checker<'a> {
    flavour: Flavour,
    place: Place,
    exit: Exit,
    /// There are no loops around it.
    is_all: bool,
    /// What the jumps of this code may aim at.
    targets: Vec<Target>,
    /// The next macro is a statement, where a `defer!` may stand.
    deferrable: bool,
    /// How many of the next attributes are those of a `for` loop.
    loops: usize,
    errors: &'a mut Errors,
}

impl Checker<'_> {
    /// Walks code that stands at another place.
    fn within(&mut self, place: Place, exit: Exit, walk: impl FnOnce(&mut Self)) {
        let before = (self.place, self.exit, std::mem::take(&mut self.targets));
        (self.place, self.exit) = (place, exit);
        walk(self);
        (self.place, self.exit, self.targets) = before;
    }

    fn block_of(&mut self, stmts: &mut [Stmt]) {
        for stmt in stmts {
            self.deferrable = deferred(stmt).is_some();
            if let (true, Stmt::Macro(StmtMacro { attrs, .. })) = (self.deferrable, &*stmt) {
                for attr in attrs {
                    let message = "a `defer!` cannot have attributes: the rest of the block depends on it; put them in the cleanup";
                    self.errors.push(attr, message);
                }
            }
            self.visit_stmt_mut(stmt);
            self.deferrable = false;
        }
    }

    fn construct(&mut self, mac: &mut Macro, construct: Construct) {
        let name =
            mac.path.segments.last().map(|last| format!("{}!", last.ident)).unwrap_or_default();
        match construct {
            Construct::Yield | Construct::YieldFrom => {
                self.may_yield(&mac.path, &name);
                if is_arithmetic(&mac.tokens) {
                    return;
                }
                match arguments::<Operand>(mac) {
                    Ok(Operand(Some(mut value))) => self.visit_expr_mut(&mut value),
                    Ok(Operand(None)) if construct == Construct::YieldFrom => {
                        let message =
                            "`yield_from!` takes a generator or a stream: `yield_from!(inner)`";
                        self.errors.push(&mac.path, message);
                    }
                    Ok(Operand(None)) => {}
                    Err(error) => self.errors.add(error),
                }
            }
            Construct::Defer => self.defer(mac),
            Construct::ForAwait => match arguments::<AsyncFor>(mac) {
                Ok(mut found) => self.async_for(&mut found),
                Err(error) => self.errors.add(error),
            },
            Construct::Nested | Construct::Items => {}
        }
    }

    fn may_yield(&mut self, tokens: impl quote::ToTokens, name: &str) {
        if !self.place.yields() {
            self.errors
                .push(tokens, format_args!("`{name}` cannot stand {}", self.place.why_not()));
        }
    }

    fn defer(&mut self, mac: &mut Macro) {
        if !self.deferrable {
            let message =
                "`defer!` is a statement: write it on its own line in a block of the body";
            self.errors.push(&mac.path, message);
        } else if !self.place.awaits() {
            self.errors
                .push(&mac.path, format_args!("`defer!` cannot stand {}", self.place.why_not()));
        }
        self.deferrable = false;
        match arguments::<Cleanup>(mac) {
            Ok(Cleanup(mut stmts)) => {
                self.within(Place::Cleanup, self.exit, |this| this.block_of(&mut stmts));
            }
            Err(error) => self.errors.add(error),
        }
    }

    /// Attributes that may be macros, on code of the body.
    fn foreign(&mut self, attrs: &[Attribute]) {
        // Those of a `defer!` are refused, whatever they are.
        if !self.place.awaits() || self.deferrable {
            return;
        }
        for attr in attrs.iter().filter(|attr| !is_inert(attr)) {
            let message = "in a body, an attribute like this may be a macro that takes the code under it somewhere else; put that code into a function of its own";
            self.errors.push(attr, message);
        }
    }

    /// Those of code that is walked in parts.
    fn attributes(&mut self, attrs: &mut [Attribute]) {
        for attr in attrs {
            self.visit_attribute_mut(attr);
        }
    }

    fn async_for(&mut self, found: &mut AsyncFor) {
        self.visit_expr_mut(&mut found.source);
        self.enter(Target::of_loop(found.label.as_ref(), 0));
        self.visit_block_mut(&mut found.body);
        self.targets.pop();
    }

    /// Comes to what jumps may aim at. Whether one means this or what is around it can be up to who wrote the label, which
    /// only the compiler knows.
    fn enter(&mut self, found: Target) {
        if let Some(label) =
            found.label.as_ref().filter(|label| target(&self.targets, Some(label)).is_some())
        {
            self.errors.push(
                label,
                format_args!(
                    "`{label}` is a label around this, too; give one of them another name"
                ),
            );
        }
        self.targets.push(found);
    }
}

impl Visitor for Checker<'_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        self.block_of(&mut block.stmts);
    }

    fn visit_macro_mut(&mut self, mac: &mut Macro) {
        // Other macros are opaque: what hides in them is held by the label of the expansion.
        match construct(&mac.path) {
            Some(construct) => self.construct(mac, construct),
            None if self.place.yields() => {
                for name in hidden::yields_in_async_blocks(&mac.tokens) {
                    let why_not = Place::AsyncBlock.why_not();
                    self.errors.push(&name, format_args!("`{name}!` cannot stand {why_not}"));
                }
            }
            None => {}
        }
        self.deferrable = false;
    }

    fn visit_stmt_mut(&mut self, stmt: &mut Stmt) {
        if macro_of(stmt).is_none() {
            self.deferrable = false;
        }
        visit_mut::visit_stmt_mut(&mut Walk(self), stmt);
    }

    fn visit_item_mut(&mut self, item: &mut Item) {
        match item {
            Item::Fn(found) if is_generator(&found.attrs) => {}
            Item::Macro(_) => {}
            Item::Const(_) | Item::Static(_) => self.within(Place::Item, Exit::Unknown, |this| {
                visit_mut::visit_item_mut(&mut Walk(this), item);
            }),
            _ => self.within(Place::Function, Exit::Unknown, |this| {
                visit_mut::visit_item_mut(&mut Walk(this), item);
            }),
        }
    }

    fn visit_impl_item_mut(&mut self, item: &mut ImplItem) {
        if !matches!(item, ImplItem::Fn(found) if is_generator(&found.attrs)) {
            visit_mut::visit_impl_item_mut(&mut Walk(self), item);
        }
    }

    fn visit_trait_item_mut(&mut self, item: &mut TraitItem) {
        if !matches!(item, TraitItem::Fn(found) if is_generator(&found.attrs)) {
            visit_mut::visit_trait_item_mut(&mut Walk(self), item);
        }
    }

    fn visit_expr_closure_mut(&mut self, found: &mut ExprClosure) {
        self.foreign(&found.attrs);
        self.within(Place::Closure, Exit::Unknown, |this| {
            visit_mut::visit_expr_closure_mut(&mut Walk(this), found);
        });
    }

    fn visit_expr_async_mut(&mut self, found: &mut ExprAsync) {
        self.foreign(&found.attrs);
        let place = match self.place {
            Place::Item | Place::Function => self.place,
            _ => Place::AsyncBlock,
        };
        self.within(place, Exit::Unknown, |this| {
            visit_mut::visit_expr_async_mut(&mut Walk(this), found);
        });
    }

    fn visit_expr_const_mut(&mut self, found: &mut syn::ExprConst) {
        self.foreign(&found.attrs);
        self.within(Place::Item, Exit::Unknown, |this| {
            visit_mut::visit_expr_const_mut(&mut Walk(this), found);
        });
    }

    fn visit_expr_repeat_mut(&mut self, found: &mut syn::ExprRepeat) {
        self.foreign(&found.attrs);
        self.visit_expr_mut(&mut found.expr);
        self.within(Place::Item, Exit::Unknown, |this| this.visit_expr_mut(&mut found.len));
    }

    fn visit_type_mut(&mut self, ty: &mut syn::Type) {
        // The code in a type is the length of an array.
        self.within(Place::Item, Exit::Unknown, |this| {
            visit_mut::visit_type_mut(&mut Walk(this), ty);
        });
    }

    fn visit_attribute_mut(&mut self, attr: &mut Attribute) {
        // A loop has taken its own off.
        if is_for_await(attr) && !attr.meta.require_path_only().is_ok_and(|_| self.loops > 0) {
            let message = match attr.meta {
                syn::Meta::Path(_) => "`#[for_await]` goes on a `for` loop",
                _ => "`#[for_await]` takes no arguments",
            };
            self.errors.push(&*attr, message);
        }
        self.foreign(std::slice::from_ref(attr));
        self.loops = self.loops.saturating_sub(1);
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let target = as_target(expr, 0);
        let pushed = target.is_some();
        if let Some(target) = target {
            self.enter(target);
        }
        match expr {
            Expr::Call(found) => {
                if macro_of_call(found).is_some() {
                    let message =
                        "names that start with `__macro_in_` are ours; give it another one";
                    self.errors.push(&found.func, message);
                }
                visit_mut::visit_expr_call_mut(&mut Walk(self), found);
            }
            Expr::Yield(found) => {
                self.may_yield(found.yield_token, "yield");
                if !self.flavour.keywords && !keywords::accepted() {
                    self.errors.push(found.yield_token, keywords::YIELD);
                }
                visit_mut::visit_expr_yield_mut(&mut Walk(self), found);
            }
            Expr::Await(found) if is_awaited_block(&found.base) => {
                self.attributes(&mut found.attrs);
                let place = self.place.of_awaited_block();
                let mut base = &mut *found.base;
                while let Expr::Paren(ExprParen { attrs, expr, .. }) = base {
                    self.attributes(attrs);
                    base = expr;
                }
                let found = awaited_block(base);
                self.attributes(&mut found.attrs);
                self.within(place, Exit::Unknown, |this| this.visit_block_mut(&mut found.block));
            }
            Expr::ForLoop(found) => {
                if found.attrs.iter().any(is_for_await) && !self.place.awaits() {
                    let message = "an async loop outside the body's own code is written `for_await!(x in s { .. })`";
                    self.errors.push(found.for_token, message);
                }
                self.loops = found.attrs.len();
                self.attributes(&mut found.attrs);
                self.visit_pat_mut(&mut found.pat);
                // Outside the loop: a jump in there is one of the code around it.
                self.visit_expr_mut(&mut found.expr);
                self.enter(Target::of_loop(found.label.as_ref(), 0));
                self.visit_block_mut(&mut found.body);
                self.targets.pop();
            }
            Expr::Return(found) => {
                self.returns(found);
                visit_mut::visit_expr_return_mut(&mut Walk(self), found);
            }
            Expr::Try(found) => {
                self.question(found.question_token);
                visit_mut::visit_expr_try_mut(&mut Walk(self), found);
            }
            Expr::Break(ExprBreak { break_token, label, .. }) => {
                self.jumps(*break_token, "break", label.as_ref());
                visit_mut::visit_expr_mut(&mut Walk(self), expr);
            }
            Expr::Continue(ExprContinue { attrs, continue_token, label, .. }) => {
                self.attributes(attrs);
                self.jumps(*continue_token, "continue", label.as_ref());
            }
            _ => visit_mut::visit_expr_mut(&mut Walk(self), expr),
        }
        if pushed {
            self.targets.pop();
        }
    }
}
