//! A source where the body of a stage has captured it.

use core::{
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll},
};

use crate::{
    pointers::forward,
    protocol::{AsyncGenerator, GeneratorState, Signal},
};

/// A source that belongs to the body of a stage, which releases it.
///
/// Moved into a local of the body, it would be stored there a second time, and a pipeline would double in
/// size with each stage (<https://github.com/rust-lang/rust/issues/62958>).
#[derive(Debug)]
pub(super) struct Captured<'b, G>(Pin<&'b mut G>);

/// Pins a source that the enclosing `stream!` has captured.
macro_rules! captured {
    ($source:ident) => {
        // SAFETY: `source` is an argument of the function around the `stream!`, which captures it by value
        // and names it here alone: it is a field of the body, pinned with it, and never moved.
        unsafe { $crate::stages::captured::Captured::new(&mut $source) }
    };
}
pub(super) use captured;

impl<'b, G: AsyncGenerator> Captured<'b, G> {
    /// # Safety
    ///
    /// The source is not moved from here on until it is dropped.
    pub(super) unsafe fn new(source: &'b mut G) -> Self {
        // SAFETY: what the caller promises.
        Self(unsafe { Pin::new_unchecked(source) })
    }

    pub(super) fn as_mut(&mut self) -> Pin<&mut G> {
        self.0.as_mut()
    }

    /// The next item.
    pub(super) fn next(&mut self) -> impl Future<Output = Option<G::Yield>> {
        poll_fn(|cx| self.as_mut().poll_resume(cx, &mut None))
    }

    /// Closes the source, if it is owned.
    pub(super) fn release(&mut self) -> impl Future<Output = ()> {
        poll_fn(|cx| self.as_mut().poll_release(cx))
    }
}

// A reference, but not a borrower: what the source was to the stage, it is to the body.
impl<G: AsyncGenerator> AsyncGenerator for Captured<'_, G> {
    type Yield = G::Yield;
    type Sent = G::Sent;
    type Thrown = G::Thrown;

    forward!(self => self.get_mut().as_mut(), self.0.as_ref().get_ref());

    fn poll_release(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.get_mut().as_mut().poll_release(cx)
    }

    fn is_owner(&self) -> bool {
        G::is_owner(self.0.as_ref().get_ref())
    }
}
