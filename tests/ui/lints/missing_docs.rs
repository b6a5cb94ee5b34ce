//! A generator without documentation.

#![deny(missing_docs)]

use gen_runtime::prelude::*;

#[async_generator]
pub async fn count() -> u32 {
    yield_!(1);
}

fn main() {}
