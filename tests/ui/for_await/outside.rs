//! `#[for_await]` outside a generator.

use gen_runtime::prelude::*;

async fn sum() -> u32 {
    let mut sum = 0;
    #[for_await]
    for n in futures::stream::iter([1]) {
        sum += n;
    }
    sum
}

fn main() {}
