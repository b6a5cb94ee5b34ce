//! Yield points, and what they evaluate to.

use core::{
    convert::Infallible,
    future::Future,
    pin::Pin,
    task::{Context, Poll, ready},
};

use super::{AtHand, Handle, Item, Sendable, Slot, Token};
use crate::{
    frame::{self, FrameRef, Regions},
    protocol::Signal,
    region::{Leaf, UnlessClosing, unless_closing},
    source::Delegate,
};

/// The yield point: where the body waits, after it put an item, to be resumed.
#[inline]
pub fn resumed<Y, S, T>(handle: &mut Handle<'_, Y, S, T>) -> Resumed<Y, S, T> {
    Resumed(handle.token)
}

/// A yield point: pending in the poll that put an item, ready in the next.
#[derive(Debug)]
#[must_use = "a yield point does nothing unless it is awaited"]
pub struct Resumed<Y, S, T>(Token<Y, S, T>);

impl<Y, S: Sendable, T> Future for Resumed<Y, S, T> {
    type Output = Result<S, T>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<S, T>> {
        // SAFETY: the contract of `handle`.
        let mut frame = unsafe { FrameRef::<Y, S, T>::of(cx) };
        if frame.is_full() {
            return Poll::Pending;
        }
        Poll::Ready(match frame.take_signal() {
            Some(Signal::Sent(value)) => Ok(value),
            Some(Signal::Thrown(error)) => Err(error),
            None => Ok(S::by_next()),
        })
    }
}

impl<Y, S: Sendable, T> Leaf for Resumed<Y, S, T> {
    #[inline]
    fn poll_unless_closing(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<S, T>>> {
        // SAFETY: the contract of `handle`.
        let frame = unsafe { FrameRef::<Y, S, T>::of(cx) };
        // In this order: the poll that put the item need not ask whether it closes.
        if !frame.is_full() && Regions::of(cx).closing() {
            return Poll::Ready(None);
        }
        self.poll(cx).map(Some)
    }
}

/// The yield point of a generator without `throw`.
#[derive(Debug)]
#[must_use = "a yield point does nothing unless it is awaited"]
pub struct Unthrown<F>(F);

/// Evaluates to what was sent, for nothing can be thrown.
#[inline]
pub fn sent<S, F>(resumed: F) -> Unthrown<F>
where
    F: Future<Output = Result<S, Infallible>> + Unpin,
{
    Unthrown(resumed)
}

impl<S, F> Future for Unthrown<F>
where
    F: Future<Output = Result<S, Infallible>> + Unpin,
{
    type Output = S;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<S> {
        Pin::new(&mut self.0).poll(cx).map(|resumed| match resumed {
            Ok(value) => value,
            Err(never) => match never {},
        })
    }
}

impl<S, F> Leaf for Unthrown<F>
where
    F: Leaf + Future<Output = Result<S, Infallible>> + Unpin,
{
    #[inline]
    fn poll_unless_closing(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S>> {
        Pin::new(&mut self.0).poll_unless_closing(cx).map(|resumed| match resumed {
            Some(Ok(value)) => Some(value),
            Some(Err(never)) => match never {},
            None => None,
        })
    }
}

// A yield of a body that keeps its slot at hand, by what it evaluates to: one call for each, as every call
// in a body costs its user build time. The token tells the type of the item before that is evaluated, and
// the item is evaluated before the slot is looked at.

/// Hands over an item and waits to be resumed, by a send or a throw.
#[inline]
pub fn yielded<Y, S, T>(
    token: Token<Y, S, T>,
    Item { item }: Item<Y>,
    Slot(frame): Slot<Y, S, T>,
) -> AtHand<Resumed<Y, S, T>, Y, S, T> {
    frame.put(item);
    AtHand { leaf: Resumed(token), _token: token }
}

/// The same where nothing can be thrown.
#[inline]
pub fn yielded_sent<Y, S>(
    token: Token<Y, S, Infallible>,
    item: Item<Y>,
    slot: Slot<Y, S, Infallible>,
) -> AtHand<Unthrown<Resumed<Y, S, Infallible>>, Y, S, Infallible> {
    AtHand { leaf: Unthrown(yielded(token, item, slot).leaf), _token: token }
}

/// A yield in a region.
type InRegion<F, Y, S, T> = AtHand<UnlessClosing<F>, Y, S, T>;

/// As [`yielded`], in a region.
#[inline]
pub fn yielded_in_region<Y, S: Sendable, T>(
    token: Token<Y, S, T>,
    item: Item<Y>,
    slot: Slot<Y, S, T>,
) -> InRegion<Resumed<Y, S, T>, Y, S, T> {
    AtHand { leaf: unless_closing(yielded(token, item, slot).leaf), _token: token }
}

/// As [`yielded_sent`], in a region.
#[inline]
pub fn yielded_sent_in_region<Y, S: Sendable>(
    token: Token<Y, S, Infallible>,
    item: Item<Y>,
    slot: Slot<Y, S, Infallible>,
) -> InRegion<Unthrown<Resumed<Y, S, Infallible>>, Y, S, Infallible> {
    AtHand { leaf: unless_closing(yielded_sent(token, item, slot).leaf), _token: token }
}

/// The yield point of a delegation: items out, signals in, until the inner source ends.
#[derive(Debug)]
#[must_use = "a delegation does nothing unless it is awaited"]
pub struct Delegated<'d, D, Y, S, T> {
    inner: Pin<&'d mut D>,
    _token: Token<Y, S, T>,
}

impl<'d, D, Y, S, T> Delegated<'d, D, Y, S, T> {
    #[inline]
    pub(crate) fn new(inner: Pin<&'d mut D>, handle: &mut Handle<'_, Y, S, T>) -> Self {
        Self { inner, _token: handle.token }
    }
}

impl<D: Delegate<Y, S, T>, Y, S, T> Future for Delegated<'_, D, Y, S, T> {
    type Output = Result<(), T>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), T>> {
        // SAFETY: the contract of `handle`.
        let mut frame = unsafe { FrameRef::<Y, S, T>::of(cx) };
        let this = &mut *self;
        // None in the poll that led here: a yield has taken it, or the body stood at none.
        let mut signal = frame.signal();
        let closing = Regions::of(cx).closing();
        let cx = frame::consumer_of(cx);
        if closing {
            // The inner source is closed before the generator around it.
            if let Some(closed) = this.inner.as_mut().poll_let_go(cx) {
                return closed.map(Ok);
            }
        }
        let polled = this.inner.as_mut().poll_delegate(cx, signal.as_deref_mut());
        if let Some(item) = ready!(polled?) {
            frame.put(item);
            return Poll::Pending;
        }
        // The inner source has ended, and before that it took nothing of this poll.
        Poll::Ready(match signal.and_then(Option::take) {
            Some(Signal::Thrown(error)) => Err(error),
            _ => Ok(()),
        })
    }
}
