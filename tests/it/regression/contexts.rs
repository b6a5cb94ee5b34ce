//! A loop outside any body, polled in one, had the consumer's context for its own, while code around it held the waker that
//! looks at that.

use std::{
    future::{Future as _, poll_fn},
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use futures::Stream;
use gen_runtime::prelude::*;

use crate::support::Task;

/// Puts another waker into the context that it is polled with, and clones one that it was given.
struct Swaps<'w> {
    given: &'w Waker,
    other: &'static Waker,
}

impl Stream for Swaps<'_> {
    type Item = ();

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<()>> {
        let before = std::mem::replace(cx, Context::from_waker(self.other));
        let cloned = self.given.clone();
        *cx = before;
        cloned.wake();
        Poll::Ready(None)
    }
}

async fn takes_from(source: Swaps<'_>) {
    for_await!(() in source {});
}

macro_rules! waits {
    ($future:expr) => {
        $future.await
    };
}

#[async_generator]
async fn polls_a_loop() -> u32 {
    waits!(poll_fn(|cx| {
        let source = Swaps { given: cx.waker(), other: Waker::noop() };
        pin!(takes_from(source)).poll(cx)
    }));
    yield_!(1);
}

#[test]
fn a_waker_of_a_body_is_the_consumers_whatever_a_loop_does_to_its_context() {
    let task = Task::new();
    assert_eq!(task.poll_next(pin!(polls_a_loop())), Poll::Ready(Some(1)));
    assert_eq!(task.wakes(), 1);
}

macro_rules! later {
    ($($code:tt)*) => {
        async { $($code)* }
    };
}

#[async_generator]
async fn loops_in_a_block_of_its_own() -> u32 {
    let sum = later! {
        async {
            let mut sum = 0;
            for_await!(n in futures::stream::iter([1, 2]) { sum += n; });
            sum
        }
        .await
    };
    yield_!(Box::pin(sum).await);
}

#[test]
fn a_loop_in_a_block_of_the_users_goes_wherever_a_macro_takes_that() {
    assert_eq!(crate::support::items(loops_in_a_block_of_its_own()), [3]);
}
