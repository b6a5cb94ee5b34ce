//! Loops over a source, and what takes one.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, quote_spanned};
use syn::{Block, Label, Pat, ext::IdentExt as _};

use super::{Access, access};
use crate::names::Names;

/// How a loop or a delegation holds its source: never behind a pointer in the body if it can be helped, for
/// that would keep the compiler from holding the two in registers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Held {
    /// As a local that is polled where it is.
    Local,
    /// As what the body has captured, likewise.
    Captured,
    /// Pinned, for the async block of a region to refer to.
    Pinned,
}

impl Held {
    /// How one is held whose region is in place.
    pub(crate) fn of(captured: Option<&Captured>) -> Self {
        if captured.is_some_and(|captured| captured.alone) { Self::Captured } else { Self::Local }
    }

    /// The source, by the name it has there.
    pub(super) fn name(self, names: &Names) -> Ident {
        names.local(if self == Self::Captured { "captured" } else { "source" })
    }
}

/// Whether letting go of a source does anything.
// Output: Source::guards(&source)
pub(super) fn guards(source: &Ident, names: &Names) -> TokenStream {
    let door = names.door();
    quote_spanned!(names.span()=> #door::Source::guards(&#source))
}

/// A source that a body captures, by a name that stands in the body once.
pub(crate) struct Captured {
    pub(crate) name: Ident,
    /// The body is the loop or the delegation over it and nothing else, so that the source can be dropped
    /// with what else is captured.
    pub(crate) alone: bool,
}

/// The leaf of a loop: in a body it has a frame; elsewhere it does with any context.
fn leaf(name: &str, framed: bool, names: &Names) -> Ident {
    if framed { names.ident(name) } else { names.ident(&format!("{name}_anywhere")) }
}

// Output: release(Pin::as_mut(&mut source)).await;
pub(crate) fn release(framed: bool, names: &Names) -> TokenStream {
    let release = leaf("release", framed, names);
    let door = names.door();
    let source = names.local("source");
    quote_spanned!(names.span()=> #door::#release(#door::Pin::as_mut(&mut #source)).await;)
}

// Input:  for await pat in source { body }
// Output:
//     loop {
//         match next(Pin::as_mut(&mut source)).await {
//             Some(item) => { let pat = item; body }
//             _ => break,
//         }
//     }
// and with the slot at hand it is taken again before the pattern.
pub(crate) fn loop_over(
    label: Option<&Label>,
    pat: &Pat,
    body: &Block,
    framed: bool,
    access: &Access,
    names: &Names,
) -> TokenStream {
    let door = names.door();
    let next =
        if access.direct { names.ident("next_directly") } else { leaf("next", framed, names) };
    let [source, item] = names.locals(["source", "item"]);
    let next = quote_spanned!(names.span()=> #door::#next(#door::Pin::as_mut(&mut #source)));
    let again = access::again(access.at_hand, names);
    let stmts = &body.stmts;
    quote_spanned! {names.span()=>
        #label loop {
            match #next.await {
                #door::Some(#item) => {
                    #again
                    let #pat = #item;
                    #(#stmts)*
                }
                _ => break,
            }
        }
    }
}

/// Code that takes from something, which it borrows until the end of that code, as a `for` loop does.
// Output:
//     {
//         use AnyStream as _;
//         match Probe(expr).known_to_gen_runtime() { source => code }
//     }
fn probed(expr: &TokenStream, code: &TokenStream, names: &Names) -> TokenStream {
    let door = names.door();
    let source = names.local("source");
    quote_spanned! {names.span()=>
        {
            #[allow(unused_imports)] // needed where the source is not known to be a generator
            use #door::AnyStream as _;
            match #door::Probe(#expr).known_to_gen_runtime() { #source => #code }
        }
    }
}

// Output: GeneratorOrStream::into_source(source)
fn into_source(expr: &TokenStream, names: &Names) -> TokenStream {
    let span = super::at(expr, names);
    let names = names.located_at(span);
    let door = names.door();
    let source = names.local("source");
    quote_spanned!(span=> #door::GeneratorOrStream::into_source(#source))
}

/// A region over a source.
// Output:
//     {
//         use AnyStream as _;
//         match Probe(source).known_to_gen_runtime() {
//             source => { let mut source = GeneratorOrStream::into_source(source); region }
//         }
//     }
// where the body has captured it
//     { let mut source = name; region }, or region alone
// and where the region is an async block of its own
//     { let source = ..; let guards = Source::guards(&source); let mut source = pin!(source); region }
pub(crate) fn with_source(
    expr: &TokenStream,
    captured: Option<&Captured>,
    region: &TokenStream,
    held: Held,
    names: &Names,
) -> TokenStream {
    let source = names.local("source");
    let taken = match captured {
        None => into_source(expr, names),
        Some(captured) if captured.alone => Held::Captured.name(names).into_token_stream(),
        Some(_) => expr.clone(),
    };
    let held = match held {
        Held::Captured => TokenStream::new(),
        Held::Local => quote_spanned!(names.span()=> let mut #source = #taken;),
        Held::Pinned => {
            let door = names.door();
            let guards = names.local("guards");
            let guarded = self::guards(&source, names);
            quote_spanned! {names.span()=>
                let #source = #taken;
                let #guards = #guarded;
                let mut #source = #door::pin!(#source);
            }
        }
    };
    let code = quote_spanned!(names.span()=> { #held #region });
    if captured.is_some() { code } else { probed(expr, &code, names) }
}

/// What holds a captured source that is not alone.
fn place(name: &Ident, names: &Names) -> Ident {
    names.local(&format!("place_of_{}", name.unraw()))
}

/// Code before the body that captures a source.
// Output: let mut place_of_source = Place::new(probed); or let mut captured = probed;
pub(super) fn capture(captured: &Captured, names: &Names) -> TokenStream {
    let Captured { name, alone } = captured;
    let here = names.located_at(name.span());
    let name_of_user = name.to_token_stream();
    let taken = probed(&name_of_user, &into_source(&name_of_user, &here), &here);
    if *alone {
        let captured = Held::Captured.name(names);
        return quote_spanned!(names.span()=> let mut #captured = #taken;);
    }
    let door = names.door();
    let place = place(name, names);
    quote_spanned!(names.span()=> let mut #place = #door::Place::new(#taken);)
}

/// Code in the body that takes it, by the name it had, if it is not alone.
// Output: let source = unsafe { InPlace::new(&mut place_of_source) };
pub(super) fn take(captured: &Captured, names: &Names) -> TokenStream {
    let Captured { name, alone: false } = captured else { return TokenStream::new() };
    let door = names.door();
    let place = place(name, names);
    quote_spanned! {names.span()=>
        // SAFETY: it was made for this body alone, which captures it by value and names it here alone:
        // it is a field of the body, pinned with it, and never moved.
        let #name = unsafe { #door::InPlace::new(&mut #place) };
    }
}
