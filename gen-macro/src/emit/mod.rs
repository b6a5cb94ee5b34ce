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
    RegionKind, carried, cleanup, jump, loop_over, region, release, with_source,
};
pub(crate) use stream::{expression, stream};
pub(crate) use yields::{delegate, yield_};

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Block, Expr, Stmt, spanned::Spanned as _};

use crate::{
    check::{Exit, Flavour},
    names::Names,
};

/// The location of user code with the resolution of ours.
fn at(tokens: &impl ToTokens, names: &Names) -> Span {
    tokens.span().resolved_at(names.span())
}

// Input:  future.await
// Output: wait(future).await
pub(crate) fn wait(future: &Expr, names: &Names) -> Expr {
    let door = names.door();
    let wait = quote_spanned!(at(future, names)=> #door::wait);
    Expr::Verbatim(quote!(#wait(#future)))
}

/// How the end of a body is spelled.
fn end(exit: Exit, names: &Names) -> TokenStream {
    match exit {
        Exit::Unit | Exit::Unknown => TokenStream::new(),
        Exit::Ok => {
            let door = names.door();
            quote_spanned!(names.span()=> #door::Ok(()))
        }
    }
}

/// What every body starts with.
// Output:
//     let mut anchor = ();
//     let mut handle = unsafe { handle(token, &mut anchor) };
fn handle(names: &Names) -> TokenStream {
    let door = names.door();
    let [token, anchor, handle] = ["token", "anchor", "handle"].map(|name| names.ident(name));
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
    Block {
        brace_token: syn::token::Brace::default(),
        stmts: vec![Stmt::Expr(Expr::Verbatim(tokens), None)],
    }
}
