//! Syntax to a checked generator, or errors.

use proc_macro2::TokenStream;
use syn::{Expr, FnArg, Pat, Signature, Stmt, Type, visit_mut};

use crate::{
    args::Args,
    body, declared,
    errors::{Errors, mistake},
    harmless::of_item,
    keywords, parse, question,
    syntax::has_word,
    visitor::{Visitor, Walk, visit_guards},
    written::macro_of_call,
};

/// How the async block that code stands in is returned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// `()`: an infallible body.
    Unit,
    /// `Result<(), E>`: a fallible body.
    Ok,
    /// Whatever the block is: an awaited async block.
    Unknown,
}

/// What the rules for a body depend on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Flavour {
    pub(crate) exit: Exit,
    pub(crate) answer: Answer,
    /// `yield x` yields `Ok(x)`: `try_stream!`.
    pub(crate) wraps_ok: bool,
    /// The keywords may stand in macro arguments, too.
    pub(crate) keywords: bool,
    /// The body is polled with the consumer's own context. It has no regions then.
    pub(crate) direct: bool,
}

impl Flavour {
    /// That of a body with nothing special.
    pub(crate) const PLAIN: Self = Self {
        exit: Exit::Unit,
        answer: Answer::Unit,
        wraps_ok: false,
        keywords: false,
        direct: false,
    };
}

/// What a yield evaluates to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    Unit,
    /// What was sent.
    Sent,
    /// That, or what was thrown.
    Result,
}

/// A function that is a generator, its body still as it was written.
pub(crate) struct Generator {
    pub(crate) function: parse::Function,
    pub(crate) item: Type,
    pub(crate) args: Args,
    pub(crate) flavour: Flavour,
    /// `None`: a trait method without a default body.
    pub(crate) body: Option<Vec<Stmt>>,
}

/// A function with mistakes, as far as it could be read.
pub(crate) struct Mistaken {
    pub(crate) function: parse::Function,
    pub(crate) args: Args,
    pub(crate) error: syn::Error,
}

/// Checks a function and its body.
pub(crate) fn function(
    mut function: parse::Function,
    args: Args,
    keywords: bool,
) -> Result<Generator, Box<Mistaken>> {
    if let Some(message) = rewritten(&function) {
        let error = mistake(&function.sig.ident, message);
        return Err(Box::new(Mistaken { function, args, error }));
    }
    let mut errors = Errors::default();
    signature(&function.sig, &mut errors);
    let item = declared::item(&function.sig.output, &mut errors);
    if args.fallible && declared::is_no_result(&item) {
        errors.push(
            &item,
            "the items of a `fallible` generator are `Result<T, E>`, by whatever name",
        );
    }
    let fallible = args.fallible || is_result(&item);
    let flavour = Flavour {
        exit: if fallible { Exit::Ok } else { Exit::Unit },
        answer: match (&args.send, &args.throw) {
            (_, Some(_)) => Answer::Result,
            (Some(_), None) => Answer::Sent,
            (None, None) => Answer::Unit,
        },
        keywords,
        ..Flavour::PLAIN
    };
    let mut body = None;
    if let Some(tokens) = function.body.take() {
        let tokens = tokens.stream();
        let (parsed, is_marked) = parse::marked_body(tokens.clone());
        if is_marked && !keywords && !keywords::accepted() {
            for at in keywords::for_awaits(&tokens) {
                errors.push_at(at, keywords::FOR_AWAIT);
            }
        }
        match parsed {
            Ok(mut stmts) => {
                body::check(&mut stmts, flavour, &mut errors);
                body = Some(stmts);
            }
            Err(error) => errors.add(error),
        }
    }
    match errors.finish() {
        Ok(()) => Ok(Generator { function, item, args, flavour, body }),
        Err(error) => Err(Box::new(Mistaken { function, args, error })),
    }
}

/// Checks the statements of a `stream!` or, if its yields are to be wrapped in `Ok`, a `try_stream!`.
pub(crate) fn stream(tokens: TokenStream, wraps_ok: bool) -> syn::Result<(Vec<Stmt>, Flavour)> {
    let mut stmts = parse::body(tokens)?;
    let fallible = wraps_ok || question::leaves(&mut stmts);
    let exit = if fallible { Exit::Ok } else { Exit::Unit };
    let flavour = Flavour { exit, wraps_ok, keywords: true, ..Flavour::PLAIN };
    let mut errors = Errors::default();
    body::check(&mut stmts, flavour, &mut errors);
    errors.finish().map(|()| (stmts, flavour))
}

