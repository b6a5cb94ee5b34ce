//! The leaf futures of a body that know its item type: they read the frame at its full type.

mod yielding;

use core::{
    convert::Infallible,
    future::Future,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
};

use crate::frame::FrameRef;
pub(crate) use yielding::Delegated;
pub use yielding::{
    resumed, sent, yielded, yielded_in_region, yielded_sent, yielded_sent_in_region,
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

/// A token whose types are inferred.
#[inline]
#[must_use]
pub fn token<Y, S, T>() -> Token<Y, S, T> {
    Token(PhantomData)
}

/// A token for a generator that is a stream and no more.
#[inline]
#[must_use]
pub fn stream_token<Y>() -> Token<Y, (), Infallible> {
    token()
}

/// What a body yields through. It borrows a local of the body, so it cannot leave it.
#[derive(Debug)]
pub struct Handle<'a, Y, S, T> {
    pub(crate) token: Token<Y, S, T>,
    anchor: PhantomData<&'a mut ()>,
}

/// Makes the handle of a body.
///
/// # Safety
///
/// - The handle stays in the async block that is the body of `Generator::new(token, ..)` for this very
///   token, or in async blocks and regions that it awaits directly.
/// - Every future made from it is awaited there at once: never in a closure, another task, or a
///   future that something else polls.
#[inline]
#[must_use]
pub unsafe fn handle<Y, S, T>(token: Token<Y, S, T>, anchor: &mut ()) -> Handle<'_, Y, S, T> {
    let () = anchor;
    Handle { token, anchor: PhantomData }
}

/// The first await of a body that keeps its slot at hand.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Begin<'a, Y, S, T>(Handle<'a, Y, S, T>);

/// Makes the handle of a body and reaches for its first slot; ready at once.
///
/// # Safety
///
/// Those of [`handle`], for both.
#[inline]
pub unsafe fn begin<Y, S, T>(token: Token<Y, S, T>, anchor: &mut ()) -> Begin<'_, Y, S, T> {
    // SAFETY: what the caller promises.
    Begin(unsafe { handle(token, anchor) })
}

impl<'a, Y, S, T> Future for Begin<'a, Y, S, T> {
    type Output = (Handle<'a, Y, S, T>, Slot<Y, S, T>);

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let token = self.0.token;
        // SAFETY: the contract of `begin`.
        let slot = unsafe { Slot::of(cx) };
        Poll::Ready((Handle { token, anchor: PhantomData }, slot))
    }
}

/// What a generator can be sent: the bound that functions with `send = S` have, for a message of its own.
#[diagnostic::on_unimplemented(
    message = "a generator cannot be sent `{Self}`, which has no default",
    label = "no `Default`, which is what a plain `next` sends",
    note = "wrap it in `Option`: `send = Option<{Self}>`"
)]
pub trait Sendable: Sized {
    /// What a plain `next` sends.
    fn by_next() -> Self;
}

#[diagnostic::do_not_recommend]
impl<S: Default> Sendable for S {
    #[inline]
    fn by_next() -> Self {
        Self::default()
    }
}

// Free functions, as a method call in an expansion could find a user's trait.

/// Where the next item goes.
#[inline]
pub fn slot<Y, S, T>(handle: &mut Handle<'_, Y, S, T>) -> Reach<Y, S, T> {
    Reach(handle.token)
}

/// An item on its way. A type error in a field is about the value alone; in an argument the compiler
/// would add what function of ours it is for.
#[derive(Debug)]
pub struct Item<Y> {
    /// What the user yields.
    pub item: Y,
}

/// Hands over an item.
#[inline]
pub fn put<Y, S, T>(Slot(frame): Slot<Y, S, T>, Item { item }: Item<Y>) {
    frame.put(item);
}

/// An item of the type that the generator yields.
#[inline]
pub fn typed<Y, S, T>(token: Token<Y, S, T>, Item { item }: Item<Y>) -> Y {
    let _ = token;
    item
}

/// An item on its way past the await of a slot, which never suspends the body.
#[derive(Debug)]
pub struct Carried<Y>(Y);

// SAFETY: by the contract of `carry` the body is not suspended while it holds one, so the generator is
// not sent to another thread then.
unsafe impl<Y> Send for Carried<Y> {}

/// Takes an item past the await of a [`slot`], as if it was not held across it.
///
/// # Safety
///
/// - The body is not suspended before the item is put.
#[inline]
#[must_use]
pub unsafe fn carry<Y>(item: Y) -> Carried<Y> {
    Carried(item)
}

impl<Y> Item<Y> {
    /// The item that was carried.
    #[inline]
    #[must_use]
    pub fn carried(Carried(item): Carried<Y>) -> Self {
        Self { item }
    }
}

/// Reaches for the frame; ready at once.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Reach<Y, S, T>(Token<Y, S, T>);

impl<Y, S, T> Future for Reach<Y, S, T> {
    type Output = Slot<Y, S, T>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Slot<Y, S, T>> {
        // SAFETY: the contract of `handle`.
        Poll::Ready(unsafe { Slot::of(cx) })
    }
}

/// Where an item goes, until the next await.
#[derive(Debug)]
pub struct Slot<Y, S, T>(FrameRef<Y, S, T>);

impl<Y, S, T> Clone for Slot<Y, S, T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<Y, S, T> Copy for Slot<Y, S, T> {}

impl<Y, S, T> Slot<Y, S, T> {
    /// The slot of the poll that is under way.
    ///
    /// # Safety
    ///
    /// Those of [`FrameRef::of`].
    #[inline]
    pub(crate) unsafe fn of(cx: &Context<'_>) -> Self {
        // SAFETY: what the caller promises.
        Self(unsafe { FrameRef::of(cx) })
    }
}

// SAFETY: it is looked at in the poll that gave it and in no other, so it means nothing when the body is
// suspended, which is when a generator can be sent to another thread.
unsafe impl<Y, S, T> Send for Slot<Y, S, T> {}

/// An await that keeps the slot of the body at hand: with its output it gives the slot of the poll that
/// is under way then.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct AtHand<F, Y, S, T> {
    leaf: F,
    _token: Token<Y, S, T>,
}

/// Awaits `leaf`, and takes the slot again.
#[inline]
pub fn at_hand<F: Future, Y, S, T>(
    leaf: F,
    handle: &mut Handle<'_, Y, S, T>,
) -> AtHand<F, Y, S, T> {
    AtHand { leaf, _token: handle.token }
}

impl<F: Future, Y, S, T> Future for AtHand<F, Y, S, T> {
    type Output = (F::Output, Slot<Y, S, T>);

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<(F::Output, Slot<Y, S, T>)> {
        // SAFETY: the contract of `handle`.
        let slot = unsafe { Slot::of(cx) };
        // SAFETY: the leaf is pinned with `self`: it is never moved and `Self` has no `Drop`.
        let leaf = unsafe { self.map_unchecked_mut(|this| &mut this.leaf) };
        leaf.poll(cx).map(|output| (output, slot))
    }
}

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
