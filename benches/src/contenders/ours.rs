//! `gen-runtime`.

use std::{convert::Infallible, future::ready, marker::PhantomData, pin::Pin};

use futures::Stream;
use gen_runtime::{LocalBoxGenerator, prelude::*};
use tokio::task::yield_now;

use crate::streams::{Negative, Streams, Tree, checked};

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

    crate::pipes!(plus_one, again, LocalBoxGenerator::new);

    fn walk(tree: &'static Tree) -> Pin<Box<dyn Stream<Item = u64>>> {
        Box::pin(walk(tree))
    }
}
