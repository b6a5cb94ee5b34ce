//! A yield in an async block that `join!` is given: soundness depends on it.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    futures::join!(async { yield_!(1) }, async { yield_!(2) });
}

fn main() {}
