//! `#[for_await]` on a `while`.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    let mut n = 0;
    #[for_await]
    while n < 3 {
        n += 1;
        yield_!(n);
    }
}

fn main() {}
