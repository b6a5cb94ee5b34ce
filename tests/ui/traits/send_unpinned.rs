//! The operations of a generator want it pinned.

use gen_runtime::prelude::*;

#[async_generator(send = u32)]
async fn echo() -> u32 {
    yield_!(0);
}

async fn run() {
    let mut echo = echo();
    let _ = echo.send(1).await;
    echo.close().await;
}

fn main() {}
