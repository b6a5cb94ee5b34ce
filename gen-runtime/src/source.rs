//! What `for await` and `yield_from!` take from: a generator, which an owner closes, or any stream.

mod probe;
mod turns;

use core::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;

use crate::{
    leaf::{Slot, Token},
    protocol::{AsyncGenerator, Signal},
    shortcut::Shortcut,
};
pub use probe::{AnyStream, GeneratorOrStream, Probe};
pub use turns::{next, next_anywhere, next_directly, release, release_anywhere, through, turn};

/// Something to take items from, and to let go of with an await.
pub trait Source {
    /// What is taken.
    type Item;

    /// The next item; or, when its use is at its end and it is `leaving`, an owned generator is closed, and
    /// `Ready(None)` says that it is. See [`AsyncGenerator::poll_turn`].
    fn poll_turn(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        leaving: bool,
    ) -> Poll<Option<Self::Item>>;

    /// The same for a loop that keeps track of where the source stands.
    ///
    /// # Safety
    ///
    /// - Those of [`AsyncGenerator::poll_owned`].
    #[inline]
    unsafe fn poll_owned(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        leaving: bool,
    ) -> Poll<Option<Self::Item>> {
        self.poll_turn(cx, leaving)
    }

    /// Says whether letting go does anything.
    fn guards(&self) -> bool;
}

/// A source that a generator can hand its own resumptions to.
#[diagnostic::on_unimplemented(
    message = "a generator of `{Y}` cannot delegate to this",
    label = "not a source of `{Y}` that is sent `{S}` and thrown `{T}`",
    note = "loop over it instead: `#[for_await] for x in inner {{ yield_!(..); }}`"
)]
pub trait Delegate<Y, S, T>: Source {
    /// A turn with a signal: the next item, or the error that this source cannot take.
    ///
    /// # Safety
    ///
    /// - Those of [`AsyncGenerator::poll_owned`].
    unsafe fn poll_delegate(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
        leaving: bool,
        shortcut: Shortcut<Y, S, T>,
    ) -> Poll<Result<Option<Y>, T>>;

    /// The turn of a delegation: an item out, a signal in, or the source let go of; in the end, what the
    /// delegation evaluates to.
    ///
    /// # Safety
    ///
    /// - The source is never moved again, until it is dropped.
    /// - No turn of it has ended the delegation, or was unwound, and nothing else has polled it.
    /// - The slot is one of the generator whose types `token` has.
    #[inline]
    unsafe fn delegate(
        token: Token<Y, S, T>,
        Slot(frame): Slot,
        source: &mut Self,
    ) -> Poll<Result<(), T>>
    where
        Self: Sized,
    {
        // SAFETY: what the caller promises.
        let source = unsafe { Pin::new_unchecked(source) };
        // SAFETY: the same.
        let typed = unsafe { frame.typed(token) };
        // None in the poll that led here: a yield has taken it, or the body stood at none.
        let mut signal = typed.signal();
        let (signal_now, leaving) = (signal.as_deref_mut(), frame.leaving());
        let (cx, shortcut) = (frame.consumer(), typed.shortcut());
        // SAFETY: the same.
        let polled = unsafe { source.poll_delegate(cx, signal_now, leaving, shortcut) };
        if let Some(item) = ready!(polled?) {
            typed.put(item);
            return Poll::Pending;
        }
        // The inner source has ended, and before that it took nothing of this poll.
        Poll::Ready(match signal.and_then(Option::take) {
            Some(Signal::Thrown(error)) => Err(error),
            _ => Ok(()),
        })
    }
}

/// A generator as a source.
#[derive(Debug)]
pub struct GeneratorSource<G>(G);

impl<G> GeneratorSource<G> {
    fn generator(self: Pin<&mut Self>) -> Pin<&mut G> {
        // SAFETY: the generator is pinned with `self`: it is never moved and `Self` has no `Drop`.
        unsafe { self.map_unchecked_mut(|this| &mut this.0) }
    }
}

impl<G: AsyncGenerator> Source for GeneratorSource<G> {
    type Item = G::Yield;

    #[inline]
    fn poll_turn(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        leaving: bool,
    ) -> Poll<Option<G::Yield>> {
        self.generator().poll_turn(cx, None, leaving, Shortcut::NONE)
    }

    #[inline]
    unsafe fn poll_owned(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        leaving: bool,
    ) -> Poll<Option<G::Yield>> {
        // SAFETY: what the caller promises.
        unsafe { self.generator().poll_owned(cx, None, leaving, Shortcut::NONE) }
    }

    #[inline]
    fn guards(&self) -> bool {
        self.0.is_owner()
    }
}

#[diagnostic::do_not_recommend]
impl<G: AsyncGenerator> Delegate<G::Yield, G::Sent, G::Thrown> for GeneratorSource<G> {
    #[inline]
    unsafe fn poll_delegate(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<G::Sent, G::Thrown>>>,
        leaving: bool,
        shortcut: Shortcut<G::Yield, G::Sent, G::Thrown>,
    ) -> Poll<Result<Option<G::Yield>, G::Thrown>> {
        // SAFETY: what the caller promises.
        unsafe { self.generator().poll_owned(cx, signal, leaving, shortcut) }.map(Ok)
    }
}

/// A stream as a source.
#[derive(Debug)]
pub struct StreamSource<S>(S);

impl<S> StreamSource<S> {
    fn stream(self: Pin<&mut Self>) -> Pin<&mut S> {
        // SAFETY: the stream is pinned with `self`: it is never moved and `Self` has no `Drop`.
        unsafe { self.map_unchecked_mut(|this| &mut this.0) }
    }
}

impl<St: Stream> Source for StreamSource<St> {
    type Item = St::Item;

    #[inline]
    fn poll_turn(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        leaving: bool,
    ) -> Poll<Option<St::Item>> {
        if leaving { Poll::Ready(None) } else { self.stream().poll_next(cx) }
    }

    #[inline]
    fn guards(&self) -> bool {
        false
    }
}

#[diagnostic::do_not_recommend]
impl<St: Stream, S, T> Delegate<St::Item, S, T> for StreamSource<St> {
    #[inline]
    unsafe fn poll_delegate(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: Option<&mut Option<Signal<S, T>>>,
        leaving: bool,
        _: Shortcut<St::Item, S, T>,
    ) -> Poll<Result<Option<St::Item>, T>> {
        if let Some(Signal::Thrown(error)) = signal.and_then(Option::take) {
            return Poll::Ready(Err(error));
        }
        self.poll_turn(cx, leaving).map(Ok)
    }
}
