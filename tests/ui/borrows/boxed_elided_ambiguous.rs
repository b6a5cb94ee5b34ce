//! An elided lifetime that could be either, or none, in a box.

use gen_runtime::prelude::*;

#[async_generator(boxed)]
async fn words(one: &str, two: &str) -> &str {
    yield_!(one);
    yield_!(two);
}

#[async_generator(boxed)]
async fn word() -> &str {
    yield_!("word");
}

fn main() {}
