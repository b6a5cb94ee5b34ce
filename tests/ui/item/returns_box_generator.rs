//! The declared type is the item, not its box.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> gen_runtime::BoxGenerator<'static, u32> {
    yield_!(1);
}

fn main() {}