/// Says what to do if another attribute has rewritten a function before we see it, as far as it is one that we know.
fn rewritten(function: &parse::Function) -> Option<&'static str> {
    let has = |tokens: Option<TokenStream>, word| tokens.is_some_and(|found| has_word(found, word));
    let body = || function.body.as_ref().map(proc_macro2::Group::stream);
    let sig = &function.sig;
    // `tracing::instrument`, `tokio::main`, `tokio::test`.
    if has(body(), "__tracing_attr_span") || (sig.asyncness.is_none() && has(body(), "block_on")) {
        return Some(
            "another attribute has rewritten this function; put `#[async_generator]` above that",
        );
    }
    let is_boxed = || sig.generics.lifetimes().any(|found| found.lifetime.ident == "async_trait");
    (sig.asyncness.is_none() && is_boxed()).then_some(
        "`#[async_trait]` has rewritten this function; do without: `#[async_generator(boxed)]` works in a dyn trait",
    )
}

fn signature(sig: &Signature, errors: &mut Errors) {
    if sig.asyncness.is_none() {
        errors.push(sig.fn_token, "a generator is an `async fn`; write `async` before `fn`");
    }
    if let Some(konst) = &sig.constness {
        errors.push(konst, "a generator cannot be `const`; remove `const`");
    }
    if let Some(abi) = &sig.abi {
        errors.push(abi, "a generator has no ABI; remove `extern`");
    }
    if let Some(variadic) = &sig.variadic {
        errors.push(variadic, "a generator cannot be variadic; take a slice or an iterator");
    }
}

/// A generator is fallible if the last segment of its return type is `Result`.
fn is_result(item: &Type) -> bool {
    match item {
        Type::Path(found) => found.path.segments.last().is_some_and(|last| last.ident == "Result"),
        Type::Paren(found) => is_result(&found.elem),
        Type::Group(found) => is_result(&found.elem),
        _ => false,
    }
}

/// The name of an argument that is a plain name, with or without `mut`.
pub(crate) fn plain_name(arg: &FnArg) -> Option<&syn::PatIdent> {
    match arg {
        FnArg::Typed(typed) => match &*typed.pat {
            Pat::Ident(name) if name.by_ref.is_none() && name.subpat.is_none() => Some(name),
            _ => None,
        },
        FnArg::Receiver(_) => None,
    }
}

/// Whether any part of an operand may suspend the body, so that it must be evaluated first.
pub(crate) fn may_suspend(expr: &Expr) -> bool {
    struct Suspends(bool);
    impl Visitor for Suspends {
        fn visit_expr_mut(&mut self, expr: &mut Expr) {
            self.0 |= match expr {
                // What syn cannot take apart may hold anything.
                Expr::Verbatim(_) => true,
                Expr::Call(found) => macro_of_call(found).is_some(),
                _ => false,
            };
            visit_mut::visit_expr_mut(&mut Walk(self), expr);
        }
        fn visit_expr_await_mut(&mut self, _: &mut syn::ExprAwait) {
            self.0 = true;
        }
        fn visit_expr_yield_mut(&mut self, _: &mut syn::ExprYield) {
            self.0 = true;
        }
        fn visit_macro_mut(&mut self, _: &mut syn::Macro) {
            self.0 = true;
        }
        fn visit_expr_for_loop_mut(&mut self, _: &mut syn::ExprForLoop) {
            self.0 = true;
        }
        fn visit_item_mut(&mut self, item: &mut syn::Item) {
            self.0 |= of_item(item).is_some();
        }
        fn visit_type_mut(&mut self, _: &mut Type) {}
        fn visit_pat_mut(&mut self, pat: &mut Pat) {
            visit_guards(self, pat);
        }
    }
    let mut suspends = Suspends(false);
    suspends.visit_expr_mut(&mut expr.clone());
    suspends.0
}
