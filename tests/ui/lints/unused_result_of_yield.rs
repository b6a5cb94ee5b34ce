//! What was thrown at a yield and is not looked at.

#![deny(unused_must_use)]

use gen_runtime::prelude::*;

#[async_generator(throw = String)]
pub async fn count() -> u32 {
    yield_!(1);
    yield_!(2);
}

fn main() {}
