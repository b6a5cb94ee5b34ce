//! Regions whose code is an async block of its own.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Expr, parse_quote_spanned};

use super::{
    Macros, access, block, braces, end, local_macros,
    region::{Guards, WayOut, declare, go_on, went},
    returns_result,
};
use crate::{
    check::{Exit, Flavour},
    names::Names,
};

/// What the code around a region in an async block of its own is.
#[derive(Clone, Copy)]
pub(crate) struct RegionKind {
    pub(crate) exit: Exit,
    pub(crate) guards: Guards,
    pub(crate) macros: Macros,
    /// The code of the region is polled with the consumer's own context.
    pub(crate) direct: bool,
    /// The code keeps its slot at hand.
    pub(crate) at_hand: bool,
    /// How many regions of its async block are open in it: what tells its locals from theirs.
    pub(crate) depth: usize,
}

/// Whether guarded code ends with a value that can be made up: `()` or `Ok(())`.
pub(crate) fn returns(exit: Exit, framed: bool) -> bool {
    framed && exit != Exit::Unknown
}

// Output: match Finish::now(&finish_1).await {}
pub(super) fn finish(depth: usize, names: &Names) -> TokenStream {
    let door = names.door();
    let finish = names.in_region("finish", depth);
    quote_spanned!(names.span()=> match #door::Finish::now(&#finish).await {})
}

/// The way out of a region that its code left by `return` or `?`.
// Output: return left(exit)
pub(crate) fn returned(kind: RegionKind, names: &Names) -> Expr {
    let door = names.door();
    let exit = names.local("exit");
    let mut left = quote_spanned!(names.span()=> #door::left(#exit));
    if kind.guards.framed && !returns(kind.exit, kind.guards.framed) {
        left = quote_spanned!(names.span()=> #door::left(#left));
    }
    parse_quote_spanned!(names.span()=> return #left)
}

// Input:
//     { s1; defer! { cleanup } s2; tail }
// Output, where something in `s2` is not in sight:
//     {
//         s1;
//         let mut value = None;
//         if false { match left(value) { value => value } } else {
//             let exit = region(true, async { value = Some('body: { s2; tail }); }).await;
//             { cleanup }
//             if leave(slot) { return }
//             match value { Some(value) => value, None => return left(exit) }
//         }
//     }
// With jumps out of it, `None => match jump { 1 => break 'outer, _ => return left(exit) }`.
// Where `return` takes a type that is not known (an awaited block), or nothing is closed from outside
// (`for_await!`, a cleanup), the guarded code ends by `finish`, and `until` it drops it there. Where it is polled with the
// consumer's own context, it posts its items, and its region is entered before:
//     let mailbox = mailbox(generator);
//     enter(slot(&mut handle).await, true);
//     let exit = in_region(generator, &mailbox, async { let handle = address(&mailbox); .. }).await;
pub(crate) fn region(
    code: &TokenStream,
    after: &TokenStream,
    ways: &[WayOut],
    returned: &TokenStream,
    kind: RegionKind,
    flavour: Flavour,
    names: &Names,
) -> TokenStream {
    let span = names.span();
    let door = names.door();
    let [value, exit] = names.locals(["value", "exit"]);
    let finish_ident = names.in_region("finish", kind.depth);
    let guards = kind.guards.expr(names);
    let framed = kind.guards.framed;
    let returns = returns(kind.exit, framed);
    let declare = declare(ways, kind.depth, names);
    let declare_finish =
        (!returns).then(|| quote_spanned!(span=> let #finish_ident = #door::Finish::new();));
    let inner = Flavour { exit: kind.exit, direct: kind.direct, ..flavour };
    let macros = local_macros::of_body(kind.macros, inner, names);
    let slot = kind.at_hand.then(|| {
        let slot = names.local("slot");
        let begin = access::begin(names);
        quote_spanned! {span=>
            #[allow(unused_mut)] // there may be no yield in it
            let mut #slot = #begin;
        }
    });
    let again = access::again(kind.at_hand, names);
    let block = block(&quote!(#macros #slot), &code.to_token_stream(), false, span, names);
    let end = if returns { end(kind.exit, names) } else { finish(kind.depth, names) };
    let first = (returns && kind.exit == Exit::Ok).then(|| returns_result(names));
    let (posts, address) = kind.direct.then(|| posting(kind, names)).unzip();
    let guarded = quote_spanned! {span=>
        #address
        #first
        #[allow(clippy::diverging_sub_expression)] // guarded code may never end
        {
            #value = #door::Some(#block);
        }
        #end
    };
    let guarded = async_block(guarded, last_of(code).unwrap_or(span));
    let guarded = if returns {
        guarded
    } else {
        quote_spanned!(span=> #door::until(&#finish_ident, #guarded))
    };
    let guarded = if kind.direct {
        let [token, mailbox] = names.locals(["generator", "mailbox"]);
        quote_spanned!(span=> #door::in_region(#token, &#mailbox, #guarded))
    } else if framed {
        quote_spanned!(span=> #door::region(#guards, #guarded))
    } else {
        guarded
    };
    let out = go_on(ways, returned, kind.depth, names);
    let region = quote_spanned! {span=>
        #declare
        #declare_finish
        #posts
        let #exit = #guarded.await;
        #again
        #after
        match #value {
            #door::Some(#value) => #value,
            #door::None => #out,
        }
    };
    let went = went(&value, names);
    quote_spanned!(span=> let mut #value = #door::None; if false { #went } else { #region })
}

/// What stands before a region whose code posts its items, and at the start of that code.
fn posting(kind: RegionKind, names: &Names) -> (TokenStream, TokenStream) {
    let span = names.span();
    let door = names.door();
    let [token, mailbox, handle] = names.locals(["generator", "mailbox", "handle"]);
    let slot = access::slot(kind.at_hand, names);
    let guards = kind.guards.expr(names);
    let before = quote_spanned! {span=>
        let #mailbox = #door::mailbox(#token);
        #door::enter(#slot, #guards);
    };
    (before, quote_spanned!(span=> let #handle = #door::address(&#mailbox);))
}

/// An async block that ends where code of the user's does: the compiler names what it captures only if the block is none
/// of a macro's.
// Output: async { code }
pub(super) fn async_block(code: TokenStream, end: Span) -> TokenStream {
    let block = braces(code, end);
    quote_spanned!(end=> async #block)
}

/// Where the last token stands that is in no group that we put around code.
pub(super) fn last_of(code: &TokenStream) -> Option<Span> {
    code.clone().into_iter().last().map(|last| match last {
        TokenTree::Group(group) => last_of(&group.stream()).unwrap_or(group.span_close()),
        other => other.span(),
    })
}
