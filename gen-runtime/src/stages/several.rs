//! Stages over several sources.

#[cfg(feature = "alloc")]
use alloc::boxed::Box;
use core::{
    future::{Future, poll_fn},
    pin::Pin,
    task::{Context, Poll},
};

use super::captured::captured;
#[cfg(feature = "alloc")]
use crate::try_stream;
use crate::{Generator, protocol::AsyncGenerator, stream};

/// Gives the items of one source, then those of another; `itertools.chain` of two.
///
/// The first is closed before the second is started. If it is closed in the first, the second is
/// closed as well, had it been started before.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on, stream};
/// use gen_runtime::stages::{chain, from_stream};
///
/// let all = chain(from_stream(stream::iter([1, 2])), from_stream(stream::iter([3])));
/// assert_eq!(block_on(all.collect::<Vec<_>>()), [1, 2, 3]);
/// ```
pub fn chain<A, B>(first: A, mut second: B) -> Generator<impl Future<Output = ()>, A::Yield>
where
    A: AsyncGenerator,
    B: AsyncGenerator<Yield = A::Yield>,
{
    stream! {
        let mut second = captured!(second);
        defer! { second.release().await; }
        for await item in first {
            yield item;
        }
        while let Some(item) = second.next().await {
            yield item;
        }
    }
}

/// Gives pairs of the items of two sources until one of them ends, then closes both; an async `zip`.
///
/// Both are waited for at once, and closed at once. When the left one has ended, the right one is not asked
/// any more; when the right one has, what the left one gave to the last, unfinished pair is dropped.
///
/// # Cancel safety
///
/// Dropping the future of `next` keeps a half that waits for the other; closing drops it.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on, stream};
/// use gen_runtime::stages::{from_stream, zip};
///
/// let pairs = zip(from_stream(stream::iter([1, 2])), from_stream(stream::iter("abc".chars())));
/// assert_eq!(block_on(pairs.collect::<Vec<_>>()), [(1, 'a'), (2, 'b')]);
/// ```
pub fn zip<A, B>(
    mut left: A,
    mut right: B,
) -> Generator<impl Future<Output = ()>, (A::Yield, B::Yield)>
where
    A: AsyncGenerator,
    B: AsyncGenerator,
{
    stream! {
        let mut left = captured!(left);
        let mut right = captured!(right);
        defer! {
            poll_fn(|cx| both(through(left.as_mut(), cx), through(right.as_mut(), cx))).await;
        }
        let mut halves = (None, None);
        while let Some(pair) = poll_fn(|cx| {
            let open =
                fill(left.as_mut(), &mut halves.0, cx) && fill(right.as_mut(), &mut halves.1, cx);
            match &mut halves {
                _ if !open => Poll::Ready(None),
                (left @ Some(_), right @ Some(_)) => Poll::Ready(left.take().zip(right.take())),
                _ => Poll::Pending,
            }
        })
        .await
        {
            yield pair;
        }
    }
}

/// Fills one half of a pair, if it is not filled. Says whether it may still become a pair: not if the
/// source has ended.
fn fill<G: AsyncGenerator>(
    source: Pin<&mut G>,
    half: &mut Option<G::Yield>,
    cx: &mut Context<'_>,
) -> bool {
    if half.is_none() {
        match source.poll_resume(cx, &mut None) {
            Poll::Ready(None) => return false,
            Poll::Ready(item) => *half = item,
            Poll::Pending => {}
        }
    }
    true
}

/// Lets go of a source: closes it, if it is owned.
pub(super) fn through<G: AsyncGenerator>(source: Pin<&mut G>, cx: &mut Context<'_>) -> Poll<()> {
    // Of the source, and not of the reference to it.
    let owned = G::is_owner(source.as_ref().get_ref());
    if owned { source.poll_close(cx) } else { Poll::Ready(()) }
}

fn both(left: Poll<()>, right: Poll<()>) -> Poll<()> {
    if left.is_ready() && right.is_ready() { Poll::Ready(()) } else { Poll::Pending }
}

