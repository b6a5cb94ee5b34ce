//! Prints generated code: the only place with large `quote!` blocks.

mod access;
mod apart;
mod boxed;
mod elided;
mod function;
mod held;
mod in_place;
mod local_macros;
mod region;
mod source;
mod stream;
mod turns;
mod yields;

pub(crate) use access::{
    Access, At, Use, again, as_users, await_given, awaited,
    awaited_block as awaited_block_of_users, awaited_here,
};
use apart::last_of;
pub(crate) use apart::{RegionKind, region, returned, returns};
pub(crate) use function::{fallback, function};
pub(crate) use in_place::{
    block_in_region, cut, delegation_in_place, error, leave_region, moving_region, next_turn,
    question, question_anywhere, region_in_place, uncut_region,
};
pub(crate) use local_macros::{Macros, parse_flags};
pub(crate) use region::{Guards, Shape, Way, WayOut, asked, carried, cleanup, jump, left_to};
pub(crate) use source::{Captured, Held, loop_over, release, with_source};
pub(crate) use stream::{expression, stream};
pub(crate) use turns::{Left, Loop, loop_anywhere, loop_in_place};
pub(crate) use yields::{Extent, Yield, delegate, here_only, no_else, yield_};

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Block, Expr, Stmt, Token, spanned::Spanned as _, token::Brace};

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
// Output: (Awaitable::wait)(future), (Awaitable::wait_at_hand)(future, slot), (Awaitable::wait_in_cleanup)(future, slot)
//     or (Awaitable::wait_first)(future, generator); and of a body that is polled with the consumer's own context,
//     (Awaitable::bare)(future)
pub(crate) fn wait(
    future: &TokenStream,
    Extent { first, last }: Extent,
    access: &Access,
    names: &Names,
) -> TokenStream {
    let names = names.located_at(first);
    let door = names.door();
    let (wait, with) = match (access.at_hand, access.at) {
        (false, _) if access.direct => ("bare", None),
        (false, _) => ("wait", None),
        (true, At::Start) => ("wait_first", Some("generator")),
        (true, At::Cleanup) => ("wait_in_cleanup", Some("slot")),
        (true, _) if access.cut.is_some() => ("wait_in_region", Some("slot")),
        (true, _) => ("wait_at_hand", Some("slot")),
    };
    let wait = names.ident(wait);
    let mut wait =
        Group::new(Delimiter::Parenthesis, quote_spanned!(names.span()=> #door::Awaitable::#wait));
    wait.set_span(first);
    let with = with.map(|name| names.local(name));
    let comma = with.as_ref().map(|_| Token![,](names.span()));
    let mut operands = Group::new(Delimiter::Parenthesis, quote!(#future #comma #with));
    operands.set_span(last);
    let leaf = quote!(#wait #operands);
    if access.cut.is_some() && !access.at_hand {
        return access::unless_closing(&leaf, &names);
    }
    leaf
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

/// An expression without the parentheses around it, which would be called unused where we put it.
pub(crate) fn inside_parens(mut expr: &Expr) -> &Expr {
    while let Expr::Paren(found) = expr {
        if !found.attrs.is_empty() {
            break;
        }
        expr = &found.expr;
    }
    expr
}

/// What a fallible body ends with.
// Output: Ok(())
pub(crate) fn ok(names: &Names) -> TokenStream {
    let door = names.door();
    quote_spanned!(names.span()=> #door::Ok(()))
}

/// Code that never runs, and says what a fallible body returns before its code does: an error about a value that
/// is returned, wherever that hides, is then about that value, which is coerced if it can be.
// Output: if false { return exit(generator); }
fn returns_result(names: &Names) -> TokenStream {
    let door = names.door();
    let token = names.local("generator");
    quote_spanned!(names.span()=> if false { return #door::exit(#token); })
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

/// The block that a body's code is in, whose locals are dropped where it `ends`: with a label, unless all of it
/// is `in_sight`. There is a way to the end of a block with a label, whatever the code does, once the code that
/// comes first has run.
// Output: 'body: { first; while false { break 'body never(); } { rest } }, or { first; rest }
fn block(
    first: &TokenStream,
    rest: &TokenStream,
    in_sight: bool,
    ends: Span,
    names: &Names,
) -> TokenStream {
    let ends_here = ends.resolved_at(names.span());
    if in_sight {
        return braces(quote!(#first #rest), ends_here).into_token_stream();
    }
    let only_here = yields::only_here(names);
    let code = of_users(rest, ends);
    let block = braces(quote!(#first #only_here #code), ends_here);
    let label = names.label();
    quote_spanned!(names.span()=> #label: #block)
}

fn braces(code: TokenStream, span: Span) -> Group {
    let mut block = Group::new(Delimiter::Brace, code);
    block.set_span(span);
    block
}

/// Code in a block of the user's: clippy looks at no macro in one of ours, and takes what we put before an item for
/// statements of theirs.
// Output: #[allow(unused_braces)] { code }
fn of_users(code: &TokenStream, ends: Span) -> TokenStream {
    let block = braces(code.clone(), ends);
    quote! {
        #[allow(unused_braces)] // there may be one expression in them
        #block
    }
}

/// The statements of a body that starts with an await give its first slot with the first of them.
fn apart(stmts: &[Stmt], first: FirstSlot, ends: Span) -> (TokenStream, TokenStream) {
    let (head, rest) = stmts.split_at(usize::from(first == FirstSlot::Awaited));
    let starts_with_item = matches!(rest, [Stmt::Item(_), ..]);
    let mut rest = quote!(#(#rest)*);
    if starts_with_item && first != FirstSlot::Never {
        rest = of_users(&rest, ends);
    }
    (quote!(#(#head)*), rest)
}

/// How an async block gets its first slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FirstSlot {
    /// Each of its constructs reaches for one: it keeps none at hand.
    Never,
    /// By an await for that.
    Reached,
    /// By the user's await that it starts with.
    Awaited,
}

/// What every body starts with.
// Output:
//     let mut anchor = ();
//     let mut handle = handle(token, &mut anchor);
// or where the slot is kept at hand
//     let mut slot = begin(token).await;
// which is `let mut slot;` if the body starts with an await, which gives the first slot.
fn handle(first: FirstSlot, names: &Names) -> TokenStream {
    let door = names.door();
    let span = names.span();
    let [token, anchor, handle, slot] = names.locals(["generator", "anchor", "handle", "slot"]);
    match first {
        FirstSlot::Never => quote_spanned! {span=>
            let mut #anchor = ();
            let mut #handle = #door::handle(#token, &mut #anchor);
        },
        FirstSlot::Reached => {
            let begin = access::begin(names);
            quote_spanned!(span=> let mut #slot = #begin;)
        }
        FirstSlot::Awaited => quote_spanned!(span=> let mut #slot;),
    }
}

/// Code of an async block with nothing of the body's but its awaits, of which a macro is given some.
// Output: 'body: { macro_rules! __awaited { .. } while false { break 'body never(); } stmts }
pub(crate) fn labelled(code: &TokenStream, names: &Names) -> TokenStream {
    let awaited = local_macros::awaited(names);
    block(&awaited, code, false, last_of(code).unwrap_or(names.span()), names)
}

// Input:  async { stmts }.await, in a body
// Output: async { handle 'body: { stmts } }.await
pub(crate) fn awaited_block(
    brace_token: Brace,
    stmts: &[Stmt],
    found: Macros,
    first: FirstSlot,
    flavour: Flavour,
    names: &Names,
) -> Block {
    let handle = (!flavour.direct).then(|| handle(first, names));
    let flavour = Flavour { exit: Exit::Unknown, ..flavour };
    let macros = local_macros::of_body(found, flavour, names);
    let (head, rest) = apart(stmts, first, names.span());
    let in_sight = first != FirstSlot::Never;
    let block = block(&quote!(#macros #head), &rest, in_sight, names.span(), names);
    let tokens = quote_spanned!(names.span()=> #handle #block);
    Block { brace_token, stmts: vec![Stmt::Expr(Expr::Verbatim(tokens), None)] }
}
