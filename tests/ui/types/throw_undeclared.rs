//! The consumer throws where nothing is declared.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    yield_!(0);
}

async fn run() {
    let mut count = std::pin::pin!(count());
    let _ = count.throw("stop").await;
}

fn main() {}
