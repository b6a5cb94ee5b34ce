//! The peers that give a body the keyword `yield` in a macro of theirs.

use std::{
    future::{pending, ready},
    marker::PhantomData,
    pin::{Pin, pin},
};

use futures::{Stream, StreamExt as _};
use tokio::task::yield_now;

use crate::streams::{Negative, Streams, Tree, checked, is_fine, tidy};

/// Defines a contender: a macro around each body, and one around each fallible body.
macro_rules! keywords {
    ($contender:ident, $name:literal, $stream:ident, |$n:ident, $i:ident| $fallible:expr) => {
        #[derive(Debug)]
        pub struct $contender<M>(PhantomData<M>);

        impl<M> $contender<M> {
            fn plus_one<S: Stream<Item = u64>>(source: S) -> impl Stream<Item = u64> {
                $stream! {
                    let mut source = pin!(source);
                    while let Some(item) = source.next().await {
                        yield item + 1;
                    }
                }
            }

            fn again<S: Stream<Item = u64>>(source: S) -> impl Stream<Item = u64> {
                $stream! {
                    let mut source = pin!(source);
                    while let Some(item) = source.next().await {
                        yield item;
                    }
                }
            }
        }

        impl<M: 'static> Streams for $contender<M> {
            const NAME: &'static str = $name;

            fn count(n: u64) -> impl Stream<Item = u64> {
                $stream! {
                    for i in 0..n {
                        yield i;
                    }
                }
            }

            fn wide<const N: usize>(n: u64) -> impl Stream<Item = [u64; N]> {
                $stream! {
                    for i in 0..n {
                        yield [i; N];
                    }
                }
            }

            fn ready(n: u64) -> impl Stream<Item = u64> {
                $stream! {
                    for i in 0..n {
                        yield ready(i).await;
                    }
                }
            }

            fn pending(n: u64) -> impl Stream<Item = u64> {
                $stream! {
                    for i in 0..n {
                        yield_now().await;
                        yield i;
                    }
                }
            }

            fn fallible($n: u64) -> impl Stream<Item = Result<u64, Negative>> {
                $fallible
            }

            fn asserted(n: u64) -> impl Stream<Item = u64> {
                $stream! {
                    for i in 0..n {
                        assert!(is_fine(i));
                        yield i;
                    }
                }
            }

            fn selected(n: u64) -> impl Stream<Item = u64> {
                $stream! {
                    let mut stop = pending::<()>();
                    for i in 0..n {
                        let item = tokio::select! { biased; () = &mut stop => break, item = ready(i) => item };
                        yield item;
                    }
                }
            }

            fn tidy_each(n: u64) -> impl Stream<Item = u64> {
                $stream! {
                    for i in 0..n {
                        yield i;
                        tidy(i).await;
                    }
                }
            }

            fn tidy_around(n: u64) -> impl Stream<Item = u64> {
                $stream! {
                    for i in 0..n {
                        yield i;
                    }
                    tidy(n).await;
                }
            }

            crate::pipes!($contender, Self::plus_one, Self::again, super::erased);

            fn walk(tree: &'static Tree) -> Pin<Box<dyn Stream<Item = u64>>> {
                Box::pin($stream! {
                    yield tree.value;
                    for child in &tree.children {
                        let mut below = Self::walk(child);
                        while let Some(item) = below.next().await {
                            yield item;
                        }
                    }
                })
            }
        }
    };
}

macro_rules! async_stream {
    ($($body:tt)*) => { async_stream::stream! { $($body)* } };
}

macro_rules! async_generator {
    ($($body:tt)*) => { async_generator::generator!(move { $($body)* }) };
}

macro_rules! async_gen {
    ($($body:tt)*) => { async_gen::AsyncIter::from(async_gen::r#gen! { $($body)* }) };
}

keywords!(AsyncStream, "async-stream", async_stream, |n, i| async_stream::try_stream! {
    for i in 0..n {
        yield checked(i)?;
    }
});

keywords!(AsyncGenerator, "async-generator", async_generator, |n, i| {
    async_generator::try_generator!(move {
        for i in 0..n {
            yield checked(i)?;
        }
        Ok::<(), Negative>(())
    })
});

// It has no fallible form: its body hands over the error itself.
keywords!(AsyncGen, "async-gen", async_gen, |n, i| async_gen! {
    for i in 0..n {
        let item = checked(i);
        let failed = item.is_err();
        yield item;
        if failed {
            return;
        }
    }
});
