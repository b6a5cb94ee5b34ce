//! Streams with a `poll_next` written by hand.

use std::{
    future::{Future as _, Pending, Ready, pending, ready},
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures::Stream;
use tokio::task::yield_now;

use crate::streams::{Negative, Streams, Totals, Tree, checked, is_fine, tidy};

#[derive(Debug)]
pub struct ByHand<M>(PhantomData<M>);

struct Count<M> {
    next: u64,
    n: u64,
    mode: PhantomData<fn(M)>,
}

impl<M> Stream for Count<M> {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u64>> {
        if self.next == self.n {
            return Poll::Ready(None);
        }
        let item = self.next;
        self.next += 1;
        Poll::Ready(Some(item))
    }
}

struct Wide<M, const N: usize>(Count<M>);

impl<M, const N: usize> Stream for Wide<M, N> {
    type Item = [u64; N];

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<[u64; N]>> {
        Pin::new(&mut self.0).poll_next(cx).map(|item| item.map(|item| [item; N]))
    }
}

struct Asserted<M>(Count<M>);

impl<M> Stream for Asserted<M> {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        let item = Pin::new(&mut self.0).poll_next(cx);
        if let Poll::Ready(Some(item)) = item {
            assert!(is_fine(item));
        }
        item
    }
}

struct Selected<M> {
    each: ReadyEach<M>,
    stop: Pending<()>,
}

impl<M> Stream for Selected<M> {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        if Pin::new(&mut self.stop).poll(cx).is_ready() {
            return Poll::Ready(None);
        }
        Pin::new(&mut self.each).poll_next(cx)
    }
}

struct ReadyEach<M> {
    count: Count<M>,
    waiting: Option<Ready<u64>>,
}

impl<M> Stream for ReadyEach<M> {
    type Item = u64;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        let this = self.get_mut();
        if this.waiting.is_none() {
            let Some(item) = ready!(Pin::new(&mut this.count).poll_next(cx)) else {
                return Poll::Ready(None);
            };
            this.waiting = Some(ready(item));
        }
        let waiting = this.waiting.as_mut().expect("set above");
        let item = ready!(Pin::new(waiting).poll(cx));
        this.waiting = None;
        Poll::Ready(Some(item))
    }
}

struct PendingEach<M, P, F> {
    count: Count<M>,
    pause: P,
    waiting: Option<F>,
}

impl<M, P: Fn() -> F, F: Future<Output = ()>> Stream for PendingEach<M, P, F> {
    type Item = u64;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        // SAFETY: nothing is moved out of the reference.
        let this = unsafe { self.get_unchecked_mut() };
        if this.count.next == this.count.n {
            return Poll::Ready(None);
        }
        let waiting = this.waiting.get_or_insert_with(&this.pause);
        // SAFETY: pinned with `self`, and dropped in place.
        ready!(unsafe { Pin::new_unchecked(waiting) }.poll(cx));
        this.waiting = None;
        Pin::new(&mut this.count).poll_next(cx)
    }
}

struct TidyEach<M, T, F> {
    count: Count<M>,
    tidy: T,
    tidying: Option<F>,
}

impl<M, T: Fn(u64) -> F, F: Future<Output = ()>> Stream for TidyEach<M, T, F> {
    type Item = u64;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        // SAFETY: nothing is moved out of the reference.
        let this = unsafe { self.get_unchecked_mut() };
        if let Some(tidying) = &mut this.tidying {
            // SAFETY: pinned with `self`, and dropped in place.
            ready!(unsafe { Pin::new_unchecked(tidying) }.poll(cx));
            this.tidying = None;
        }
        let item = ready!(Pin::new(&mut this.count).poll_next(cx));
        this.tidying = item.map(&this.tidy);
        Poll::Ready(item)
    }
}

struct TidyAround<M, F> {
    count: Count<M>,
    tidying: Option<F>,
}

impl<M, F: Future<Output = ()>> Stream for TidyAround<M, F> {
    type Item = u64;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        // SAFETY: nothing is moved out of the reference.
        let this = unsafe { self.get_unchecked_mut() };
        if let Some(item) = ready!(Pin::new(&mut this.count).poll_next(cx)) {
            return Poll::Ready(Some(item));
        }
        if let Some(tidying) = &mut this.tidying {
            // SAFETY: pinned with `self`, and dropped in place.
            ready!(unsafe { Pin::new_unchecked(tidying) }.poll(cx));
            this.tidying = None;
        }
        Poll::Ready(None)
    }
}

