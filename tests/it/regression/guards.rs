//! What stood in the guard of an arm was not looked at: an await left the body the slot of a poll that was over, `?` and
//! `return` skipped the cleanup, and a yield did not compile.

use std::{
    future::{pending, poll_fn},
    pin::pin,
    task::{Poll, Waker},
};

use futures::{StreamExt as _, executor::block_on, stream::iter};
use gen_runtime::{GeneratorState, prelude::*};

use crate::support::{Log, Task, finish, items, items_over_the_stack, next, poll_next, tick};

#[async_generator]
async fn awaits() -> String {
    yield_!("a".into());
    match 1 {
        _ if {
            tick().await;
            true
        } =>
        {
            yield_!("b".into());
        }
        _ => {}
    }
    yield_!("c".into());
}

#[async_generator]
async fn in_an_operand() -> String {
    yield_!(match 1 {
        _ if {
            tick().await;
            true
        } =>
            "item".into(),
        _ => String::new(),
    });
}

macro_rules! nothing {
    () => {};
}

#[async_generator]
async fn in_an_operand_beside_a_macro() -> String {
    nothing!();
    yield_!(match 1 {
        _ if {
            tick().await;
            true
        } =>
            "item".into(),
        _ => String::new(),
    });
}

#[test]
fn an_await_in_a_guard_leaves_no_slot_of_another_poll() {
    assert_eq!(items_over_the_stack(awaits()), ["a", "b", "c"]);
    assert_eq!(items_over_the_stack(in_an_operand()), ["item"]);
    assert_eq!(items_over_the_stack(in_an_operand_beside_a_macro()), ["item"]);
}

#[async_generator]
async fn looks_at_the_waker(own: &Waker) -> bool {
    match poll_fn(|_| Poll::Ready(1)).await {
        1 if poll_fn(|cx| Poll::Ready(cx.waker().will_wake(own))).await => yield_!(true),
        _ => yield_!(false),
    }
}

#[test]
fn it_is_polled_with_the_consumers_own_context() {
    let task = Task::new();
    let items = pin!(looks_at_the_waker(task.waker()));
    assert_eq!(task.poll_next(items), Poll::Ready(Some(true)));
}

fn check(n: u32) -> Result<bool, &'static str> {
    if n == 1 { Err("bad") } else { Ok(true) }
}

#[async_generator]
async fn asks(n: u32, log: &Log) -> Result<u32, &'static str> {
    defer! {
        tick().await;
        log.push("cleaned");
    }
    match n {
        n if check(n)? => {
            yield_!(Ok(n));
        }
        _ => {}
    }
}

#[async_generator]
async fn returns(n: u32, log: &Log) -> u32 {
    defer! {
        tick().await;
        log.push("cleaned");
    }
    match n {
        n if {
            if n == 1 {
                return;
            }
            true
        } =>
        {
            yield_!(n);
        }
        _ => {}
    }
}

#[async_generator]
async fn breaks(log: &Log) -> u32 {
    for n in 0.. {
        defer! {
            tick().await;
            log.push("cleaned");
        }
        match n {
            1 if {
                if n == 1 {
                    break;
                }
                true
            } => {}
            _ => {}
        }
        yield_!(n);
    }
    yield_!(9);
}

#[test]
fn the_cleanup_runs_where_a_guard_leaves_its_region() {
    let log = Log::default();
    assert_eq!(items(asks(1, &log)), [Err("bad")]);
    assert_eq!(items(returns(1, &log)), []);
    assert_eq!(log.take(), ["cleaned"; 2]);
    assert_eq!(items(asks(2, &log)), [Ok(2)]);
    assert_eq!(items(returns(2, &log)), [2]);
    assert_eq!(log.take(), ["cleaned"; 2]);
    assert_eq!(items(breaks(&log)), [0, 9]);
    assert_eq!(log.take(), ["cleaned"; 2]);
}

#[async_generator]
async fn waits(log: &Log) -> u32 {
    defer! { log.push("cleaned"); }
    match 1 {
        _ if pending::<bool>().await => {}
        _ => {}
    }
    yield_!(1);
}

#[test]
fn close_does_not_wait_for_an_await_in_a_guard() {
    let log = Log::default();
    let mut waiting = pin!(waits(&log));
    assert!(poll_next(waiting.as_mut()).is_pending());
    finish(waiting.close());
    assert_eq!(waiting.state(), GeneratorState::Closed);
    assert_eq!(log.take(), ["cleaned"]);
}

#[async_generator(send = u32)]
async fn yields() -> u32 {
    match 1 {
        n if yield_!(n) > 3 => {
            yield_!(10);
        }
        n if {
            #[for_await]
            for m in iter([2, 3]) {
                yield_!(n + m);
            }
            true
        } =>
        {
            yield_!(20);
        }
        _ => {}
    }
}

#[test]
fn a_guard_yields() {
    assert_eq!(items(yields()), [1, 3, 4, 20]);
    let mut sent = pin!(yields());
    assert_eq!(next(sent.as_mut()), Some(1));
    assert_eq!(block_on(sent.as_mut().send(4)), Ok(Some(10)));
}

async fn is_odd(n: u32) -> bool {
    tick().await;
    n % 2 == 1
}

#[test]
fn so_do_those_of_anonymous_generators() {
    let plain = stream! {
        match 1 {
            n if { yield n; is_odd(n).await } => yield 2,
            _ => yield 3,
        }
    };
    assert_eq!(items(plain), [1, 2]);
    let fallible = stream! {
        match 3 {
            n if "x".parse::<u32>()? > n => yield Ok::<u32, std::num::ParseIntError>(n),
            _ => {}
        }
    };
    assert_eq!(items(fallible.map(|item| item.is_err())), [true]);
    let of = stream_of![match n { n if is_odd(n).await => n * 10, n => n } for n in 0..3];
    assert_eq!(items(of), [0, 10, 2]);
}
