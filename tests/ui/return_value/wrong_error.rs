//! The error that a fallible generator ends with has the declared type.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> Result<u32, std::num::ParseIntError> {
    yield_!(Ok(1));
    return Err("no more");
}

fn main() {}
