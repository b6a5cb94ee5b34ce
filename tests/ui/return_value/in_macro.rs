//! A value returned inside another macro: the type error is readable.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    yield_!(1);
    futures::select_biased! {
        n = futures::future::ready(2) => return n,
    }
}

fn main() {}
