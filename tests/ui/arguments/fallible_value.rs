//! A value for a flag.

use gen_runtime::prelude::*;

#[async_generator(fallible = true)]
async fn count() -> Result<u32, String> {
    yield_!(Ok(1));
}

fn main() {}
