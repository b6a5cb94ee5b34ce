//! Branches of an item with different types: the wrong one is shown.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(first: bool) -> u32 {
    yield_!(if first { 1 } else { "two" });
}

fn main() {}
