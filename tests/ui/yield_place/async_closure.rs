//! A yield in an async closure.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    let give = async |n| {
        yield_!(n);
    };
    give(1).await;
}

fn main() {}
