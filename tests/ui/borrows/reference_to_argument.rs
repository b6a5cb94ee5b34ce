//! A reference to an argument that the generator owns.

use gen_runtime::prelude::*;

#[async_generator]
async fn words<'a>(words: Vec<String>) -> &'a str {
    for word in &words {
        yield_!(word);
    }
}

fn main() {}
