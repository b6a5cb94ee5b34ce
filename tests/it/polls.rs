//! How many polls and wakes items cost, and what polls after the end give.

use std::{
    cell::Cell,
    pin::{Pin, pin},
    task::Poll,
};

use futures::{Stream, StreamExt as _};
use gen_runtime::prelude::*;

use crate::support::{Task, tick};

#[async_generator]
async fn count(to: u32) -> u32 {
    for n in 0..to {
        yield_!(n);
    }
}

#[test]
fn twenty_items_cost_twenty_one_polls_and_no_wake() {
    let task = Task::new();
    let mut generator = pin!(count(20));
    for n in 0..20 {
        assert_eq!(task.poll_next(generator.as_mut()), Poll::Ready(Some(n)));
    }
    assert_eq!(task.poll_next(generator.as_mut()), Poll::Ready(None));
    assert_eq!(task.wakes(), 0);
}

#[test]
fn task_that_waits_after_each_of_twenty_items_is_polled_twenty_one_times() {
    let task = Task::new();
    let sum = Cell::new(0);
    let mut consumer = pin!(async {
        let mut generator = pin!(count(20));
        while let Some(n) = generator.next().await {
            sum.set(sum.get() + n);
            tick().await;
        }
    });
    let mut polls = 1;
    while task.poll(consumer.as_mut()).is_pending() {
        assert_eq!(task.wakes(), polls);
        polls += 1;
    }
    assert_eq!(polls, 21);
    assert_eq!(task.wakes(), 20);
    assert_eq!(sum.get(), 190);
}

#[test]
fn task_that_takes_all_items_is_polled_once() {
    let task = Task::new();
    let all = pin!(count(20).collect::<Vec<_>>());
    assert!(task.poll(all).is_ready());
    assert_eq!(task.wakes(), 0);
}

#[test]
fn layers_cost_no_further_polls() {
    let task = Task::new();
    let mut generator = pin!(stream! {
        for await n in stream! { yield_from!(count(20)); } {
            yield n;
        }
    });
    for n in 0..20 {
        assert_eq!(task.poll_next(generator.as_mut()), Poll::Ready(Some(n)));
    }
    assert_eq!(task.poll_next(generator.as_mut()), Poll::Ready(None));
    assert_eq!(task.wakes(), 0);
}

#[test]
fn yield_in_select_costs_no_further_poll() {
    let task = Task::new();
    let mut generator = pin!(stream! {
        for n in 0..3 {
            tokio::select! { n = std::future::ready(n) => { yield n; yield n + 10; } }
        }
    });
    for n in [0, 10, 1, 11, 2, 12] {
        assert_eq!(task.poll_next(generator.as_mut()), Poll::Ready(Some(n)));
    }
    assert_eq!(task.poll_next(generator.as_mut()), Poll::Ready(None));
    assert_eq!(task.wakes(), 0);
}

#[test]
fn each_await_costs_one_pending_poll() {
    let task = Task::new();
    let mut generator = pin!(stream! {
        for n in 0..3 {
            tick().await;
            yield n;
        }
        tick().await;
    });
    for n in 0..3 {
        assert_eq!(task.poll_next(generator.as_mut()), Poll::Pending);
        assert_eq!(task.poll_next(generator.as_mut()), Poll::Ready(Some(n)));
    }
    assert_eq!(task.poll_next(generator.as_mut()), Poll::Pending);
    assert_eq!(task.poll_next(generator.as_mut()), Poll::Ready(None));
    assert_eq!(task.wakes(), 4);
}

fn none_for_ever<S: Stream>(mut stream: Pin<&mut S>) {
    let task = Task::new();
    while !matches!(task.poll_next(stream.as_mut()), Poll::Ready(None)) {}
    let wakes = task.wakes();
    for _ in 0..10 {
        assert!(matches!(task.poll_next(stream.as_mut()), Poll::Ready(None)));
    }
    assert_eq!(task.wakes(), wakes);
}

#[test]
fn ended_generator_gives_none_for_ever() {
    none_for_ever(pin!(count(0)));
    none_for_ever(pin!(count(2)));
    none_for_ever(pin!(stream! { tick().await; yield 1; tick().await; }));
}

#[test]
fn failed_generator_gives_none_for_ever() {
    fn failing() -> impl Stream<Item = Result<u8, String>> {
        try_stream! { yield 1; Err("failed")?; yield 2; }
    }
    none_for_ever(pin!(failing()));
}

#[test]
fn ended_layers_give_none_for_ever() {
    none_for_ever(pin!(stream! {
        defer! { tick().await; }
        for await n in count(2) {
            yield n;
        }
        yield_from!(count(2));
    }));
}

#[test]
fn ended_box_gives_none_for_ever() {
    none_for_ever(Pin::new(&mut gen_runtime::BoxGenerator::new(count(2))));
}
