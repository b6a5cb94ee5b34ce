//! `#[for_await]` takes no arguments.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    #[for_await(buffered)]
    for n in futures::stream::iter([1]) {
        yield_!(n);
    }
}

fn main() {}
