//! The declared type is the item, not a generator whose future has no name.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> gen_runtime::Generator<impl Future<Output = ()>, u32> {
    yield_!(1);
}

fn main() {
    let _ = count();
}
