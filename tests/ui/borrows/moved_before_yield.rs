//! A value that was moved, yielded.

use gen_runtime::prelude::*;

#[async_generator]
async fn words(word: String) -> String {
    drop(word);
    yield_!(word);
}

fn main() {}
