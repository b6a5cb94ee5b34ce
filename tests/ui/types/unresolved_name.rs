//! A name that does not exist, in what is yielded.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(limit: u32) -> u32 {
    yield_!(limits);
    missing().await;
    #[for_await]
    for n in numbers {
        yield_!(n);
    }
}

fn main() {}
