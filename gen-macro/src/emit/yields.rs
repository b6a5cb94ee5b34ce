//! Yield points.

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Expr, ExprBlock, Stmt};

use super::at;
use crate::{check::Flavour, names::Names};

/// Code that never runs, and compiles only in the async block that declares the label: not in a
/// closure or another async block, however they came about.
// Output: if false { break 'body never(); }
pub(super) fn only_here(names: &Names) -> TokenStream {
    let door = names.door();
    let label = names.label();
    quote_spanned!(names.span()=> if false { break #label #door::never(); })
}

/// What a yield point evaluates to: the value sent, or the `Result` of a generator with `throw`.
fn resumed(resumed: &TokenStream, flavour: Flavour, names: &Names) -> TokenStream {
    if flavour.throws {
        return resumed.clone();
    }
    let door = names.door();
    quote_spanned!(names.span()=> #door::sent(#resumed))
}

/// An operand without braces of its own, which the compiler would call unused.
fn bare(operand: Expr) -> Expr {
    match operand {
        Expr::Block(ExprBlock { attrs, label: None, block, .. })
            if attrs.is_empty() && matches!(block.stmts.as_slice(), [Stmt::Expr(_, None)]) =>
        {
            let Some(Stmt::Expr(value, None)) = block.stmts.into_iter().next() else {
                unreachable!("the pattern above")
            };
            bare(value)
        }
        other => other,
    }
}

// Input:  yield_!(item)
// Output:
//     {
//         if false { break 'body never(); }
//         put(slot(&mut handle).await, item);
//         sent(resumed(&mut handle).await)
//     }
// and where `item` may suspend the body, so that no slot is held meanwhile:
//         let item = typed(token, item);
//         put(slot(&mut handle).await, item);
pub(crate) fn yield_(
    operand: Option<Expr>,
    suspends: bool,
    keyword: &TokenStream,
    flavour: Flavour,
    names: &Names,
) -> Expr {
    let span = at(keyword, names);
    let names = &Names::new(span, names.krate().clone());
    let door = names.door();
    let only_here = only_here(names);
    let [token, handle, item] = ["token", "handle", "item"].map(|name| names.ident(name));
    let value =
        operand.map_or_else(|| quote_spanned!(span=> ()), |value| bare(value).into_token_stream());
    let value = if flavour.wraps_ok { quote_spanned!(span=> #door::Ok(#value)) } else { value };
    let (first, value) = if suspends {
        (quote_spanned!(span=> let #item = #door::typed(#token, #value);), quote!(#item))
    } else {
        (TokenStream::new(), value)
    };
    let resumed =
        resumed(&quote_spanned!(span=> #door::resumed(&mut #handle).await), flavour, names);
    Expr::Verbatim(quote_spanned! {span=>
        {
            #only_here
            #first
            #door::put(#door::slot(&mut #handle).await, #value);
            #resumed
        }
    })
}

/// The guarded code of a delegation.
// Output: { if false { break 'body never(); } sent(delegate(&mut handle, source.as_mut()).await) }
pub(crate) fn delegate(keyword: &TokenStream, flavour: Flavour, names: &Names) -> TokenStream {
    let span = at(keyword, names);
    let names = &Names::new(span, names.krate().clone());
    let door = names.door();
    let only_here = only_here(names);
    let [handle, source] = ["handle", "source"].map(|name| names.ident(name));
    let delegated = quote_spanned!(span=> #door::delegate(&mut #handle, #door::Pin::as_mut(&mut #source)).await);
    let delegated = resumed(&delegated, flavour, names);
    quote_spanned!(span=> { #only_here #delegated })
}
