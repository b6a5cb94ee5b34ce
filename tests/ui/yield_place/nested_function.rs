//! A yield in a nested function.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    fn give(n: u32) {
        yield_!(n);
    }
    async fn give_later(n: u32) {
        yield_!(n);
    }
    give(1);
    give_later(2).await;
}

fn main() {}
