//! `?` where the items are no `Result`s.

use gen_runtime::prelude::*;

#[async_generator]
async fn numbers(text: &str) -> u32 {
    for word in text.split(' ') {
        yield_!(word.parse()?);
    }
}

fn main() {}
