//! Recursion that is deeper than the stack: no poll, close or drop goes through the bodies one in the other.

use std::panic::{AssertUnwindSafe, catch_unwind};

use futures::{StreamExt as _, executor::block_on};
use gen_runtime::{BoxGenerator, GeneratorState, prelude::*};

use crate::stepping::{Log, pending, ready, tick};

/// No stack has room for a call of each in the next.
const DEPTH: u32 = if cfg!(miri) { 50 } else { 50_000 };

#[async_generator(boxed)]
async fn countdown(from: u32, log: &Log) -> u32 {
    let _local = log.local(from);
    defer! {
        tick().await;
        log.add(format_args!("close {from}"));
    }
    yield_!(from);
    if from > 0 {
        yield_from!(countdown(from - 1, log));
    }
    assert!(from < DEPTH, "this one is to panic");
    yield_!(from);
}

/// One that stands at its innermost generator.
fn at_zero(log: &Log) -> BoxGenerator<'_, u32> {
    let mut numbers = countdown(DEPTH, log);
    for n in (0..=DEPTH).rev() {
        assert_eq!(ready(numbers.next()), Some(n));
    }
    assert!(log.take().is_empty());
    numbers
}

fn each(of: impl Fn(u32) -> Vec<String>) -> Vec<String> {
    (0..=DEPTH).flat_map(of).collect()
}

fn dropped(n: u32) -> Vec<String> {
    vec![format!("drop {n}")]
}

fn closed(n: u32) -> Vec<String> {
    vec![format!("close {n}"), format!("drop {n}")]
}

#[test]
fn it_gives_its_items_and_ends() {
    let log = Log::default();
    let mut numbers = at_zero(&log);
    for n in 0..DEPTH {
        assert_eq!(block_on(numbers.next()), Some(n));
    }
}

#[test]
fn it_is_closed() {
    let log = Log::default();
    let mut numbers = at_zero(&log);
    block_on(numbers.close());
    assert_eq!(numbers.state(), GeneratorState::Closed);
    assert!(log.take() == each(closed), "from the innermost one on");
}

#[test]
fn a_close_that_was_dropped_half_way_goes_on_with_the_next_poll() {
    let log = Log::default();
    let mut numbers = at_zero(&log);
    for _ in 0..DEPTH / 2 {
        pending(numbers.close());
    }
    assert_eq!(numbers.state(), GeneratorState::Awaiting);
    assert!(numbers.has_pending_cleanup());
    assert_eq!(block_on(numbers.next()), None);
    assert!(log.take() == each(closed), "from the innermost one on");
}

#[test]
fn it_is_dropped() {
    let log = Log::default();
    drop(at_zero(&log));
    assert!(log.take() == each(dropped), "from the innermost one on");
}

#[test]
fn it_is_dropped_when_its_close_was_half_way() {
    let log = Log::default();
    let mut numbers = at_zero(&log);
    pending(numbers.close());
    drop(numbers);
    assert!(log.take() == each(dropped), "from the innermost one on");
}

#[test]
fn a_panic_in_the_innermost_one_closes_all() {
    #[async_generator(boxed)]
    async fn panics_at_zero(from: u32, log: &Log) -> u32 {
        let _local = log.local(from);
        yield_!(from);
        assert!(from > 0, "this one is to panic");
        yield_from!(panics_at_zero(from - 1, log));
    }

    let log = Log::default();
    let mut numbers = panics_at_zero(DEPTH, &log);
    for n in (0..=DEPTH).rev() {
        assert_eq!(ready(numbers.next()), Some(n));
    }
    catch_unwind(AssertUnwindSafe(|| ready(numbers.next()))).unwrap_err();
    assert_eq!(numbers.state(), GeneratorState::Closed);
    assert!(log.take() == each(dropped), "from the innermost one on");
    assert_eq!(ready(numbers.next()), None);
}

#[test]
fn a_destructor_that_panics_does_not_keep_the_others_from_running() {
    struct Bomb;

    impl Drop for Bomb {
        fn drop(&mut self) {
            panic!("in a destructor");
        }
    }

    #[async_generator(boxed)]
    async fn armed_at_two(from: u32, log: &Log) -> u32 {
        let _local = log.local(from);
        let _bomb = (from == 2).then(|| Bomb);
        yield_!(from);
        if from > 0 {
            yield_from!(armed_at_two(from - 1, log));
        }
    }

    let log = Log::default();
    let mut numbers = armed_at_two(DEPTH, &log);
    for n in (0..=DEPTH).rev() {
        assert_eq!(ready(numbers.next()), Some(n));
    }
    catch_unwind(AssertUnwindSafe(|| drop(numbers))).unwrap_err();
    assert!(log.take() == each(dropped), "from the innermost one on");
}

#[async_generator(boxed)]
async fn before<'l>(n: u32, inner: BoxGenerator<'l, u32>, log: &'l Log) -> u32 {
    let _local = log.local(n);
    defer! {
        tick().await;
        log.add(format_args!("close {n}"));
    }
    yield_!(n);
    yield_from!(inner);
    yield_!(n);
}

#[async_generator(boxed)]
async fn naturals(log: &Log) -> u32 {
    let _local = log.local(0);
    defer! {
        tick().await;
        log.add("close 0");
    }
    for n in 0.. {
        yield_!(n);
    }
}

/// One in which each was polled, until it had a shortcut of its own, before the next one delegated to it.
fn wrapped(depth: u32, log: &Log) -> BoxGenerator<'_, u32> {
    let mut numbers = naturals(log);
    let mut seen = 0;
    for level in 1..=depth {
        for _ in 0..4 {
            assert_eq!(ready(numbers.next()), Some(seen));
            seen += 1;
        }
        numbers = before(level, numbers, log);
        assert_eq!(ready(numbers.next()), Some(level));
    }
    for _ in 0..4 {
        assert_eq!(ready(numbers.next()), Some(seen));
        seen += 1;
    }
    numbers
}

#[test]
fn one_that_was_polled_before_it_was_delegated_to_is_as_shallow() {
    let log = Log::default();
    block_on(wrapped(DEPTH, &log).close());
    assert!(log.take() == each(closed), "from the innermost one on");
    drop(wrapped(DEPTH, &log));
    assert!(log.take() == each(dropped), "from the innermost one on");
}

#[test]
fn it_gives_its_items_in_order_and_ends() {
    #[async_generator(boxed)]
    async fn two(log: &Log) -> u32 {
        let _local = log.local(0);
        for n in 0..10 {
            yield_!(n);
        }
    }

    let log = Log::default();
    let mut numbers = two(&log);
    for level in 11..=13 {
        assert!(ready(numbers.next()).is_some());
        assert!(ready(numbers.next()).is_some());
        assert!(ready(numbers.next()).is_some());
        numbers = before(level, numbers, &log);
    }
    assert_eq!(block_on(numbers.collect::<Vec<_>>()), [13, 7, 8, 9, 11, 12, 13]);
}
