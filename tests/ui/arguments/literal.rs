//! Something that is not a name.

use gen_runtime::prelude::*;

#[async_generator("boxed")]
async fn count() -> u32 {
    yield_!(1);
}

fn main() {}
