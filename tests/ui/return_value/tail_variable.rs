//! A value at the end, whose type only the compiler knows.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(last: u32) -> u32 {
    yield_!(1);
    last
}

fn main() {}
