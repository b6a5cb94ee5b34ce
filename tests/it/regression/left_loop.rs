//! A region whose code is an async block ended when a loop in it had been left, and the next thing in it
//! was pending: it took the end of the loop for a close.

use std::cell::RefCell;

use futures::{StreamExt as _, executor::block_on};
use gen_runtime::prelude::*;

macro_rules! opaque {
    ($($code:tt)*) => { $($code)* };
}

async fn pause() {
    tokio::task::yield_now().await;
}

#[async_generator]
async fn source(log: &RefCell<Vec<&'static str>>) -> u32 {
    defer! {
        pause().await;
        log.borrow_mut().push("closed");
    }
    yield_!(1);
    yield_!(2);
}

#[async_generator]
async fn leaves(log: &RefCell<Vec<&'static str>>) -> u32 {
    defer! { log.borrow_mut().push("cleanup"); }
    opaque!(log.borrow_mut().push("entered"));
    #[for_await]
    for item in source(log) {
        yield_!(item);
        break;
    }
    pause().await;
    log.borrow_mut().push("behind");
    yield_!(9);
    log.borrow_mut().push("end");
}

#[test]
fn the_code_of_a_region_goes_on_behind_a_loop_that_it_left() {
    let log = RefCell::default();
    assert_eq!(block_on(leaves(&log).collect::<Vec<_>>()), [1, 9]);
    assert_eq!(log.take(), ["entered", "closed", "behind", "end", "cleanup"]);
}
