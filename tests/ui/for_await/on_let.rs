//! `#[for_await]` on a statement.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    #[for_await]
    let n = futures::stream::iter([1]);
    yield_!(1);
}

fn main() {}
