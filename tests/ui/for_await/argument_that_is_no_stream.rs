//! `#[for_await]` over an argument that is no stream.

use gen_runtime::prelude::*;

#[async_generator]
async fn lines(text: String) -> char {
    #[for_await]
    for letter in text {
        yield_!(letter);
    }
}

fn main() {}
