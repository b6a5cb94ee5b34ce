//! A `crate` that is not a path.

use gen_runtime::prelude::*;

#[async_generator(crate = 5)]
async fn count() -> u32 {
    yield_!(1);
}

fn main() {}
