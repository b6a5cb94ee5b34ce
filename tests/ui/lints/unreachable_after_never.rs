//! What the user writes after an await that never ends is found.

#![deny(unreachable_code)]

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    yield_!(1);
    never().await;
    yield_!(2);
}

async fn never() -> ! {
    std::future::pending().await
}

fn main() {
    let _ = count();
}
