//! The peers that can be sent to.

use std::{
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
};

use fauxgen::{AsyncGenerator, GeneratorState, GeneratorToken};
use genawaiter::{
    Coroutine, GeneratorState as Resumed,
    rc::{Co, Gen},
};

use crate::streams::Totals;

// As for the contenders, `M` makes a copy for each way to drive them.

struct OfFauxgen<M, G>(PhantomData<fn(M)>, G);

impl<M, G: AsyncGenerator<u64, Yield = u64, Return = ()>> Totals for OfFauxgen<M, G> {
    fn poll_first(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        self.poll_send(cx, 0)
    }

    fn poll_send(self: Pin<&mut Self>, cx: &mut Context<'_>, number: u64) -> Poll<Option<u64>> {
        // SAFETY: pinned with `self`, which has no `Drop` and is `Unpin` only if it is.
        let generator = unsafe { self.map_unchecked_mut(|this| &mut this.1) };
        generator.poll_resume(cx, Some(number)).map(|state| match state {
            GeneratorState::Yielded(total) => Some(total),
            GeneratorState::Complete(()) => None,
        })
    }
}

pub(super) fn fauxgen<M>(n: u64) -> impl Totals {
    let body = move |y: GeneratorToken<u64, u64>| async move {
        let _: PhantomData<fn(M)> = PhantomData;
        let mut total = 0;
        for _ in 0..n {
            total += y.yield_(total).await;
        }
    };
    OfFauxgen(PhantomData::<fn(M)>, fauxgen::gen_impl!(gen_async => body))
}

struct OfGenawaiter<M, G>(PhantomData<fn(M)>, G);

impl<M, G: Coroutine<Yield = u64, Resume = u64, Return = ()> + Unpin> Totals
    for OfGenawaiter<M, G>
{
    fn poll_first(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<u64>> {
        self.poll_send(cx, 0)
    }

    fn poll_send(mut self: Pin<&mut Self>, _: &mut Context<'_>, number: u64) -> Poll<Option<u64>> {
        Poll::Ready(match Pin::new(&mut self.1).resume_with(number) {
            Resumed::Yielded(total) => Some(total),
            Resumed::Complete(()) => None,
        })
    }
}

pub(super) fn genawaiter<M>(n: u64) -> impl Totals {
    let body = move |y: Co<u64, u64>| async move {
        let _: PhantomData<fn(M)> = PhantomData;
        let mut total = 0;
        for _ in 0..n {
            total += y.yield_(total).await;
        }
    };
    OfGenawaiter(PhantomData::<fn(M)>, Gen::new(body))
}
