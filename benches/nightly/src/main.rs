//! Nightly's `async gen`, measured as the others are in `counts`.

#![feature(async_iterator, gen_blocks)]
#![recursion_limit = "1024"]
// A `walk` that calls itself names the box that it returns.
#![allow(refining_impl_trait_internal)]

use std::{
    async_iter::AsyncIterator,
    future::{pending, poll_fn, ready},
    marker::PhantomData,
    pin::{Pin, pin},
    task::{Context, Poll},
};

use futures::Stream;
use gen_benches::{
    Streams, Tree,
    alloc::Counting,
    drive::mode,
    program::Program,
    streams::{Negative, checked, is_fine, tidy},
};
use tokio::task::yield_now;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn main() {
    Program::of::<Nightly<mode::Inlined>, Nightly<mode::Boxed>, Nightly<mode::Task>>().main();
}

struct Nightly<M>(PhantomData<M>);

/// A `Stream`, too.
struct AsStream<G>(G);

impl<G: AsyncIterator> Stream for AsStream<G> {
    type Item = G::Item;

    #[inline]
    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<G::Item>> {
        // SAFETY: pinned with `self`.
        unsafe { self.map_unchecked_mut(|this| &mut this.0) }.poll_next(cx)
    }
}

fn plus_one<S: Stream<Item = u64>>(source: S) -> AsStream<impl AsyncIterator<Item = u64>> {
    AsStream(async gen move {
        let mut source = pin!(source);
        while let Some(item) = poll_fn(|cx| source.as_mut().poll_next(cx)).await {
            yield item + 1;
        }
    })
}

fn again<S: Stream<Item = u64>>(source: S) -> AsStream<impl AsyncIterator<Item = u64>> {
    AsStream(async gen move {
        let mut source = pin!(source);
        while let Some(item) = poll_fn(|cx| source.as_mut().poll_next(cx)).await {
            yield item;
        }
    })
}

impl<M: 'static> Streams for Nightly<M> {
    const NAME: &'static str = "nightly async gen";

    fn count(n: u64) -> impl Stream<Item = u64> {
        AsStream(async gen move {
            for i in 0..n {
                yield i;
            }
        })
    }

    fn wide<const N: usize>(n: u64) -> impl Stream<Item = [u64; N]> {
        AsStream(async gen move {
            for i in 0..n {
                yield [i; N];
            }
        })
    }

    fn ready(n: u64) -> impl Stream<Item = u64> {
        AsStream(async gen move {
            for i in 0..n {
                yield ready(i).await;
            }
        })
    }

    fn pending(n: u64) -> impl Stream<Item = u64> {
        AsStream(async gen move {
            for i in 0..n {
                yield_now().await;
                yield i;
            }
        })
    }

    // Its `?` cannot hand out the error.
    fn fallible(n: u64) -> impl Stream<Item = Result<u64, Negative>> {
        AsStream(async gen move {
            for i in 0..n {
                let item = checked(i);
                let failed = item.is_err();
                yield item;
                if failed {
                    return;
                }
            }
        })
    }

    fn asserted(n: u64) -> impl Stream<Item = u64> {
        AsStream(async gen move {
            for i in 0..n {
                assert!(is_fine(i));
                yield i;
            }
        })
    }

    fn selected(n: u64) -> impl Stream<Item = u64> {
        AsStream(async gen move {
            let mut stop = pending::<()>();
            for i in 0..n {
                let item = tokio::select! { biased; () = &mut stop => break, item = ready(i) => item };
                yield item;
            }
        })
    }

    fn tidy_each(n: u64) -> impl Stream<Item = u64> {
        AsStream(async gen move {
            for i in 0..n {
                yield i;
                tidy(i).await;
            }
        })
    }

    fn tidy_around(n: u64) -> impl Stream<Item = u64> {
        AsStream(async gen move {
            for i in 0..n {
                yield i;
            }
            tidy(n).await;
        })
    }

    gen_benches::pipes!(Nightly, plus_one, again, gen_benches::contenders::erased);

    fn walk(tree: &'static Tree) -> Pin<Box<dyn Stream<Item = u64>>> {
        Box::pin(AsStream(async gen move {
            yield tree.value;
            for child in &tree.children {
                let mut below = Self::walk(child);
                while let Some(item) = poll_fn(|cx| below.as_mut().poll_next(cx)).await {
                    yield item;
                }
            }
        }))
    }
}
