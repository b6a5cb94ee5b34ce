//! A source that stays where a body has captured it.
//!
//! Moved into a local of the body, it would be stored there a second time, and a pipeline would double in
//! size with each stage (<https://github.com/rust-lang/rust/issues/62958>).

use core::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;

use crate::{
    pointers::forward,
    protocol::{AsyncGenerator, GeneratorState, LetGo, Signal},
};

/// What a body captures of a source that it takes from in one place.
pub struct Place<G>(Option<G>);

impl<G> Place<G> {
    /// Puts a source there.
    #[inline]
    #[must_use]
    pub fn new(source: G) -> Self {
        Self(Some(source))
    }
}

impl<G> fmt::Debug for Place<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Place").finish_non_exhaustive()
    }
}

/// The source in a [`Place`]. It owns it: dropped, it drops it where it is.
pub struct InPlace<'p, G>(Pin<&'p mut Option<G>>);

impl<'p, G> InPlace<'p, G> {
    /// Takes the source.
    ///
    /// # Safety
    ///
    /// - The place is new, and is not moved from here on.
    #[inline]
    #[must_use]
    pub unsafe fn new(Place(source): &'p mut Place<G>) -> Self {
        // SAFETY: what the caller promises.
        Self(unsafe { Pin::new_unchecked(source) })
    }

    #[inline]
    fn as_mut(&mut self) -> Pin<&mut G> {
        // SAFETY: the place was new, so the source is there, and it is until `self` is dropped.
        unsafe { self.0.as_mut().as_pin_mut().unwrap_unchecked() }
    }

    #[inline]
    fn get(&self) -> &G {
        // SAFETY: as in `as_mut`.
        unsafe { self.0.as_ref().get_ref().as_ref().unwrap_unchecked() }
    }
}

impl<G> Drop for InPlace<'_, G> {
    #[inline]
    fn drop(&mut self) {
        self.0.set(None);
    }
}

impl<G> fmt::Debug for InPlace<'_, G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InPlace").finish_non_exhaustive()
    }
}

// Behind a reference, but owned: what the source is, this is.
impl<G: AsyncGenerator> AsyncGenerator for InPlace<'_, G> {
    type Yield = G::Yield;
    type Sent = G::Sent;
    type Thrown = G::Thrown;

    forward!(self => self.get_mut().as_mut(), self.get());

    #[inline]
    fn let_go(self: Pin<&mut Self>) -> LetGo {
        self.get_mut().as_mut().let_go()
    }

    #[inline]
    fn is_owner(&self) -> bool {
        self.get().is_owner()
    }
}

impl<G: Stream> Stream for InPlace<'_, G> {
    type Item = G::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<G::Item>> {
        self.get_mut().as_mut().poll_next(cx)
    }
}
