//! The declared type is the item, not a box of a stream.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> std::pin::Pin<Box<dyn futures::Stream<Item = u32> + Send>> {
    yield_!(1);
}

fn main() {}
