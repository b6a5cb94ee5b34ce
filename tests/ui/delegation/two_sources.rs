//! `yield_from!` of two things.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    yield_from!(futures::stream::iter([1]), futures::stream::iter([2]));
}

fn main() {}
