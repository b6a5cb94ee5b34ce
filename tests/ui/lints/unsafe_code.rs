//! `unsafe` of the user is still reported where it is forbidden.

#![forbid(unsafe_code)]

use gen_runtime::prelude::*;

#[async_generator]
pub async fn count() -> u32 {
    let n = 1;
    yield_!(unsafe { *(&raw const n) });
}

fn main() {}
