//! All mistakes of one function at once.

use gen_runtime::prelude::*;

#[async_generator]
const fn count(limit: u32) -> impl futures::Stream<Item = u32> {
    let double = |n: u32| yield_!(2 * n);
    if limit == 0 {
        return 1;
    }
    "x".parse::<u32>()?;
    defer! { return; }
}

fn main() {}
