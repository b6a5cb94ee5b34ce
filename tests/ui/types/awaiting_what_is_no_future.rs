//! An `.await` on something that is no future.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(limit: u32) -> u32 {
    limit.await;
    yield_!(1);
}

#[async_generator]
async fn awaits_a_generator() -> u32 {
    count(1).await;
}

fn main() {}
