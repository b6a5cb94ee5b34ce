//! An item type that cannot be named.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> _ {
    yield_!(1);
}

fn main() {}
