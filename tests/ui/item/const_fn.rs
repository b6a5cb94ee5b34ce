//! A generator cannot be `const`.

use gen_runtime::prelude::*;

struct Counter;

impl Counter {
    #[async_generator]
    const async fn count() -> u32 {
        yield_!(1);
    }
}

fn main() {}
