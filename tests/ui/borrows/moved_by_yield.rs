//! A value that was yielded, used.

use gen_runtime::prelude::*;

#[async_generator]
async fn words(word: String) -> String {
    yield_!(word);
    println!("{word}");
}

fn main() {}
