//! A generator that is borrowed before it is pinned.

use gen_runtime::prelude::*;

#[async_generator]
async fn inner() -> u32 {
    yield_!(1);
}

#[async_generator]
async fn outer() -> u32 {
    let mut inner = inner();
    #[for_await]
    for n in &mut inner {
        yield_!(n);
    }
}

fn main() {}
