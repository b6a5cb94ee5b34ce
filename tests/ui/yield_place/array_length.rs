//! A yield in the length of an array.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    let _ = [0; yield_!(1)];
}

fn main() {}
