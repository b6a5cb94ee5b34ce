//! `()` is a value, too.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    yield_!(1);
    return ();
}

fn main() {}
