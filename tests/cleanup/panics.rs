//! Panics: the generator is closed, locals are dropped once, cleanups are not run.

use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::{Pin, pin},
};

use futures::StreamExt as _;
use gen_runtime::{GeneratorState, SendError, prelude::*};

use crate::stepping::{Log, finish, pending, ready, tick};

/// What a panic said.
fn panic_of(operation: impl Future) -> String {
    let caught = catch_unwind(AssertUnwindSafe(|| {
        finish(operation);
    }));
    let payload = caught.expect_err("it did not panic");
    payload.downcast_ref::<&str>().map_or_else(String::new, ToString::to_string)
}

fn fail(message: &'static str) {
    std::panic::panic_any(message);
}

/// Panics when it is dropped.
struct Bomb<'l>(&'l Log);

impl Drop for Bomb<'_> {
    fn drop(&mut self) {
        self.0.add("bomb");
        assert!(std::thread::panicking(), "bomb");
    }
}

fn assert_closed<G>(mut generator: Pin<&mut G>)
where
    G: AsyncGenerator<Yield = u32, Sent = u32> + futures::Stream<Item = u32>,
{
    assert_eq!(generator.state(), GeneratorState::Closed);
    assert!(!generator.has_pending_cleanup());
    assert_eq!(ready(generator.next()), None);
    assert_eq!(ready(generator.send(1)), Err(SendError::Closed(1)));
    ready(generator.close());
}

#[async_generator(send = u32)]
async fn panics_in_the_body(log: &Log) -> u32 {
    let _outer = log.local("outer");
    defer! { log.add("cleanup"); }
    let _inner = log.local("inner");
    yield_!(1);
    fail("body");
}

#[test]
fn a_panic_in_the_body_drops_its_locals_and_runs_no_cleanup() {
    let log = Log::default();
    let mut items = pin!(panics_in_the_body(&log));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(panic_of(items.next()), "body");
    assert_eq!(log.take(), ["drop inner", "drop outer"]);
    assert_closed(items.as_mut());
    assert!(log.take().is_empty());
}

#[async_generator(send = u32)]
async fn panics_in_a_cleanup(log: &Log) -> u32 {
    let _outer = log.local("outer");
    defer! { log.add("outer cleanup"); }
    let _middle = log.local("middle");
    defer! {
        let _in_cleanup = log.local("in cleanup");
        tick().await;
        fail("cleanup");
    }
    let _inner = log.local("inner");
    yield_!(1);
}

#[test]
fn a_panic_in_a_cleanup_while_closing_comes_out_of_close() {
    let log = Log::default();
    let mut items = pin!(panics_in_a_cleanup(&log));
    assert_eq!(ready(items.next()), Some(1));
    pending(items.close());
    assert_eq!(log.take(), ["drop inner"]);
    assert_eq!(panic_of(items.close()), "cleanup");
    assert_eq!(log.take(), ["drop in cleanup", "drop middle", "drop outer"]);
    assert_closed(items.as_mut());
    assert!(log.take().is_empty());
}

#[test]
fn a_panic_in_a_cleanup_on_a_normal_exit_comes_out_of_next() {
    let log = Log::default();
    let mut items = pin!(panics_in_a_cleanup(&log));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(panic_of(items.next()), "cleanup");
    assert_eq!(log.take(), ["drop inner", "drop in cleanup", "drop middle", "drop outer"]);
    assert_closed(items.as_mut());
}

#[async_generator(send = u32)]
async fn panics_in_a_destructor(log: &Log) -> u32 {
    let _outer = log.local("outer");
    defer! { log.add("cleanup"); }
    let _before = log.local("before");
    let _bomb = Bomb(log);
    let _after = log.local("after");
    yield_!(1);
}

#[test]
fn a_panic_in_a_destructor_while_closing_drops_the_other_locals() {
    let log = Log::default();
    let mut items = pin!(panics_in_a_destructor(&log));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(panic_of(items.close()), "bomb");
    assert_eq!(log.take(), ["drop after", "bomb", "drop before", "drop outer"]);
    assert_closed(items.as_mut());
}

#[async_generator(send = u32)]
async fn bomb_outside_of_regions(log: &Log) -> u32 {
    let _before = log.local("before");
    let _bomb = Bomb(log);
    yield_!(1);
}

#[test]
fn a_panic_in_a_destructor_outside_of_regions_comes_out_of_close() {
    let log = Log::default();
    let mut items = pin!(bomb_outside_of_regions(&log));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(panic_of(items.close()), "bomb");
    assert_eq!(log.take(), ["bomb", "drop before"]);
    assert_closed(items.as_mut());
}

#[async_generator(send = u32)]
async fn bomb_behind_the_last_cleanup(log: &Log) -> u32 {
    let _first = log.local("first");
    let _bomb = Bomb(log);
    defer! { log.add("cleanup"); }
    yield_!(1);
}

#[test]
fn a_panic_in_a_destructor_behind_the_last_cleanup_comes_out_of_close() {
    let log = Log::default();
    let mut items = pin!(bomb_behind_the_last_cleanup(&log));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(panic_of(items.close()), "bomb");
    assert_eq!(log.take(), ["cleanup", "bomb", "drop first"]);
    assert_closed(items.as_mut());
}

#[async_generator(send = u32)]
async fn over_a_source_that_panics(log: &Log) -> u32 {
    defer! { log.add("cleanup"); }
    #[for_await]
    for item in panics_in_a_cleanup(log) {
        yield_!(item);
    }
}

#[test]
fn a_panic_in_the_close_of_a_source_goes_through() {
    let log = Log::default();
    let mut items = pin!(over_a_source_that_panics(&log));
    assert_eq!(ready(items.next()), Some(1));
    assert_eq!(panic_of(items.close()), "cleanup");
    assert_eq!(log.take(), ["drop inner", "drop in cleanup", "drop middle", "drop outer"]);
    assert_closed(items.as_mut());
}
