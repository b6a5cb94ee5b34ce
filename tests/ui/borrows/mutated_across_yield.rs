//! A value that is changed while it is borrowed across a yield.

use gen_runtime::prelude::*;

#[async_generator]
async fn lengths(mut words: Vec<String>) -> usize {
    let first = &words[0];
    yield_!(1);
    words.clear();
    yield_!(first.len());
}

fn main() {}
