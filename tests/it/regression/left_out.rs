//! What `#[cfg]` leaves out was taken for the start of a body, or for all of it.

use std::{
    cell::Cell,
    future::ready,
    pin::{Pin, pin},
    task::{Context, Poll},
};

use futures::Stream;
use gen_runtime::prelude::*;

use crate::support::{items, poll_next};

#[async_generator]
async fn starts_with_what_is_left_out() -> u32 {
    #[cfg(any())]
    let first = ready(0).await;
    yield_!(1);
    let second = ready(10).await;
    yield_!(second);
}

#[test]
fn an_await_that_is_left_out_gives_no_slot() {
    assert_eq!(items(starts_with_what_is_left_out()), [1, 10]);
}

struct Noted<'a>(&'a Cell<bool>);

impl Drop for Noted<'_> {
    fn drop(&mut self) {
        self.0.set(true);
    }
}

impl Stream for Noted<'_> {
    type Item = u32;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u32>> {
        Poll::Ready(None)
    }
}

#[async_generator]
#[allow(unused_variables, reason = "its loop is left out")]
async fn is_left_out(source: Noted<'_>) -> u32 {
    #[for_await]
    #[cfg(any())]
    for item in source {
        yield_!(item);
    }
}

#[async_generator]
async fn is_left_in(source: Noted<'_>) -> u32 {
    #[cfg(not(any()))]
    #[for_await]
    for item in source {
        yield_!(item);
    }
}

#[test]
fn for_await_may_stand_behind_another_attribute() {
    assert_eq!(items(is_left_in(Noted(&Cell::new(false)))), []);
}

#[test]
fn the_source_of_a_loop_that_is_left_out_goes_with_the_generator() {
    let dropped = Cell::new(false);
    let mut items = pin!(is_left_out(Noted(&dropped)));
    assert!(!dropped.get(), "it belongs to the generator");
    assert_eq!(poll_next(items.as_mut()), Poll::Ready(None));
    assert!(dropped.get());
}
