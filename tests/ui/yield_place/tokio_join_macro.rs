//! A yield in an async block that another `join!` is given.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    tokio::join!(async { yield_!(1) });
}

fn main() {}
