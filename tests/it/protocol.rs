//! What each operation does in each state: the table of `AsyncGenerator`, cell by cell.

use std::{pin::Pin, task::Poll};

use futures::{FutureExt as _, Stream, StreamExt as _};
use gen_runtime::{GeneratorState, SendError, ThrowError, prelude::*};

use crate::support::{Log, finish, next, poll_once, tick};

/// What the tests below operate on.
trait Subject:
    AsyncGenerator<Yield = String, Sent = u8, Thrown = &'static str> + Stream<Item = String>
{
}

impl<G> Subject for G where
    G: AsyncGenerator<Yield = String, Sent = u8, Thrown = &'static str> + Stream<Item = String>
{
}

#[async_generator(send = u8, throw = &'static str)]
async fn subject(log: &Log) -> String {
    let _local = log.local("local");
    log.push("entered");
    defer! {
        tick().await;
        log.push("cleaned up");
    }
    let mut signal = yield_!(String::from("first"));
    while signal != Ok(99) {
        tick().await;
        signal = yield_!(format!("{signal:?}"));
    }
}

fn created(log: &Log) -> Pin<Box<impl Subject>> {
    Box::pin(subject(log))
}

fn suspended(log: &Log) -> Pin<Box<impl Subject>> {
    let mut generator = created(log);
    assert_eq!(next(generator.as_mut()).unwrap(), "first");
    assert_eq!(log.take(), ["entered"]);
    assert_eq!(generator.state(), GeneratorState::Suspended);
    generator
}

fn awaiting(log: &Log) -> Pin<Box<impl Subject>> {
    let mut generator = suspended(log);
    assert!(generator.send(7).now_or_never().is_none());
    assert_eq!(generator.state(), GeneratorState::Awaiting);
    generator
}

fn closed(log: &Log) -> Pin<Box<impl Subject>> {
    let mut generator = suspended(log);
    assert_eq!(finish(generator.send(99)), Ok(None));
    assert_eq!(log.take(), ["cleaned up", "drop local"]);
    assert_eq!(generator.state(), GeneratorState::Closed);
    generator
}

const NOTHING: [&str; 0] = [];

#[test]
fn next_enters_a_created_body() {
    let log = Log::default();
    let mut generator = created(&log);
    assert_eq!(generator.state(), GeneratorState::Created);
    assert_eq!(log.take(), NOTHING);
    assert_eq!(next(generator.as_mut()).unwrap(), "first");
    assert_eq!(log.take(), ["entered"]);
}

#[test]
fn next_resumes_a_suspended_body_with_the_default() {
    let log = Log::default();
    let mut generator = suspended(&log);
    assert_eq!(next(generator.as_mut()).unwrap(), "Ok(0)");
    assert_eq!(generator.state(), GeneratorState::Suspended);
}

#[test]
fn next_goes_on_from_an_await_with_what_was_delivered() {
    let log = Log::default();
    let mut generator = awaiting(&log);
    assert_eq!(poll_once(Pin::new(&mut generator.next())), Poll::Ready(Some("Ok(7)".into())));
    assert_eq!(generator.state(), GeneratorState::Suspended);
}

#[test]
fn next_of_a_closed_generator_is_none_for_ever() {
    let log = Log::default();
    let mut generator = closed(&log);
    for _ in 0..5 {
        assert_eq!(poll_once(Pin::new(&mut generator.next())), Poll::Ready(None));
    }
    assert_eq!(log.take(), NOTHING);
}

#[test]
fn send_to_a_created_generator_gives_the_value_back() {
    let log = Log::default();
    let mut generator = created(&log);
    assert_eq!(finish(generator.send(5)), Err(SendError::NotStarted(5)));
    assert_eq!(generator.state(), GeneratorState::Created);
    assert_eq!(log.take(), NOTHING);
    assert_eq!(next(generator.as_mut()).unwrap(), "first");
}

#[test]
fn send_resumes_a_suspended_body_with_the_value() {
    let log = Log::default();
    let mut generator = suspended(&log);
    assert_eq!(finish(generator.send(5)), Ok(Some(String::from("Ok(5)"))));
    assert_eq!(finish(generator.send(6)), Ok(Some(String::from("Ok(6)"))));
}

#[test]
fn send_to_an_awaiting_generator_gives_the_value_back() {
    let log = Log::default();
    let mut generator = awaiting(&log);
    assert_eq!(finish(generator.send(5)), Err(SendError::Awaiting(5)));
    assert_eq!(generator.state(), GeneratorState::Awaiting);
    assert_eq!(next(generator.as_mut()).unwrap(), "Ok(7)");
}

#[test]
fn send_to_a_closed_generator_gives_the_value_back() {
    let log = Log::default();
    let mut generator = closed(&log);
    assert_eq!(finish(generator.send(5)), Err(SendError::Closed(5)));
    assert_eq!(finish(generator.send(6)), Err(SendError::Closed(6)));
}

#[test]
fn send_that_ends_the_body_gives_none() {
    let log = Log::default();
    let mut generator = suspended(&log);
    assert_eq!(finish(generator.send(99)), Ok(None));
    assert_eq!(generator.state(), GeneratorState::Closed);
}

