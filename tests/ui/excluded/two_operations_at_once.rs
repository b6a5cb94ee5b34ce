//! Python's "asynchronous generator is already running": a second operation while one is pending.

use std::pin::pin;

use futures::StreamExt as _;
use gen_runtime::prelude::*;

#[async_generator]
async fn counter() -> i64 {
    yield_!(0);
    yield_!(1);
}

async fn overlap() {
    let mut items = pin!(counter());
    let first = items.next();
    let second = items.next();
    futures::join!(first, second);
}

async fn close_while_pending() {
    let mut items = pin!(counter());
    let first = items.next();
    items.close().await;
    first.await;
}

fn main() {}
