//! A generator has no ABI.

use gen_runtime::prelude::*;

#[async_generator]
async extern "C" fn count() -> u32 {
    yield_!(1);
}

fn main() {}
