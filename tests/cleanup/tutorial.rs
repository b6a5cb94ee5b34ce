//! What users of Python's async generators take for granted.

use std::pin::pin;

use futures::{Stream as _, StreamExt as _};
use gen_runtime::prelude::*;

use crate::stepping::{Log, finish, ready, tick};

#[async_generator(throw = &'static str)]
async fn counter(log: &Log, to: u32) -> Result<u32, &'static str> {
    defer! {
        tick().await;
        log.add("cleanup");
    }
    for n in 0..to {
        if let Err(error) = yield_!(Ok(n)) {
            if error == "fatal" {
                return Err(error);
            }
            log.add(format_args!("caught {error}"));
        }
    }
}

#[test]
fn a_generator_is_single_use() {
    let log = Log::default();
    let mut items = pin!(counter(&log, 2));
    assert_eq!(finish(items.as_mut().count()), 2);
    assert_eq!(finish(items.as_mut().count()), 0);
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.size_hint(), (0, Some(0)));
    assert_eq!(log.take(), ["cleanup"]);
}

#[test]
fn a_loop_after_next_takes_the_rest() {
    let log = Log::default();
    let mut items = pin!(counter(&log, 4));
    assert_eq!(ready(items.next()), Some(Ok(0)));
    let mut rest = Vec::new();
    finish(async {
        for_await!(item in items.as_mut() {
            rest.push(item);
        });
    });
    assert_eq!(rest, [Ok(1), Ok(2), Ok(3)]);
}

#[test]
fn breaking_out_of_a_loop_over_an_owned_generator_cleans_up_before_after_loop() {
    let log = Log::default();
    finish(async {
        for_await!(item in counter(&log, 4) {
            log.add(format_args!("{item:?}"));
            if item == Ok(1) {
                break;
            }
        });
        log.add("after loop");
    });
    assert_eq!(log.take(), ["Ok(0)", "Ok(1)", "cleanup", "after loop"]);
}

#[test]
fn a_generator_that_was_never_polled_has_done_nothing() {
    let log = Log::default();
    drop(counter(&log, 4));
    assert!(log.take().is_empty());
}

#[test]
fn after_close_next_is_none() {
    let log = Log::default();
    let mut items = pin!(counter(&log, 4));
    assert_eq!(ready(items.next()), Some(Ok(0)));
    finish(items.close());
    assert_eq!(log.take(), ["cleanup"]);
    assert_eq!(ready(items.next()), None);
}

#[test]
fn a_throw_that_is_caught_gives_the_next_item() {
    let log = Log::default();
    let mut items = pin!(counter(&log, 4));
    assert_eq!(ready(items.next()), Some(Ok(0)));
    assert_eq!(ready(items.throw("ball")), Ok(Some(Ok(1))));
    assert_eq!(log.take(), ["caught ball"]);
}

#[test]
fn a_throw_that_is_not_caught_comes_out_and_ends_the_generator() {
    let log = Log::default();
    let mut items = pin!(counter(&log, 4));
    assert_eq!(ready(items.next()), Some(Ok(0)));
    assert_eq!(finish(items.throw("fatal")), Ok(Some(Err("fatal"))));
    assert_eq!(log.take(), ["cleanup"]);
    assert_eq!(ready(items.next()), None);
}

#[test]
fn two_generators_of_one_function_are_apart() {
    let log = Log::default();
    let mut one = pin!(counter(&log, 4));
    let mut other = pin!(counter(&log, 4));
    assert_eq!(ready(one.next()), Some(Ok(0)));
    assert_eq!(ready(one.next()), Some(Ok(1)));
    assert_eq!(ready(other.next()), Some(Ok(0)));
    finish(one.close());
    assert_eq!(ready(other.next()), Some(Ok(1)));
}
