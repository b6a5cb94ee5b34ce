//! A yield of two values.

use gen_runtime::prelude::*;

#[async_generator]
async fn pairs() -> (u32, u32) {
    yield_!(1, 2);
}

fn main() {}
