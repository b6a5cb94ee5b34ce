//! `yield_from!` of something that is neither a generator nor a stream.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    yield_from!(vec![1, 2]);
}

fn main() {}
