//! `yield_from!` of nothing.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    yield_from!();
}

fn main() {}
