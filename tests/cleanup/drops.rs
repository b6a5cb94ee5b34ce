//! Dropped without close: locals are dropped, async cleanups are not run.

use std::pin::pin;

use futures::StreamExt as _;
use gen_runtime::prelude::*;

use crate::stepping::{Log, finish, pending, ready, tick};

#[async_generator]
async fn rows(log: &Log) -> u32 {
    let _connection = log.local("connection");
    defer! {
        log.add("cleanup");
    }
    let _row = log.local("row");
    yield_!(1);
    tick().await;
    yield_!(2);
}

#[test]
fn dropped_at_a_yield_the_locals_go_and_the_cleanup_does_not_run() {
    let log = Log::default();
    {
        let mut rows = pin!(rows(&log));
        assert_eq!(ready(rows.next()), Some(1));
        assert!(rows.has_pending_cleanup());
    }
    assert_eq!(log.take(), ["drop row", "drop connection"]);
}

#[test]
fn dropped_at_an_await_the_locals_go_and_the_cleanup_does_not_run() {
    let log = Log::default();
    {
        let mut rows = pin!(rows(&log));
        assert_eq!(ready(rows.next()), Some(1));
        pending(rows.next());
        assert!(rows.has_pending_cleanup());
    }
    assert_eq!(log.take(), ["drop row", "drop connection"]);
}

#[test]
fn dropped_before_the_start_nothing_has_happened() {
    let log = Log::default();
    drop(rows(&log));
    assert!(log.take().is_empty());
}

#[async_generator]
async fn doubled(log: &Log) -> u32 {
    defer! {
        log.add("doubled");
    }
    #[for_await]
    for row in rows(log) {
        yield_!(row * 2);
    }
}

#[test]
fn dropped_with_its_source_the_locals_of_both_go() {
    let log = Log::default();
    {
        let mut items = pin!(doubled(&log));
        assert_eq!(ready(items.next()), Some(2));
    }
    assert_eq!(log.take(), ["drop row", "drop connection"]);
}

#[test]
fn a_loop_dropped_half_way_drops_its_source() {
    let log = Log::default();
    {
        let mut sum = Box::pin(async {
            let mut sum = 0;
            for_await!(row in rows(&log) {
                sum += row;
            });
            sum
        });
        pending(sum.as_mut());
    }
    assert_eq!(log.take(), ["drop row", "drop connection"]);
}

#[test]
fn a_finished_generator_drops_nothing_more() {
    let log = Log::default();
    {
        let mut rows = pin!(rows(&log));
        while finish(rows.next()).is_some() {}
        assert_eq!(log.take(), ["drop row", "cleanup", "drop connection"]);
    }
    assert!(log.take().is_empty());
}
