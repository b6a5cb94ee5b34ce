//! A yield in a closure.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    (0..3).for_each(|n| yield_!(n));
}

fn main() {}
