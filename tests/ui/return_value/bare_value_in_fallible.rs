//! A fallible generator returns no item.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(limit: u32) -> Result<u32, String> {
    yield_!(Ok(1));
    return limit;
}

fn main() {}
