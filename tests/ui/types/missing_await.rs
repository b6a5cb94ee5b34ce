//! A future instead of an item: the `.await` is missing.

use gen_runtime::prelude::*;

async fn fetch() -> u32 {
    1
}

#[async_generator]
async fn count() -> u32 {
    yield_!(fetch());
}

fn main() {}