struct Sums<M> {
    total: u64,
    left: u64,
    mode: PhantomData<fn(M)>,
}

impl<M> Totals for Sums<M> {
    fn poll_first(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u64>> {
        Poll::Ready((self.left > 0).then_some(self.total))
    }

    fn poll_send(mut self: Pin<&mut Self>, cx: &mut Context<'_>, number: u64) -> Poll<Option<u64>> {
        if self.left > 0 {
            self.left -= 1;
            self.total += number;
        }
        self.poll_first(cx)
    }
}

struct FallibleCount<M>(Count<M>);

impl<M> Stream for FallibleCount<M> {
    type Item = Result<u64, Negative>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<u64, Negative>>> {
        let item = ready!(Pin::new(&mut self.0).poll_next(cx)).map(checked);
        if let Some(Err(_)) = item {
            self.0.next = self.0.n;
        }
        Poll::Ready(item)
    }
}

struct PlusOne<S>(S);

impl<S: Stream<Item = u64> + Unpin> Stream for PlusOne<S> {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        Pin::new(&mut self.0).poll_next(cx).map(|item| item.map(|item| item + 1))
    }
}

struct Again<S>(S);

impl<S: Stream<Item = u64> + Unpin> Stream for Again<S> {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        Pin::new(&mut self.0).poll_next(cx)
    }
}

/// What remains of the levels above the node that is next.
struct Walk(Vec<std::slice::Iter<'static, Tree>>);

impl Stream for Walk {
    type Item = u64;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u64>> {
        while let Some(level) = self.0.last_mut() {
            if let Some(tree) = level.next() {
                if !tree.children.is_empty() {
                    self.0.push(tree.children.iter());
                }
                return Poll::Ready(Some(tree.value));
            }
            self.0.pop();
        }
        Poll::Ready(None)
    }
}

fn count<M>(n: u64) -> Count<M> {
    Count { next: 0, n, mode: PhantomData }
}

impl<M: 'static> Streams for ByHand<M> {
    const NAME: &'static str = "by hand";

    fn count(n: u64) -> impl Stream<Item = u64> {
        count::<M>(n)
    }

    fn wide<const N: usize>(n: u64) -> impl Stream<Item = [u64; N]> {
        Wide(count::<M>(n))
    }

    fn ready(n: u64) -> impl Stream<Item = u64> {
        ReadyEach { count: count::<M>(n), waiting: None }
    }

    fn pending(n: u64) -> impl Stream<Item = u64> {
        PendingEach { count: count::<M>(n), pause: yield_now, waiting: None }
    }

    fn fallible(n: u64) -> impl Stream<Item = Result<u64, Negative>> {
        FallibleCount(count::<M>(n))
    }

    fn asserted(n: u64) -> impl Stream<Item = u64> {
        Asserted(count::<M>(n))
    }

    fn selected(n: u64) -> impl Stream<Item = u64> {
        Selected { each: ReadyEach { count: count::<M>(n), waiting: None }, stop: pending() }
    }

    fn tidy_each(n: u64) -> impl Stream<Item = u64> {
        TidyEach { count: count::<M>(n), tidy, tidying: None }
    }

    fn tidy_around(n: u64) -> impl Stream<Item = u64> {
        TidyAround { count: count::<M>(n), tidying: Some(tidy(n)) }
    }

    // Closing such a stream would be one method more, which the items do not pass through.
    fn defer_each(n: u64) -> Option<impl Stream<Item = u64>> {
        Some(Self::tidy_each(n))
    }

    fn defer_around(n: u64) -> Option<impl Stream<Item = u64>> {
        Some(Self::tidy_around(n))
    }

    fn totals(n: u64) -> Option<impl Totals> {
        Some(Sums { total: 0, left: n, mode: PhantomData::<fn(M)> })
    }

    crate::pipes!(ByHand, PlusOne, Again, super::erased);

    fn walk(tree: &'static Tree) -> Pin<Box<dyn Stream<Item = u64>>> {
        Box::pin(Walk(vec![std::slice::from_ref(tree).iter()]))
    }
}
