//! Locals and cleanups go in strict reverse order of declaration.

use std::pin::pin;

use futures::StreamExt as _;
use gen_runtime::prelude::*;

use crate::stepping::{Log, finish, ready, tick};

#[async_generator]
async fn interleaved(log: &Log) -> u32 {
    let _a = log.local("a");
    defer! {
        log.add("cleanup 1");
        tick().await;
    }
    let _b = log.local("b");
    let _c = log.local("c");
    defer! {
        let _in_cleanup = log.local("in cleanup 2");
        log.add("cleanup 2");
        tick().await;
    }
    let _d = log.local("d");
    {
        let _e = log.local("e");
        defer! {
            tick().await;
            log.add("cleanup 3");
        }
        let _f = log.local("f");
        yield_!(1);
    }
    let _g = log.local("g");
    yield_!(2);
}

#[test]
fn close_interleaves_drops_and_cleanups_in_reverse_order() {
    let log = Log::default();
    let mut items = pin!(interleaved(&log));
    assert_eq!(ready(items.next()), Some(1));
    finish(items.close());
    let expected = [
        "drop f",
        "cleanup 3",
        "drop e",
        "drop d",
        "cleanup 2",
        "drop in cleanup 2",
        "drop c",
        "drop b",
        "cleanup 1",
        "drop a",
    ];
    assert_eq!(log.take(), expected);
}

#[test]
fn the_end_of_the_body_has_the_same_order() {
    let log = Log::default();
    assert_eq!(finish(interleaved(&log).collect::<Vec<_>>()), [1, 2]);
    let expected = [
        "drop f",
        "cleanup 3",
        "drop e",
        "drop g",
        "drop d",
        "cleanup 2",
        "drop in cleanup 2",
        "drop c",
        "drop b",
        "cleanup 1",
        "drop a",
    ];
    assert_eq!(log.take(), expected);
}

#[test]
fn several_defers_of_one_block_run_last_first() {
    let log = &Log::default();
    let mut items = pin!(gen_runtime::stream! {
        defer! { log.add("first"); }
        defer! { log.add("second"); }
        defer! { log.add("third"); }
        yield 1;
    });
    assert_eq!(ready(items.next()), Some(1));
    finish(items.close());
    assert_eq!(log.take(), ["third", "second", "first"]);
}

#[async_generator]
async fn with_arguments(_first: crate::stepping::Local<'_>, log: &Log) -> u32 {
    defer! { log.add("cleanup"); }
    let _local = log.local("local");
    yield_!(1);
}

#[test]
fn arguments_are_dropped_last() {
    let log = Log::default();
    let mut items = pin!(with_arguments(log.local("argument"), &log));
    assert_eq!(ready(items.next()), Some(1));
    finish(items.close());
    assert_eq!(log.take(), ["drop local", "cleanup", "drop argument"]);
}

#[async_generator]
async fn in_a_loop(log: &Log) -> u32 {
    for n in 0..2 {
        let _before = log.local(format_args!("before {n}"));
        defer! { log.add(format_args!("cleanup {n}")); }
        let _after = log.local(format_args!("after {n}"));
        yield_!(n);
    }
}

#[test]
fn each_round_of_a_loop_ends_before_the_next_begins() {
    let log = Log::default();
    assert_eq!(finish(in_a_loop(&log).count()), 2);
    let expected = [
        "drop after 0",
        "cleanup 0",
        "drop before 0",
        "drop after 1",
        "cleanup 1",
        "drop before 1",
    ];
    assert_eq!(log.take(), expected);
}

#[async_generator]
async fn eight_deep(log: &Log) -> u32 {
    let _l0 = log.local(0);
    defer! { tick().await; log.add("cleanup 0"); }
    let _l1 = log.local(1);
    {
        defer! { tick().await; log.add("cleanup 1"); }
        let _l2 = log.local(2);
        loop {
            defer! { tick().await; log.add("cleanup 2"); }
            let _l3 = log.local(3);
            if log.take().is_empty() {
                defer! { tick().await; log.add("cleanup 3"); }
                let _l4 = log.local(4);
                async {
                    defer! { tick().await; log.add("cleanup 4"); }
                    let l5 = log.local(5);
                    match l5.name() {
                        "5" => {
                            defer! { tick().await; log.add("cleanup 5"); }
                            let _l6 = log.local(6);
                            'block: {
                                defer! { tick().await; log.add("cleanup 6"); }
                                let _l7 = log.local(7);
                                for n in 0..3 {
                                    defer! { tick().await; log.add("cleanup 7"); }
                                    let _l8 = log.local(8);
                                    yield_!(n);
                                    break 'block;
                                }
                            }
                        }
                        _ => unreachable!("it is the fifth"),
                    }
                }
                .await;
            }
            break;
        }
    }
}

#[test]
fn the_order_holds_eight_regions_deep() {
    let mut expected = vec![String::from("drop 8")];
    for depth in (0..8).rev() {
        expected.push(format!("cleanup {depth}"));
        expected.push(format!("drop {depth}"));
    }
    let log = Log::default();
    let mut items = pin!(eight_deep(&log));
    assert_eq!(ready(items.next()), Some(0));
    finish(items.close());
    assert_eq!(log.take(), expected);
    assert_eq!(finish(eight_deep(&log).collect::<Vec<_>>()), [0]);
    assert_eq!(log.take(), expected);
}

#[async_generator]
async fn gives_away(log: &Log, gives: bool) -> u32 {
    let kept = log.local("kept");
    let given = log.local("given");
    defer! { log.add("cleanup"); }
    let _guarded = log.local("guarded");
    yield_!(1);
    if gives {
        drop(given);
    }
    log.add(kept.name());
}

#[test]
fn what_guarded_code_may_take_over_is_dropped_where_it_was_declared() {
    let log = Log::default();
    assert_eq!(finish(gives_away(&log, false).count()), 1);
    assert_eq!(log.take(), ["kept", "drop guarded", "cleanup", "drop given", "drop kept"]);
    assert_eq!(finish(gives_away(&log, true).count()), 1);
    assert_eq!(log.take(), ["drop given", "kept", "drop guarded", "cleanup", "drop kept"]);
}

macro_rules! someones {
    ($($tokens:tt)*) => { $($tokens)* };
}

#[async_generator]
async fn gives_away_by_macro(log: &Log, gives: bool) -> u32 {
    let kept = log.local("kept");
    let given = log.local("given");
    defer! { log.add("cleanup"); }
    let _guarded = log.local("guarded");
    yield_!(1);
    if gives {
        someones!(drop(given));
    }
    log.add(kept.name());
}

#[test]
fn what_code_with_a_macro_takes_over_goes_with_it() {
    let log = Log::default();
    assert_eq!(finish(gives_away_by_macro(&log, false).count()), 1);
    assert_eq!(log.take(), ["kept", "drop guarded", "drop given", "cleanup", "drop kept"]);
    assert_eq!(finish(gives_away_by_macro(&log, true).count()), 1);
    assert_eq!(log.take(), ["drop given", "kept", "drop guarded", "cleanup", "drop kept"]);
}

#[async_generator]
async fn declares_first(log: &Log) -> u32 {
    let late;
    defer! { log.add("cleanup"); }
    yield_!(1);
    late = log.local("late");
    yield_!(2);
    log.add(late.name());
}

#[test]
fn a_variable_can_get_its_first_value_behind_a_cleanup() {
    let log = Log::default();
    assert_eq!(finish(declares_first(&log).count()), 2);
    assert_eq!(log.take(), ["late", "cleanup", "drop late"]);
}
