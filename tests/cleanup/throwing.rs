//! Thrown errors and cleanup.

use std::pin::pin;

use futures::StreamExt as _;
use gen_runtime::{GeneratorState, ThrowError, prelude::*};

use crate::stepping::{Log, finish, pending, ready, tick};

#[async_generator(throw = String)]
async fn guarded(log: &Log) -> Result<u32, String> {
    defer! {
        tick().await;
        log.add("outer");
    }
    for n in 0..3 {
        let _local = log.local(n);
        defer! {
            tick().await;
            log.add(format_args!("inner {n}"));
        }
        yield_!(Ok(n))?;
    }
    log.add("after");
}

#[test]
fn an_uncaught_error_runs_the_cleanups_comes_out_and_ends_the_generator() {
    let log = Log::default();
    let mut items = pin!(guarded(&log));
    assert_eq!(ready(items.next()), Some(Ok(0)));
    let thrown = finish(items.throw(String::from("boom")));
    assert_eq!(thrown, Ok(Some(Err(String::from("boom")))));
    assert_eq!(log.take(), ["inner 0", "drop 0", "outer"]);
    assert_eq!(ready(items.next()), None);
    assert_eq!(items.state(), GeneratorState::Closed);
}

#[async_generator(throw = String)]
async fn catching(log: &Log) -> String {
    defer! { log.add("outer"); }
    let mut caught = String::from("ready");
    loop {
        let outcome: Result<(), String> = async {
            defer! {
                tick().await;
                log.add("inner");
            }
            yield_!(caught.clone())?;
            Ok(())
        }
        .await;
        caught = match outcome {
            Ok(()) => String::from("fine"),
            Err(error) => format!("caught {error}"),
        };
    }
}

#[test]
fn a_caught_error_leaves_the_regions_inside_the_catch_and_no_other() {
    let log = Log::default();
    let mut items = pin!(catching(&log));
    assert_eq!(ready(items.next()).as_deref(), Some("ready"));
    assert_eq!(finish(items.throw(String::from("it"))), Ok(Some(String::from("caught it"))));
    assert_eq!(log.take(), ["inner"]);
    assert_eq!(finish(items.next()).as_deref(), Some("fine"));
    assert_eq!(log.take(), ["inner"]);
    finish(items.close());
    assert_eq!(log.take(), ["inner", "outer"]);
}

#[test]
fn a_throw_before_the_start_enters_nothing_and_closes() {
    let log = Log::default();
    let mut items = pin!(guarded(&log));
    let thrown = ready(items.throw(String::from("early")));
    assert_eq!(thrown, Err(ThrowError::NotStarted(String::from("early"))));
    assert_eq!(ready(items.next()), None);
    assert!(log.take().is_empty());
}

#[test]
fn a_throw_dropped_in_mid_cleanup_has_its_error_come_out_of_the_next() {
    let log = Log::default();
    let mut items = pin!(guarded(&log));
    assert_eq!(ready(items.next()), Some(Ok(0)));
    pending(items.throw(String::from("boom")));
    assert_eq!(finish(items.next()), Some(Err(String::from("boom"))));
    assert_eq!(log.take(), ["inner 0", "drop 0", "outer"]);
}

#[test]
fn a_close_after_a_throw_dropped_in_mid_cleanup_drops_the_error() {
    let log = Log::default();
    let mut items = pin!(guarded(&log));
    assert_eq!(ready(items.next()), Some(Ok(0)));
    pending(items.throw(String::from("boom")));
    finish(items.close());
    assert_eq!(log.take(), ["inner 0", "drop 0", "outer"]);
    assert_eq!(ready(items.next()), None);
}
