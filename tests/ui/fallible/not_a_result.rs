//! `fallible` where the items are no `Result`s.

use gen_runtime::prelude::*;

#[async_generator(fallible)]
async fn numbers() -> u32 {
    yield_!(1);
}

fn main() {}
