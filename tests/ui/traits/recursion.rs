//! A generator that delegates to itself has to be boxed.

use gen_runtime::prelude::*;

#[async_generator]
async fn tree(depth: u32) -> u32 {
    yield_!(depth);
    if depth > 0 {
        yield_from!(tree(depth - 1));
    }
}

fn main() {}
