//! An async block that something else awaits.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    let wait = std::time::Duration::from_secs(1);
    let _ = tokio::time::timeout(wait, async { yield_!(1) }).await;
}

fn main() {}
