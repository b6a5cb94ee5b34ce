//! An `.await` on something that is no future.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(limit: u32) -> u32 {
    limit.await;
    yield_!(1);
}

fn main() {}
