//! The macros that an expansion defines for what other macros are given: `select! { .. yield_!(x) .. }`.
//! They hand the construct back to us with the names of the async block that they stand in.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use crate::{
    check::{Answer, Exit, Flavour},
    names::Names,
    syntax::dollar,
};

/// What macros stand in the code of an async block.
#[derive(Clone, Copy)]
pub(crate) struct Macros {
    /// One that might hold our constructs.
    pub(crate) opaque: bool,
    /// One that is given awaits of the body's.
    pub(crate) given: bool,
}

// Output:
//     macro_rules! yield_ { ($($t:tt)*) => { lower! { (::gen_runtime) (unit) handle yield_!($($t)*) } } }
pub(super) fn of_body(found: Macros, flavour: Flavour, names: &Names) -> TokenStream {
    let awaited = found.given.then(|| awaited(names));
    let constructs = found.opaque.then(|| constructs(flavour, names));
    quote!(#awaited #constructs)
}

/// What an await is in what a macro is given, whoever's that is: it cannot take apart what stands behind this.
// Output: macro_rules! __awaited { ($($t:tt)*) => { awaited! { (::gen_runtime) handle $($t)* } } }
pub(super) fn awaited(names: &Names) -> TokenStream {
    let door = names.door();
    let krate = names.krate();
    let [name, handle] = names.locals(["awaited", "handle"]);
    let d = dollar();
    quote_spanned! {names.span()=>
        #[allow(unused_macros)] // there may be no await in this block
        macro_rules! #name {
            (#d(#d t:tt)*) => { #door::awaited! { (#krate) #handle #d(#d t)* } };
        }
    }
}

fn constructs(flavour: Flavour, names: &Names) -> TokenStream {
    let door = names.door();
    let krate = names.krate();
    let handle = names.local("handle");
    let flags = flags(flavour);
    let d = dollar();
    // A body that is polled with the consumer's own context has no regions; only a macro of the user's could make one.
    let lowered: &[&str] =
        if flavour.direct { &["yield_"] } else { &["yield_", "yield_from", "for_await_in_body"] };
    let delegate = flavour.direct.then(|| {
        refuse(
            "yield_from",
            "no macro can delegate in a body that holds `select!` or `join!`; write `yield_from!` in the body itself",
            names,
        )
    });
    let lowered = lowered.iter().map(|name| {
        let user = user(name);
        quote_spanned! {names.span()=>
            #[allow(unused_macros)] // the macro in the body may not hold a yield at all
            macro_rules! #user {
                (#d(#d t:tt)*) => { #door::lower! { (#krate) (#(#flags)*) #handle #user!(#d(#d t)*) } };
            }
        }
    });
    let defer = refuse(
        "defer",
        "`defer!` cannot stand in the arguments of another macro: its block is not the body's",
        names,
    );
    quote!(#(#lowered)* #delegate #defer)
}

/// In a cleanup nothing yields, whoever hides it.
pub(super) fn of_cleanup(names: &Names) -> TokenStream {
    let refused = ["yield_", "yield_from"].into_iter().map(|name| {
        let message = format!(
            "`{name}!` cannot stand in a cleanup: nobody takes items from a generator that is being closed"
        );
        refuse(name, &message, names)
    });
    // A loop here is one outside any body: `close` waits for it.
    let door = names.door();
    let krate = names.krate();
    let name = user("for_await_in_body");
    let d = dollar();
    let looped = quote_spanned! {names.span()=>
        #[allow(unused_macros)] // the macro in the cleanup may not hold a loop at all
        macro_rules! #name {
            (#d(#d t:tt)*) => { #door::__for_await! { (#krate) #d(#d t)* } };
        }
    };
    quote!(#(#refused)* #looped)
}

/// A name that is the user's to write, wherever that is.
fn user(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

fn refuse(name: &str, message: &str, names: &Names) -> TokenStream {
    let user = user(name);
    let door = names.door();
    let d = dollar();
    quote_spanned! {names.span()=>
        #[allow(unused_macros)] // there to refuse what may not be there
        macro_rules! #user {
            (#d(#d t:tt)*) => { #door::refuse! { #message #d(#d t)* } };
        }
    }
}

/// A flavour as words, for [`parse_flags`].
fn flags(flavour: Flavour) -> Vec<Ident> {
    let exit = match flavour.exit {
        Exit::Unit => "unit",
        Exit::Ok => "fallible",
        Exit::Unknown => "unknown",
    };
    let words = [
        Some(exit),
        match flavour.answer {
            Answer::Unit => None,
            Answer::Sent => Some("sends"),
            Answer::Result => Some("throws"),
        },
        flavour.wraps_ok.then_some("wraps_ok"),
        flavour.keywords.then_some("keywords"),
        flavour.direct.then_some("direct"),
    ];
    words.into_iter().flatten().map(|word| format_ident!("{}", word)).collect()
}

/// Reads what `flags` wrote.
pub(crate) fn parse_flags(tokens: TokenStream) -> Flavour {
    let mut flavour = Flavour::PLAIN;
    for token in tokens {
        match token.to_string().as_str() {
            "fallible" => flavour.exit = Exit::Ok,
            "unknown" => flavour.exit = Exit::Unknown,
            "sends" => flavour.answer = Answer::Sent,
            "throws" => flavour.answer = Answer::Result,
            "wraps_ok" => flavour.wraps_ok = true,
            "keywords" => flavour.keywords = true,
            "direct" => flavour.direct = true,
            _ => {}
        }
    }
    flavour
}
