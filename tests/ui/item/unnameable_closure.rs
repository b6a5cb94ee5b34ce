//! The type of each closure is its own: `impl Fn` cannot say which.

use gen_runtime::prelude::*;

#[async_generator]
async fn steps() -> impl Fn(u32) -> u32 {
    yield_!(|n| n + 1);
    yield_!(|n| n + 2);
}

fn main() {}
