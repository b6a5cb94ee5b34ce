//! Loops over a generator that somebody wrote by hand. Its close is `poll_close`, as often as that is pending.

use std::{
    convert::Infallible,
    pin::{Pin, pin},
    task::{Context, Poll},
};

use futures::StreamExt as _;
use gen_runtime::{GeneratorState, LocalBoxGenerator, Signal, prelude::*};

use crate::stepping::{Log, finish};

/// Numbers, and a buffer that takes some polls to flush.
struct Buffered<'a> {
    log: &'a Log,
    number: u32,
    /// Polls until it is flushed, once it is being closed.
    flushing: Option<u32>,
}

impl<'a> Buffered<'a> {
    fn new(log: &'a Log) -> Self {
        Self { log, number: 0, flushing: None }
    }
}

impl AsyncGenerator for Buffered<'_> {
    type Yield = u32;
    type Sent = ();
    type Thrown = Infallible;

    fn poll_resume(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        _: &mut Option<Signal<(), Infallible>>,
    ) -> Poll<Option<u32>> {
        if self.flushing.is_some() {
            self.log.add("resumed while it was closed");
            return Poll::Ready(None);
        }
        self.number += 1;
        Poll::Ready(Some(self.number))
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let polls = self.flushing.unwrap_or(3);
        self.flushing = Some(polls.saturating_sub(1));
        if polls > 1 {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.log.add("flushed");
        Poll::Ready(())
    }

    fn state(&self) -> GeneratorState {
        match self.flushing {
            None => GeneratorState::Suspended,
            Some(0) => GeneratorState::Closed,
            Some(_) => GeneratorState::Awaiting,
        }
    }

    fn has_pending_cleanup(&self) -> bool {
        self.flushing != Some(0)
    }
}

#[async_generator]
async fn first_two<G>(source: G, log: &Log) -> u32
where
    G: AsyncGenerator<Yield = u32, Sent = (), Thrown = Infallible>,
{
    #[for_await]
    for n in source {
        yield_!(n);
        if n == 2 {
            break;
        }
    }
    log.add("behind the loop");
    yield_!(100);
}

#[test]
fn a_loop_that_is_left_waits_until_its_source_is_closed() {
    let log = Log::default();
    let items: Vec<u32> = finish(first_two(Buffered::new(&log), &log).collect());
    assert_eq!(items, [1, 2, 100]);
    assert_eq!(log.take(), ["flushed", "behind the loop"]);

    let boxed = LocalBoxGenerator::new(Buffered::new(&log));
    let items: Vec<u32> = finish(first_two(boxed, &log).collect());
    assert_eq!(items, [1, 2, 100]);
    assert_eq!(log.take(), ["flushed", "behind the loop"]);
}

#[test]
fn a_close_in_the_loop_waits_until_its_source_is_closed() {
    let log = Log::default();
    let mut items = pin!(first_two(Buffered::new(&log), &log));
    assert_eq!(finish(items.next()), Some(1));
    finish(items.close());
    assert_eq!(log.take(), ["flushed"]);
}
