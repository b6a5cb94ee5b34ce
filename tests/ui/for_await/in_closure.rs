//! `#[for_await]` in a closure.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    let sum = async || {
        let mut sum = 0;
        #[for_await]
        for n in futures::stream::iter([1]) {
            sum += n;
        }
        sum
    };
    yield_!(sum().await);
}

fn main() {}
