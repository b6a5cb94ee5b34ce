//! The awaits of a loop over a source.

use core::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use super::Source;
use crate::{frame, leaf::Slot};

/// What a leaf is polled with.
mod with {
    /// The context of a frame, as in a body.
    pub(super) const FRAME: u8 = 0;
    /// The consumer's own context, as in a body that is polled with that.
    pub(super) const CONSUMER: u8 = 1;
    /// Any context, as in any async code.
    pub(super) const ANY: u8 = 2;
}

/// A turn with the consumer's context.
#[inline]
fn poll_turn<S: Source, const WITH: u8>(
    source: Pin<&mut S>,
    cx: &mut Context<'_>,
    leaving: bool,
) -> Poll<Option<S::Item>> {
    if WITH == with::FRAME {
        source.poll_turn(frame::consumer_of(cx), leaving)
    } else if WITH == with::CONSUMER {
        source.poll_turn(cx, leaving)
    } else if let Some(waker) = frame::consumer_waker_if_any(cx) {
        source.poll_turn(&mut Context::from_waker(waker), leaving)
    } else {
        source.poll_turn(cx, leaving)
    }
}

/// The next item of a source, polled with the consumer's own context.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Next<'s, S, const WITH: u8>(Pin<&'s mut S>);

/// Awaits the next item, in a body.
#[inline]
pub fn next<S: Source>(source: Pin<&mut S>) -> Next<'_, S, { with::FRAME }> {
    Next(source)
}

/// Awaits the next item, in a body that is polled with the consumer's own context.
#[inline]
pub fn next_directly<S: Source>(source: Pin<&mut S>) -> Next<'_, S, { with::CONSUMER }> {
    Next(source)
}

/// Awaits the next item, in any async code.
#[inline]
pub fn next_anywhere<S: Source>(source: Pin<&mut S>) -> Next<'_, S, { with::ANY }> {
    Next(source)
}

impl<S: Source, const WITH: u8> Future for Next<'_, S, WITH> {
    type Output = Option<S::Item>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        poll_turn::<S, WITH>(self.0.as_mut(), cx, false)
    }
}

/// The end of a loop over a source, polled with the consumer's own context.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Release<'s, S, const WITH: u8>(Pin<&'s mut S>);

/// Awaits that a source is let go of, in a body.
#[inline]
pub fn release<S: Source>(source: Pin<&mut S>) -> Release<'_, S, { with::FRAME }> {
    Release(source)
}

/// Awaits that a source is let go of, in any async code.
#[inline]
pub fn release_anywhere<S: Source>(source: Pin<&mut S>) -> Release<'_, S, { with::ANY }> {
    Release(source)
}

impl<S: Source, const WITH: u8> Future for Release<'_, S, WITH> {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        poll_turn::<S, WITH>(self.0.as_mut(), cx, true).map(|_| ())
    }
}

/// The turn of a loop in place: the next item, or, if the loop is to be left, that the source is let go of.
/// One poll for both, so that the compiler finds the body of a source with one caller.
///
/// # Safety
///
/// - The source is never moved again, until it is dropped.
/// - No turn has ended the loop, or was unwound, and nothing else polls the source.
#[inline]
pub unsafe fn turn<S: Source>(source: &mut S, Slot(frame): Slot) -> Poll<Option<S::Item>> {
    // SAFETY: what the caller promises.
    let source = unsafe { Pin::new_unchecked(source) };
    // SAFETY: the same.
    unsafe { source.poll_owned(frame.consumer(), frame.leaving()) }
}

/// Has the next [`turn`] of a loop, which its body leaves, let go of its source.
#[inline]
pub fn through(Slot(frame): Slot) {
    frame.leave();
}
