//! An argument that is not `mut`, changed.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(limit: u32) -> u32 {
    limit += 1;
    yield_!(limit);
}

fn main() {}
