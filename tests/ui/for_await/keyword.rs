//! `for await` under the attribute, on stable.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    for await n in futures::stream::iter([1]) {
        yield_!(n);
    }
}

fn main() {}
