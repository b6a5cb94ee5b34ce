//! The futures of the operations, their errors, and what a generator says of itself.

use std::{
    error::Error,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
};

use futures::{FutureExt as _, Stream as _, StreamExt as _, stream::FusedStream as _};
use gen_runtime::{
    BoxGenerator, Generator, GeneratorState, LocalBoxGenerator, SendError, Signal, ThrowError,
    prelude::*,
};

use crate::support::{Task, finish, next, panics, poll_once, tick};

#[async_generator(send = String, throw = String)]
async fn echo() -> String {
    let mut line = String::new();
    loop {
        line = match yield_!(line) {
            Ok(line) => line,
            Err(line) => line + "!",
        };
        tick().await;
    }
}

#[test]
fn unpolled_send_and_throw_give_their_value_back() {
    let mut generator = pin!(echo());
    assert_eq!(next(generator.as_mut()).unwrap(), "");
    assert_eq!(generator.send("a".into()).into_value().unwrap(), "a");
    assert_eq!(generator.throw("b".into()).into_error().unwrap(), "b");
    assert_eq!(generator.state(), GeneratorState::Suspended);
}

#[test]
fn delivered_value_is_not_given_back() {
    let mut generator = pin!(echo());
    next(generator.as_mut());
    let mut send = generator.send("a".into());
    assert!(poll_once(Pin::new(&mut send)).is_pending());
    assert_eq!(send.into_value(), None);
    assert_eq!(next(generator.as_mut()).unwrap(), "a");
    let mut throw = generator.throw("b".into());
    assert!(poll_once(Pin::new(&mut throw)).is_pending());
    assert_eq!(throw.into_error(), None);
    assert_eq!(next(generator.as_mut()).unwrap(), "b!");
}

#[test]
fn refused_value_is_not_given_back_twice() {
    let mut generator = pin!(echo());
    let mut send = generator.send("a".into());
    let refused = poll_once(Pin::new(&mut send));
    assert_eq!(refused, Poll::Ready(Err(SendError::NotStarted(String::from("a")))));
    assert_eq!(send.into_value(), None);
}

#[test]
fn polling_send_after_it_completed_panics() {
    let mut generator = pin!(echo());
    next(generator.as_mut());
    let mut send = generator.send("a".into());
    assert!(finish(&mut send).is_ok());
    assert!(panics(|| poll_once(Pin::new(&mut send))));
    drop(send);
    assert_eq!(generator.state(), GeneratorState::Suspended);
}

#[test]
fn polling_a_refused_operation_again_panics() {
    let mut generator = pin!(echo());
    let mut throw = generator.throw("a".into());
    assert!(finish(&mut throw).is_err());
    assert!(panics(|| poll_once(Pin::new(&mut throw))));
}

#[test]
fn close_may_be_polled_after_it_completed() {
    let mut generator = pin!(echo());
    next(generator.as_mut());
    let mut close = generator.close();
    assert_eq!(poll_once(Pin::new(&mut close)), Poll::Ready(()));
    assert_eq!(poll_once(Pin::new(&mut close)), Poll::Ready(()));
}

#[test]
fn operations_name_themselves_and_the_state() {
    let mut generator = pin!(echo());
    let debug = format!("{:?}", generator.send("a".into()));
    assert_eq!(debug, "Send { generator: Created, .. }");
    let debug = format!("{:?}", generator.throw("b".into()));
    assert_eq!(debug, "Throw { generator: Created, .. }");
    assert!(format!("{:?}", generator.close()).contains("Close"));
}

#[test]
fn generators_name_themselves_and_their_state() {
    let mut generator = pin!(echo());
    assert_eq!(format!("{generator:?}"), "Generator { state: Created, .. }");
    next(generator.as_mut());
    assert_eq!(format!("{generator:?}"), "Generator { state: Suspended, .. }");
    assert!(generator.send(String::new()).now_or_never().is_none());
    assert_eq!(format!("{generator:?}"), "Generator { state: Awaiting, .. }");
    finish(generator.close());
    assert_eq!(format!("{generator:?}"), "Generator { state: Closed, .. }");
    let boxed = BoxGenerator::new(echo());
    assert_eq!(format!("{boxed:?}"), "BoxGenerator { state: Created, .. }");
    let local = LocalBoxGenerator::new(echo());
    assert_eq!(format!("{local:?}"), "LocalBoxGenerator { state: Created, .. }");
}

