//! The declared type is the item, which is no stream of it, and no item has that type.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> dyn futures::Stream<Item = u32> {
    yield_!(1);
}

fn main() {}
