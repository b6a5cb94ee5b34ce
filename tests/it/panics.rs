//! A panic in a body closes the generator, whatever operation it happens in.

use std::pin::Pin;

use futures::{StreamExt as _, stream::FusedStream};
use gen_runtime::{GeneratorState, SendError, ThrowError, prelude::*};

use crate::support::{Local, Log, finish, next, panics, quiet_panic, tick};

/// When to panic.
#[derive(Clone, Copy, PartialEq)]
enum When {
    AtOnce,
    AfterAnItem,
    AfterAnAwait,
    InCleanup,
}

#[async_generator(send = u8, throw = u8)]
async fn panicking(when: When, log: &Log) -> u8 {
    let _local = log.local("local");
    defer! {
        log.push("cleanup");
        if when == When::InCleanup {
            quiet_panic();
        }
    }
    if when == When::AtOnce {
        quiet_panic();
    }
    let _ = yield_!(1);
    if when == When::AfterAnItem {
        quiet_panic();
    }
    tick().await;
    if when == When::AfterAnAwait {
        quiet_panic();
    }
}

trait Talking: AsyncGenerator<Yield = u8, Sent = u8, Thrown = u8> + FusedStream<Item = u8> {}

impl<G: AsyncGenerator<Yield = u8, Sent = u8, Thrown = u8> + FusedStream<Item = u8>> Talking for G {}

fn started(when: When, log: &Log) -> Pin<Box<impl Talking>> {
    let mut generator = Box::pin(panicking(when, log));
    assert_eq!(next(generator.as_mut()), Some(1));
    generator
}

fn assert_closed(mut generator: Pin<Box<impl Talking>>) {
    assert_eq!(generator.state(), GeneratorState::Closed);
    assert!(generator.is_terminated());
    assert!(!generator.has_pending_cleanup());
    assert_eq!(generator.size_hint(), (0, Some(0)));
    for _ in 0..3 {
        assert_eq!(next(generator.as_mut()), None);
    }
    assert_eq!(finish(generator.send(1)), Err(SendError::Closed(1)));
    assert_eq!(finish(generator.throw(2)), Err(ThrowError::Closed(2)));
    finish(generator.close());
}

#[test]
fn panic_in_next_closes() {
    let log = Log::default();
    let mut generator = Box::pin(panicking(When::AtOnce, &log));
    assert!(panics(|| next(generator.as_mut())));
    assert_eq!(log.take(), ["drop local"]);
    assert_closed(generator);
    assert_eq!(log.take(), [""; 0]);
}

#[test]
fn panic_in_send_closes() {
    let log = Log::default();
    let mut generator = started(When::AfterAnItem, &log);
    assert!(panics(|| finish(generator.send(5))));
    assert_eq!(log.take(), ["drop local"]);
    assert_closed(generator);
}

#[test]
fn panic_in_throw_closes() {
    let log = Log::default();
    let mut generator = started(When::AfterAnItem, &log);
    assert!(panics(|| finish(generator.throw(5))));
    assert_eq!(log.take(), ["drop local"]);
    assert_closed(generator);
}

#[test]
fn panic_after_an_await_closes() {
    let log = Log::default();
    let mut generator = started(When::AfterAnAwait, &log);
    assert!(panics(|| next(generator.as_mut())));
    assert_eq!(log.take(), ["drop local"]);
    assert_closed(generator);
}

#[test]
fn panic_in_a_cleanup_of_close_closes() {
    let log = Log::default();
    let mut generator = started(When::InCleanup, &log);
    assert!(panics(|| finish(generator.close())));
    assert_eq!(log.take(), ["cleanup", "drop local"]);
    assert_closed(generator);
    assert_eq!(log.take(), [""; 0]);
}

#[test]
fn panic_in_a_cleanup_at_the_end_closes() {
    let log = Log::default();
    let mut generator = started(When::InCleanup, &log);
    assert!(panics(|| next(generator.as_mut())));
    assert_eq!(log.take(), ["cleanup", "drop local"]);
    assert_closed(generator);
}

struct PanicsOnDrop<'l>(Local<'l>);

impl Drop for PanicsOnDrop<'_> {
    fn drop(&mut self) {
        self.0.touch();
        // A second panic would abort the tests.
        if !std::thread::panicking() {
            quiet_panic();
        }
    }
}

#[async_generator(send = u8, throw = u8)]
async fn holding(local: PanicsOnDrop<'_>) -> u8 {
    let _ = yield_!(1);
    drop(local);
}

#[test]
fn panic_in_a_destructor_of_close_closes() {
    let log = Log::default();
    let mut generator = Box::pin(holding(PanicsOnDrop(log.local("held"))));
    assert_eq!(next(generator.as_mut()), Some(1));
    assert!(panics(|| finish(generator.close())));
    assert_eq!(log.take(), ["touch held", "drop held"]);
    assert_closed(generator);
    assert_eq!(log.take(), [""; 0]);
}

#[test]
fn panic_in_a_destructor_of_a_created_generator_closes() {
    let log = Log::default();
    let mut generator = Box::pin(holding(PanicsOnDrop(log.local("held"))));
    assert!(panics(|| finish(generator.throw(1))));
    assert_eq!(log.take(), ["touch held", "drop held"]);
    assert_closed(generator);
}

#[test]
fn panic_in_an_inner_generator_closes_both() {
    #[async_generator(send = u8, throw = u8)]
    async fn around(log: &Log) -> u8 {
        let _local = log.local("outer");
        let _ = yield_from!(panicking(When::AfterAnItem, log));
    }
    let log = Log::default();
    let mut generator = Box::pin(around(&log));
    assert_eq!(next(generator.as_mut()), Some(1));
    assert!(panics(|| next(generator.as_mut())));
    assert_eq!(log.take(), ["drop local", "drop outer"]);
    assert_closed(generator);
}

#[test]
fn caught_panic_of_an_inner_generator_leaves_the_outer_one_running() {
    let log = Log::default();
    let outer = stream! {
        let mut inner = Box::pin(panicking(When::AfterAnItem, &log));
        yield inner.next().await;
        assert!(panics(|| next(inner.as_mut())));
        yield inner.next().await;
    };
    assert_eq!(crate::support::items(outer), [Some(1), None]);
}

#[test]
fn panic_between_the_operand_and_the_yield_loses_nothing_else() {
    let mut generator = Box::pin(stream! {
        yield 1;
        let fails = true;
        yield if fails { quiet_panic() } else { 2 };
    });
    assert_eq!(next(generator.as_mut()), Some(1));
    assert!(panics(|| next(generator.as_mut())));
    assert_eq!(next(generator.as_mut()), None);
}
