//! The awaits of a loop over a source.

use core::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use super::Source;
use crate::{frame, leaf::Slot};

/// A turn with the consumer's context, of a loop in a body, which has a frame, or in any async code.
#[inline]
fn poll_turn<S: Source, const FRAMED: bool>(
    source: Pin<&mut S>,
    cx: &mut Context<'_>,
    leaving: bool,
) -> Poll<Option<S::Item>> {
    if FRAMED {
        source.poll_turn(frame::consumer_of(cx), leaving)
    } else if let Some(waker) = frame::consumer_waker_if_any(cx) {
        source.poll_turn(&mut Context::from_waker(waker), leaving)
    } else {
        source.poll_turn(cx, leaving)
    }
}

/// The next item of a source, polled with the consumer's own context.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Next<'s, S, const FRAMED: bool>(Pin<&'s mut S>);

/// Awaits the next item, in a body.
#[inline]
pub fn next<S: Source>(source: Pin<&mut S>) -> Next<'_, S, true> {
    Next(source)
}

/// Awaits the next item, in any async code.
#[inline]
pub fn next_anywhere<S: Source>(source: Pin<&mut S>) -> Next<'_, S, false> {
    Next(source)
}

impl<S: Source, const FRAMED: bool> Future for Next<'_, S, FRAMED> {
    type Output = Option<S::Item>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        poll_turn::<S, FRAMED>(self.0.as_mut(), cx, false)
    }
}

/// The end of a loop over a source, polled with the consumer's own context.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Release<'s, S, const FRAMED: bool>(Pin<&'s mut S>);

/// Awaits that a source is let go of, in a body.
#[inline]
pub fn release<S: Source>(source: Pin<&mut S>) -> Release<'_, S, true> {
    Release(source)
}

/// Awaits that a source is let go of, in any async code.
#[inline]
pub fn release_anywhere<S: Source>(source: Pin<&mut S>) -> Release<'_, S, false> {
    Release(source)
}

impl<S: Source, const FRAMED: bool> Future for Release<'_, S, FRAMED> {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        poll_turn::<S, FRAMED>(self.0.as_mut(), cx, true).map(|_| ())
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
