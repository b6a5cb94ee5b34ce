//! A method that does not exist, on what is yielded.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(limit: u32) -> u32 {
    yield_!(limit.doubled());
}

fn main() {}
