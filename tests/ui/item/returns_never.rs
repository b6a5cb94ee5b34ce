//! A generator yields something.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> ! {
    yield_!(1);
}

fn main() {}
