//! An item without `Ok` around it.

use gen_runtime::prelude::*;

#[async_generator]
async fn numbers() -> Result<u32, String> {
    yield_!(1);
}

fn main() {}
