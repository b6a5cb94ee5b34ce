//! Any stream as a source.

use core::{
    convert::Infallible,
    fmt,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::{FusedStream, Stream};

use crate::{
    pointers::borrower,
    protocol::{AsyncGenerator, GeneratorState, Signal},
};

/// Makes any stream a source of stages: a generator that there is nothing to clean up in.
///
/// Closing it drops the stream. It is fused. To a generator do not apply it: that would be dropped,
/// too, without its cleanups.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on, stream};
/// use gen_runtime::{prelude::*, stages::from_stream};
///
/// block_on(async {
///     let mut items = from_stream(stream::repeat(1));
///     assert_eq!(items.next().await, Some(1));
///     items.close().await;
///     assert_eq!(items.next().await, None);
/// });
/// ```
pub fn from_stream<S: Stream>(stream: S) -> FromStream<S> {
    FromStream { stream: Some(stream), state: GeneratorState::Created }
}

/// A stream as a generator: what [`from_stream`] returns.
///
/// # Panics
///
/// Polling it panics if the stream does. It gives `None` for ever after.
///
/// # Examples
///
/// ```
/// use futures::stream::{self, Iter};
/// use gen_runtime::{GeneratorState, prelude::*, stages::{FromStream, from_stream}};
///
/// let items: FromStream<Iter<_>> = from_stream(stream::iter([1, 2]));
/// assert_eq!(items.state(), GeneratorState::Created);
/// ```
#[must_use = "generators do nothing unless they are polled"]
pub struct FromStream<S> {
    /// Pinned with `self`.
    stream: Option<S>,
    state: GeneratorState,
}

impl<S> FromStream<S> {
    fn project(self: Pin<&mut Self>) -> (Pin<&mut Option<S>>, &mut GeneratorState) {
        // SAFETY: `stream` is not moved out of the reference, here or by `FromStream`, which has no
        // `Drop`.
        let this = unsafe { self.get_unchecked_mut() };
        // SAFETY: `stream` is pinned with `self`.
        (unsafe { Pin::new_unchecked(&mut this.stream) }, &mut this.state)
    }
}

impl<S: Stream> AsyncGenerator for FromStream<S> {
    type Yield = S::Item;
    type Sent = ();
    type Thrown = Infallible;

    fn poll_resume(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: &mut Option<Signal<(), Infallible>>,
    ) -> Poll<Option<S::Item>> {
        let (mut stream, state) = self.project();
        let previous = core::mem::replace(state, GeneratorState::Closed);
        let Some(running) = stream.as_mut().as_pin_mut() else { return Poll::Ready(None) };
        match previous {
            GeneratorState::Closed => return Poll::Ready(None),
            GeneratorState::Suspended => *signal = None,
            GeneratorState::Created | GeneratorState::Awaiting => {}
        }
        // Closed for as long as the stream is polled, and for good if that panics.
        let item = running.poll_next(cx);
        match &item {
            Poll::Pending => *state = GeneratorState::Awaiting,
            Poll::Ready(Some(_)) => *state = GeneratorState::Suspended,
            Poll::Ready(None) => stream.set(None),
        }
        item
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        let (mut stream, state) = self.project();
        *state = GeneratorState::Closed;
        stream.set(None);
        Poll::Ready(())
    }

    fn state(&self) -> GeneratorState {
        self.state
    }

    fn has_pending_cleanup(&self) -> bool {
        false
    }

    // Whoever owns it drops it, and there is no more to do: no region need be open for that.

    borrower!(self => self);
}

impl<S: Stream> Stream for FromStream<S> {
    type Item = S::Item;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        self.poll_resume(cx, &mut None)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.stream {
            Some(stream) if self.state != GeneratorState::Closed => stream.size_hint(),
            _ => (0, Some(0)),
        }
    }
}

impl<S: Stream> FusedStream for FromStream<S> {
    fn is_terminated(&self) -> bool {
        self.state == GeneratorState::Closed
    }
}

impl<S> fmt::Debug for FromStream<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FromStream").field("state", &self.state).finish_non_exhaustive()
    }
}
