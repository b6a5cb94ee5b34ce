//! A generator cannot be variadic.

use gen_runtime::prelude::*;

#[async_generator]
async unsafe extern "C" fn count(first: u32, ...) -> u32 {
    yield_!(first);
}

fn main() {}
