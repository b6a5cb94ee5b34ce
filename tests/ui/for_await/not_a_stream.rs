//! A loop over something that is no stream.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    #[for_await]
    for n in vec![1, 2] {
        yield_!(n);
    }
}

fn main() {}
