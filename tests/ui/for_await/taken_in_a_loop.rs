//! A source that a loop around the loop would take again.

use gen_runtime::prelude::*;

#[async_generator]
async fn repeated<G: AsyncGenerator<Yield = u32>>(source: G) -> u32 {
    for _ in 0..2 {
        #[for_await]
        for item in source {
            yield_!(item);
        }
    }
}

fn main() {}
