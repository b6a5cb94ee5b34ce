//! Yield points.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Expr, ExprBlock, Stmt, spanned::Spanned as _};

use super::{Access, access};
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
// Output: ({ code leaf }).await
fn awaited(code: &TokenStream, leaf: &TokenStream, extent: Extent) -> TokenStream {
    let block = Group::new(Delimiter::Brace, quote!(#code #leaf));
    let block = with_span(block, extent.first);
    let operand = with_span(Group::new(Delimiter::Parenthesis, quote!(#block)), extent.first);
    let await_ = quote_spanned!(extent.last=> .await);
    quote!(#operand #await_)
}

/// The leaf of a yield, where nothing can be thrown.
// Output: sent(leaf)
fn sent(leaf: TokenStream, flavour: Flavour, names: &Names) -> TokenStream {
    if flavour.throws {
        return leaf;
    }
    let door = names.door();
    quote_spanned!(names.span()=> #door::sent(#leaf))
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

/// A yield point.
pub(crate) struct Yield {
    pub(crate) operand: Option<Expr>,
    /// The operand may suspend the body.
    pub(crate) suspends: bool,
    /// It is a statement, whose value nobody looks at.
    pub(crate) is_statement: bool,
    pub(crate) extent: Extent,
}

// Input:  yield_!(item)
// Output: see `with_slot_at_hand` and `with_slot_fetched`
pub(crate) fn yield_(found: Yield, access: &Access, flavour: Flavour, names: &Names) -> Expr {
    let names = &names.located_at(found.extent.first);
    let span = names.span();
    let door = names.door();
    let value = match found.operand {
        Some(value) => bare(value).into_token_stream(),
        None => unit(found.extent.first),
    };
    let value = if flavour.wraps_ok { quote_spanned!(span=> #door::Ok(#value)) } else { value };
    // A field and not an argument: a wrong type is then an error about the value alone.
    let item = quote_spanned!(span=> #door::Item { item: #value });
    let is_statement = found.is_statement && !flavour.throws;
    if access.at_hand {
        with_slot_at_hand(&item, is_statement, found.extent, access, flavour, names)
    } else {
        with_slot_fetched(&item, found.suspends, found.extent, access, flavour, names)
    }
}

// Output:
//     ({
//         while false { break 'body never(); }
//         let yielded = yielded(generator, Item { item: item }, slot);
//         match yielded.await {
//             (value, new) => { slot = new; value }
//         }
//     },).0
// where the `let` ends what the operand borrows for a moment, such as a lock; and as a statement
//         match yielded.await { (_, new) => { slot = new; } }
fn with_slot_at_hand(
    item: &TokenStream,
    is_statement: bool,
    extent: Extent,
    access: &Access,
    flavour: Flavour,
    names: &Names,
) -> Expr {
    let span = names.span();
    let door = names.door();
    let only_here = only_here(names);
    let [token, slot, leaf, value] =
        ["generator", "slot", "yielded", "value"].map(|name| names.local(name));
    let yielded = names.ident(match (flavour.throws, access.cut.is_some()) {
        (true, false) => "yielded",
        (false, false) => "yielded_sent",
        (true, true) => "yielded_in_region",
        (false, true) => "yielded_sent_in_region",
    });
    let put = quote_spanned!(span=> let #leaf = #door::#yielded(#token, #item, #slot););
    let result = if is_statement { TokenStream::new() } else { value.into_token_stream() };
    let arms = access::arms(&result, access, names);
    let await_ = quote_spanned!(extent.first=> .await); // where the compiler says what is held
    let block = quote_spanned!(span=> { #only_here #put match #leaf #await_ { #arms } });
    access::as_users(&block, extent)
}

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
fn with_slot_fetched(
    item_of_user: &TokenStream,
    suspends: bool,
    extent: Extent,
    access: &Access,
    flavour: Flavour,
    names: &Names,
) -> Expr {
    let span = names.span();
    let door = names.door();
    let only_here = only_here(names);
    let [token, handle, item] = ["generator", "handle", "item"].map(|name| names.local(name));
    let await_ = quote_spanned!(extent.first=> .await); // where the compiler says what is held
    let put = if suspends {
        quote_spanned! {span=>
            let #item = #door::typed(#token, #item_of_user);
            // SAFETY: it is put before the body is suspended again.
            let #item = unsafe { #door::carry(#item) };
            #door::put(#door::slot(&mut #handle) #await_, #door::Item::carried(#item));
        }
    } else {
        quote_spanned!(span=> #door::put(#door::slot(&mut #handle) #await_, #item_of_user);)
    };
    let code = quote!(#only_here #put);
    let leaf = sent(quote_spanned!(span=> #door::resumed(&mut #handle)), flavour, names);
    if access.cut.is_none() {
        return Expr::Verbatim(awaited(&code, &leaf, extent));
    }
    let value = names.local("value");
    let leaf = access::unless_closing(&leaf, names);
    let arms = access::arms(&value.into_token_stream(), access, names);
    let block = quote_spanned!(span=> { #code match #leaf #await_ { #arms } });
    access::as_users(&block, extent)
}

/// The item of a yield without one.
fn unit(at: Span) -> TokenStream {
    with_span(Group::new(Delimiter::Parenthesis, TokenStream::new()), at).into_token_stream()
}

/// The await of a delegation.
// Output:
//     ({
//         while false { break 'body never(); }
//         sent(Delegate::delegate(&mut handle, source.pinned()))
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
        #door::Delegate::delegate(&mut #handle, #door::Pinned::pinned(&mut #source))
    };
    awaited(&only_here, &sent(leaf, flavour, names), extent)
}
