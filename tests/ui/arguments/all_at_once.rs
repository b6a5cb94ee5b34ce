//! Every mistake is reported, also those of the body.

use gen_runtime::prelude::*;

#[async_generator(boxd, send, fallible = 1)]
async fn count() -> u32 {
    yield_!(1);
    return 2;
}

fn main() {}
