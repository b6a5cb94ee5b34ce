//! The keyword `yield` under the attribute, on stable.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    yield 1;
    for n in 2..4 {
        yield n;
    }
}

fn main() {}
