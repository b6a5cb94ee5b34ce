//! An operation that is not awaited does nothing.

#![deny(unused_must_use)]

use gen_runtime::prelude::*;

#[async_generator(send = u32, throw = String)]
async fn echo() -> u32 {
    let _ = yield_!(1);
}

async fn run() {
    let mut echo = std::pin::pin!(echo());
    echo.send(1);
    echo.throw(String::new());
    echo.close();
    echo.send(1).await;
}

fn main() {
    let _ = run();
}
