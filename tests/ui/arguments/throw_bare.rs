//! `throw` without a type.

use gen_runtime::prelude::*;

#[async_generator(throw)]
async fn count() -> u32 {
    let _ = yield_!(1);
}

fn main() {}
