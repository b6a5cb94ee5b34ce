//! An item of the wrong type: a variable.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(limit: u64) -> u32 {
    yield_!(limit);
}

fn main() {}
