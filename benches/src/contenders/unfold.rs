//! `futures::stream::unfold`.

use std::{
    future::{pending, ready},
    marker::PhantomData,
    pin::Pin,
};

use futures::{
    Stream, StreamExt as _,
    stream::{try_unfold, unfold},
};
use tokio::task::yield_now;

use crate::streams::{Negative, Streams, Tree, checked, is_fine, tidy};

#[derive(Debug)]
pub struct Unfold<M>(PhantomData<M>);

// Each stage in a box: the state is moved in and out for each item, so the source cannot be pinned in
// it, and the type of 8 that hold each other takes minutes to compile.

fn plus_one<S: Stream<Item = u64> + 'static>(source: S) -> Pin<Box<dyn Stream<Item = u64>>> {
    Box::pin(unfold(Box::pin(source), |mut source| async move {
        source.next().await.map(|item| (item + 1, source))
    }))
}

fn again<S: Stream<Item = u64> + 'static>(source: S) -> Pin<Box<dyn Stream<Item = u64>>> {
    Box::pin(unfold(Box::pin(source), |mut source| async move {
        source.next().await.map(|item| (item, source))
    }))
}

impl<M: 'static> Streams for Unfold<M> {
    const NAME: &'static str = "futures::unfold";

    fn count(n: u64) -> impl Stream<Item = u64> {
        unfold(0, move |i| async move { (i < n).then(|| (i, i + 1)) })
    }

    fn wide<const N: usize>(n: u64) -> impl Stream<Item = [u64; N]> {
        unfold(0, move |i| async move { (i < n).then(|| ([i; N], i + 1)) })
    }

    fn ready(n: u64) -> impl Stream<Item = u64> {
        unfold(0, move |i| async move { if i < n { Some((ready(i).await, i + 1)) } else { None } })
    }

    fn pending(n: u64) -> impl Stream<Item = u64> {
        unfold(0, move |i| async move {
            if i == n {
                return None;
            }
            yield_now().await;
            Some((i, i + 1))
        })
    }

    fn fallible(n: u64) -> impl Stream<Item = Result<u64, Negative>> {
        try_unfold(0, move |i| async move {
            if i == n { Ok(None) } else { Ok(Some((checked(i)?, i + 1))) }
        })
    }

    fn asserted(n: u64) -> impl Stream<Item = u64> {
        unfold(0, move |i| async move {
            (i < n).then(|| {
                assert!(is_fine(i));
                (i, i + 1)
            })
        })
    }

    fn selected(n: u64) -> impl Stream<Item = u64> {
        unfold((0, pending::<()>()), move |(i, mut stop)| async move {
            if i == n {
                return None;
            }
            let item =
                tokio::select! { biased; () = &mut stop => return None, item = ready(i) => item };
            Some((item, (i + 1, stop)))
        })
    }

    fn tidy_each(n: u64) -> impl Stream<Item = u64> {
        unfold(0, move |i| async move {
            if i > 0 {
                tidy(i - 1).await;
            }
            (i < n).then(|| (i, i + 1))
        })
    }

    fn tidy_around(n: u64) -> impl Stream<Item = u64> {
        unfold(0, move |i| async move {
            if i < n {
                return Some((i, i + 1));
            }
            tidy(n).await;
            None
        })
    }

    crate::pipes!(Unfold, plus_one, again, super::erased);

    fn walk(tree: &'static Tree) -> Pin<Box<dyn Stream<Item = u64>>> {
        let children = unfold(tree.children.iter(), |mut rest| async {
            rest.next().map(|child| (Self::walk(child), rest))
        });
        Box::pin(futures::stream::once(ready(tree.value)).chain(children.flatten()))
    }
}
