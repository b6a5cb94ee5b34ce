//! The declared type is the item, which may be a future: then futures have to be yielded.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> std::pin::Pin<Box<dyn Future<Output = u32>>> {
    yield_!(1);
}

fn main() {
    let _ = count();
}
