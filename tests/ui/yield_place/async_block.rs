//! A yield in an async block that is not awaited on the spot.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    let later = async {
        yield_!(1);
    };
    later.await;
}

fn main() {}
