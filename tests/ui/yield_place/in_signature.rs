//! A yield in a default of the signature.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(numbers: [u32; yield_!(1)]) -> u32 {
    yield_!(numbers[0]);
}

fn main() {}
