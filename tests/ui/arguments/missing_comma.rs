//! Two arguments without a comma between them.

use gen_runtime::prelude::*;

#[async_generator(send = u32 throw = String)]
async fn count() -> u32 {
    let _ = yield_!(1);
}

fn main() {}
