//! How bodies end, and what becomes of the error that one ends with.

use core::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use crate::{
    frame::FrameRef,
    leaf::{Slot, Token, never},
    state::poll_seen,
};

/// The end of a body that is being closed, where it cannot return: it goes no further. Behind its last cleanup, it
/// has ended.
#[inline]
pub fn closed<Y, S, T>(token: Token<Y, S, T>, Slot(frame): Slot) -> Parked {
    if frame.depth() == 0 {
        // SAFETY: the contract of `claim`.
        unsafe { frame.typed(token) }.end();
    }
    Parked
}

/// The await that a body stays at, until it is dropped.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Parked;

impl Future for Parked {
    type Output = Infallible;

    #[inline]
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Infallible> {
        Poll::Pending
    }
}

/// What the body of a fallible generator may end with.
#[diagnostic::on_unimplemented(
    message = "a fallible generator ends with `Ok(())`, an `Err`, or nothing",
    label = "this is a `{Self}`",
    note = "yield a value: `yield_!(Ok(value));`"
)]
pub trait Ended<E> {
    /// The `Result` that it is.
    #[doc(hidden)]
    fn ended(self) -> Result<(), E>;
}

impl<E> Ended<E> for () {
    #[inline]
    fn ended(self) -> Result<(), E> {
        Ok(())
    }
}

impl<E> Ended<E> for Result<(), E> {
    #[inline]
    fn ended(self) -> Self {
        self
    }
}

/// The end of a fallible body whose last value is one that only its type tells.
///
/// # Errors
///
/// The one it is given.
#[inline]
pub fn ended<E>(last: impl Ended<E>) -> Result<(), E> {
    last.ended()
}

/// The value of a `return` that is never taken: what the body of a fallible generator returns.
///
/// # Errors
///
/// None.
///
/// # Panics
///
/// When it is called after all.
#[cold]
#[track_caller]
pub fn exit<V, E, S, T>(token: Token<Result<V, E>, S, T>) -> Result<(), E> {
    let _ = token;
    never()
}

/// The body of a fallible generator: the error it ends with is its last item.
#[derive(Debug)]
pub struct Fallible<F, V, E, S, T> {
    body: F,
    token: Token<Result<V, E>, S, T>,
}

impl<F, V, E, S, T> Fallible<F, V, E, S, T> {
    /// # Safety
    ///
    /// Polled only as the body of a `Generator<_, Result<V, E>, S, T>`.
    #[inline]
    pub(crate) unsafe fn new(token: Token<Result<V, E>, S, T>, body: F) -> Self {
        Self { body, token }
    }
}

impl<F, V, E, S, T> Future for Fallible<F, V, E, S, T>
where
    F: Future<Output = Result<(), E>>,
{
    type Output = ();

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        // SAFETY: `body` is pinned with `self`: it is never moved and `Fallible` has no `Drop`.
        let (token, body) = (self.token, unsafe { self.map_unchecked_mut(|this| &mut this.body) });
        let frame = FrameRef::of(cx);
        match poll_seen(body, frame.begins(), cx) {
            Poll::Pending => return Poll::Pending,
            // No item comes out of a body that is being closed. A macro may hide a way for it to end so.
            Poll::Ready(Err(error)) if !frame.closing() => {
                // SAFETY: the contract of `new`.
                unsafe { frame.typed(token) }.put(Err(error));
            }
            Poll::Ready(_) => {}
        }
        Poll::Ready(())
    }
}
