//! Yield points.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Expr, ExprBlock, Stmt, spanned::Spanned as _};

use crate::{check::Flavour, names::Names};

/// Code that never runs, and compiles only in the async block that declares the label: not in a
/// closure or another async block, however they came about. In a loop, so that the compiler has one
/// thing to say about it and not two.
// Output: while false { break 'body never(); }
pub(super) fn only_here(names: &Names) -> TokenStream {
    let door = names.door();
    let label = names.label();
    quote_spanned!(names.span()=> while false { break #label #door::never(); })
}

/// Where a yield is written: its first token and its last.
#[derive(Clone, Copy)]
pub(crate) struct Extent {
    pub(crate) first: Span,
    pub(crate) last: Span,
}

/// Awaits a leaf future as if the user had written it: the outer tokens have the user's location and
/// context, so that errors about its value and lints about its use show that and nothing of ours. No
/// name resolves at them.
// Output: (leaf).await, and where nothing can be thrown (sent(leaf)).await
fn awaited(
    code: &TokenStream,
    leaf: &TokenStream,
    extent: Extent,
    flavour: Flavour,
    names: &Names,
) -> TokenStream {
    let span = names.span();
    let leaf = if flavour.throws {
        leaf.clone()
    } else {
        let door = names.door();
        quote_spanned!(span=> #door::sent(#leaf))
    };
    let block = Group::new(Delimiter::Brace, quote!(#code #leaf));
    let block = with_span(block, extent.first);
    let operand = with_span(Group::new(Delimiter::Parenthesis, quote!(#block)), extent.first);
    let await_ = quote_spanned!(extent.last=> .await);
    quote!(#operand #await_)
}

/// An expression of ours as the user's, for the lints about its value.
// Output: (identity)(expr)
pub(crate) fn evaluated(expr: &Expr, extent: Extent, names: &Names) -> Expr {
    let names = names.located_at(extent.first);
    let door = names.door();
    let identity = quote_spanned!(names.span()=> #door::identity);
    let identity = with_span(Group::new(Delimiter::Parenthesis, identity), extent.first);
    let operand =
        with_span(Group::new(Delimiter::Parenthesis, expr.to_token_stream()), extent.last);
    Expr::Verbatim(quote!(#identity #operand))
}

fn with_span(mut group: Group, span: Span) -> Group {
    group.set_span(span);
    group
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
//     ({
//         while false { break 'body never(); }
//         put(slot(&mut handle).await, Item { item: item });
//         sent(resumed(&mut handle))
//     }).await
// and where `item` may suspend the body, so that no slot is held meanwhile:
//         let item = typed(token, Item { item: item });
//         let item = unsafe { carry(item) };
//         put(slot(&mut handle).await, Item::carried(item));
pub(crate) fn yield_(
    operand: Option<Expr>,
    suspends: bool,
    extent: Extent,
    flavour: Flavour,
    names: &Names,
) -> Expr {
    let names = &names.located_at(extent.first);
    let span = names.span();
    let door = names.door();
    let only_here = only_here(names);
    let [token, handle, item] = ["generator", "handle", "item"].map(|name| names.local(name));
    let value = operand.map_or_else(|| unit(extent.first), |value| bare(value).into_token_stream());
    let value = if flavour.wraps_ok { quote_spanned!(span=> #door::Ok(#value)) } else { value };
    // A field and not an argument: a wrong type is then an error about the value alone.
    let (first, value) = if suspends {
        let first = quote_spanned! {span=>
            let #item = #door::typed(#token, #door::Item { item: #value });
            // SAFETY: it is put before the body is suspended again.
            let #item = unsafe { #door::carry(#item) };
        };
        (first, quote_spanned!(span=> #door::Item::carried(#item)))
    } else {
        (TokenStream::new(), quote_spanned!(span=> #door::Item { item: #value }))
    };
    let await_ = quote_spanned!(extent.first=> .await); // where the compiler says what is held
    let code = quote_spanned! {span=>
        #only_here
        #first
        #door::put(#door::slot(&mut #handle) #await_, #value);
    };
    let leaf = quote_spanned!(span=> #door::resumed(&mut #handle));
    Expr::Verbatim(awaited(&code, &leaf, extent, flavour, names))
}

/// The item of a yield without one.
fn unit(at: Span) -> TokenStream {
    with_span(Group::new(Delimiter::Parenthesis, TokenStream::new()), at).into_token_stream()
}

/// The guarded code of a delegation.
// Output:
//     ({
//         while false { break 'body never(); }
//         sent(Delegate::delegate(&mut handle, source.as_mut()))
//     }).await
pub(crate) fn delegate(
    inner: &Expr,
    extent: Extent,
    flavour: Flavour,
    names: &Names,
) -> TokenStream {
    let only_here = only_here(&names.located_at(extent.first));
    // What can be wrong here is the source.
    let names = &names.located_at(inner.span());
    let door = names.door();
    let [handle, source] = ["handle", "source"].map(|name| names.local(name));
    let leaf = quote_spanned! {names.span()=>
        #door::Delegate::delegate(&mut #handle, #door::Pin::as_mut(&mut #source))
    };
    awaited(&only_here, &leaf, extent, flavour, names)
}
