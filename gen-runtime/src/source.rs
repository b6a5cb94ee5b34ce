//! What `for await` and `yield_from!` take from: a generator, which an owner closes, or any stream.

mod probe;
mod turns;

use core::{
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;

use crate::{
    in_place::InPlace,
    leaf::{Delegated, Handle},
    protocol::{AsyncGenerator, LetGo, Signal},
};
pub use probe::{AnyStream, GeneratorOrStream, Probe, ProbeInPlace};
pub use turns::{next, next_anywhere, release, release_anywhere, through, turn};

/// Something to take items from, and to let go of with an await.
pub trait Source {
    /// What is taken.
    type Item;

    /// The next item.
    fn poll_item(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>>;

    /// Closes an owned generator, and says what is left to do.
    fn let_go(self: Pin<&mut Self>) -> LetGo;

    /// Closes an owned generator, after [`let_go`](Self::let_go) said that this is left to do.
    fn poll_close(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()>;

    /// Lets go; `None` if what is left to do is to be polled as an item, which is the caller's: the
    /// compiler inlines a body in one place only.
    #[cold]
    fn poll_let_go(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Option<Poll<()>> {
        match self.as_mut().let_go() {
            LetGo::Done => Some(Poll::Ready(())),
            LetGo::Advance => None,
            LetGo::Close => Some(self.poll_close(cx)),
        }
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
        signal: Option<&mut Option<Signal<S, T>>>,
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
        self.generator().poll_advance(cx, None)
    }

    #[inline]
    fn let_go(self: Pin<&mut Self>) -> LetGo {
        self.generator().let_go()
    }

    fn poll_close(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.generator().poll_close(cx)
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
        signal: Option<&mut Option<Signal<G::Sent, G::Thrown>>>,
    ) -> Poll<Result<Option<G::Yield>, G::Thrown>> {
        self.generator().poll_advance(cx, signal).map(Ok)
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
    fn let_go(self: Pin<&mut Self>) -> LetGo {
        LetGo::Done
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
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
        signal: Option<&mut Option<Signal<S, T>>>,
    ) -> Poll<Result<Option<St::Item>, T>> {
        if let Some(Signal::Thrown(error)) = signal.and_then(Option::take) {
            return Poll::Ready(Err(error));
        }
        self.stream().poll_next(cx).map(Ok)
    }
}

/// A source that stays where it is: pinned, or in its place.
pub trait Pinned {
    /// The source.
    type Source: Source;

    /// It, for one await.
    fn pinned(&mut self) -> Pin<&mut Self::Source>;

    /// Says whether letting go of it does anything.
    fn guards(&self) -> bool;
}

impl<S: Source> Pinned for Pin<&mut S> {
    type Source = S;

    #[inline]
    fn pinned(&mut self) -> Pin<&mut S> {
        self.as_mut()
    }

    #[inline]
    fn guards(&self) -> bool {
        S::guards(self)
    }
}

impl<G: AsyncGenerator> Pinned for GeneratorSource<InPlace<'_, G>> {
    type Source = Self;

    #[inline]
    fn pinned(&mut self) -> Pin<&mut Self> {
        Pin::new(self)
    }

    #[inline]
    fn guards(&self) -> bool {
        Source::guards(self)
    }
}

impl<S: Stream> Pinned for StreamSource<InPlace<'_, S>> {
    type Source = Self;

    #[inline]
    fn pinned(&mut self) -> Pin<&mut Self> {
        Pin::new(self)
    }

    #[inline]
    fn guards(&self) -> bool {
        Source::guards(self)
    }
}
