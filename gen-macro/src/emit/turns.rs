//! Loops that are regions in place.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Pat;

use super::{
    access,
    in_place::{each_way_out, label, turns_label},
    region::{WayOut, declare, declare_carriers, go_on},
    source::{Held, guards, release},
};
use crate::names::Names;

/// A loop that is a region in place.
pub(crate) struct Loop<'l> {
    pub(crate) pat: &'l Pat,
    pub(crate) body: &'l TokenStream,
    pub(crate) held: Held,
    pub(crate) left: Left,
    /// Its body asks whether it is to be left.
    pub(crate) is_cut: bool,
    /// The ways out of it by jumps.
    pub(crate) ways: &'l [WayOut],
    pub(crate) at_hand: bool,
    pub(crate) depth: usize,
}

/// How the body of a loop leaves that, before its source ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Left {
    Never,
    /// With nothing in its hands.
    Plainly,
    /// It may move something on its way.
    Moving,
}

// Input:  for await pat in source { body }
// Output:
//     enter(slot, guards);
//     'turns_1: loop {
//         match unsafe { turn(&mut source, slot) } {
//             Poll::Ready(Some(item)) => { let pat = item; body }
//             Poll::Ready(None) => break,
//             Poll::Pending => slot = suspend(slot).await,
//         }
//     }
//     if leave_source(slot, guards) { return }
// If the body leaves the loop, by `break 'region_1`, the next turn lets go of the source:
//             Poll::Ready(Some(item)) => {
//                 'region_1: { let pat = item; { body } continue 'turns_1; }
//                 through(slot);
//             }
// If it may move something on its way, the loop does not go round again, where that would be moved once more. Each way has
// its own last turns, and goes on from there. The compiler inlines no large source that is polled in more than one place:
//             Poll::Ready(Some(item)) => {
//                 'way_1_0: {
//                     'cut_1: {
//                         'region_1: { let pat = item; { body } continue 'turns_1; }
//                         through(slot); last; break 'turns_1;
//                     }
//                     through(slot); last; if leave_source(slot, guards) { return } match never::<Infallible>() {}
//                 }
//                 through(slot); last; if leave_source(slot, guards) { return } return
//             }
// where `last` is
//                 loop {
//                     match unsafe { turn(&mut source, slot) } {
//                         Poll::Ready(_) => break,
//                         Poll::Pending => slot = suspend(slot).await,
//                     }
//                 }
pub(crate) fn loop_in_place(found: &Loop<'_>, after: &TokenStream, names: &Names) -> TokenStream {
    let Loop { held, left, ways, at_hand, depth, .. } = *found;
    let door = names.door();
    let slot = access::slot(at_hand, names);
    let guards = guards(&held.name(names), names);
    let (declare, out) = match left {
        Left::Moving => (declare_carriers(ways, names), None),
        _ if ways.is_empty() => (TokenStream::new(), None),
        _ => (declare(ways, depth, names), Some(go_on(ways, &quote!({}), depth, names))),
    };
    let turns = turns(found, after, names);
    quote_spanned! {names.span()=>
        #door::enter(#slot, #guards);
        #declare
        #turns
        #after
        #out
    }
}

// Input:  for_await!(pat in source { body }), outside of any body
// Output:
//     'turns_1: loop {
//         match next_anywhere(Pin::as_mut(&mut source)).await {
//             Some(item) => {
//                 'way_1_0: {
//                     'region_1: { let pat = item; { body } continue 'turns_1; }
//                     release_anywhere(Pin::as_mut(&mut source)).await; break 'turns_1
//                 }
//                 release_anywhere(Pin::as_mut(&mut source)).await; return
//             }
//             _ => break,
//         }
//     }
pub(crate) fn loop_anywhere(found: &Loop<'_>, names: &Names) -> TokenStream {
    let Loop { pat, body, left, ways, depth, .. } = *found;
    let door = names.door();
    let turns = turns_label(depth, names);
    let [source, item] = names.locals(["source", "item"]);
    let declare = declare_carriers(ways, names);
    let next =
        quote_spanned!(names.span()=> #door::next_anywhere(#door::Pin::as_mut(&mut #source)));
    let mut body = quote_spanned!(names.span()=> let #pat = #item; #body);
    if left != Left::Never {
        let release = release(false, names);
        let left = left_by(&body, depth, names);
        let plainly = quote_spanned! {names.span()=>
            #left
            #[allow(unreachable_code)] // there may be no such way
            { #release break #turns }
        };
        body = each_way_out(plainly, ways, false, depth, names, |out| quote!(#release { #out }));
    }
    quote_spanned! {names.span()=>
        #declare
        #turns: loop {
            match #next.await {
                #door::Some(#item) => { #body }
                _ => break,
            }
        }
    }
}

/// What a loop does with an item, which may leave it.
// Output: 'region_1: { { body } continue 'turns_1; }
fn left_by(body: &TokenStream, depth: usize, names: &Names) -> TokenStream {
    let label = label(depth, names);
    let turns = turns_label(depth, names);
    quote_spanned! {names.span()=>
        #label: {
            { #body }
            #[allow(unreachable_code)] // the body may always leave the loop
            { continue #turns; }
        }
    }
}

/// The loop of [`loop_in_place`].
fn turns(found: &Loop<'_>, after: &TokenStream, names: &Names) -> TokenStream {
    let Loop { pat, body, held, left, is_cut, ways, at_hand, depth } = *found;
    let door = names.door();
    let turns = turns_label(depth, names);
    let (fetch, suspend) = access::turn(names.span(), at_hand, names);
    let source = held.name(names);
    let [item, slot] = names.locals(["item", "slot"]);
    let turn = access::promised(quote_spanned!(names.span()=> #door::turn(&mut #source, #slot)));
    let mut body = quote_spanned!(names.span()=> let #pat = #item; #body);
    if left != Left::Never {
        let through = access::slot(at_hand, names);
        let through = quote_spanned!(names.span()=> #door::through(#through););
        body = left_by(&body, depth, names);
        if left == Left::Plainly {
            body.extend(through);
        } else {
            let last = quote_spanned! {names.span()=>
                loop {
                    #fetch
                    // SAFETY: as below.
                    match #turn {
                        #door::Poll::Ready(_) => break,
                        #door::Poll::Pending => { #suspend }
                    }
                }
            };
            let plainly = quote_spanned! {names.span()=>
                #body
                #[allow(unreachable_code)] // there may be no such way
                { #through #last break #turns }
            };
            body = each_way_out(
                plainly,
                ways,
                is_cut,
                depth,
                names,
                |out| quote!(#through #last #after { #out }),
            );
        }
    }
    quote_spanned! {names.span()=>
        #turns: loop {
            #fetch
            // SAFETY: it is a local of this block or captured for it, and only looked at from here on.
            match #turn {
                #door::Poll::Ready(#door::Some(#item)) => { #body }
                #door::Poll::Ready(#door::None) => break,
                #door::Poll::Pending => { #suspend }
            }
        }
    }
}
