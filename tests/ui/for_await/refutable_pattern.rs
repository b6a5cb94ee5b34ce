//! A pattern that does not match every item.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(numbers: impl futures::Stream<Item = Option<u32>>) -> u32 {
    #[for_await]
    for Some(n) in numbers {
        yield_!(n);
    }
}

fn main() {}
