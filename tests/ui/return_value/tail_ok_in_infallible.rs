//! `Ok(())` at the end, where no `Result` is yielded.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    yield_!(1);
    Ok(())
}

fn main() {}
