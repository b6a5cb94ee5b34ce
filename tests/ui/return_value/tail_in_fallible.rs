//! A bare value at the end of a fallible generator.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(last: u32) -> Result<u32, String> {
    yield_!(Ok(1));
    last
}

fn main() {}
