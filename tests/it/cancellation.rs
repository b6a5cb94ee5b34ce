//! An operation that is dropped at any of its polls loses no item and no cleanup.

use std::pin::{Pin, pin};

use futures::{FutureExt as _, Stream, StreamExt as _};
use gen_runtime::{GeneratorState, prelude::*};

use crate::support::{Log, Task, finish, next, poll_once, tick};

/// The items of a stream, each `next` of which is dropped whenever it is pending, and made anew.
fn items_of_dropped_nexts<S: Stream>(stream: S) -> Vec<S::Item> {
    let mut stream = pin!(stream);
    let mut items = Vec::new();
    loop {
        match stream.next().now_or_never() {
            Some(Some(item)) => items.push(item),
            Some(None) => return items,
            None => {}
        }
    }
}

#[async_generator]
async fn slow(to: u32) -> u32 {
    for n in 0..to {
        tick().await;
        yield_!(n);
        tick().await;
    }
}

#[test]
fn dropped_next_loses_no_item() {
    assert_eq!(items_of_dropped_nexts(slow(3)), [0, 1, 2]);
}

#[test]
fn dropped_next_loses_no_item_of_layers() {
    let layers = stream! {
        for await n in slow(2) {
            tick().await;
            yield n;
        }
        yield_from!(slow(2));
        let mut inner = pin!(slow(2));
        while let Some(n) = inner.next().await {
            yield async { tick().await; n }.await;
        }
    };
    assert_eq!(items_of_dropped_nexts(layers), [0, 1, 0, 1, 0, 1]);
}

#[test]
fn dropped_next_loses_no_item_of_select() {
    let selecting = stream! {
        let mut left = pin!(slow(3));
        let mut right = pin!(slow(3).map(|n| n + 10));
        let mut ended = 0;
        while ended < 2 {
            tokio::select! {
                item = left.next() => match item { Some(n) => yield n, None => ended += 1 },
                Some(n) = right.next() => { tick().await; yield n; }
                else => break,
            }
            if ended == 1 {
                break;
            }
        }
        for await n in right {
            yield n;
        }
    };
    let mut items = items_of_dropped_nexts(selecting);
    items.sort_unstable();
    assert_eq!(items, [0, 1, 2, 10, 11, 12]);
}

#[async_generator(send = u32, throw = &'static str)]
async fn answering() -> String {
    let mut signal = yield_!(String::from("ready"));
    loop {
        for _ in 0..3 {
            tick().await;
        }
        signal = yield_!(format!("{signal:?}"));
    }
}

#[test]
fn send_dropped_at_any_poll_loses_neither_value_nor_item() {
    for polls in 0..=3 {
        let mut generator = pin!(answering());
        assert_eq!(next(generator.as_mut()).unwrap(), "ready");
        let mut send = generator.send(7);
        for _ in 0..polls {
            assert!(poll_once(Pin::new(&mut send)).is_pending());
        }
        let undelivered = send.into_value();
        assert_eq!(undelivered, (polls == 0).then_some(7));
        let expected = if polls == 0 { "Ok(0)" } else { "Ok(7)" };
        assert_eq!(next(generator.as_mut()).unwrap(), expected);
        assert_eq!(next(generator.as_mut()).unwrap(), "Ok(0)");
    }
}

#[test]
fn throw_dropped_at_any_poll_loses_neither_error_nor_item() {
    for polls in 0..=3 {
        let mut generator = pin!(answering());
        assert_eq!(next(generator.as_mut()).unwrap(), "ready");
        let mut throw = generator.throw("up");
        for _ in 0..polls {
            assert!(poll_once(Pin::new(&mut throw)).is_pending());
        }
        drop(throw);
        let expected = if polls == 0 { "Ok(0)" } else { "Err(\"up\")" };
        assert_eq!(next(generator.as_mut()).unwrap(), expected);
    }
}

#[test]
fn value_that_was_delivered_waits_for_the_next_yield_of_a_delegation() {
    let mut generator = Box::pin({
        #[async_generator(send = u32, throw = &'static str)]
        async fn around() -> String {
            tick().await;
            let _ = yield_from!(answering());
        }
        around()
    });
    assert_eq!(next(generator.as_mut()).unwrap(), "ready");
    assert!(generator.send(5).now_or_never().is_none());
    assert_eq!(generator.state(), GeneratorState::Awaiting);
    assert_eq!(next(generator.as_mut()).unwrap(), "Ok(5)");
}

#[async_generator]
async fn cleaning(log: &Log) -> u8 {
    defer! {
        log.push("outer begins");
        tick().await;
        tick().await;
        log.push("outer ends");
    }
    let _between = log.local("between");
    defer! {
        log.push("inner begins");
        tick().await;
        log.push("inner ends");
    }
    yield_!(1);
    std::future::pending::<()>().await;
}

const CLEANED: [&str; 5] =
    ["inner begins", "inner ends", "drop between", "outer begins", "outer ends"];

#[test]
fn close_dropped_at_any_poll_goes_on_with_the_next() {
    for polls in 0..=3 {
        let log = Log::default();
        let mut generator = pin!(cleaning(&log));
        assert_eq!(next(generator.as_mut()), Some(1));
        let task = Task::new();
        let mut close = generator.close();
        for _ in 0..polls {
            assert!(task.poll(Pin::new(&mut close)).is_pending());
        }
        drop(close);
        assert!(generator.has_pending_cleanup());
        finish(generator.close());
        assert_eq!(log.take(), CLEANED);
        assert_eq!(generator.state(), GeneratorState::Closed);
    }
}

#[test]
fn close_made_anew_at_each_poll_cleans_up_once() {
    let log = Log::default();
    let mut generator = pin!(cleaning(&log));
    assert_eq!(next(generator.as_mut()), Some(1));
    let mut closes = 1;
    while generator.close().now_or_never().is_none() {
        closes += 1;
    }
    assert_eq!(closes, 4);
    assert_eq!(log.take(), CLEANED);
}

#[test]
fn close_interrupts_the_await_of_a_dropped_next() {
    let log = Log::default();
    let mut generator = pin!(cleaning(&log));
    assert_eq!(next(generator.as_mut()), Some(1));
    assert!(generator.next().now_or_never().is_none());
    finish(generator.close());
    assert_eq!(log.take(), CLEANED);
}

#[test]
fn generator_dropped_at_any_poll_of_a_close_drops_what_is_left() {
    for polls in 0..=3 {
        let log = Log::default();
        let mut generator = Box::pin(cleaning(&log));
        assert_eq!(next(generator.as_mut()), Some(1));
        for _ in 0..polls {
            assert!(generator.close().now_or_never().is_none());
        }
        drop(generator);
        let logged = log.take();
        assert_eq!(logged.iter().filter(|line| *line == "drop between").count(), 1);
        assert!(!logged.contains(&String::from("outer ends")));
    }
}

#[test]
fn generator_dropped_at_any_poll_drops_what_it_holds_once() {
    for polls in 0..8 {
        let log = Log::default();
        let mut generator = Box::pin({
            let log = &log;
            stream! {
                let _outer = log.local("outer");
                for await n in slow(2) {
                    let _inner = log.local("inner");
                    tick().await;
                    yield n;
                }
            }
        });
        for _ in 0..polls {
            let _ = generator.next().now_or_never();
        }
        drop(generator);
        let logged = log.take();
        assert_eq!(logged.iter().filter(|line| *line == "drop outer").count(), 1.min(polls));
    }
}
