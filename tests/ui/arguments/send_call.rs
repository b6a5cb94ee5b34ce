//! `send` in the form of a call.

use gen_runtime::prelude::*;

#[async_generator(send("u32"))]
async fn count() -> u32 {
    yield_!(1);
}

fn main() {}
