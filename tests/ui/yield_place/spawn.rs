//! A yield in an async block that a function is given.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    let _ = tokio::spawn(async {
        yield_!(1);
    });
}

fn main() {}
