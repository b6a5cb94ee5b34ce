//! An argument by another name.

use gen_runtime::prelude::*;

#[async_generator(yields = u32, error = String)]
async fn count() -> u32 {
    let _ = yield_!(1);
}

fn main() {}
