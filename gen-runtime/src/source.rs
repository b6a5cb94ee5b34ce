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
    leaf::{Delegated, Handle},
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
#[diagnostic::on_unimplemented(
    message = "a generator of `{Y}` cannot delegate to this",
    label = "not a source of `{Y}` that is sent `{S}` and thrown `{T}`",
    note = "loop over it instead: `#[for_await] for x in inner {{ yield_!(..); }}`"
)]
pub trait Delegate<Y, S, T>: Source {
    /// The yield point of the delegation. A type of the implementation, so that one that is not there
    /// is one error.
    type Delegated<'d>
    where
        Self: 'd;

    /// Delegates until this ends.
    fn delegate<'d>(
        handle: &mut Handle<'_, Y, S, T>,
        source: Pin<&'d mut Self>,
    ) -> Self::Delegated<'d>;

    /// The next item, or the error that this source cannot take.
    fn poll_delegate(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: &mut Option<Signal<S, T>>,
    ) -> Poll<Result<Option<Y>, T>>;
}

macro_rules! delegated {
    ($y:ty, $s:ty, $t:ty) => {
        type Delegated<'d>
            = Delegated<'d, Self, $y, $s, $t>
        where
            Self: 'd;

        #[inline]
        fn delegate<'d>(
            handle: &mut Handle<'_, $y, $s, $t>,
            source: Pin<&'d mut Self>,
        ) -> Self::Delegated<'d> {
            Delegated::new(source, handle)
        }
    };
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

#[diagnostic::do_not_recommend]
impl<G: AsyncGenerator> Delegate<G::Yield, G::Sent, G::Thrown> for GeneratorSource<G> {
    delegated!(G::Yield, G::Sent, G::Thrown);

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

#[diagnostic::do_not_recommend]
impl<St: Stream, S, T> Delegate<St::Item, S, T> for StreamSource<St> {
    delegated!(St::Item, S, T);

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
    /// It is a generator.
    #[inline]
    #[must_use]
    pub fn kind(self) -> AsGenerator {
        AsGenerator
    }
}

/// The choice for what is not known to be a generator.
pub trait AnyStream {
    /// How it is taken from.
    type Kind;

    /// Says how.
    fn kind(self) -> Self::Kind;
}

impl<S: Stream> AnyStream for Probe<S> {
    type Kind = AsStream;

    #[inline]
    fn kind(self) -> AsStream {
        AsStream
    }
}

/// Chosen last, as it borrows.
impl<S> AnyStream for &Probe<S> {
    type Kind = Neither;

    fn kind(self) -> Neither {
        Neither
    }
}

/// The way a generator is taken from.
#[derive(Debug)]
pub struct AsGenerator;

/// The way a stream is taken from.
#[derive(Debug)]
pub struct AsStream;

/// Nothing to take from.
#[derive(Debug)]
pub struct Neither;

/// What can be taken from, and how. It is not implemented for [`Neither`], so that there is one error.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a generator nor a stream",
    label = "neither a generator nor a stream",
    note = "a future is awaited first; an iterator is for a plain `for`, or for `futures::stream::iter(..)`"
)]
pub trait GeneratorOrStream<Kind> {
    /// The source.
    type Source;

    /// Takes it.
    fn into_source(self, kind: Kind) -> Self::Source;
}

impl<G: AsyncGenerator> GeneratorOrStream<AsGenerator> for G {
    type Source = GeneratorSource<G>;

    #[inline]
    fn into_source(self, _: AsGenerator) -> GeneratorSource<G> {
        GeneratorSource(self)
    }
}

impl<S: Stream> GeneratorOrStream<AsStream> for S {
    type Source = StreamSource<S>;

    #[inline]
    fn into_source(self, _: AsStream) -> StreamSource<S> {
        StreamSource(self)
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
