//! Stages of a pipeline that pass close through: they close the generators that they own.
//!
//! A stage is a generator over another one. Close it, wherever it stands, and it closes its source, awaited,
//! and so on down to the first; it closes its source also when it ends before the source does. The
//! combinators of `futures::StreamExt` drop their source instead.
//!
//! They are functions, as the stages are that you write yourself, and as Python's `itertools` are:
//! methods of the names that `StreamExt` has would be ambiguous beside it.
//!
//! # Sources
//!
//! A source is any [`AsyncGenerator`]:
//!
//! - a [`Generator`], [`BoxGenerator`](crate::BoxGenerator) or `Pin<Box<G>>` is owned,
//!   and closed;
//! - `&mut G` and `Pin<&mut G>` are borrowed, and left open to be gone on with;
//! - any other `Stream` comes in through [`from_stream()`], and is dropped.
//!
//! # Which to use
//!
//! What runs its source to the end leaves nothing to close, so these of `StreamExt` and `TryStreamExt` do
//! as well and have no twin here: `collect`, `fold`, `for_each`, `count`, `concat`, `unzip`, `last`. So do
//! all combinators where nothing in the pipeline has a cleanup. Those that stop early, such as
//! `any`, `try_collect` and `try_for_each`, drop what they were given: give them `&mut items`, then close
//! `items`. An async `map` is a comprehension: `stream_of![f(x).await for await x in source]`.
//!
//! # Examples
//!
//! ```
//! use futures::{StreamExt as _, executor::block_on};
//! use gen_runtime::{prelude::*, stages};
//! use std::{cell::Cell, pin::pin};
//!
//! #[async_generator]
//! async fn readings(open: &Cell<bool>) -> u32 {
//!     open.set(true);
//!     defer! { open.set(false); }
//!     for n in 0.. {
//!         yield_!(n);
//!     }
//! }
//!
//! let open = Cell::new(false);
//! block_on(async {
//!     let even = stages::filter(readings(&open), async |n| n % 2 == 0);
//!     let squares = stages::map(even, |n| n * n);
//!     let mut pairs = pin!(stages::chunks(squares, 2));
//!     assert_eq!(pairs.next().await, Some(vec![0, 4]));
//!     assert!(open.get());
//!     pairs.close().await;
//!     assert!(!open.get(), "closed through three stages");
//! });
//! ```
//!
//! # Size
//!
//! A stage holds its source once and a constant beside it. So does a function that you write yourself, if its
//! body names the source once, as what a loop or a delegation takes from. It holds any other argument twice, as
//! every `async fn` does: where many such are nested, box what they are given.
//!
//! # Panics
//!
//! A stage panics if its source or a closure that it calls does. Like any generator it is closed then,
//! and its sources are dropped without their cleanups.
//!
//! # Cancel safety
//!
//! That of every generator: dropping the future of `next` loses nothing. An item that a stage holds when
//! it is closed is dropped: the last ones of [`chunks`], the waiting half of a pair of
//! [`zip`].
//!
//! # Limitations
//!
//! A stage that was never polled has not looked at its source: closing the stage drops it, as closing
//! any generator drops the arguments of a body that was not entered. This matters only to a source that
//! was started before it was given away. [`close_on_drop`](crate::Generator::close_on_drop) helps there.

mod captured;
mod from_stream;
mod several;
#[cfg(feature = "tokio")]
mod timeout;

use core::future::Future;

use captured::captured;
pub use from_stream::{FromStream, from_stream};
pub use several::{chain, zip};
#[cfg(feature = "alloc")]
pub use several::{merge, try_merge};
#[cfg(feature = "tokio")]
pub use timeout::{timeout, timeout_or_else};

use crate::{Generator, protocol::AsyncGenerator, stream};

/// Numbers the items of a source from `start` on, as Python's `enumerate(source, start)`.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on, stream};
/// use gen_runtime::stages::{enumerate, from_stream};
///
/// let lines = enumerate(from_stream(stream::iter(["a", "b"])), 1);
/// assert_eq!(block_on(lines.collect::<Vec<_>>()), [(1, "a"), (2, "b")]);
/// ```
///
/// # Panics
///
/// In a debug build, when the number overflows.
pub fn enumerate<G: AsyncGenerator>(
    source: G,
    start: usize,
) -> Generator<impl Future<Output = ()>, (usize, G::Yield)> {
    stream! {
        let mut number = start;
        for await item in source {
            yield (number, item);
            number += 1;
        }
    }
}

