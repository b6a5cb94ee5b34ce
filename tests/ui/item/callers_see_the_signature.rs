//! The one mistake is in the body: callers and other items see the right signature.

use futures::StreamExt as _;
use gen_runtime::prelude::*;

#[async_generator(send = u32, throw = String)]
async fn echo(first: &str) -> usize {
    yield_!(first.len())?;
}

async fn heard() -> Option<usize> {
    let mut echo = std::pin::pin!(echo("one"));
    let _ = echo.send(2).await;
    let _ = echo.throw(String::new()).await;
    echo.close().await;
    echo.next().await
}

fn main() {}
