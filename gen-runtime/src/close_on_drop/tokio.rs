//! `close_on_drop_tokio` of the generators.

use alloc::boxed::Box;
use core::{future::Future, marker::Send, pin::Pin};

use ::tokio::runtime::Handle;

use super::{CloseOnDrop, OwnedClose};
use crate::{AsyncGenerator, BoxGenerator, Generator};

/// Spawns onto the runtime that it is called in, wherever the drop happens.
#[track_caller]
fn on_this_runtime<G>(owner: G) -> CloseOnDrop<G, impl FnOnce(OwnedClose<G>) + Send + Sync>
where
    G: AsyncGenerator + Unpin + Send + 'static,
{
    let runtime = Handle::current();
    CloseOnDrop::new(owner, move |close| drop(runtime.spawn(close)))
}

impl<F, Y, S, T> Generator<F, Y, S, T>
where
    F: Future<Output = ()> + Send + 'static,
    Y: 'static,
    S: Default + 'static,
    T: 'static,
{
    /// Makes dropping the generator spawn its close on Tokio, if cleanup is pending.
    ///
    /// The close runs on the runtime that this is called in, as Python's finalizer hook is that of
    /// the event loop in which the generator was started. The drop may happen anywhere: in another
    /// runtime, on a thread without one, while a panic unwinds. A current-thread runtime runs the close
    /// when it is next in `block_on`. A runtime that is shutting down, or has shut down, drops the
    /// close: the cleanup is skipped, without a panic. [`CloseOnDrop`] shows how to wait for all
    /// closes first.
    ///
    /// It boxes the generator: one allocation. To name the type, as for a field, box the result:
    /// `BoxGenerator::new(rows().close_on_drop_tokio())`.
    ///
    /// # Panics
    ///
    /// When it is called outside a Tokio runtime. The drop does not panic.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures::StreamExt as _;
    /// use gen_runtime::prelude::*;
    /// use tokio::sync::oneshot;
    ///
    /// #[async_generator]
    /// async fn rows(closed: oneshot::Sender<&'static str>) -> u32 {
    ///     defer! { let _ = closed.send("goodbye"); }
    ///     yield_!(1);
    ///     yield_!(2);
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let (send, closed) = oneshot::channel();
    /// let mut rows = rows(send).close_on_drop_tokio();
    /// assert_eq!(rows.next().await, Some(1));
    /// drop(rows);
    /// assert_eq!(closed.await, Ok("goodbye"));
    /// # }
    /// ```
    #[expect(clippy::type_complexity, reason = "an alias cannot hold an `impl`")]
    #[track_caller]
    pub fn close_on_drop_tokio(
        self,
    ) -> CloseOnDrop<Pin<Box<Self>>, impl FnOnce(OwnedClose<Pin<Box<Self>>>) + Send + Sync> {
        on_this_runtime(Box::pin(self))
    }
}

impl<Y: 'static, S: Default + 'static, T: 'static> BoxGenerator<'static, Y, S, T> {
    /// Makes dropping the generator spawn its close on Tokio, if cleanup is pending.
    ///
    /// Like [`Generator::close_on_drop_tokio`], but that it allocates nothing.
    ///
    /// # Panics
    ///
    /// When it is called outside a Tokio runtime. The drop does not panic.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures::StreamExt as _;
    /// use gen_runtime::{BoxGenerator, prelude::*};
    ///
    /// struct Session {
    ///     rows: BoxGenerator<'static, u32>,
    /// }
    ///
    /// impl Session {
    ///     fn new(rows: BoxGenerator<'static, u32>) -> Self {
    ///         Self { rows: BoxGenerator::new(rows.close_on_drop_tokio()) }
    ///     }
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let mut session = Session::new(BoxGenerator::new(stream! { yield 1; }));
    /// assert_eq!(session.rows.next().await, Some(1));
    /// # }
    /// ```
    #[track_caller]
    pub fn close_on_drop_tokio(
        self,
    ) -> CloseOnDrop<Self, impl FnOnce(OwnedClose<Self>) + Send + Sync> {
        on_this_runtime(self)
    }
}
