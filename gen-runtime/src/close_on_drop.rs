//! Owners that hand the close of their generator to a spawner when they are dropped.

#[cfg(feature = "alloc")]
mod owned;
#[cfg(feature = "tokio")]
mod tokio;

use core::{
    fmt,
    future::Future,
    marker::Unpin,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::{FusedStream, Stream};

use crate::protocol::{AsyncGenerator, GeneratorState, Signal};

/// A generator that is closed when it is dropped: if it has cleanup pending then, `spawn` is called with
/// the [`OwnedClose`] that runs it.
///
/// This is what Python's event loops do with the finalizer hook of `sys.set_asyncgen_hooks`. It comes
/// from `close_on_drop(spawn)` of [`Generator`](crate::Generator), [`BoxGenerator`](crate::BoxGenerator)
/// and [`LocalBoxGenerator`](crate::LocalBoxGenerator), from [`CloseOnDrop::new`] for any other owner, and
/// with the feature `tokio` from `close_on_drop_tokio()`. It is the generator still: a stream that can be
/// sent to, thrown into and closed.
///
/// Nothing is spawned when there is nothing to clean: before the first item, outside every `defer!`, at
/// the end, after `close` and after a panic in the body. A close that was dropped half-way goes on in the
/// spawned one. A generator that loops over another one that it owns counts as having cleanup.
///
/// # At shutdown
///
/// A runtime that shuts down drops its tasks, also those that close. To wait for all of them first, spawn
/// them where they can be waited for, such as `tokio_util::task::TaskTracker`:
///
/// ```
/// use futures::StreamExt as _;
/// use gen_runtime::prelude::*;
/// use std::sync::{Arc, atomic::{AtomicUsize, Ordering}};
/// use tokio_util::task::TaskTracker;
///
/// #[async_generator]
/// async fn rows(open: Arc<AtomicUsize>) -> u32 {
///     open.fetch_add(1, Ordering::Relaxed);
///     defer! {
///         tokio::task::yield_now().await; // say goodbye to the server
///         open.fetch_sub(1, Ordering::Relaxed);
///     }
///     for n in 0.. {
///         yield_!(n);
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let open = Arc::new(AtomicUsize::new(0));
/// let closes = TaskTracker::new();
/// for _ in 0..3 {
///     let tracker = closes.clone();
///     let mut rows = rows(Arc::clone(&open)).close_on_drop(move |close| {
///         tracker.spawn(close);
///     });
///     assert_eq!(rows.next().await, Some(0));
/// } // dropped in the middle
/// assert_eq!(open.load(Ordering::Relaxed), 3);
///
/// closes.close();
/// closes.wait().await;
/// assert_eq!(open.load(Ordering::Relaxed), 0);
/// # }
/// ```
///
/// # Panics
///
/// Dropping it panics if `spawn` does, as `tokio::spawn` does outside a runtime; the generator is dropped
/// then without its cleanup. A panic in a drop while another panic unwinds aborts the process, so give it
/// a spawner that does not panic. A panic in the cleanup is the spawned task's own.
///
/// A consumer that panics drops it like any other: the close is spawned.
///
/// # Cancel safety
///
/// Dropping what `spawn` was given drops the generator without the rest of its cleanup.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::LocalPool, task::LocalSpawnExt as _};
/// use gen_runtime::prelude::*;
/// use std::{cell::Cell, rc::Rc};
///
/// #[async_generator]
/// async fn rows(open: Rc<Cell<bool>>) -> u32 {
///     open.set(true);
///     defer! { open.set(false); }
///     yield_!(1);
///     yield_!(2);
/// }
///
/// let open = Rc::new(Cell::new(false));
/// let mut pool = LocalPool::new();
/// let spawner = pool.spawner();
/// let mut rows = rows(Rc::clone(&open))
///     .close_on_drop(move |close| spawner.spawn_local(close).expect("the pool lives"));
///
/// assert_eq!(pool.run_until(rows.next()), Some(1));
/// drop(rows);
/// assert!(open.get(), "the close is spawned, not run");
/// pool.run();
/// assert!(!open.get());
/// ```
#[must_use = "generators do nothing unless they are polled"]
pub struct CloseOnDrop<G, S>
where
    G: AsyncGenerator + Unpin,
    S: FnOnce(OwnedClose<G>),
{
    /// Both are there until the drop.
    parts: Option<(G, S)>,
}

/// The future that closes a generator it owns: what a [`CloseOnDrop`] gives to its spawner.
///
/// It is `Send` if the generator is, and `'static` if the generator borrows nothing.
///
/// # Panics
///
/// When a cleanup or a destructor in the body panics.
///
/// # Cancel safety
///
/// Dropping it drops the generator without the rest of its cleanup.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on};
/// use gen_runtime::{BoxGenerator, OwnedClose, prelude::*};
/// use std::sync::mpsc::channel;
///
/// #[async_generator(boxed)]
/// async fn rows() -> u32 {
///     defer! { println!("closed"); }
///     yield_!(1);
/// }
///
/// // A spawner that hands the closes to another thread, which runs them.
/// let (to_closer, closes) = channel::<OwnedClose<BoxGenerator<'static, u32>>>();
/// let closer = std::thread::spawn(move || closes.iter().map(block_on).count());
///
/// let mut rows = rows().close_on_drop(move |close| to_closer.send(close).expect("it listens"));
/// assert_eq!(block_on(rows.next()), Some(1));
/// drop(rows);
/// assert_eq!(closer.join().unwrap(), 1);
/// ```
#[must_use = "`close` does nothing unless it is awaited"]
pub struct OwnedClose<G> {
    generator: G,
}

impl<G: AsyncGenerator + Unpin> Future for OwnedClose<G> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        Pin::new(&mut self.get_mut().generator).poll_close(cx)
    }
}

