//! `close_on_drop` of the generators.

use alloc::boxed::Box;
use core::{future::Future, pin::Pin};

use super::{CloseOnDrop, OwnedClose};
use crate::{BoxGenerator, Generator, LocalBoxGenerator};

impl<F: Future<Output = ()>, Y, S: Default, T> Generator<F, Y, S, T> {
    /// Makes dropping the generator spawn its close, if cleanup is pending: see [`CloseOnDrop`].
    ///
    /// It boxes the generator, so that it can be moved into the spawned task: one allocation. The
    /// spawner is called with an [`OwnedClose`], a future, and may do with it what it likes.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures::{FutureExt as _, StreamExt as _, executor::block_on};
    /// use gen_runtime::prelude::*;
    /// use std::cell::Cell;
    ///
    /// #[async_generator]
    /// async fn rows(open: &Cell<bool>) -> u32 {
    ///     open.set(true);
    ///     defer! { open.set(false); }
    ///     yield_!(1);
    /// }
    ///
    /// let open = Cell::new(false);
    /// // A spawner that runs at once what needs no waiting.
    /// let mut rows = rows(&open).close_on_drop(|close| close.now_or_never().unwrap_or_default());
    /// assert_eq!(block_on(rows.next()), Some(1));
    /// drop(rows);
    /// assert!(!open.get());
    /// ```
    pub fn close_on_drop<Spawn>(self, spawn: Spawn) -> CloseOnDrop<Pin<Box<Self>>, Spawn>
    where
        Spawn: FnOnce(OwnedClose<Pin<Box<Self>>>),
    {
        CloseOnDrop::new(Box::pin(self), spawn)
    }
}

impl<Y, S: Default, T> BoxGenerator<'_, Y, S, T> {
    /// Makes dropping the generator spawn its close, if cleanup is pending: see [`CloseOnDrop`].
    ///
    /// It allocates nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures::{StreamExt as _, executor::block_on};
    /// use gen_runtime::{BoxGenerator, prelude::*};
    ///
    /// fn watched(rows: BoxGenerator<'static, u32>) -> BoxGenerator<'static, u32> {
    ///     BoxGenerator::new(rows.close_on_drop(|close| block_on(close)))
    /// }
    ///
    /// let rows = watched(BoxGenerator::new(stream! { yield 1; }));
    /// assert_eq!(block_on(rows.collect::<Vec<_>>()), [1]);
    /// ```
    pub fn close_on_drop<Spawn>(self, spawn: Spawn) -> CloseOnDrop<Self, Spawn>
    where
        Spawn: FnOnce(OwnedClose<Self>),
    {
        CloseOnDrop::new(self, spawn)
    }
}

impl<Y, S: Default, T> LocalBoxGenerator<'_, Y, S, T> {
    /// Makes dropping the generator spawn its close, if cleanup is pending: see [`CloseOnDrop`].
    ///
    /// It allocates nothing. The close is not `Send`: give it to a spawner of local tasks.
    ///
    /// # Examples
    ///
    /// ```
    /// use futures::{StreamExt as _, executor::block_on};
    /// use gen_runtime::prelude::*;
    /// use std::rc::Rc;
    ///
    /// #[async_generator(boxed(local))]
    /// async fn shared(text: Rc<str>) -> Rc<str> {
    ///     yield_!(text);
    /// }
    ///
    /// let items = shared(Rc::from("a")).close_on_drop(|close| block_on(close));
    /// assert_eq!(block_on(items.collect::<Vec<_>>()), [Rc::from("a")]);
    /// ```
    pub fn close_on_drop<Spawn>(self, spawn: Spawn) -> CloseOnDrop<Self, Spawn>
    where
        Spawn: FnOnce(OwnedClose<Self>),
    {
        CloseOnDrop::new(self, spawn)
    }
}
