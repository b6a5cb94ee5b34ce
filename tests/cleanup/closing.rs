//! `close`: wherever the body stands, the open cleanups run, and no other code of the body does.

use std::{
    future,
    pin::pin,
    sync::atomic::{AtomicUsize, Ordering},
};

use futures::StreamExt as _;
use gen_runtime::{GeneratorState, prelude::*};

use crate::stepping::{Log, finish, finish_counted, pending, ready, stuck, tick};

#[async_generator]
async fn rows(log: &Log) -> u32 {
    log.add("open");
    defer! {
        log.add("closing");
        tick().await;
        log.add("closed");
    }
    for n in 0..3 {
        let _row = log.local(format_args!("row {n}"));
        yield_!(n);
        log.add("resumed");
    }
    log.add("guarded");
}

#[test]
fn close_at_a_yield_runs_the_cleanup_and_nothing_else() {
    let log = Log::default();
    let mut rows = pin!(rows(&log));
    assert_eq!(ready(rows.next()), Some(0));
    {
        let mut close = pin!(rows.close());
        pending(close.as_mut());
        assert_eq!(log.take(), ["open", "drop row 0", "closing"]);
        ready(close);
    }
    assert_eq!(log.take(), ["closed"]);
    assert_eq!(rows.state(), GeneratorState::Closed);
}

#[test]
fn after_close_next_is_none() {
    let log = Log::default();
    let mut rows = pin!(rows(&log));
    assert_eq!(ready(rows.next()), Some(0));
    finish(rows.close());
    log.take();
    assert_eq!(ready(rows.next()), None);
    assert_eq!(ready(rows.next()), None);
    assert!(log.take().is_empty());
}

#[test]
fn close_before_the_start_drops_the_body_unentered() {
    let log = Log::default();
    let mut rows = pin!(rows(&log));
    assert_eq!(rows.state(), GeneratorState::Created);
    ready(rows.close());
    assert_eq!(rows.state(), GeneratorState::Closed);
    assert_eq!(ready(rows.next()), None);
    assert!(log.take().is_empty());
}

#[test]
fn a_second_close_changes_nothing() {
    let log = Log::default();
    let mut rows = pin!(rows(&log));
    assert_eq!(ready(rows.next()), Some(0));
    finish(rows.close());
    assert_eq!(log.take(), ["open", "drop row 0", "closing", "closed"]);
    ready(rows.close());
    assert!(log.take().is_empty());
}

#[test]
fn close_after_the_end_changes_nothing() {
    let log = Log::default();
    let mut rows = pin!(rows(&log));
    while finish(rows.next()).is_some() {}
    assert_eq!(rows.state(), GeneratorState::Closed);
    log.take();
    ready(rows.close());
    assert!(log.take().is_empty());
}

#[test]
fn a_close_that_was_never_polled_changes_nothing() {
    let log = Log::default();
    let mut rows = pin!(rows(&log));
    assert_eq!(ready(rows.next()), Some(0));
    drop(rows.close());
    assert_eq!(rows.state(), GeneratorState::Suspended);
    assert_eq!(ready(rows.next()), Some(1));
}

#[async_generator]
async fn stands_forever(log: &Log) -> u32 {
    let _outer = log.local("outer");
    defer! {
        tick().await;
        log.add("cleanup");
    }
    yield_!(1);
    let _inner = log.local("inner");
    future::pending::<()>().await;
    log.add("awaited");
}

#[test]
fn close_at_an_await_does_not_wait_for_it() {
    let log = Log::default();
    let mut items = pin!(stands_forever(&log));
    assert_eq!(ready(items.next()), Some(1));
    stuck(items.next());
    assert_eq!(items.state(), GeneratorState::Awaiting);
    let ((), polls) = finish_counted(items.close());
    assert_eq!(polls, 2, "the tick in the cleanup is all there is to wait for");
    assert_eq!(log.take(), ["drop inner", "cleanup", "drop outer"]);
}

