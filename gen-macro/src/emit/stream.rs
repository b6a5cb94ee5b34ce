//! Generators as expressions.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Expr;

use super::{Access, FirstSlot, Yield, access, apart, end, handle, labelled, local_macros, source};
use crate::{
    check::{Exit, Flavour},
    lower::{End, Lowered},
    names::Names,
};

/// The generator of a lowered body.
// Output:
//     Generator::new(token, async move {
//         let mut anchor = ();
//         let mut handle = unsafe { handle(token, &mut anchor) };
//         arguments
//         'body: { .. }
//     })
pub(super) fn generator(
    lowered: &Lowered,
    arguments: &TokenStream,
    end_of_body: Span,
    flavour: Flavour,
    names: &Names,
) -> TokenStream {
    let krate = names.krate();
    let token = names.local("generator");
    let handle = handle(lowered.first, names);
    let macros = local_macros::of_body(lowered.has_opaque, flavour, names);
    let new = match flavour.exit {
        Exit::Ok => quote_spanned!(names.span()=> fallible),
        Exit::Unit | Exit::Unknown => quote_spanned!(names.span()=> new),
    };
    let end = match flavour.exit {
        // Said aloud, so that an error about a value at the end of the body is about that value.
        Exit::Unit => {
            let door = names.door();
            let slot = access::slot(lowered.first != FirstSlot::Never, names);
            quote_spanned!(names.span()=> match #door::done(#slot).await {})
        }
        Exit::Ok if lowered.end == End::Result => TokenStream::new(),
        other => end(other, names),
    };
    let returns = returns(lowered, flavour.exit, names);
    let (head, rest) = apart(&lowered.stmts, lowered.first);
    let has_value = flavour.exit != Exit::Unit;
    let block = labelled(&quote!(#macros #head), &rest, has_value, end_of_body, names);
    quote_spanned! {names.span()=>
        #krate::Generator::#new(#token, async move {
            #returns
            #handle
            { #arguments #block }
            #end
        })
    }
}

/// Code that never runs, and says what a body returns before its code does: an error about a value that
/// is returned, wherever that hides, is then about that value.
// Output: if false { return; }
fn returns(lowered: &Lowered, exit: Exit, names: &Names) -> TokenStream {
    if exit != Exit::Ok && !lowered.has_opaque {
        // `body::check` has seen them all.
        return TokenStream::new();
    }
    let door = names.door();
    let token = names.local("generator");
    let value = (exit == Exit::Ok).then(|| quote_spanned!(names.span()=> #door::exit(#token)));
    quote_spanned!(names.span()=> if false { return #value; })
}

// Output: let token = token();
pub(super) fn token(names: &Names) -> TokenStream {
    let door = names.door();
    let token = names.local("generator");
    quote_spanned!(names.span()=> let #token = #door::token();)
}

// Input:  stream! { .. }
// Output: { let token = stream_token(); Generator::new(token, async move { .. }) }
// Where it takes from a variable of one name, once: see `source::capture`.
pub(crate) fn stream(mut lowered: Lowered, flavour: Flavour, names: &Names) -> TokenStream {
    if !lowered.has_yield {
        // Nothing says what the items are: let them be whatever never is.
        let nothing = Expr::Verbatim(quote_spanned!(names.span()=> loop {}));
        let here = super::Extent { first: names.span(), last: names.span() };
        let nothing =
            Yield { operand: Some(nothing), suspends: false, is_statement: false, extent: here };
        let access = Access { label_has_value: true, ..Access::default() };
        let yield_ = super::yield_(nothing, &access, flavour, names);
        let guarded = Expr::Verbatim(quote_spanned! {names.span()=>
            #[allow(unreachable_code)] // the item never is
            if false { #yield_; }
        });
        lowered.stmts.insert(0, syn::Stmt::Expr(guarded, None));
    }
    let door = names.door();
    let token = names.local("generator");
    let places = lowered.captured.iter().map(|captured| source::capture(captured, names));
    let arguments = lowered.captured.iter().map(|captured| source::take(captured, names)).collect();
    let generator = generator(&lowered, &arguments, names.span(), flavour, names);
    quote_spanned!(names.span()=> { let #token = #door::stream_token(); #(#places)* #generator })
}

/// An expression in braces, so that it is one wherever a macro may stand.
pub(crate) fn expression(expr: &Expr, names: &Names) -> TokenStream {
    quote_spanned!(names.span()=> { #expr })
}
