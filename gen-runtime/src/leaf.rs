//! What a body reaches its frame by.
//!
//! What makes a value of no size is always inlined: a debug build would call it for nothing, in each body.

#![allow(clippy::inline_always)]

mod yielding;

use core::{
    convert::Infallible,
    future::Future,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
};

use crate::frame::FrameRef;
pub use yielding::{
    Carried, Item, Sendable, Yield, carry, discard, offer, offer_or_end, resumed, sent,
};

/// The types of one generator, for inference: it links its items, its yields and its signature.
#[derive(Debug)]
pub struct Token<Y, S, T>(PhantomData<Types<Y, S, T>>);

/// Neither owned nor borrowed, and not to be converted.
type Types<Y, S, T> = fn(Y, S, T) -> (Y, S, T);

impl<Y, S, T> Clone for Token<Y, S, T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Y, S, T> Copy for Token<Y, S, T> {}

/// The right to make one token, and a body with it.
#[derive(Debug)]
pub struct Claim(());

/// Claims that right. A function of its own: it has no types that could be left to the compiler.
///
/// # Safety
///
/// - The token is used for one `generator(token, ..)`, and in the async block that is the body there, or in
///   async blocks and regions that this awaits directly: never in a closure, another task, or a future that
///   something else polls.
/// - Every future made with it there, or with a slot that such a future gave, is awaited at once.
/// - The slots that they give stay there, and each is used before the next await only, or for that.
#[inline(always)]
#[must_use]
pub unsafe fn claim() -> Claim {
    Claim(())
}

/// A token whose types are inferred.
#[inline(always)]
#[must_use]
pub fn token<Y, S, T>(Claim(()): Claim) -> Token<Y, S, T> {
    Token(PhantomData)
}

/// A token for a generator that is a stream and no more.
#[inline(always)]
#[must_use]
pub fn stream_token<Y>(claim: Claim) -> Token<Y, (), Infallible> {
    token(claim)
}

/// What a body that does not keep its slot at hand yields through. It borrows a local of the body, so it
/// cannot leave it.
#[derive(Debug)]
pub struct Handle<'a>(PhantomData<&'a mut ()>);

/// Makes the handle of a body.
#[inline(always)]
#[must_use]
pub fn handle<Y, S, T>(token: Token<Y, S, T>, anchor: &mut ()) -> Handle<'_> {
    let (_, ()) = (token, anchor);
    Handle(PhantomData)
}

/// The await that gives the slot of the poll under way; ready at once.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Reach(());

/// Reaches for the first slot of a body that keeps it at hand, and for this again behind what it awaits
/// otherwise.
#[inline(always)]
pub fn begin<Y, S, T>(token: Token<Y, S, T>) -> Reach {
    let _ = token;
    Reach(())
}

/// Reaches for the slot of a body that keeps it not.
#[inline(always)]
pub fn slot(handle: &mut Handle<'_>) -> Reach {
    let _ = handle;
    Reach(())
}

impl Future for Reach {
    type Output = Slot;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Slot> {
        Poll::Ready(Slot::of(cx))
    }
}

/// What a body does with the poll that is under way, until its next await: it puts its item there, polls
/// what it takes from or waits for, and asks whether it is to go on.
///
/// It has no types of its generator: the compiler has then one type for the awaits of all generators to look
/// at. The token has them.
#[derive(Clone, Copy, Debug)]
pub struct Slot(pub(crate) FrameRef);

impl Slot {
    /// The slot of the poll that is under way.
    ///
    /// # Panics
    ///
    /// If `cx` is not a frame's.
    #[inline]
    pub(crate) fn of(cx: &Context<'_>) -> Self {
        Self(FrameRef::of(cx))
    }
}

// SAFETY: it is looked at in the poll that gave it and in no other, so it means nothing when the body is
// suspended, which is when a generator can be sent to another thread.
unsafe impl Send for Slot {}

/// The await at which a body waits for its next poll, and the one await that suspends it: pending in the
/// poll that put an item or found something pending, and with the slot of the next one then.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Suspend(());

/// Suspends the body, as what it polled through the slot is pending.
#[inline]
pub fn suspend(Slot(frame): Slot) -> Suspend {
    frame.wait();
    Suspend(())
}

impl Future for Suspend {
    type Output = Slot;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Slot> {
        let slot = Slot::of(cx);
        if slot.0.waits() { Poll::Pending } else { Poll::Ready(slot) }
    }
}

// Free functions, as a method call in an expansion could find a user's trait.

/// The value of a jump that is never taken.
///
/// # Panics
///
/// When it is called after all.
#[cold]
#[must_use]
#[track_caller]
pub fn never<T>() -> T {
    unreachable!("this code only says where it may stand")
}
