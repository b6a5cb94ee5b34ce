//! Code after `return;`, `break` or an endless loop.

#![deny(unreachable_code)]

use gen_runtime::prelude::*;

#[async_generator]
pub async fn count() -> u32 {
    yield_!(1);
    return;
    yield_!(2);
}

#[async_generator]
pub async fn more() -> Result<u32, String> {
    loop {
        yield_!(Ok(1));
    }
    println!("never");
}

fn main() {}
