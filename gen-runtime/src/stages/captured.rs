//! A source where the body of a stage has captured it, for what is no loop over it.

use core::{
    future::{Future, poll_fn},
    pin::Pin,
};

use super::several::through;
use crate::{protocol::AsyncGenerator, shortcut::Shortcut};

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
        poll_fn(|cx| self.as_mut().poll_advance(cx, None, Shortcut::NONE))
    }

    /// Closes the source, if it is owned.
    pub(super) fn release(&mut self) -> impl Future<Output = ()> {
        poll_fn(|cx| through(self.as_mut(), cx))
    }
}
