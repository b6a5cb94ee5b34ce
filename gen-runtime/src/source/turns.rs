//! The awaits of a loop over a source.

use core::{
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use super::Source;
use crate::frame::{self, Regions};

/// The consumer's context for a loop in a body, which has a frame, or in any async code.
#[inline]
fn consumer<'a, 'b: 'a, const FRAMED: bool>(cx: &'a mut Context<'b>) -> &'a mut Context<'b> {
    if FRAMED { frame::consumer_of(cx) } else { frame::consumer_if_any(cx) }
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
        self.0.as_mut().poll_item(consumer::<FRAMED>(cx))
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
        let source = &mut self.0;
        let cx = consumer::<FRAMED>(cx);
        let closed = source.as_mut().poll_let_go(cx);
        closed.unwrap_or_else(|| source.as_mut().poll_item(cx).map(|_| ()))
    }
}

/// The turn of a loop in place: the next item, or the source let go of.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Turn<'s, S>(Pin<&'s mut S>);

/// Awaits the next item, or, if the loop is [`through`] or the generator is being closed, that the source
/// is let go of. One await for both, so that the compiler finds the body of a source with one caller.
#[inline]
pub fn turn<S: Source>(source: Pin<&mut S>) -> Turn<'_, S> {
    Turn(source)
}

impl<S: Source> Future for Turn<'_, S> {
    type Output = Option<S::Item>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        let regions = Regions::of(cx);
        let (source, cx) = (&mut self.0, frame::consumer_of(cx));
        if regions.leaving() {
            if let Some(closed) = source.as_mut().poll_let_go(cx) {
                ready!(closed);
                regions.left();
                return Poll::Ready(None);
            }
        }
        let item = source.as_mut().poll_item(cx);
        if matches!(item, Poll::Ready(None)) {
            regions.left();
        }
        item
    }
}

/// The end of a loop that its body leaves.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Through(());

/// Has the next [`turn`] of a loop let go of its source.
#[inline]
pub fn through() -> Through {
    Through(())
}

impl Future for Through {
    type Output = ();

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        Regions::of(cx).leave();
        Poll::Ready(())
    }
}
