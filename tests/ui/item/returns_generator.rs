//! The declared type is the item, not the generator.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> gen_runtime::Generator<u32> {
    yield_!(1);
}

fn main() {}
