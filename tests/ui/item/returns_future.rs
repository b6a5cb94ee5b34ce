//! The declared type is the item, not a future of it.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> impl Future<Output = u32> {
    yield_!(1);
}

fn main() {
    let _ = count();
}