/// Gives the items of any number of sources as they become ready, until all have ended.
///
/// It is fair: after each item the next source in turn is asked first, so one that is always ready holds
/// up none. It spawns no task and buffers nothing: the sources run while it is polled, in the consumer's
/// own task. Closing it closes all of them, at once. An item that is an error is an item: the other
/// sources go on. [`try_merge`] stops instead.
///
/// Sources of different types go into a [`BoxGenerator`](crate::BoxGenerator) each. It allocates once,
/// for all sources. Each poll asks every source that is not ready, so a wake costs time linear in
/// their number. It mirrors `futures::stream::select_all`.
///
/// # Cancel safety
///
/// Dropping the future of `next` loses nothing, and no turn.
///
/// # Panics
///
/// If a source does: then all the others are dropped as well, without their cleanups.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on};
/// use gen_runtime::{prelude::*, stages::merge};
///
/// #[async_generator]
/// async fn count(name: &'static str, to: u32) -> (&'static str, u32) {
///     for n in 1..=to {
///         yield_!((name, n));
///     }
/// }
///
/// let all = block_on(merge([count("a", 3), count("b", 1)]).collect::<Vec<_>>());
/// assert_eq!(all, [("a", 1), ("b", 1), ("a", 2), ("a", 3)]);
/// ```
#[cfg(feature = "alloc")]
pub fn merge<I>(
    sources: I,
) -> Generator<impl Future<Output = ()>, <I::Item as AsyncGenerator>::Yield>
where
    I: IntoIterator<Item: AsyncGenerator>,
{
    stream! {
        let mut sources = Box::into_pin(sources.into_iter().collect::<Box<[_]>>());
        defer! { poll_fn(|cx| poll_release_all(sources.as_mut(), cx)).await; }
        let mut turn = 0;
        while let Some(item) = poll_fn(|cx| poll_any(sources.as_mut(), &mut turn, cx)).await {
            yield item;
        }
    }
}

/// Gives what [`merge`] gives until the first error, which is the last item: all sources are closed
/// before it is given.
///
/// It mirrors Python's `TaskGroup`, in which the first exception ends the others.
///
/// # Examples
///
/// ```
/// use futures::{StreamExt as _, executor::block_on};
/// use gen_runtime::{prelude::*, stages::try_merge};
///
/// #[async_generator]
/// async fn parsed(words: [&str; 2]) -> Result<u8, std::num::ParseIntError> {
///     for word in words {
///         yield_!(Ok(word.parse()?));
///     }
/// }
///
/// let all = block_on(try_merge([parsed(["1", "2"]), parsed(["x", "3"])]).collect::<Vec<_>>());
/// assert!(matches!(all[..], [Ok(1), Err(_)]));
/// ```
#[cfg(feature = "alloc")]
pub fn try_merge<I, T, E>(sources: I) -> Generator<impl Future<Output = ()>, Result<T, E>>
where
    I: IntoIterator<Item: AsyncGenerator<Yield = Result<T, E>>>,
{
    let all = merge(sources);
    try_stream! {
        for await item in all {
            yield item?;
        }
    }
}

#[cfg(feature = "alloc")]
fn element<G>(sources: Pin<&mut [G]>, index: usize) -> Pin<&mut G> {
    // SAFETY: the elements of a pinned slice are pinned with it: a slice never moves them.
    unsafe { sources.map_unchecked_mut(|sources| &mut sources[index]) }
}

/// The first item that a source has ready, beginning with the one whose turn it is.
#[cfg(feature = "alloc")]
fn poll_any<G: AsyncGenerator>(
    mut sources: Pin<&mut [G]>,
    turn: &mut usize,
    cx: &mut Context<'_>,
) -> Poll<Option<G::Yield>> {
    let count = sources.len();
    let mut end = Poll::Ready(None);
    for step in 0..count {
        let index = (*turn + step) % count;
        match element(sources.as_mut(), index).poll_resume(cx, &mut None) {
            Poll::Ready(None) => {}
            Poll::Pending => end = Poll::Pending,
            item @ Poll::Ready(_) => {
                *turn = index + 1;
                return item;
            }
        }
    }
    end
}

#[cfg(feature = "alloc")]
fn poll_release_all<G: AsyncGenerator>(
    mut sources: Pin<&mut [G]>,
    cx: &mut Context<'_>,
) -> Poll<()> {
    let mut all = Poll::Ready(());
    for index in 0..sources.len() {
        all = both(all, through(element(sources.as_mut(), index), cx));
    }
    all
}
