//! A value that a loop yields twice.

use gen_runtime::prelude::*;

#[async_generator]
async fn words(word: String) -> String {
    loop {
        yield_!(word);
    }
}

fn main() {}
