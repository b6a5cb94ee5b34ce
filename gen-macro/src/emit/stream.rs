//! Generators as expressions.

use proc_macro2::{Delimiter, Group, Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::{Expr, Stmt};

use super::{
    Access, Extent, FirstSlot, Use, Yield, apart, block, braces, ends, handle, local_macros, ok,
    returns_result, source,
};
use crate::{
    check::{Exit, Flavour},
    lower::{End, Lowered, Polled},
    names::Names,
    syntax::Evaluation,
};

/// The generator of a lowered body. It is made at a `place`: where the user says what it is.
// Output, of one that does not begin by reaching for its slot:
//     veiled(token, async move {
//         let mut anchor = ();
//         let mut handle = unsafe { handle(token, &mut anchor) };
//         arguments
//         'body: { .. }
//     })
// where macros stand in it that are known by their names, generator(token, watched(token, async move { .. })), and where
// they are known to await
//     direct(token, move |handle| async move { arguments 'body: { .. } })
pub(super) fn generator(
    lowered: &Lowered,
    arguments: &TokenStream,
    end_of_body: Span,
    place: Extent,
    flavour: Flavour,
    names: &Names,
) -> TokenStream {
    let here = names.located_at(place.first);
    let door = names.door();
    let token = names.local("generator");
    let direct = lowered.polled == Polled::Directly;
    let flavour = Flavour { direct, ..flavour };
    let (made_with, handle) = if direct {
        let handle = names.local("handle");
        (Some(quote_spanned!(names.span()=> move |#handle|)), None)
    } else {
        (None, Some(handle(lowered.first, &here)))
    };
    let macros = local_macros::of_body(lowered.macros, flavour, names);
    let reaches = lowered.first == FirstSlot::Reached;
    let watched = lowered.polled == Polled::Watched;
    let make = match (flavour.exit, reaches || watched) {
        (Exit::Ok, _) if direct => "direct_fallible",
        (Exit::Unit | Exit::Unknown, _) if direct => "direct",
        (Exit::Ok, true) => "fallible",
        (Exit::Ok, false) => "veiled_fallible",
        (Exit::Unit | Exit::Unknown, true) => "generator",
        (Exit::Unit | Exit::Unknown, false) => "veiled",
    };
    let watch = names.ident(if reaches { "watched" } else { "watched_veiled" });
    let end = end(lowered, flavour.exit, names);
    let returns = returns(lowered, flavour.exit, names);
    let (head, rest) = apart(&lowered.stmts, lowered.first, end_of_body);
    let in_sight = lowered.first != FirstSlot::Never;
    let code = if in_sight && end.is_none() {
        // What it declares is dropped before its arguments, as it should be.
        quote!(#arguments #head #rest)
    } else {
        let block = block(&quote!(#macros #head), &rest, in_sight, end_of_body, names);
        quote_spanned!(names.span()=> { #arguments #block })
    };
    // The user's, for the compiler to name what is captured when it speaks of it. Where the body ends, as what is
    // captured is dropped there.
    let body = braces(quote!(#returns #handle #code #end), end_of_body);
    let block = quote_spanned!(end_of_body=> #made_with async move #body);
    let body =
        if watched { quote_spanned!(names.span()=> #door::#watch(#token, #block)) } else { block };
    let (make, door) = (here.ident(make), here.door());
    let mut arguments =
        Group::new(Delimiter::Parenthesis, quote_spanned!(names.span()=> #token, #body));
    arguments.set_span(names.located_at(place.last).span());
    quote_spanned!(here.span()=> #door::#make #arguments)
}

/// What follows the code of a body, so that an error about a value at its end is about that value. The code may
/// never end.
// Output: #[allow(unreachable_code)] {}, or nothing behind a statement; and of a fallible body, unless the
// code ends with a `Result`, #[allow(unreachable_code)] { return Ok(()); }
fn end(lowered: &Lowered, exit: Exit, names: &Names) -> Option<TokenStream> {
    if lowered.end == End::Result {
        return None;
    }
    let end = match exit {
        Exit::Unit if has_no_value(&lowered.stmts) => return None,
        Exit::Unit | Exit::Unknown => None,
        Exit::Ok => {
            let ok = ok(names);
            Some(quote_spanned!(names.span()=> return #ok;))
        }
    };
    Some(quote_spanned!(names.span()=> #[allow(unreachable_code)] { #end }))
}

/// Says whether code ends with a statement, in plain sight.
fn has_no_value(stmts: &[Stmt]) -> bool {
    match stmts.last() {
        None | Some(Stmt::Local(_) | Stmt::Item(_)) => true,
        Some(Stmt::Expr(last, semi)) => {
            semi.is_some() || matches!(last, Expr::ForLoop(_) | Expr::While(_))
        }
        Some(Stmt::Macro(_)) => false,
    }
}

/// Code that never runs, and says what a body returns before its code does.
// Output: if false { return; }
fn returns(lowered: &Lowered, exit: Exit, names: &Names) -> Option<TokenStream> {
    match exit {
        Exit::Ok => Some(returns_result(names)),
        // `body::check` has seen them all.
        _ if !lowered.macros.opaque => None,
        _ => Some(quote_spanned!(names.span()=> if false { return; })),
    }
}

// Output: let token = token(unsafe { claim() });
pub(super) fn token(function: &str, names: &Names) -> TokenStream {
    let door = names.door();
    let token = names.local("generator");
    let function = names.ident(function);
    quote_spanned! {names.span()=>
        // SAFETY: it is named by the yields and the awaits of its body only, as the slots are, which they take
        // anew behind each await. All of them are in sight of the macros, which let none stand in another body;
        // or each yield, and each await that a macro is given, also names a label of its async block, and cannot be
        // reached from another one.
        let #token = #door::#function(unsafe { #door::claim() });
    }
}

// Input:  stream! { .. }
// Output: { let token = stream_token(unsafe { claim() }); generator(token, async move { .. }) }
// Where it takes from a variable of one name, once: see `source::capture`.
pub(crate) fn stream(mut lowered: Lowered, flavour: Flavour, names: &Names) -> TokenStream {
    let here = Extent { first: names.span(), last: names.span() };
    if !lowered.has_yield {
        // Nothing says what the items are: let them be whatever never is.
        let nothing = Expr::Verbatim(quote_spanned!(names.span()=> loop {}));
        let nothing = Yield {
            operand: Some(nothing),
            evaluation: Evaluation::Borrows,
            used: Use::Value,
            extent: here,
        };
        let direct = lowered.polled == Polled::Directly;
        let flavour = Flavour { direct, ..flavour };
        let yield_ = super::yield_(nothing, &Access::default(), flavour, names);
        let guarded = Expr::Verbatim(quote_spanned! {names.span()=>
            #[allow(unreachable_code)] // the item never is
            if false { #yield_; }
        });
        let items = lowered.stmts.iter().take_while(|stmt| matches!(stmt, Stmt::Item(_))).count();
        lowered.stmts.insert(items, Stmt::Expr(guarded, None));
    }
    let token = token("stream_token", names);
    let places = lowered.captured.iter().map(|captured| source::capture(captured, names));
    let arguments = lowered.captured.iter().map(|captured| source::take(captured, names)).collect();
    // The user's, for the reason that is said there.
    let end = lowered.stmts.last().map_or(names.span(), |last| ends(&last.to_token_stream()).1);
    let generator = generator(&lowered, &arguments, end, here, flavour, names);
    quote_spanned!(names.span()=> { #token #(#places)* #generator })
}

/// An expression in braces, so that it is one wherever a macro may stand.
pub(crate) fn expression(expr: &Expr, names: &Names) -> TokenStream {
    quote_spanned!(names.span()=> { #expr })
}