#[test]
fn debug_asks_nothing_of_the_items() {
    struct Opaque;
    fn opaque() -> Generator<impl Future<Output = ()>, Opaque> {
        stream! { yield Opaque; }
    }
    assert_eq!(format!("{:?}", opaque()), "Generator { state: Created, .. }");
    assert_eq!(format!("{:?}", SendError::Closed(Opaque)), "Closed(..)");
}

#[test]
fn size_hint_is_known_at_the_end_only() {
    let mut generator = pin!(stream! { yield 1; });
    assert_eq!(generator.size_hint(), (0, None));
    next(generator.as_mut());
    assert_eq!(generator.size_hint(), (0, None));
    assert_eq!(next(generator.as_mut()), None);
    assert_eq!(generator.size_hint(), (0, Some(0)));
}

#[test]
fn generator_is_terminated_when_it_has_ended() {
    let mut generator = pin!(stream! { yield 1; });
    assert!(!generator.is_terminated());
    next(generator.as_mut());
    assert!(!generator.is_terminated());
    assert_eq!(next(generator.as_mut()), None);
    assert!(generator.is_terminated());
    assert_eq!(generator.next().now_or_never(), Some(None));
}

#[test]
fn closed_generator_is_terminated() {
    let mut generator = pin!(echo());
    finish(generator.close());
    assert!(generator.is_terminated());
    assert_eq!(generator.size_hint(), (0, Some(0)));
}

#[test]
fn errors_say_what_is_wrong() {
    let texts = [
        SendError::NotStarted(1).to_string(),
        SendError::Awaiting(1).to_string(),
        SendError::Closed(1).to_string(),
        ThrowError::NotStarted(1).to_string(),
        ThrowError::Awaiting(1).to_string(),
        ThrowError::Closed(1).to_string(),
    ];
    assert_eq!(
        texts,
        [
            "value for a generator that was not started",
            "value for a generator that stands at an await",
            "value for a closed generator",
            "error for a generator that was not started",
            "error for a generator that stands at an await",
            "error for a closed generator",
        ]
    );
}

#[test]
fn errors_give_back_what_was_not_delivered() {
    assert_eq!(SendError::NotStarted("a").into_value(), "a");
    assert_eq!(SendError::Awaiting("b").into_value(), "b");
    assert_eq!(SendError::Closed("c").into_value(), "c");
    assert_eq!(ThrowError::NotStarted("a").into_error(), "a");
    assert_eq!(ThrowError::Awaiting("b").into_error(), "b");
    assert_eq!(ThrowError::Closed("c").into_error(), "c");
}

#[test]
fn errors_are_errors_whatever_they_hold() {
    struct Opaque;
    let errors: [Box<dyn Error>; 2] =
        [Box::new(SendError::Closed(Opaque)), Box::new(ThrowError::Awaiting(Opaque))];
    assert!(errors.iter().all(|error| error.source().is_none()));
}

#[test]
fn missing_signal_sends_the_default_and_a_refused_one_stays() {
    let task = Task::new();
    let cx = &mut Context::from_waker(task.waker());
    let mut generator = pin!(echo());
    let mut signal = Some(Signal::Sent(String::from("early")));
    assert_eq!(generator.as_mut().poll_resume(cx, &mut signal), Poll::Ready(Some(String::new())));
    assert_eq!(signal, Some(Signal::Sent(String::from("early"))));
    assert!(generator.as_mut().poll_resume(cx, &mut signal).is_pending());
    assert_eq!(signal, None);
    signal = Some(Signal::Thrown(String::from("in the await")));
    let item = generator.as_mut().poll_resume(cx, &mut signal);
    assert_eq!(item, Poll::Ready(Some(String::from("early"))));
    assert_eq!(signal, Some(Signal::Thrown(String::from("in the await"))));
    assert!(generator.as_mut().poll_close(cx).is_ready());
    assert_eq!(generator.as_mut().poll_resume(cx, &mut signal), Poll::Ready(None));
    assert!(signal.is_some());
}

#[async_generator(boxed)]
async fn ticks(depth: u32) -> u32 {
    if depth > 0 {
        yield_from!(ticks(depth - 1));
    }
    yield_!(depth);
    tick().await;
}

