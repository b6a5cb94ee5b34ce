//! A fallible generator may return `Ok(())` or an error, not an item.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> Result<u32, String> {
    yield_!(Ok(1));
    return Ok(2);
}

fn main() {}
