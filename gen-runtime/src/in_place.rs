//! A source that stays where a body has captured it.
//!
//! Moved into a local of the body, it would be stored there a second time, and a pipeline would double in
//! size with each stage (<https://github.com/rust-lang/rust/issues/62958>).

use core::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use crate::{
    protocol::Signal,
    shortcut::Shortcut,
    source::{Delegate, Source},
};

/// What a body captures of a source that it takes from in one place.
pub struct Place<S>(Option<S>);

impl<S> Place<S> {
    /// Puts a source there.
    #[inline]
    #[must_use]
    pub fn new(source: S) -> Self {
        Self(Some(source))
    }
}

impl<S> fmt::Debug for Place<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Place").finish_non_exhaustive()
    }
}

/// The source in a [`Place`]. It owns it: dropped, it drops it where it is.
pub struct InPlace<'p, S>(Pin<&'p mut Option<S>>);

impl<'p, S> InPlace<'p, S> {
    /// Takes the source.
    ///
    /// # Safety
    ///
    /// - The place is new, and is not moved from here on.
    #[inline]
    #[must_use]
    pub unsafe fn new(Place(source): &'p mut Place<S>) -> Self {
        // SAFETY: what the caller promises.
        Self(unsafe { Pin::new_unchecked(source) })
    }

    #[inline]
    fn as_mut(&mut self) -> Pin<&mut S> {
        // SAFETY: the place was new, so the source is there, and it is until `self` is dropped.
        unsafe { self.0.as_mut().as_pin_mut().unwrap_unchecked() }
    }

    #[inline]
    fn get(&self) -> &S {
        // SAFETY: as in `as_mut`.
        unsafe { self.0.as_ref().get_ref().as_ref().unwrap_unchecked() }
    }
}

impl<S> Drop for InPlace<'_, S> {
    #[inline(never)] // it would take registers from those who go on
    fn drop(&mut self) {
        self.0.set(None);
    }
}

impl<S> fmt::Debug for InPlace<'_, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InPlace").finish_non_exhaustive()
    }
}

impl<S: Source> Source for InPlace<'_, S> {
    type Item = S::Item;

    #[inline]
    fn poll_turn(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        leaving: bool,
    ) -> Poll<Option<S::Item>> {
        self.get_mut().as_mut().poll_turn(cx, leaving)
    }

    #[inline]
    unsafe fn poll_owned(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        leaving: bool,
    ) -> Poll<Option<S::Item>> {
        // SAFETY: what the caller promises.
        unsafe { self.get_mut().as_mut().poll_owned(cx, leaving) }
    }

    #[inline]
    fn guards(&self) -> bool {
        self.get().guards()
    }
}

#[diagnostic::do_not_recommend]
impl<D: Delegate<Y, S, T>, Y, S, T> Delegate<Y, S, T> for InPlace<'_, D> {
    #[inline]
    unsafe fn poll_delegate(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
        leaving: bool,
        shortcut: Shortcut<Y, S, T>,
    ) -> Poll<Result<Option<Y>, T>> {
        // SAFETY: what the caller promises.
        unsafe { self.get_mut().as_mut().poll_delegate(cx, signal, leaving, shortcut) }
    }
}