#[test]
fn throw_into_a_created_generator_closes_it_unentered() {
    let log = Log::default();
    #[async_generator(throw = &'static str)]
    async fn holding(local: crate::support::Local<'_>) -> u8 {
        local.touch();
        let _ = yield_!(1);
    }
    let mut generator = Box::pin(holding(log.local("argument")));
    assert_eq!(finish(generator.throw("early")), Err(ThrowError::NotStarted("early")));
    assert_eq!(generator.state(), GeneratorState::Closed);
    assert_eq!(log.take(), ["drop argument"]);
    assert_eq!(next(generator.as_mut()), None);
    assert_eq!(finish(generator.throw("late")), Err(ThrowError::Closed("late")));
}

#[test]
fn throw_makes_the_yield_of_a_suspended_body_an_error() {
    let log = Log::default();
    let mut generator = suspended(&log);
    assert_eq!(finish(generator.throw("up")), Ok(Some(String::from("Err(\"up\")"))));
    assert_eq!(generator.state(), GeneratorState::Suspended);
    assert_eq!(next(generator.as_mut()).unwrap(), "Ok(0)");
}

#[test]
fn throw_into_an_awaiting_generator_gives_the_error_back() {
    let log = Log::default();
    let mut generator = awaiting(&log);
    assert_eq!(finish(generator.throw("up")), Err(ThrowError::Awaiting("up")));
    assert_eq!(generator.state(), GeneratorState::Awaiting);
    assert_eq!(next(generator.as_mut()).unwrap(), "Ok(7)");
}

#[test]
fn throw_into_a_closed_generator_gives_the_error_back() {
    let log = Log::default();
    let mut generator = closed(&log);
    assert_eq!(finish(generator.throw("up")), Err(ThrowError::Closed("up")));
}

#[async_generator(throw = &'static str)]
async fn ending_on_an_error() -> u8 {
    while yield_!(1).is_ok() {}
}

#[test]
fn throw_that_ends_the_body_gives_none() {
    let mut generator = Box::pin(ending_on_an_error());
    assert_eq!(next(generator.as_mut()), Some(1));
    assert_eq!(next(generator.as_mut()), Some(1));
    assert_eq!(finish(generator.throw("end")), Ok(None));
    assert_eq!(generator.state(), GeneratorState::Closed);
}

#[test]
fn close_drops_a_created_body() {
    let log = Log::default();
    let mut generator = created(&log);
    assert!(!generator.has_pending_cleanup());
    assert_eq!(poll_once(Pin::new(&mut generator.close())), Poll::Ready(()));
    assert_eq!(generator.state(), GeneratorState::Closed);
    assert_eq!(log.take(), NOTHING);
    assert_eq!(next(generator.as_mut()), None);
}

#[test]
fn close_runs_the_cleanups_of_a_suspended_body() {
    let log = Log::default();
    let mut generator = suspended(&log);
    assert!(generator.has_pending_cleanup());
    finish(generator.close());
    assert!(!generator.has_pending_cleanup());
    assert_eq!(log.take(), ["cleaned up", "drop local"]);
    assert_eq!(generator.state(), GeneratorState::Closed);
    assert_eq!(next(generator.as_mut()), None);
}

#[test]
fn close_drops_the_await_that_the_body_stands_at() {
    #[async_generator]
    async fn stuck(log: &Log) -> u8 {
        defer! { log.push("cleaned up"); }
        let _local = log.local("before the await");
        std::future::pending::<()>().await;
        yield_!(1);
    }
    let log = Log::default();
    let mut generator = Box::pin(stuck(&log));
    assert!(generator.next().now_or_never().is_none());
    assert_eq!(generator.state(), GeneratorState::Awaiting);
    assert_eq!(poll_once(Pin::new(&mut generator.close())), Poll::Ready(()));
    assert_eq!(log.take(), ["drop before the await", "cleaned up"]);
    assert_eq!(next(generator.as_mut()), None);
}

#[test]
fn close_of_a_closed_generator_does_nothing() {
    let log = Log::default();
    let mut generator = closed(&log);
    assert_eq!(poll_once(Pin::new(&mut generator.close())), Poll::Ready(()));
    assert_eq!(log.take(), NOTHING);
    assert_eq!(generator.state(), GeneratorState::Closed);
}

#[test]
fn half_closed_generator_only_closes() {
    let log = Log::default();
    let mut generator = suspended(&log);
    assert!(generator.close().now_or_never().is_none());
    assert_eq!(generator.state(), GeneratorState::Awaiting);
    assert!(generator.has_pending_cleanup());
    assert_eq!(finish(generator.send(5)), Err(SendError::Awaiting(5)));
    assert_eq!(finish(generator.throw("up")), Err(ThrowError::Awaiting("up")));
    assert_eq!(log.take(), NOTHING);
    assert_eq!(next(generator.as_mut()), None);
    assert_eq!(log.take(), ["cleaned up", "drop local"]);
    assert_eq!(generator.state(), GeneratorState::Closed);
    finish(generator.close());
    assert_eq!(log.take(), NOTHING);
}

#[test]
fn operation_that_is_not_polled_does_nothing() {
    let log = Log::default();
    let mut generator = suspended(&log);
    drop(generator.send(5));
    drop(generator.throw("up"));
    drop(generator.close());
    drop(generator.next());
    assert_eq!(generator.state(), GeneratorState::Suspended);
    assert_eq!(log.take(), NOTHING);
    assert_eq!(next(generator.as_mut()).unwrap(), "Ok(0)");
}
