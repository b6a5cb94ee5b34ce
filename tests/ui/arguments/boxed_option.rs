//! An option of `boxed` that does not exist.

use gen_runtime::prelude::*;

#[async_generator(boxed(send))]
async fn count() -> u32 {
    yield_!(1);
}

fn main() {}
