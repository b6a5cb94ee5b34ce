//! An unfinished cleanup.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(limit: u32) -> u32 {
    defer! { limit. }
    yield_!(1);
}

fn main() {
    let _ = count(1);
}
