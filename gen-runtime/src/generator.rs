//! The generator itself: a body and where it stands.

use core::{
    convert::Infallible,
    fmt,
    future::Future,
    marker::{PhantomData, Unpin},
    mem::MaybeUninit,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::{FusedStream, Stream};

use crate::{
    ending::Fallible,
    frame,
    leaf::Token,
    protocol::{AsyncGenerator, GeneratorState, Signal},
};

/// Where a body stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Created,
    Suspended,
    Awaiting,
    /// A close has begun; nothing but closing happens from here on.
    Closing,
    /// The body is gone.
    Closed,
}

/// A generator: what a function under [`async_generator`](crate::async_generator) returns.
///
/// It is a [`Stream`] of `Y`, and an [`AsyncGenerator`] that takes `S` and can be thrown `T`. It holds
/// the state of its body and one word beside it: no heap, no thread-local, no task. It is `Send` if
/// all that the body holds across its yields and awaits is, and never `Unpin`: pin it with
/// [`pin!`](core::pin::pin) or box it.
///
/// # Panics
///
/// Polling panics if the body does. The generator is closed then: its locals are dropped, its cleanups
/// are not run, and it gives `None` for ever after.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on};
/// use gen_runtime::prelude::*;
///
/// #[async_generator]
/// async fn countdown(from: u32) -> u32 {
///     for n in (1..=from).rev() {
///         yield_!(n);
///     }
/// }
///
/// let items: Vec<u32> = block_on(countdown(3).collect());
/// assert_eq!(items, [3, 2, 1]);
/// ```
///
/// # Cancel safety
///
/// Dropping the future of `next` loses no item; the next one goes on from there. Dropping the generator
/// drops what its body holds, without running its cleanups:
/// [`has_pending_cleanup`](AsyncGenerator::has_pending_cleanup) tells whether there are any.
#[must_use = "generators do nothing unless they are polled"]
pub struct Generator<F, Y, S = (), T = Infallible> {
    /// Initialized unless `stage` is `Closed`.
    body: MaybeUninit<F>,
    /// Open regions of the body.
    depth: u32,
    stage: Stage,
    types: PhantomData<fn(S, T) -> Y>,
}

/// What no type implements.
pub trait Never {}

// A generator is never `Unpin`, whatever its body is. By hand, so that using one that is not pinned is
// one error about the generator and not one about each thing in it.
#[diagnostic::do_not_recommend]
impl<F: Never, Y, S, T> Unpin for Generator<F, Y, S, T> {}

impl<F, Y, S, T> Generator<F, Y, S, T> {
    /// Makes a generator of a body that the macros wrote.
    #[doc(hidden)]
    #[inline]
    pub fn new(token: Token<Y, S, T>, body: F) -> Self {
        let _ = token;
        Self { body: MaybeUninit::new(body), depth: 0, stage: Stage::Created, types: PhantomData }
    }

    pub(crate) fn state(&self) -> GeneratorState {
        match self.stage {
            Stage::Created => GeneratorState::Created,
            Stage::Suspended => GeneratorState::Suspended,
            Stage::Awaiting | Stage::Closing => GeneratorState::Awaiting,
            Stage::Closed => GeneratorState::Closed,
        }
    }

    /// Drops the body, if it is there.
    #[inline]
    fn drop_body(self: Pin<&mut Self>) {
        // SAFETY: nothing is moved out of the reference.
        let this = unsafe { self.get_unchecked_mut() };
        if this.stage != Stage::Closed {
            // First, so that a destructor that panics does not run again.
            this.stage = Stage::Closed;
            // SAFETY: the stage was another, so the body is there, and it is not looked at again.
            unsafe { this.body.assume_init_drop() };
        }
    }
}

impl<F, Y, S, T> Drop for Generator<F, Y, S, T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: a value that is being dropped is not moved again.
        unsafe { Pin::new_unchecked(self) }.drop_body();
    }
}