impl<G: AsyncGenerator> fmt::Debug for OwnedClose<G> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OwnedClose").field("generator", &self.generator.state()).finish()
    }
}

impl<G, S> CloseOnDrop<G, S>
where
    G: AsyncGenerator + Unpin,
    S: FnOnce(OwnedClose<G>),
{
    /// Closes any owner of a generator when it is dropped, such as a `Pin<Box<G>>`. Allocates nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::{CloseOnDrop, GeneratorState, prelude::*};
    ///
    /// fn rows() -> impl AsyncGenerator<Yield = u32> {
    ///     stream! { yield 1; }
    /// }
    ///
    /// let rows = CloseOnDrop::new(Box::pin(rows()), |_| unreachable!("it was not started"));
    /// assert_eq!(rows.state(), GeneratorState::Created);
    /// ```
    pub fn new(owner: G, spawn: S) -> Self {
        Self { parts: Some((owner, spawn)) }
    }

    /// Gives the generator back; nothing is spawned.
    ///
    /// # Examples
    ///
    /// ```
    /// use gen_runtime::{GeneratorState, prelude::*};
    ///
    /// let rows = stream! { yield 1; }.close_on_drop(|_| unreachable!("taken out"));
    /// assert_eq!(rows.into_inner().state(), GeneratorState::Created);
    /// ```
    pub fn into_inner(mut self) -> G {
        let Some((generator, _)) = self.parts.take() else { unreachable!("{}", Self::WHOLE) };
        generator
    }

    const WHOLE: &str = "only the drop and `into_inner`, which takes it, part them";

    fn generator(&self) -> &G {
        let Some((generator, _)) = &self.parts else { unreachable!("{}", Self::WHOLE) };
        generator
    }

    fn pinned(&mut self) -> Pin<&mut G> {
        let Some((generator, _)) = &mut self.parts else { unreachable!("{}", Self::WHOLE) };
        Pin::new(generator)
    }
}

impl<G, S> Drop for CloseOnDrop<G, S>
where
    G: AsyncGenerator + Unpin,
    S: FnOnce(OwnedClose<G>),
{
    fn drop(&mut self) {
        if let Some((generator, spawn)) = self.parts.take() {
            if generator.has_pending_cleanup() {
                spawn(OwnedClose { generator });
            }
        }
    }
}

// The spawner is moved out, never pinned.
impl<G, S> Unpin for CloseOnDrop<G, S>
where
    G: AsyncGenerator + Unpin,
    S: FnOnce(OwnedClose<G>),
{
}

impl<G, S> AsyncGenerator for CloseOnDrop<G, S>
where
    G: AsyncGenerator + Unpin,
    S: FnOnce(OwnedClose<G>),
{
    type Yield = G::Yield;
    type Sent = G::Sent;
    type Thrown = G::Thrown;

    fn poll_resume(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        signal: &mut Option<Signal<G::Sent, G::Thrown>>,
    ) -> Poll<Option<G::Yield>> {
        self.get_mut().pinned().poll_resume(cx, signal)
    }

    fn poll_close(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.get_mut().pinned().poll_close(cx)
    }

    fn state(&self) -> GeneratorState {
        self.generator().state()
    }

    /// Never: dropping it skips none.
    fn has_pending_cleanup(&self) -> bool {
        false
    }
}

impl<G, S> Stream for CloseOnDrop<G, S>
where
    G: AsyncGenerator + Unpin,
    S: FnOnce(OwnedClose<G>),
{
    type Item = G::Yield;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<G::Yield>> {
        self.poll_resume(cx, &mut None)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, self.is_terminated().then_some(0))
    }
}

impl<G, S> FusedStream for CloseOnDrop<G, S>
where
    G: AsyncGenerator + Unpin,
    S: FnOnce(OwnedClose<G>),
{
    fn is_terminated(&self) -> bool {
        self.state() == GeneratorState::Closed
    }
}

impl<G, S> fmt::Debug for CloseOnDrop<G, S>
where
    G: AsyncGenerator + Unpin,
    S: FnOnce(OwnedClose<G>),
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CloseOnDrop").field("state", &self.state()).finish_non_exhaustive()
    }
}