/// Gives at most `count` items of a source, then closes it; Python's `islice(source, count)`.
///
/// The source is closed when the item after the last is asked for. It is not polled for an item that
/// is not given.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on};
/// use gen_runtime::{prelude::*, stages::take};
/// use std::{cell::Cell, pin::pin};
///
/// #[async_generator]
/// async fn count(closed: &Cell<bool>) -> u32 {
///     defer! { closed.set(true); }
///     for n in 0.. {
///         yield_!(n);
///     }
/// }
///
/// let closed = Cell::new(false);
/// block_on(async {
///     assert_eq!(take(count(&closed), 2).collect::<Vec<_>>().await, [0, 1]);
///     assert!(closed.get());
///
///     let mut all = pin!(count(&closed));
///     assert_eq!(take(all.as_mut(), 2).collect::<Vec<_>>().await, [0, 1]);
///     assert_eq!(all.next().await, Some(2), "borrowed, and left open");
/// });
/// ```
pub fn take<G: AsyncGenerator>(
    mut source: G,
    count: usize,
) -> Generator<impl Future<Output = ()>, G::Yield> {
    stream! {
        let mut source = captured!(source);
        defer! { source.release().await; }
        for _ in 0..count {
            let Some(item) = source.next().await else { break };
            yield item;
        }
    }
}

/// Gives the items of a source until the first that `accepts` does not accept, then closes it; an
/// async `itertools.takewhile`.
///
/// The item that was not accepted is dropped. The test is written as for [`filter`].
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on, stream};
/// use gen_runtime::stages::{from_stream, take_while};
///
/// let small = take_while(from_stream(stream::iter([1, 2, 30, 4])), async |n| *n < 10);
/// assert_eq!(block_on(small.collect::<Vec<_>>()), [1, 2]);
/// ```
pub fn take_while<G, P>(source: G, mut accepts: P) -> Generator<impl Future<Output = ()>, G::Yield>
where
    G: AsyncGenerator,
    P: AsyncFnMut(&G::Yield) -> bool,
{
    stream! {
        for await item in source {
            if !accepts(&item).await {
                break;
            }
            yield item;
        }
    }
}

/// Gives what `f` makes of each item of a source; Python's `(f(x) async for x in source)`.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on, stream};
/// use gen_runtime::stages::{from_stream, map};
///
/// let lengths = map(from_stream(stream::iter(["one", "three"])), str::len);
/// assert_eq!(block_on(lengths.collect::<Vec<_>>()), [3, 5]);
/// ```
pub fn map<G, F, U>(source: G, mut f: F) -> Generator<impl Future<Output = ()>, U>
where
    G: AsyncGenerator,
    F: FnMut(G::Yield) -> U,
{
    stream! {
        for await item in source {
            yield f(item);
        }
    }
}

/// Gives the items of a source that `accepts` accepts; Python's `(x async for x in source if p(x))`.
///
/// The test is an async closure, or one that returns a future, as for `StreamExt::filter`: then write the
/// type of its argument.
///
/// # Cancel safety
///
/// Dropping the future of `next` in the middle of a test loses nothing: the test goes on with the next one.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on, stream};
/// use gen_runtime::stages::{filter, from_stream};
///
/// let odd = filter(from_stream(stream::iter(0..6)), async |n| n % 2 == 1);
/// let large = filter(odd, |n: &u32| std::future::ready(*n > 2));
/// assert_eq!(block_on(large.collect::<Vec<_>>()), [3, 5]);
/// ```
pub fn filter<G, P>(source: G, mut accepts: P) -> Generator<impl Future<Output = ()>, G::Yield>
where
    G: AsyncGenerator,
    P: AsyncFnMut(&G::Yield) -> bool,
{
    stream! {
        for await item in source {
            if accepts(&item).await {
                yield item;
            }
        }
    }
}

/// Gives the items of a source in vectors of `size`, the last of which may be shorter; Python's
/// `itertools.batched(source, size)`.
///
/// # Cancel safety
///
/// Dropping the future of `next` keeps the chunk that is being filled; closing drops it.
///
/// # Panics
///
/// When it is polled, if `size` is 0.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on, stream};
/// use gen_runtime::stages::{chunks, from_stream};
///
/// let pairs = chunks(from_stream(stream::iter(1..=3)), 2);
/// assert_eq!(block_on(pairs.collect::<Vec<_>>()), [vec![1, 2], vec![3]]);
/// ```
#[cfg(feature = "alloc")]
pub fn chunks<G: AsyncGenerator>(
    source: G,
    size: usize,
) -> Generator<impl Future<Output = ()>, alloc::vec::Vec<G::Yield>> {
    stream! {
        assert!(size > 0, "a chunk holds at least one item");
        // Room for a whole one is made when there was one: there may never be as many items.
        let mut chunk = alloc::vec::Vec::new();
        for await item in source {
            chunk.push(item);
            if chunk.len() == size {
                let rest = alloc::vec::Vec::with_capacity(size);
                yield core::mem::replace(&mut chunk, rest);
            }
        }
        if !chunk.is_empty() {
            yield chunk;
        }
    }
}
