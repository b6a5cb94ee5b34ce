//! An argument twice.

use gen_runtime::prelude::*;

#[async_generator(send = u32, send = String)]
async fn count() -> u32 {
    yield_!(1);
}

fn main() {}
