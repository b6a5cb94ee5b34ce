//! Where no `Result` is yielded, there is no error to end with.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    yield_!(1);
    return Err("no more");
}

fn main() {}
