//! Yield points.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Expr, ExprBlock, Stmt, spanned::Spanned as _};

use super::{
    Access, At, Held, Use,
    access::{self, Await},
};
use crate::{
    check::{Answer, Flavour},
    names::Names,
    syntax::Evaluation,
};

/// Code that never runs, and compiles only in the async block that declares the label: not in a
/// closure or another async block, however they came about. In a loop, so that the compiler has one
/// thing to say about it and not two.
// Output: while false { break 'body never(); }
pub(super) fn only_here(names: &Names) -> TokenStream {
    let label = names.label();
    let door = names.door();
    quote_spanned!(names.span()=> while false { break #label #door::never(); })
}

/// The same in front of an expression.
// Output: { while false { break 'body never(); } expr }
pub(crate) fn here_only(expr: &Expr, names: &Names) -> Expr {
    let only_here = only_here(names);
    Expr::Verbatim(quote_spanned!(names.span()=> { #only_here #expr }))
}

/// The same for a construct, unless it names the label of a region around it, which is as good, or all code of
/// the async block is in sight: then `body::check` has seen that it stands in no other one.
fn only_here_of(access: &Access, names: &Names) -> Option<TokenStream> {
    let is_known = access.at_hand || access.cut.is_some();
    (!is_known).then(|| only_here(names))
}

/// Where a yield is written: its first token and its last.
#[derive(Clone, Copy)]
pub(crate) struct Extent {
    pub(crate) first: Span,
    pub(crate) last: Span,
}

fn with_span(mut group: Group, span: Span) -> Group {
    group.set_span(span);
    group
}

/// Code behind an `if`. In a block of the user's, on the same line, it would be an `else` that was forgotten, for clippy.
pub(crate) fn no_else(code: TokenStream, names: &Names) -> TokenStream {
    let ours = |token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
            let span = group.span().resolved_at(names.span());
            with_span(group, span).into()
        }
        other => other,
    };
    code.into_iter().map(ours).collect()
}

/// An operand without braces of its own, which the compiler would call unused.
fn bare(operand: Expr) -> Expr {
    // Not several statements, as a `defer!` and what is behind it are lowered to: what is one is in parentheses or braces.
    let is_one = |expr: &Expr| match expr {
        Expr::Verbatim(tokens) => {
            matches!(tokens.clone().into_iter().next(), Some(TokenTree::Group(_)))
        }
        _ => true,
    };
    match operand {
        Expr::Block(ExprBlock { attrs, label: None, block, .. })
            if attrs.is_empty()
                && matches!(block.stmts.as_slice(), [Stmt::Expr(value, None)] if is_one(value)) =>
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
    pub(crate) evaluation: Evaluation,
    pub(crate) used: Use,
    pub(crate) extent: Extent,
}

// Input:  yield_!(item)
// Output:
//     ({
//         slot = Yield { token: generator, item: item, slot: slot }.await;
//         sent(generator, slot)
//     },).0
// with a `let` of its own for what is awaited, to end what the operand may borrow for a moment, such as a lock. A
// statement has no value: it is the block alone, with `discard(generator, slot);` where something can be sent. In a region
//         if leaving(slot) { break 'region_1 None }
// comes before `sent`; where not all is in sight, `while false { break 'body never(); }` comes first.
pub(crate) fn yield_(found: Yield, access: &Access, flavour: Flavour, names: &Names) -> Expr {
    let names = &names.located_at(found.extent.first);
    let span = names.span();
    let door = names.door();
    let value = match found.operand {
        Some(value) => bare(value).into_token_stream(),
        None => unit(found.extent.first),
    };
    let value = if flavour.wraps_ok { quote_spanned!(span=> #door::Ok(#value)) } else { value };
    if flavour.direct {
        return posted(&value, found.used, found.extent, names);
    }
    let only_here = only_here_of(access, names);
    let [token, slot, leaf] = names.locals(["generator", "slot", "yielded"]);
    let (before, leaf) = if !access.at_hand {
        let fetched = fetched(&value, found.evaluation, access, found.extent.first, names);
        (Some(fetched), leaf.into_token_stream())
    } else if found.evaluation != Evaluation::Reads {
        let yielded = yielded(&value, names);
        (Some(quote_spanned!(span=> let #leaf = #yielded;)), leaf.into_token_stream())
    } else {
        (None, yielded(&value, names))
    };
    let await_ = Await(found.extent.first); // where the compiler says what is held
    let cut = access::unless_leaving(access, &slot, names);
    let code = quote_spanned!(span=> #only_here #before #slot = #leaf #await_; #cut);
    if found.used == Use::Statement && flavour.answer != Answer::Result {
        let discard = (flavour.answer == Answer::Sent)
            .then(|| quote_spanned!(span=> #door::discard(#token, #slot);));
        let code = quote_spanned!(span=> #code #discard);
        // The statement is the user's, for lints.
        let block = with_span(Group::new(Delimiter::Brace, code), found.extent.first);
        return Expr::Verbatim(block.into_token_stream());
    }
    let sent = names.ident(if flavour.answer == Answer::Result { "resumed" } else { "sent" });
    let value = quote_spanned!(span=> #door::#sent(#token, #slot));
    access::as_users(&quote_spanned!(span=> { #code #value }), found.used, found.extent, names)
}

// Output, of a body that is polled with the consumer's own context:
//     ({ while false { break 'body never(); } let posted = post(Post { token: generator, item: item, handle }); posted.await },).0
fn posted(item: &TokenStream, used: Use, extent: Extent, names: &Names) -> Expr {
    let span = names.span();
    let door = names.door();
    let [token, handle, posted] = names.locals(["generator", "handle", "posted"]);
    let only_here = only_here(names);
    let await_ = Await(extent.first); // where the compiler says what is held
    let code = quote_spanned! {span=>
        #only_here
        let #posted = #door::post(#door::Post { token: #token, item: #item, handle: #handle });
        #posted #await_
    };
    if used == Use::Statement {
        // The statement is the user's, for lints.
        let block = with_span(Group::new(Delimiter::Brace, quote!(#code;)), extent.first);
        return Expr::Verbatim(block.into_token_stream());
    }
    access::as_users(&quote_spanned!(span=> { #code }), used, extent, names)
}

// Output: Yield { token: generator, item: item, slot: slot }
fn yielded(item: &TokenStream, names: &Names) -> TokenStream {
    let door = names.door();
    let [token, slot] = names.locals(["generator", "slot"]);
    quote_spanned!(names.span()=> #door::Yield { token: #token, item: #item, slot: #slot })
}

/// A yield of a body that does not keep its slot at hand.
// Output:
//     let mut slot = slot(&mut handle).await;
//     let yielded = offer(Yield { token: generator, item: item, slot: slot });
// or outside of any region offer_or_end(..); and where `item` may suspend the body, so that no slot is held meanwhile:
//     let item = Item { token: generator, item: item };
//     let item = unsafe { carry(item) };
//     let mut slot = slot(&mut handle).await;
//     let yielded = offer(Yield { token: generator, item: Carried::item(item), slot: slot });
fn fetched(
    item_of_user: &TokenStream,
    evaluation: Evaluation,
    access: &Access,
    held: Span,
    names: &Names,
) -> TokenStream {
    let span = names.span();
    let door = names.door();
    let [token, slot, leaf, item] = names.locals(["generator", "slot", "yielded", "item"]);
    let fetched = access::fetched(held, names);
    let offer = names.ident(if access.at == At::Outside { "offer_or_end" } else { "offer" });
    let fetch = quote_spanned!(span=> let mut #slot = #fetched;);
    if evaluation != Evaluation::Suspends {
        let yielded = yielded(item_of_user, names);
        return quote_spanned!(span=> #fetch let #leaf = #door::#offer(#yielded););
    }
    let yielded = yielded(&quote_spanned!(span=> #door::Carried::item(#item)), names);
    let carried = access::promised(quote_spanned!(span=> #door::carry(#item)));
    quote_spanned! {span=>
        let #item = #door::Item { token: #token, item: #item_of_user };
        // SAFETY: it is put before the body is suspended again.
        let #item = #carried;
        #fetch
        let #leaf = #door::#offer(#yielded);
    }
}

/// The item of a yield without one.
fn unit(at: Span) -> TokenStream {
    with_span(Group::new(Delimiter::Parenthesis, TokenStream::new()), at).into_token_stream()
}

/// The turns of a delegation, and what it evaluates to.
// Output:
//     ({
//         loop {
//             match unsafe { Delegate::delegate(generator, slot, &mut source) } {
//                 Poll::Ready(value) => break value,
//                 Poll::Pending => slot = suspend(slot).await,
//             }
//         }
//     },).0
// and, where the slot is not at hand, `while false { break 'body never(); }` first and
// `let slot = slot(&mut handle).await;` at the start of each turn.
// Where nothing can be thrown, `Poll::Ready(Ok(value))` is all there is.
pub(crate) fn delegate(
    inner: &Expr,
    extent: Extent,
    held: Held,
    access: &Access,
    flavour: Flavour,
    names: &Names,
) -> TokenStream {
    let only_here = only_here_of(access, &names.located_at(extent.first));
    // What can be wrong here is the source.
    let names = &names.located_at(inner.span());
    let door = names.door();
    let source = held.name(names);
    let [value, slot, token] = names.locals(["value", "slot", "generator"]);
    let (fetch, suspend) = access::turn(extent.first, access.at_hand, names);
    let thrown = quote!(#value);
    let result = if flavour.answer == Answer::Result {
        thrown
    } else {
        quote_spanned!(names.span()=> #door::Ok(#value))
    };
    let delegated = access::promised(
        quote_spanned!(names.span()=> #door::Delegate::delegate(#token, #slot, &mut #source)),
    );
    let turns = quote_spanned! {names.span()=>
        {
            #only_here
            loop {
                #fetch
                // SAFETY: it is a local of this block or captured for it, and only looked at from here on.
                match #delegated {
                    #door::Poll::Ready(#result) => break #value,
                    #door::Poll::Pending => { #suspend }
                }
            }
        }
    };
    access::as_users(&turns, Use::Value, extent, names).into_token_stream()
}
