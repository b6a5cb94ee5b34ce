//! A delegation in an async block that a macro is given.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    futures::join!(async { yield_from!(futures::stream::iter([1])) });
}

fn main() {}
