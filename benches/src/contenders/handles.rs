//! The peers whose bodies yield through a handle.

use std::{
    future::{pending, ready},
    marker::PhantomData,
    pin::{Pin, pin},
};

use futures::{Stream, StreamExt as _};
use tokio::task::yield_now;

use super::totals;
use crate::streams::{Negative, Streams, Totals, Tree, checked, is_fine, tidy};

/// Defines a contender from how a body is made a stream, and how it yields.
macro_rules! handles {
    ($contender:ident, $name:literal, $make:ident, $emit:ident $(, $totals:ident)?) => {
        #[derive(Debug)]
        pub struct $contender<M>(PhantomData<M>);

        impl<M: 'static> $contender<M> {
            fn plus_one<S: Stream<Item = u64>>(source: S) -> impl Stream<Item = u64> {
                $make!(u64, y => {
                    let mut source = pin!(source);
                    while let Some(item) = source.next().await {
                        $emit!(y, item + 1);
                    }
                })
            }

            fn again<S: Stream<Item = u64>>(source: S) -> impl Stream<Item = u64> {
                $make!(u64, y => {
                    let mut source = pin!(source);
                    while let Some(item) = source.next().await {
                        $emit!(y, item);
                    }
                })
            }
        }

        impl<M: 'static> Streams for $contender<M> {
            const NAME: &'static str = $name;

            fn count(n: u64) -> impl Stream<Item = u64> {
                $make!(u64, y => {
                    for i in 0..n {
                        $emit!(y, i);
                    }
                })
            }

            fn wide<const N: usize>(n: u64) -> impl Stream<Item = [u64; N]> {
                $make!([u64; N], y => {
                    for i in 0..n {
                        $emit!(y, [i; N]);
                    }
                })
            }

            fn ready(n: u64) -> impl Stream<Item = u64> {
                $make!(u64, y => {
                    for i in 0..n {
                        $emit!(y, ready(i).await);
                    }
                })
            }

            fn pending(n: u64) -> impl Stream<Item = u64> {
                $make!(u64, y => {
                    for i in 0..n {
                        yield_now().await;
                        $emit!(y, i);
                    }
                })
            }

            // The body that hands over the error itself: some have a fallible form, which does it too.
            fn fallible(n: u64) -> impl Stream<Item = Result<u64, Negative>> {
                $make!(Result<u64, Negative>, y => {
                    for i in 0..n {
                        let item = checked(i);
                        let failed = item.is_err();
                        $emit!(y, item);
                        if failed {
                            return;
                        }
                    }
                })
            }

            fn asserted(n: u64) -> impl Stream<Item = u64> {
                $make!(u64, y => {
                    for i in 0..n {
                        assert!(is_fine(i));
                        $emit!(y, i);
                    }
                })
            }

            fn selected(n: u64) -> impl Stream<Item = u64> {
                $make!(u64, y => {
                    let mut stop = pending::<()>();
                    for i in 0..n {
                        let item = tokio::select! { biased; () = &mut stop => break, item = ready(i) => item };
                        $emit!(y, item);
                    }
                })
            }

            fn tidy_each(n: u64) -> impl Stream<Item = u64> {
                $make!(u64, y => {
                    for i in 0..n {
                        $emit!(y, i);
                        tidy(i).await;
                    }
                })
            }

            fn tidy_around(n: u64) -> impl Stream<Item = u64> {
                $make!(u64, y => {
                    for i in 0..n {
                        $emit!(y, i);
                    }
                    tidy(n).await;
                })
            }

            $(fn totals(n: u64) -> Option<impl Totals> {
                Some(totals::$totals::<M>(n))
            })?

            crate::pipes!($contender, Self::plus_one, Self::again, super::erased);

            fn walk(tree: &'static Tree) -> Pin<Box<dyn Stream<Item = u64>>> {
                Box::pin($make!(u64, y => {
                    $emit!(y, tree.value);
                    for child in &tree.children {
                        let mut below = Self::walk(child);
                        while let Some(item) = below.next().await {
                            $emit!(y, item);
                        }
                    }
                }))
            }
        }
    };
}

macro_rules! asynk_strim {
    ($item:ty, $y:ident => $body:block) => {
        asynk_strim::stream_fn(move |mut $y: asynk_strim::Yielder<$item>| async move { $body })
    };
}
macro_rules! yield_item {
    ($y:ident, $item:expr) => {
        $y.yield_item($item).await
    };
}
handles!(AsynkStrim, "asynk-strim", asynk_strim, yield_item);

macro_rules! fn_stream {
    ($item:ty, $y:ident => $body:block) => {
        async_fn_stream::fn_stream(
            move |$y: async_fn_stream::StreamEmitter<$item>| async move { $body },
        )
    };
}
macro_rules! emit {
    ($y:ident, $item:expr) => {
        $y.emit($item).await
    };
}
handles!(AsyncFnStream, "async-fn-stream", fn_stream, emit);

macro_rules! async_stream_lite {
    ($item:ty, $y:ident => $body:block) => {
        async_stream_lite::async_stream(move |$y: async_stream_lite::Yielder<$item>| async move {
            $body
        })
    };
}
macro_rules! y {
    ($y:ident, $item:expr) => {
        $y.y($item).await
    };
}
handles!(AsyncStreamLite, "async-stream-lite", async_stream_lite, y);

macro_rules! genawaiter {
    ($item:ty, $y:ident => $body:block) => {
        genawaiter::rc::Gen::new(move |$y: genawaiter::rc::Co<$item>| async move { $body })
    };
}
macro_rules! yield_underscore {
    ($y:ident, $item:expr) => {
        $y.yield_($item).await
    };
}
handles!(Genawaiter, "genawaiter::rc", genawaiter, yield_underscore, genawaiter);

macro_rules! fauxgen {
    ($item:ty, $y:ident => $body:block) => {
        // What its `gen!` expands to; with `move`, that macro is ambiguous.
        fauxgen::gen_impl!(gen_async => move |$y: fauxgen::GeneratorToken<$item>| async move { $body })
    };
}
handles!(Fauxgen, "fauxgen", fauxgen, yield_underscore, fauxgen);
