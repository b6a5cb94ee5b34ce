//! Two boxes.

use gen_runtime::prelude::*;

#[async_generator(boxed, boxed(local))]
async fn count() -> u32 {
    yield_!(1);
}

fn main() {}
