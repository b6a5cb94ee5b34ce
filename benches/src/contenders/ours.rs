//! `gen-runtime`.

use std::{
    convert::Infallible,
    future::{pending, ready},
    marker::PhantomData,
    pin::{Pin, pin},
    task::{Context, Poll},
};

use futures::Stream;
use gen_runtime::{LocalBoxGenerator, prelude::*};
use tokio::task::yield_now;

use crate::streams::{Negative, Streams, Totals, Tree, checked, is_fine, tidy};

#[derive(Debug)]
pub struct Ours<M>(PhantomData<M>);

/// Any generator of numbers that is neither sent to nor thrown into.
pub(super) trait Numbers:
    AsyncGenerator<Yield = u64, Sent = (), Thrown = Infallible> + Stream<Item = u64>
{
}
impl<G> Numbers for G where
    G: AsyncGenerator<Yield = u64, Sent = (), Thrown = Infallible> + Stream<Item = u64>
{
}

#[async_generator]
async fn plus_one<G: Numbers>(source: G) -> u64 {
    #[for_await]
    for item in source {
        yield_!(item + 1);
    }
}

#[async_generator]
async fn again<G: Numbers>(source: G) -> u64 {
    yield_from!(source);
}

#[async_generator(boxed(local))]
async fn walk(tree: &'static Tree) -> u64 {
    yield_!(tree.value);
    for child in &tree.children {
        yield_from!(walk(child));
    }
}

struct Sendable<G>(G);

impl<G> Sendable<G> {
    fn generator(self: Pin<&mut Self>) -> Pin<&mut G> {
        // SAFETY: pinned with `self`, which has no `Drop` and is `Unpin` only if it is.
        unsafe { self.map_unchecked_mut(|this| &mut this.0) }
    }
}

impl<G: AsyncGenerator<Yield = u64, Sent = u64> + Stream<Item = u64>> Totals for Sendable<G> {
    fn poll_first(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        self.generator().poll_next(cx)
    }

    fn poll_send(self: Pin<&mut Self>, cx: &mut Context<'_>, number: u64) -> Poll<Option<u64>> {
        let mut generator = self.generator();
        let sent = pin!(generator.send(number)).poll(cx);
        sent.map(|item| item.ok().flatten())
    }
}

impl<M> Ours<M> {
    #[async_generator(send = u64)]
    async fn sendable(n: u64) -> u64 {
        let mut total = 0;
        for _ in 0..n {
            total += yield_!(total);
        }
    }

    #[async_generator]
    async fn deferring_each(n: u64) -> u64 {
        for i in 0..n {
            defer! { tidy(i).await; }
            yield_!(i);
        }
    }

    #[async_generator]
    async fn deferring_around(n: u64) -> u64 {
        defer! { tidy(n).await; }
        for i in 0..n {
            yield_!(i);
        }
    }
}

impl<M: 'static> Streams for Ours<M> {
    const NAME: &'static str = "gen-runtime";

    #[async_generator]
    async fn count(n: u64) -> u64 {
        for i in 0..n {
            yield_!(i);
        }
    }

    #[async_generator]
    async fn wide<const N: usize>(n: u64) -> [u64; N] {
        for i in 0..n {
            yield_!([i; N]);
        }
    }

    #[async_generator]
    async fn ready(n: u64) -> u64 {
        for i in 0..n {
            yield_!(ready(i).await);
        }
    }

    #[async_generator]
    async fn pending(n: u64) -> u64 {
        for i in 0..n {
            yield_now().await;
            yield_!(i);
        }
    }

    #[async_generator]
    async fn fallible(n: u64) -> Result<u64, Negative> {
        for i in 0..n {
            yield_!(Ok(checked(i)?));
        }
    }

    #[async_generator]
    async fn asserted(n: u64) -> u64 {
        for i in 0..n {
            assert!(is_fine(i));
            yield_!(i);
        }
    }

    #[async_generator]
    async fn selected(n: u64) -> u64 {
        let mut stop = pending::<()>();
        for i in 0..n {
            let item = tokio::select! { biased; () = &mut stop => break, item = ready(i) => item };
            yield_!(item);
        }
    }

    #[async_generator]
    async fn tidy_each(n: u64) -> u64 {
        for i in 0..n {
            yield_!(i);
            tidy(i).await;
        }
    }

    #[async_generator]
    async fn tidy_around(n: u64) -> u64 {
        for i in 0..n {
            yield_!(i);
        }
        tidy(n).await;
    }

    fn defer_each(n: u64) -> Option<impl Stream<Item = u64>> {
        Some(Self::deferring_each(n))
    }

    fn defer_around(n: u64) -> Option<impl Stream<Item = u64>> {
        Some(Self::deferring_around(n))
    }

    fn totals(n: u64) -> Option<impl Totals> {
        Some(Sendable(Self::sendable(n)))
    }

    crate::pipes!(Ours, plus_one, again, LocalBoxGenerator::new);

    fn walk(tree: &'static Tree) -> impl Stream<Item = u64> {
        walk(tree)
    }
}
