//! `next` on a generator that is not pinned.

use futures::StreamExt as _;
use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    yield_!(1);
}

async fn first() -> Option<u32> {
    count().next().await
}

fn main() {}
