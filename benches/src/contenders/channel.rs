//! A tokio channel with a task that produces. Only in a task of a `LocalSet`.

use std::{
    future::{pending, ready},
    marker::PhantomData,
    pin::Pin,
};

use futures::{Stream, StreamExt as _, stream::poll_fn};
use tokio::{
    sync::mpsc::{Sender, channel},
    task::{spawn_local, yield_now},
};

use crate::streams::{Negative, Streams, Tree, checked, is_fine, tidy};

#[derive(Debug)]
pub struct Channel<M>(PhantomData<M>);

fn produce<T: 'static, F: Future<Output = ()> + 'static>(
    body: impl FnOnce(Sender<T>) -> F,
) -> impl Stream<Item = T> {
    let (sender, mut receiver) = channel(16);
    spawn_local(body(sender));
    poll_fn(move |cx| receiver.poll_recv(cx))
}

async fn send<T>(sender: &Sender<T>, item: T) {
    // The consumer takes all.
    let _ = sender.send(item).await;
}

impl<M: 'static> Channel<M> {
    fn plus_one<S: Stream<Item = u64> + 'static>(source: S) -> impl Stream<Item = u64> + 'static {
        produce(|sender| async move {
            let mut source = Box::pin(source);
            while let Some(item) = source.next().await {
                send(&sender, item + 1).await;
            }
        })
    }

    fn again<S: Stream<Item = u64> + 'static>(source: S) -> impl Stream<Item = u64> + 'static {
        produce(|sender| async move {
            let mut source = Box::pin(source);
            while let Some(item) = source.next().await {
                send(&sender, item).await;
            }
        })
    }
}

impl<M: 'static> Streams for Channel<M> {
    const NAME: &'static str = "tokio mpsc";

    fn count(n: u64) -> impl Stream<Item = u64> {
        produce(move |sender| async move {
            for i in 0..n {
                send(&sender, i).await;
            }
        })
    }

    fn wide<const N: usize>(n: u64) -> impl Stream<Item = [u64; N]> {
        produce(move |sender| async move {
            for i in 0..n {
                send(&sender, [i; N]).await;
            }
        })
    }

    fn ready(n: u64) -> impl Stream<Item = u64> {
        produce(move |sender| async move {
            for i in 0..n {
                send(&sender, ready(i).await).await;
            }
        })
    }

    fn pending(n: u64) -> impl Stream<Item = u64> {
        produce(move |sender| async move {
            for i in 0..n {
                yield_now().await;
                send(&sender, i).await;
            }
        })
    }

    fn fallible(n: u64) -> impl Stream<Item = Result<u64, Negative>> {
        produce(move |sender| async move {
            for i in 0..n {
                let item = checked(i);
                let failed = item.is_err();
                send(&sender, item).await;
                if failed {
                    return;
                }
            }
        })
    }

    fn asserted(n: u64) -> impl Stream<Item = u64> {
        produce(move |sender| async move {
            for i in 0..n {
                assert!(is_fine(i));
                send(&sender, i).await;
            }
        })
    }

    fn selected(n: u64) -> impl Stream<Item = u64> {
        produce(move |sender| async move {
            let mut stop = pending::<()>();
            for i in 0..n {
                let item =
                    tokio::select! { biased; () = &mut stop => break, item = ready(i) => item };
                send(&sender, item).await;
            }
        })
    }

    fn tidy_each(n: u64) -> impl Stream<Item = u64> {
        produce(move |sender| async move {
            for i in 0..n {
                send(&sender, i).await;
                tidy(i).await;
            }
        })
    }

    fn tidy_around(n: u64) -> impl Stream<Item = u64> {
        produce(move |sender| async move {
            for i in 0..n {
                send(&sender, i).await;
            }
            tidy(n).await;
        })
    }

    crate::pipes!(Channel, Self::plus_one, Self::again, super::erased);

    fn walk(tree: &'static Tree) -> Pin<Box<dyn Stream<Item = u64>>> {
        Box::pin(produce(move |sender| async move {
            send(&sender, tree.value).await;
            for child in &tree.children {
                let mut below = Self::walk(child);
                while let Some(item) = below.next().await {
                    send(&sender, item).await;
                }
            }
        }))
    }
}
