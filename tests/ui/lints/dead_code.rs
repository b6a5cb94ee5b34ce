//! A generator that nothing calls.

#![deny(dead_code)]

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    yield_!(1);
}

fn main() {}
