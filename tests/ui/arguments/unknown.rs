//! An argument that does not exist: the message lists those that do.

use gen_runtime::prelude::*;

#[async_generator(buffered)]
async fn count() -> u32 {
    yield_!(1);
}

fn main() {}
