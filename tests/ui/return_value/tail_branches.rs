//! Values at the end of the branches of a last expression.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(more: bool) -> u32 {
    match more {
        true => yield_!(1),
        false => 2,
    }
}

fn main() {}
