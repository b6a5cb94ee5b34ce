//! Prints generated code: the only place with large `quote!` blocks.

mod boxed;
mod function;
mod local_macros;
mod region;
mod stream;
mod yields;

pub(crate) use function::{fallback, function};
pub(crate) use local_macros::parse_flags;
pub(crate) use region::{
    RegionKind, Way, WayOut, carried, cleanup, jump, loop_over, region, release, with_source,
};
pub(crate) use stream::{expression, stream};
pub(crate) use yields::{Extent, delegate, evaluated, yield_};

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Block, Expr, Stmt, spanned::Spanned as _, token::Brace};

use crate::{
    check::{Exit, Flavour},
    names::Names,
};

/// The location of user code with the resolution of ours.
fn at(tokens: &impl ToTokens, names: &Names) -> Span {
    tokens.span().resolved_at(names.span())
}

/// The call has the user's location and context from its first token to its last, so that errors about
/// what is awaited show that. What it calls is in parentheses, where it resolves as ours.
// Input:  future.await
// Output: (Awaitable::wait)(future).await
pub(crate) fn wait(future: &Expr, names: &Names) -> Expr {
    let future = future.to_token_stream();
    let (first, last) = ends(&future);
    let names = names.located_at(first);
    let door = names.door();
    let mut wait =
        Group::new(Delimiter::Parenthesis, quote_spanned!(names.span()=> #door::Awaitable::wait));
    wait.set_span(first);
    let mut operand = Group::new(Delimiter::Parenthesis, future);
    operand.set_span(last);
    Expr::Verbatim(quote!(#wait #operand))
}

/// Where tokens start and where they end.
pub(crate) fn ends(tokens: &TokenStream) -> (Span, Span) {
    let mut tokens = tokens.clone().into_iter();
    let first = tokens.next();
    let last = tokens.last().or_else(|| first.clone());
    let first = first.map_or_else(Span::call_site, |token| match token {
        TokenTree::Group(group) => group.span_open(),
        other => other.span(),
    });
    let last = last.map_or(first, |token| match token {
        TokenTree::Group(group) => group.span_close(),
        other => other.span(),
    });
    (first, last)
}

/// What a fallible body ends with.
// Output: Ok(())
pub(crate) fn ok(names: &Names) -> TokenStream {
    let door = names.door();
    quote_spanned!(names.span()=> #door::Ok(()))
}

/// What makes the last value of a fallible body its `Result`.
// Output: ended
pub(crate) fn ended(names: &Names) -> Expr {
    let door = names.door();
    syn::parse_quote_spanned!(names.span()=> #door::ended)
}

/// How the end of a body is spelled.
fn end(exit: Exit, names: &Names) -> TokenStream {
    match exit {
        Exit::Unit | Exit::Unknown => TokenStream::new(),
        Exit::Ok => ok(names),
    }
}

/// What every body starts with.
// Output:
//     let mut anchor = ();
//     let mut handle = unsafe { handle(token, &mut anchor) };
fn handle(names: &Names) -> TokenStream {
    let door = names.door();
    let [token, anchor, handle] = ["generator", "anchor", "handle"].map(|name| names.local(name));
    quote_spanned! {names.span()=>
        let mut #anchor = ();
        // SAFETY: the handle is named by the yields of this block only, each of which also names
        // its label: it cannot be reached from another body.
        let mut #handle = unsafe { #door::handle(#token, &mut #anchor) };
    }
}

// Input:  async { stmts }.await, in a body
// Output: async { handle 'body: { stmts } }.await
pub(crate) fn awaited_block(
    brace_token: Brace,
    stmts: &[Stmt],
    has_opaque: bool,
    flavour: Flavour,
    names: &Names,
) -> Block {
    let handle = handle(names);
    let label = names.label();
    let flavour = Flavour { exit: Exit::Unknown, ..flavour };
    let macros = local_macros::of_body(has_opaque, flavour, names);
    let only_here = yields::only_here(names);
    let tokens = quote_spanned!(names.span()=> #handle #label: { #only_here #macros #(#stmts)* });
    Block { brace_token, stmts: vec![Stmt::Expr(Expr::Verbatim(tokens), None)] }
}
