//! What `for await` and `yield_from!` take from: a generator, which an owner closes, or any stream.

use core::{
    future::Future,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;

use crate::{
    frame,
    protocol::{AsyncGenerator, Signal},
};

/// Something to take items from, and to let go of with an await.
pub trait Source {
    /// What is taken.
    type Item;

    /// The next item.
    fn poll_item(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>>;

    /// Lets go: an owned generator is closed.
    fn poll_release(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()>;

    /// Says whether letting go does anything.
    fn guards(&self) -> bool;
}

/// A source that a generator can hand its own resumptions to.
pub trait Delegate<Y, S, T>: Source {
    /// The next item, or the error that this source cannot take.
    fn poll_delegate(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: &mut Option<Signal<S, T>>,
    ) -> Poll<Result<Option<Y>, T>>;
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
    fn poll_item(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<G::Yield>> {
        self.generator().poll_resume(cx, &mut None)
    }

    #[inline]
    fn poll_release(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.generator().poll_release(cx)
    }

    #[inline]
    fn guards(&self) -> bool {
        self.0.is_owner()
    }
}

impl<G: AsyncGenerator> Delegate<G::Yield, G::Sent, G::Thrown> for GeneratorSource<G> {
    #[inline]
    fn poll_delegate(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: &mut Option<Signal<G::Sent, G::Thrown>>,
    ) -> Poll<Result<Option<G::Yield>, G::Thrown>> {
        self.generator().poll_resume(cx, signal).map(Ok)
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
    fn poll_item(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<St::Item>> {
        self.stream().poll_next(cx)
    }

    #[inline]
    fn poll_release(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        Poll::Ready(())
    }

    #[inline]
    fn guards(&self) -> bool {
        false
    }
}

impl<St: Stream, S, T> Delegate<St::Item, S, T> for StreamSource<St> {
    #[inline]
    fn poll_delegate(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: &mut Option<Signal<S, T>>,
    ) -> Poll<Result<Option<St::Item>, T>> {
        if let Some(Signal::Thrown(error)) = signal.take() {
            return Poll::Ready(Err(error));
        }
        self.stream().poll_next(cx).map(Ok)
    }
}

/// Chooses between the two by what the type of a source is known to implement: a generator if it is
/// known to be one (this inherent method wins), else a stream (the method of [`AnyStream`]).
#[derive(Debug)]
pub struct Probe<S>(PhantomData<fn(S)>);

impl<S> Probe<S> {
    /// Looks at a source without taking it.
    #[inline]
    #[must_use]
    pub fn of(_: &S) -> Self {
        Self(PhantomData)
    }
}

impl<G: AsyncGenerator> Probe<G> {
    /// Takes a generator.
    #[inline]
    pub fn source(self, generator: G) -> GeneratorSource<G> {
        GeneratorSource(generator)
    }
}

/// The choice for what is not known to be a generator.
pub trait AnyStream<S> {
    /// Takes a stream.
    fn source(self, stream: S) -> StreamSource<S>
    where
        S: Stream;
}

impl<S> AnyStream<S> for Probe<S> {
    #[inline]
    fn source(self, stream: S) -> StreamSource<S>
    where
        S: Stream,
    {
        StreamSource(stream)
    }
}

/// The next item of a source, polled with the consumer's own context.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Next<'s, S>(Pin<&'s mut S>);

/// Awaits the next item.
#[inline]
pub fn next<S: Source>(source: Pin<&mut S>) -> Next<'_, S> {
    Next(source)
}

impl<S: Source> Future for Next<'_, S> {
    type Output = Option<S::Item>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        self.0.as_mut().poll_item(frame::consumer_of(cx))
    }
}

/// The end of a loop over a source, polled with the consumer's own context.
#[derive(Debug)]
#[must_use = "futures do nothing unless they are awaited"]
pub struct Release<'s, S>(Pin<&'s mut S>);

/// Awaits that a source is let go of.
#[inline]
pub fn release<S: Source>(source: Pin<&mut S>) -> Release<'_, S> {
    Release(source)
}

impl<S: Source> Future for Release<'_, S> {
    type Output = ();

    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.0.as_mut().poll_release(frame::consumer_of(cx))
    }
}
