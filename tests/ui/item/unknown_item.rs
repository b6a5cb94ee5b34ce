//! An item type that does not exist.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> Numbr {
    yield_!(1);
}

fn main() {}
