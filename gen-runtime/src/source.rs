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

/// Something to be taken from, by value: a reference to it would keep its storage beside the one it is
/// moved to.
#[derive(Debug)]
pub struct Probe<S>(pub S);

/// What is known of the type of a source.
#[derive(Debug)]
pub struct Known<S, Kind> {
    source: S,
    kind: PhantomData<Kind>,
}

impl<S, Kind> Known<S, Kind> {
    #[inline]
    fn new(source: S) -> Self {
        Self { source, kind: PhantomData }
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

// The choice by method lookup: a generator if it is known to be one, by the inherent method; else a
// stream, by the trait; else neither, as that one borrows and is found last. The name is one that no
// trait of a user has.
impl<G: AsyncGenerator> Probe<G> {
    /// It is a generator.
    #[inline]
    #[must_use]
    pub fn known_to_gen_runtime(self) -> Known<G, AsGenerator> {
        Known::new(self.0)
    }
}

/// The choice for what is not known to be a generator.
pub trait AnyStream {
    /// What is known of it.
    type Known;

    /// Says it.
    fn known_to_gen_runtime(self) -> Self::Known;
}

impl<S: Stream> AnyStream for Probe<S> {
    type Known = Known<S, AsStream>;

    #[inline]
    fn known_to_gen_runtime(self) -> Known<S, AsStream> {
        Known::new(self.0)
    }
}

impl<S> AnyStream for &Probe<S> {
    type Known = Known<S, Neither>;

    fn known_to_gen_runtime(self) -> Known<S, Neither> {
        unreachable!("the expansion does not compile")
    }
}

/// What can be taken from, and how. It is not implemented for `Neither`, so that there is one error.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a generator nor a stream",
    label = "neither a generator nor a stream",
    note = "a future is awaited first; an iterator is for a plain `for`, or for `futures::stream::iter(..)`"
)]
pub trait GeneratorOrStream<Kind>: Sized {
    /// The source.
    type Source;

    /// Takes it.
    fn into_source(known: Known<Self, Kind>) -> Self::Source;
}

impl<G: AsyncGenerator> GeneratorOrStream<AsGenerator> for G {
    type Source = GeneratorSource<G>;

    #[inline]
    fn into_source(known: Known<G, AsGenerator>) -> GeneratorSource<G> {
        GeneratorSource(known.source)
    }
}

impl<S: Stream> GeneratorOrStream<AsStream> for S {
    type Source = StreamSource<S>;

    #[inline]
    fn into_source(known: Known<S, AsStream>) -> StreamSource<S> {
        StreamSource(known.source)
    }
}

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
        self.0.as_mut().poll_release(consumer::<FRAMED>(cx))
    }
}
