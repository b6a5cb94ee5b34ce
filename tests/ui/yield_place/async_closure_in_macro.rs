//! A yield in an async closure that a macro is given.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    dbg!(async || yield_!(1))().await;
}

fn main() {}
