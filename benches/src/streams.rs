//! What each contender writes.

use std::{
    hint::black_box,
    pin::Pin,
    task::{Context, Poll},
};

use futures::{Stream, stream::Empty};

/// The error of [`Streams::fallible`].
#[derive(Debug, Clone, Copy)]
pub struct Negative;

/// Something to use `?` on for each item.
///
/// # Errors
///
/// If the number is not one of the first 2^63.
#[inline]
pub fn checked(number: u64) -> Result<u64, Negative> {
    if number >> 63 == 0 { Ok(number) } else { Err(Negative) }
}

/// Something to assert for each item.
#[inline]
#[must_use]
pub fn is_fine(number: u64) -> bool {
    black_box(number) >> 63 == 0
}

/// What a cleanup awaits.
#[inline]
pub async fn tidy(number: u64) {
    black_box(number);
}

/// A stream of the sums of what is sent to it.
pub trait Totals {
    /// Gives the first item, before anything is sent.
    fn poll_first(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>>;
    /// Sends a number and gives the next item.
    fn poll_send(self: Pin<&mut Self>, cx: &mut Context<'_>, number: u64) -> Poll<Option<u64>>;
}

/// What a contender has that cannot be sent to.
#[derive(Debug)]
pub enum NoTotals {}

impl Totals for NoTotals {
    fn poll_first(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u64>> {
        match *self {}
    }

    fn poll_send(self: Pin<&mut Self>, _: &mut Context<'_>, _: u64) -> Poll<Option<u64>> {
        match *self {}
    }
}

/// A node of a tree; its value is what a walk yields.
#[derive(Debug)]
pub struct Tree {
    pub value: u64,
    pub children: Vec<Self>,
}

impl Tree {
    /// A tree of about `nodes` nodes: a spine of `depth`, each node of it with the same number of leaves.
    pub fn comb(depth: u64, nodes: u64) -> Self {
        let leaves = nodes / depth - 1;
        let leaf = |value| Self { value, children: Vec::new() };
        let mut tree = Self { value: 0, children: (0..leaves).map(leaf).collect() };
        for level in 1..depth {
            let mut children: Vec<_> = (0..leaves).map(leaf).collect();
            children.push(tree);
            tree = Self { value: level, children };
        }
        tree
    }
}

/// The streams, each of `n` items.
pub trait Streams: 'static {
    const NAME: &'static str;

    /// Counts.
    fn count(n: u64) -> impl Stream<Item = u64> + 'static;
    /// Counts with items of `8 * N` bytes.
    fn wide<const N: usize>(n: u64) -> impl Stream<Item = [u64; N]> + 'static;
    /// Awaits something that is ready, for each item.
    fn ready(n: u64) -> impl Stream<Item = u64> + 'static;
    /// Awaits something that is pending once, for each item.
    fn pending(n: u64) -> impl Stream<Item = u64> + 'static;
    /// Uses `?` for each item.
    fn fallible(n: u64) -> impl Stream<Item = Result<u64, Negative>> + 'static;
    /// Uses `assert!`, of something that is not known, for each item.
    fn asserted(n: u64) -> impl Stream<Item = u64> + 'static;
    /// Races a future that is ready with one that never is, by tokio's `select!`, for each item.
    fn selected(n: u64) -> impl Stream<Item = u64> + 'static;
    /// Yields, and then awaits [`tidy`], for each item.
    fn tidy_each(n: u64) -> impl Stream<Item = u64> + 'static;
    /// Counts, and then awaits [`tidy`].
    fn tidy_around(n: u64) -> impl Stream<Item = u64> + 'static;
    /// The same two, where closing the stream awaits [`tidy`] too. `None`: this cannot be had.
    fn defer_each(n: u64) -> Option<impl Stream<Item = u64> + 'static> {
        let _ = n;
        None::<Empty<u64>>
    }
    fn defer_around(n: u64) -> Option<impl Stream<Item = u64> + 'static> {
        let _ = n;
        None::<Empty<u64>>
    }
    /// Adds up what it is sent. `None`: nothing can be sent.
    fn totals(n: u64) -> Option<impl Totals + 'static> {
        let _ = n;
        None::<NoTotals>
    }
    /// Adds one to each item of [`count`](Self::count), so many times over. In `pipe_1` to `pipe_8`
    /// each stage holds the one before it.
    fn pipe_1(n: u64) -> impl Stream<Item = u64> + 'static;
    fn pipe_4(n: u64) -> impl Stream<Item = u64> + 'static;
    fn pipe_8(n: u64) -> impl Stream<Item = u64> + 'static;
    /// The same with each stage in a box: a pipeline of this length that holds its stages has a type
    /// that takes minutes to compile, whoever wrote them.
    fn chain(stages: usize, n: u64) -> Pin<Box<dyn Stream<Item = u64>>>;
    /// Yields each item of [`count`](Self::count) again, so many times over.
    fn from_1(n: u64) -> impl Stream<Item = u64> + 'static;
    fn from_4(n: u64) -> impl Stream<Item = u64> + 'static;
    fn from_8(n: u64) -> impl Stream<Item = u64> + 'static;
    /// The same with each level in a box.
    fn delegate(levels: usize, n: u64) -> Pin<Box<dyn Stream<Item = u64>>>;
    /// Walks a tree by recursion.
    fn walk(tree: &'static Tree) -> impl Stream<Item = u64> + 'static;
}
