//! Loops over a source, and what takes one.

use proc_macro2::{Ident, TokenStream};
use quote::quote_spanned;
use syn::{Block, Label, Pat, ext::IdentExt as _};

use super::access;
use crate::names::Names;

/// The leaf of a loop: in a body it has a frame; elsewhere it does with any context.
fn leaf(name: &str, framed: bool, names: &Names) -> Ident {
    if framed { names.ident(name) } else { names.ident(&format!("{name}_anywhere")) }
}

// Output: release(source.pinned()).await;
pub(crate) fn release(framed: bool, names: &Names) -> TokenStream {
    let release = leaf("release", framed, names);
    let door = names.door();
    let source = names.local("source");
    quote_spanned!(names.span()=> #door::#release(#door::Pinned::pinned(&mut #source)).await;)
}

// Input:  for await pat in source { body }
// Output:
//     loop {
//         match next(source.pinned()).await {
//             Some(item) => { let pat = item; body }
//             _ => break,
//         }
//     }
// and with the slot at hand `(Some(item), new) => { slot = new; .. }`
pub(crate) fn loop_over(
    label: Option<&Label>,
    pat: &Pat,
    body: &Block,
    framed: bool,
    at_hand: bool,
    names: &Names,
) -> TokenStream {
    let door = names.door();
    let next = leaf("next", framed, names);
    let [source, item] = ["source", "item"].map(|name| names.local(name));
    let next = quote_spanned!(names.span()=> #door::#next(#door::Pinned::pinned(&mut #source)));
    let (next, some, took) = access::item(&next, &item, at_hand, names);
    let stmts = &body.stmts;
    quote_spanned! {names.span()=>
        #label loop {
            match #next.await {
                #some => {
                    #took
                    let #pat = #item;
                    #(#stmts)*
                }
                _ => break,
            }
        }
    }
}

// Output:
//     {
//         use AnyStream as _;
//         match Probe(source).known_to_gen_runtime() {
//             source => {
//                 let mut source = pin!(GeneratorOrStream::into_source(source));
//                 let guards = Pinned::guards(&source);
//                 region
//             }
//         }
//     }
// and where the body has captured it: ProbeInPlace and GeneratorOrStream::in_place,
// which needs no pin.
pub(crate) fn with_source(
    expr: &TokenStream,
    in_place: bool,
    region: &TokenStream,
    framed: bool,
    names: &Names,
) -> TokenStream {
    let door = names.door();
    let [source, guards] = ["source", "guards"].map(|name| names.local(name));
    let span = super::at(expr, names);
    let guards = framed.then(|| {
        quote_spanned! {names.span()=>
            let #guards = #door::Pinned::guards(&#source);
        }
    });
    let [probe, take] =
        if in_place { ["ProbeInPlace", "in_place"] } else { ["Probe", "into_source"] };
    let probe = names.ident(probe);
    let taken = {
        let names = names.located_at(span);
        let door = names.door();
        let source = names.local("source");
        let take = names.ident(take);
        quote_spanned!(span=> #door::GeneratorOrStream::#take(#source))
    };
    let pinned = if in_place { taken } else { quote_spanned!(names.span()=> #door::pin!(#taken)) };
    quote_spanned! {names.span()=>
        {
            #[allow(unused_imports)] // needed where the source is not known to be a generator
            use #door::AnyStream as _;
            match #door::#probe(#expr).known_to_gen_runtime() {
                #source => {
                    let mut #source = #pinned;
                    #guards
                    #region
                }
            }
        }
    }
}

/// What holds a captured source.
fn place(name: &Ident, names: &Names) -> Ident {
    names.local(&format!("place_of_{}", name.unraw()))
}

/// Code before the body that captures a source.
// Output: let mut place_of_source = Place::new(source);
pub(super) fn new_place(name: &Ident, names: &Names) -> TokenStream {
    let door = names.door();
    let place = place(name, names);
    quote_spanned!(names.span()=> let mut #place = #door::Place::new(#name);)
}

/// Code in the body that takes it, by the name it had.
// Output: let source = unsafe { InPlace::new(&mut place_of_source) };
pub(super) fn take_place(name: &Ident, names: &Names) -> TokenStream {
    let door = names.door();
    let place = place(name, names);
    quote_spanned! {names.span()=>
        // SAFETY: it was made for this body alone, which captures it by value and names it here alone:
        // it is a field of the body, pinned with it, and never moved.
        let #name = unsafe { #door::InPlace::new(&mut #place) };
    }
}
