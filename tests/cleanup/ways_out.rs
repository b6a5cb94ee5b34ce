//! The ways out of a region: the cleanup runs, awaited, and control goes where it was going.

use std::pin::pin;

use futures::StreamExt as _;
use gen_runtime::prelude::*;

use crate::stepping::{Log, finish, pending, ready, tick};

#[async_generator]
async fn guarded_value(log: &Log) -> u32 {
    let value = {
        defer! {
            tick().await;
            log.add("cleanup");
        }
        log.add("guarded");
        41 + 1
    };
    log.add(format_args!("value {value}"));
    yield_!(value);
}

#[test]
fn a_block_keeps_its_value() {
    let log = Log::default();
    assert_eq!(finish(guarded_value(&log).collect::<Vec<_>>()), [42]);
    assert_eq!(log.take(), ["guarded", "cleanup", "value 42"]);
}

#[test]
fn a_cleanup_on_the_way_out_is_awaited() {
    let log = Log::default();
    let mut items = pin!(guarded_value(&log));
    pending(items.next());
    assert_eq!(log.take(), ["guarded"]);
    assert_eq!(ready(items.next()), Some(42));
    assert_eq!(log.take(), ["cleanup", "value 42"]);
}

#[async_generator]
async fn guarded_body(log: &Log, returns: bool) -> u32 {
    defer! {
        log.add("outer starts");
        tick().await;
        log.add("outer ends");
    }
    {
        defer! {
            log.add("inner starts");
            tick().await;
            log.add("inner ends");
        }
        yield_!(1);
        if returns {
            return;
        }
        log.add("guarded");
    }
    log.add("after");
}

const CLEANUPS: [&str; 4] = ["inner starts", "inner ends", "outer starts", "outer ends"];

#[test]
fn the_end_of_a_block_runs_its_cleanup_before_the_next_statement() {
    let log = Log::default();
    assert_eq!(finish(guarded_body(&log, false).collect::<Vec<_>>()), [1]);
    let expected = ["guarded", "inner starts", "inner ends", "after", "outer starts", "outer ends"];
    assert_eq!(log.take(), expected);
}

#[test]
fn a_return_runs_every_open_cleanup_innermost_first() {
    let log = Log::default();
    assert_eq!(finish(guarded_body(&log, true).collect::<Vec<_>>()), [1]);
    assert_eq!(log.take(), CLEANUPS);
}

#[async_generator]
async fn numbers(text: &str, log: &Log) -> Result<u32, std::num::ParseIntError> {
    defer! {
        tick().await;
        log.add("outer");
    }
    for word in text.split(' ') {
        defer! {
            tick().await;
            log.add(format_args!("inner {word}"));
        }
        let number = word.parse()?;
        yield_!(Ok(number));
    }
    log.add("after");
}

#[test]
fn a_question_mark_runs_every_open_cleanup_before_the_error_comes_out() {
    let log = Log::default();
    let mut items = pin!(numbers("1 x 3", &log));
    assert_eq!(ready(items.next()), Some(Ok(1)));
    assert!(matches!(finish(items.next()), Some(Err(_))));
    assert_eq!(log.take(), ["inner 1", "inner x", "outer"]);
    assert_eq!(ready(items.next()), None);
}

#[test]
fn without_an_error_the_loop_goes_on_behind_each_cleanup() {
    let log = Log::default();
    let items = finish(numbers("1 2", &log).collect::<Vec<_>>());
    assert_eq!(items, [Ok(1), Ok(2)]);
    assert_eq!(log.take(), ["inner 1", "inner 2", "after", "outer"]);
}

#[async_generator]
async fn returns_from_three_regions(log: &Log) -> Result<u32, String> {
    defer! { log.add("a"); }
    loop {
        defer! { log.add("b"); }
        loop {
            defer! { log.add("c"); }
            yield_!(Ok(1));
            return Err(String::from("left"));
        }
    }
}

#[test]
fn a_returned_error_comes_out_of_several_loops() {
    let log = Log::default();
    let items = finish(returns_from_three_regions(&log).collect::<Vec<_>>());
    assert_eq!(items, [Ok(1), Err(String::from("left"))]);
    assert_eq!(log.take(), ["c", "b", "a"]);
}

#[async_generator]
async fn guards_nothing(log: &Log) -> u32 {
    {
        log.add("before");
        defer! { log.add("cleanup"); }
    }
    yield_!(1);
}

#[test]
fn a_defer_at_the_end_of_a_block_runs_at_once() {
    let log = Log::default();
    let mut items = pin!(guards_nothing(&log));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(log.take(), ["before", "cleanup"]);
}

#[async_generator]
async fn late(log: &Log, early: bool) -> u32 {
    if early {
        return;
    }
    defer! { log.add("cleanup"); }
    yield_!(1);
}

#[test]
fn a_cleanup_that_was_not_reached_does_not_run() {
    let log = Log::default();
    assert_eq!(finish(late(&log, true).count()), 0);
    assert!(log.take().is_empty());
    assert_eq!(finish(late(&log, false).count()), 1);
    assert_eq!(log.take(), ["cleanup"]);
}

#[async_generator]
async fn diverging(log: &Log, wanted: Option<u32>) -> u32 {
    let Some(wanted) = wanted else {
        defer! { log.add("cleanup"); }
        yield_!(0);
        return;
    };
    yield_!(wanted);
}

#[test]
fn a_region_may_diverge_where_it_must() {
    let log = Log::default();
    assert_eq!(finish(diverging(&log, None).collect::<Vec<_>>()), [0]);
    assert_eq!(log.take(), ["cleanup"]);
    assert_eq!(finish(diverging(&log, Some(5)).collect::<Vec<_>>()), [5]);
    assert!(log.take().is_empty());
}
