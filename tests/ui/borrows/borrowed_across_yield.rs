//! A value that is moved while it is borrowed across a yield.

use gen_runtime::prelude::*;

#[async_generator]
async fn words(word: String) -> usize {
    let first = &word[..1];
    yield_!(1);
    drop(word);
    yield_!(first.len());
}

fn main() {}
