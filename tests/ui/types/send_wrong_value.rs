//! The consumer sends a value of the wrong type.

use gen_runtime::prelude::*;

#[async_generator(send = u32)]
async fn echo() -> u32 {
    yield_!(0);
}

async fn run() {
    let mut echo = std::pin::pin!(echo());
    let _ = echo.send("one").await;
}

fn main() {}
