//! Operations dropped half-way: nothing is lost, nothing runs twice.

use std::pin::{Pin, pin};

use futures::StreamExt as _;
use gen_runtime::{GeneratorState, SendError, ThrowError, prelude::*};

use crate::stepping::{Log, finish, pending, ready, tick};

#[async_generator(send = u32, throw = &'static str)]
async fn two_regions(log: &Log) -> u32 {
    defer! {
        log.add("outer starts");
        tick().await;
        tick().await;
        log.add("outer ends");
    }
    {
        defer! {
            let _local = log.local("in inner");
            log.add("inner starts");
            tick().await;
            log.add("inner ends");
        }
        let _ = yield_!(1);
        log.add("guarded");
    }
    log.add("after");
    let _ = yield_!(2);
}

const INNER: [&str; 3] = ["inner starts", "inner ends", "drop in inner"];
const OUTER: [&str; 2] = ["outer starts", "outer ends"];

#[test]
fn a_close_dropped_half_way_goes_on_with_the_next() {
    let log = Log::default();
    let mut items = pin!(two_regions(&log));
    assert_eq!(ready(items.next()), Some(1));
    pending(items.close());
    assert_eq!(log.take(), ["inner starts"]);
    pending(items.close());
    assert_eq!(log.take(), ["inner ends", "drop in inner", "outer starts"]);
    pending(items.close());
    assert!(log.take().is_empty());
    ready(items.close());
    assert_eq!(log.take(), ["outer ends"]);
    assert_eq!(items.state(), GeneratorState::Closed);
}

#[test]
fn next_after_a_close_dropped_half_way_ends_the_close_and_gives_none() {
    let log = Log::default();
    let mut items = pin!(two_regions(&log));
    assert_eq!(ready(items.next()), Some(1));
    pending(items.close());
    assert_eq!(finish(items.next()), None);
    assert_eq!(log.take(), [&INNER[..], &OUTER].concat());
    assert_eq!(items.state(), GeneratorState::Closed);
}

#[test]
fn close_and_next_may_take_turns_at_closing() {
    let log = Log::default();
    let mut items = pin!(two_regions(&log));
    assert_eq!(ready(items.next()), Some(1));
    pending(items.close());
    pending(items.next());
    pending(items.close());
    assert_eq!(ready(items.next()), None);
    assert_eq!(log.take(), [&INNER[..], &OUTER].concat());
}

#[test]
fn send_and_throw_give_back_their_value_while_a_close_is_half_way() {
    let log = Log::default();
    let mut items = pin!(two_regions(&log));
    assert_eq!(ready(items.next()), Some(1));
    pending(items.close());
    assert_eq!(items.state(), GeneratorState::Awaiting);
    assert_eq!(ready(items.send(7)), Err(SendError::Awaiting(7)));
    assert_eq!(ready(items.throw("seven")), Err(ThrowError::Awaiting("seven")));
    assert_eq!(log.take(), ["inner starts"], "neither went on with the close");
    finish(items.close());
    assert_eq!(ready(items.send(7)), Err(SendError::Closed(7)));
    assert_eq!(ready(items.throw("seven")), Err(ThrowError::Closed("seven")));
}

#[test]
fn a_generator_dropped_while_closing_starts_no_other_cleanup() {
    let log = Log::default();
    {
        let mut items = pin!(two_regions(&log));
        assert_eq!(ready(items.next()), Some(1));
        pending(items.close());
        assert!(items.has_pending_cleanup());
    }
    assert_eq!(log.take(), ["inner starts", "drop in inner"]);
}

#[test]
fn next_dropped_in_mid_cleanup_goes_on_with_the_next() {
    let log = Log::default();
    let mut items = pin!(two_regions(&log));
    assert_eq!(ready(items.next()), Some(1));
    pending(items.next());
    assert_eq!(log.take(), ["guarded", "inner starts"]);
    assert_eq!(ready(items.next()), Some(2));
    assert_eq!(log.take(), ["inner ends", "drop in inner", "after"]);
}

#[test]
fn close_in_mid_cleanup_of_a_normal_exit_ends_that_cleanup_and_goes_no_further() {
    let log = Log::default();
    let mut items = pin!(two_regions(&log));
    assert_eq!(ready(items.next()), Some(1));
    pending(items.next());
    assert_eq!(log.take(), ["guarded", "inner starts"]);
    finish(items.close());
    let rest = ["inner ends", "drop in inner", "outer starts", "outer ends"];
    assert_eq!(log.take(), rest, "`after` is code of the body, and the body is being closed");
}

#[async_generator]
async fn last_cleanup(log: &Log) -> u32 {
    yield_!(1);
    defer! {
        log.add("starts");
        tick().await;
        tick().await;
        log.add("ends");
    }
}

#[test]
fn close_waits_for_the_cleanup_at_the_end_of_the_body() {
    let log = Log::default();
    let mut items = pin!(last_cleanup(&log));
    assert_eq!(ready(items.next()), Some(1));
    pending(items.next());
    pending(items.close());
    assert_eq!(log.take(), ["starts"]);
    ready(items.close());
    assert_eq!(log.take(), ["ends"]);
    assert_eq!(ready(items.next()), None);
}

#[test]
fn send_dropped_in_mid_cleanup_has_delivered_its_value_and_loses_no_item() {
    let log = Log::default();
    let mut items = pin!(two_regions(&log));
    assert_eq!(ready(items.next()), Some(1));
    let items: &mut Pin<_> = &mut items;
    let mut send = pin!(items.send(7));
    pending(send.as_mut());
    assert_eq!(ready(send), Ok(Some(2)));
}

#[test]
fn a_timed_out_next_may_be_followed_by_another() {
    let log = Log::default();
    let mut items = pin!(two_regions(&log));
    assert_eq!(ready(items.next()), Some(1));
    pending(items.send(7));
    assert_eq!(items.state(), GeneratorState::Awaiting);
    assert_eq!(ready(items.send(8)), Err(SendError::Awaiting(8)));
    assert_eq!(ready(items.next()), Some(2));
}
