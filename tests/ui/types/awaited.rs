//! An item of the wrong type that is awaited first.

use gen_runtime::prelude::*;

async fn fetch() -> u64 {
    1
}

#[async_generator]
async fn count() -> u32 {
    yield_!(fetch().await);
}

fn main() {}
