//! A cleanup cannot yield.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    defer! {
        yield_!(0);
        yield_from!(futures::stream::iter([0]));
    }
    yield_!(1);
}

fn main() {}
