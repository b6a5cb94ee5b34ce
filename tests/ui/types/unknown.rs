//! A `let` whose type nothing tells: the error is about its name.

use futures::StreamExt as _;
use gen_runtime::prelude::*;

#[async_generator]
async fn lengths() -> usize {
    let words = futures::stream::iter(["a", "b"]).collect().await;
    yield_!(1);
    let _ = words;
}

fn main() {
    drop(lengths());
}