#[test]
fn a_signal_that_tells_nothing_is_delivered_where_the_body_can_be_resumed() {
    let mut generator = ticks(2);
    assert_eq!(finish(generator.send(())), Err(SendError::NotStarted(())));
    assert_eq!(next(Pin::new(&mut generator)), Some(0));
    assert_eq!(finish(generator.send(())), Ok(Some(1)));

    // To the innermost body, which goes on to its await.
    let mut signal = Some(Signal::Sent(()));
    let mut polled = |signal: &mut Option<Signal<(), _>>| {
        let mut cx = Context::from_waker(Waker::noop());
        Pin::new(&mut generator).poll_resume(&mut cx, signal)
    };
    assert!(polled(&mut signal).is_pending());
    assert_eq!(signal, None);

    // There it is none that could be resumed with one.
    signal = Some(Signal::Sent(()));
    assert_eq!(polled(&mut signal), Poll::Ready(Some(2)));
    assert_eq!(signal, Some(Signal::Sent(())));
    assert_eq!(finish(generator.send(())), Ok(None));
    assert_eq!(finish(generator.send(())), Err(SendError::Closed(())));
}

#[derive(Debug)]
struct Order;

impl Default for Order {
    fn default() -> Self {
        unreachable!("each is sent")
    }
}

#[async_generator(send = Order)]
async fn obedient() -> u32 {
    let Order = yield_!(1);
    yield_!(2);
}

#[async_generator(send = Order)]
async fn deputy() -> u32 {
    yield_from!(obedient());
}

#[test]
fn a_value_without_a_size_is_delivered_and_no_default_of_it() {
    let mut generator = pin!(obedient());
    assert_eq!(next(generator.as_mut()), Some(1));
    assert!(matches!(finish(generator.send(Order)), Ok(Some(2))));

    let mut generator = pin!(deputy());
    assert_eq!(next(generator.as_mut()), Some(1));
    assert!(matches!(finish(generator.send(Order)), Ok(Some(2))));
}

#[async_generator(boxed(local), send = u32)]
async fn adds() -> u32 {
    let mut total = 0;
    loop {
        total += yield_!(total);
    }
}

#[async_generator(send = u32)]
async fn adds_behind_a_statement(adds: LocalBoxGenerator<'_, u32, u32>) -> u32 {
    yield_!(100);
    yield_from!(adds);
}

#[test]
fn a_value_sent_to_a_yield_that_is_a_statement_goes_no_further() {
    let mut adds = adds();
    assert_eq!(finish(adds.next()), Some(0));
    let mut generator = pin!(adds_behind_a_statement(adds));
    assert_eq!(finish(generator.next()), Some(100));
    assert_eq!(finish(generator.send(5)), Ok(Some(0)));
    assert_eq!(finish(generator.send(7)), Ok(Some(7)));
}

#[async_generator(send = u32)]
async fn adds_behind_awaits(awaits: u32, adds: LocalBoxGenerator<'_, u32, u32>) -> u32 {
    for _ in 0..awaits {
        tick().await;
    }
    yield_from!(adds);
}

#[test]
fn a_value_for_a_body_at_no_yield_is_not_for_what_it_delegates_to() {
    for awaits in [0, 1] {
        let mut adds = adds();
        assert_eq!(finish(adds.next()), Some(0));
        assert_eq!(finish(adds.send(3)), Ok(Some(3)));
        let mut generator = pin!(adds_behind_awaits(awaits, adds));
        let cx = &mut Context::from_waker(Waker::noop());
        for _ in 0..awaits {
            assert!(generator.as_mut().poll_resume(cx, &mut None).is_pending());
        }
        let mut signal = Some(Signal::Sent(5));
        assert_eq!(generator.as_mut().poll_resume(cx, &mut signal), Poll::Ready(Some(3)));
        assert_eq!(signal, Some(Signal::Sent(5)));
    }
}

#[async_generator]
async fn tick_by_tick() -> u32 {
    tick().await;
    yield_!(1);
}

#[test]
fn a_signal_that_tells_nothing_stays_where_the_body_is_at_no_yield() {
    let mut generator = pin!(tick_by_tick());
    let cx = &mut Context::from_waker(Waker::noop());
    let mut signal = Some(Signal::Sent(()));
    assert!(generator.as_mut().poll_resume(cx, &mut signal).is_pending());
    assert_eq!(signal, Some(Signal::Sent(())));
    assert_eq!(generator.as_mut().poll_resume(cx, &mut signal), Poll::Ready(Some(1)));
    assert_eq!(signal, Some(Signal::Sent(())));
    assert_eq!(generator.as_mut().poll_resume(cx, &mut signal), Poll::Ready(None));
    assert_eq!(signal, None);
}
