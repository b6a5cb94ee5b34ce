//! Where no `Result` is yielded, `Ok(())` means nothing.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    yield_!(1);
    return Ok(());
}

fn main() {}
