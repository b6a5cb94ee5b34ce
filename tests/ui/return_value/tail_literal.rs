//! A generator does not end with a value.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    yield_!(1);
    2
}

fn main() {}
