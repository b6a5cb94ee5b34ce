//! A body that is watched.

use core::{
    future::Future,
    pin::Pin,
    ptr,
    task::{Context, Poll},
};

#[cfg(not(debug_assertions))]
use crate::veiled::Veiled;
use crate::{frame::FrameRef, leaf::Token, state::poll_seen};

/// A body in which macros stand that are known by their names only.
///
/// None of the standard library's awaits, so the body keeps its slot past those that go by their names. One of a
/// user's that does await would leave it the slot of a poll that is over. It is seen then: whatever else is pending in
/// such a body says so in its frame.
#[derive(Debug)]
pub struct Watched<F>(F);

/// Watches a body that is flat and keeps its slot. Its first await is that of `begin`.
#[inline(always)]
#[allow(clippy::inline_always)]
pub fn watched<F, Y, S, T>(token: Token<Y, S, T>, body: F) -> Watched<F> {
    let _ = token;
    Watched(body)
}

/// The same of one whose first await may be the user's.
#[cfg(not(debug_assertions))]
#[inline(always)]
#[allow(clippy::inline_always)]
pub fn watched_veiled<F, Y, S, T>(token: Token<Y, S, T>, body: F) -> Watched<Veiled<F>> {
    watched(token, Veiled(body))
}
#[cfg(debug_assertions)]
pub use watched as watched_veiled;

impl<F: Future> Future for Watched<F> {
    type Output = F::Output;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let frame = FrameRef::of(cx);
        // SAFETY: the body is pinned with `self`: it is never moved and `Self` has no `Drop`.
        let mut body = unsafe { self.map_unchecked_mut(|this| &mut this.0) };
        let polled = poll_seen(body.as_mut(), frame.begins(), cx);
        if polled.is_pending() && !frame.waits() {
            frame.close();
            // SAFETY: nothing is moved out of the reference.
            let body = unsafe { body.get_unchecked_mut() };
            // SAFETY: the generator is closed: it neither polls its body again nor drops it. It is pinned, and dropped in
            // place.
            unsafe { ptr::drop_in_place(body) };
            awaited();
        }
        polled
    }
}

#[cold]
#[inline(never)]
fn awaited() -> ! {
    panic!(
        "a macro with the name of one that only computes has awaited in the body of a generator: give it another name"
    );
}
