//! A generator is an `async fn`.

use gen_runtime::prelude::*;

#[async_generator]
fn count() -> u32 {
    yield_!(1);
}

fn main() {}