impl<F, V, E, S, T> Generator<Fallible<F, V, E, S, T>, Result<V, E>, S, T> {
    /// Makes a generator of a body that ends with a `Result`, whose error is the last item.
    #[doc(hidden)]
    #[inline]
    pub fn fallible(token: Token<Result<V, E>, S, T>, body: F) -> Self
    where
        F: Future<Output = Result<(), E>>,
    {
        // SAFETY: it becomes the body of a generator with these types, which never gives it away.
        Self::new(token, unsafe { Fallible::new(token, body) })
    }
}

/// Closes the generator when a poll of its body ends or unwinds.
struct CloseOnDrop<'g, F, Y, S, T>(Pin<&'g mut Generator<F, Y, S, T>>);

impl<F, Y, S, T> Drop for CloseOnDrop<'_, F, Y, S, T> {
    #[inline]
    fn drop(&mut self) {
        self.0.as_mut().drop_body();
    }
}

impl<F: Future<Output = ()>, Y, S, T> Generator<F, Y, S, T> {
    /// Polls the body once, to go on or to close. The one place that does, so that the compiler
    /// finds a body with one caller and inlines it.
    #[inline]
    fn poll_body(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: &mut Option<Signal<S, T>>,
    ) -> Poll<Option<Y>> {
        // The common case, a suspended body, costs one comparison here and no store after the poll.
        let mut closing = false;
        if self.stage != Stage::Suspended {
            match self.stage {
                Stage::Closed => return Poll::Ready(None),
                Stage::Closing => closing = true,
                // SAFETY: nothing is moved out of the reference.
                _ => unsafe { self.as_mut().get_unchecked_mut() }.stage = Stage::Suspended,
            }
        }
        let mut guard = CloseOnDrop(self);
        // SAFETY: nothing is moved out of the reference.
        let this = unsafe { guard.0.as_mut().get_unchecked_mut() };
        // SAFETY: the stage is not `Closed`.
        let body = unsafe { this.body.assume_init_mut() };
        // SAFETY: the body is pinned with the generator: it is never moved, it is dropped in place,
        // also by `Drop`, and `Generator` is never `Unpin`.
        let body = unsafe { Pin::new_unchecked(body) };
        let outcome = frame::poll_body(body, cx, signal, closing, this.depth);
        this.depth = outcome.depth;
        if outcome.ended {
            return outcome.item;
        }
        if outcome.item.is_pending() {
            if !closing {
                this.stage = Stage::Awaiting;
            } else if outcome.depth == 0 {
                // Parked behind its last cleanup.
                return Poll::Ready(None);
            }
        }
        core::mem::forget(guard);
        outcome.item
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.depth > 0 && self.stage != Stage::Closed {
            // SAFETY: nothing is moved out of the reference.
            unsafe { self.as_mut().get_unchecked_mut() }.stage = Stage::Closing;
            return self.poll_body(cx, &mut None).map(|_| ());
        }
        self.drop_body();
        Poll::Ready(())
    }
}

impl<F: Future<Output = ()>, Y, S: Default, T> AsyncGenerator for Generator<F, Y, S, T> {
    type Yield = Y;
    type Sent = S;
    type Thrown = T;

    #[inline]
    fn poll_resume(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: &mut Option<Signal<S, T>>,
    ) -> Poll<Option<Y>> {
        // A body that is not entered takes nothing.
        let mut none = None;
        let signal = if self.stage == Stage::Created { &mut none } else { signal };
        self.poll_body(cx, signal)
    }

    fn poll_close(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.poll_close(cx)
    }

    fn state(&self) -> GeneratorState {
        self.state()
    }

    fn has_pending_cleanup(&self) -> bool {
        self.stage != Stage::Closed && self.depth > 0
    }
}

impl<F: Future<Output = ()>, Y, S: Default, T> Stream for Generator<F, Y, S, T> {
    type Item = Y;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Y>> {
        self.poll_body(cx, &mut None)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, (self.stage == Stage::Closed).then_some(0))
    }
}

impl<F: Future<Output = ()>, Y, S: Default, T> FusedStream for Generator<F, Y, S, T> {
    fn is_terminated(&self) -> bool {
        self.stage == Stage::Closed
    }
}

impl<F, Y, S, T> fmt::Debug for Generator<F, Y, S, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Generator").field("state", &self.state()).finish_non_exhaustive()
    }
}
