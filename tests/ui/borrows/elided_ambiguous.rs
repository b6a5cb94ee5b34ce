//! An elided lifetime that could be either.

use gen_runtime::prelude::*;

#[async_generator]
async fn words(one: &str, two: &str) -> &str {
    yield_!(one);
    yield_!(two);
}

fn main() {}