#[async_generator]
async fn stands_in_a_call(log: &Log) -> u32 {
    defer! { log.add("cleanup"); }
    let _local = log.local("local");
    async fn connection(log: &Log) {
        let _local = log.local("connection");
        future::pending::<()>().await;
    }
    connection(log).await;
    yield_!(1);
}

#[test]
fn the_pending_await_is_dropped_before_the_locals_around_it() {
    let log = Log::default();
    let mut items = pin!(stands_in_a_call(&log));
    stuck(items.next());
    ready(items.close());
    assert_eq!(log.take(), ["drop connection", "drop local", "cleanup"]);
}

#[async_generator]
async fn regions_one_after_the_other(log: &Log) -> u32 {
    {
        defer! { log.add("first"); }
        yield_!(1);
    }
    log.add("between");
    {
        defer! { log.add("second"); }
        yield_!(2);
    }
    yield_!(3);
    defer! { log.add("third"); }
    yield_!(4);
}

#[test]
fn only_the_regions_that_are_open_are_cleaned_up() {
    let expected: [(usize, &[&str]); 5] = [
        (0, &[]),
        (1, &["first"]),
        (2, &["first", "between", "second"]),
        (3, &["first", "between", "second"]),
        (4, &["first", "between", "second", "third"]),
    ];
    for (items, lines) in expected {
        let log = Log::default();
        let mut generator = pin!(regions_one_after_the_other(&log));
        for _ in 0..items {
            assert!(ready(generator.next()).is_some());
        }
        ready(generator.close());
        assert_eq!(log.take(), lines, "after {items} items");
    }
}

#[test]
fn a_pending_cleanup_is_reported_while_a_region_is_open() {
    let log = Log::default();
    let mut generator = pin!(regions_one_after_the_other(&log));
    assert!(!generator.has_pending_cleanup(), "not entered");
    for (item, open) in [(1, true), (2, true), (3, false), (4, true)] {
        assert_eq!(ready(generator.next()), Some(item));
        assert_eq!(generator.has_pending_cleanup(), open, "at item {item}");
    }
    assert_eq!(ready(generator.next()), None);
    assert!(!generator.has_pending_cleanup(), "ended");
}

#[test]
fn a_pending_cleanup_is_reported_until_close_is_through() {
    let log = Log::default();
    let mut rows = pin!(rows(&log));
    assert_eq!(ready(rows.next()), Some(0));
    pending(rows.close());
    assert!(rows.has_pending_cleanup());
    ready(rows.close());
    assert!(!rows.has_pending_cleanup());
}

#[async_generator]
async fn without_regions(log: &Log) -> u32 {
    let _local = log.local("local");
    yield_!(1);
    tick().await;
}

#[test]
fn outside_every_region_close_is_a_plain_drop() {
    let log = Log::default();
    let mut items = pin!(without_regions(&log));
    assert_eq!(ready(items.next()), Some(1));
    ready(items.close());
    assert_eq!(log.take(), ["drop local"]);

    let mut items = pin!(without_regions(&log));
    assert_eq!(ready(items.next()), Some(1));
    pending(items.next());
    ready(items.close());
    assert_eq!(log.take(), ["drop local"]);
}

static MADE_UP: AtomicUsize = AtomicUsize::new(0);

struct Answer;

impl Default for Answer {
    fn default() -> Self {
        MADE_UP.fetch_add(1, Ordering::Relaxed);
        Self
    }
}

#[async_generator(send = Answer, throw = &'static str)]
async fn asks() -> u32 {
    for n in 0..2 {
        defer! {}
        #[allow(unused_must_use)]
        yield_!(n);
    }
}

#[test]
fn close_makes_up_no_value_for_the_yield_that_a_region_ends_with() {
    let mut items = pin!(asks());
    assert_eq!(ready(items.next()), Some(0));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(MADE_UP.load(Ordering::Relaxed), 1);
    ready(items.close());
    assert_eq!(MADE_UP.load(Ordering::Relaxed), 1);
}
