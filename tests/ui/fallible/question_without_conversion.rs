//! `?` on an error that does not convert into the declared one.

use gen_runtime::prelude::*;

#[async_generator]
async fn numbers(text: &str) -> std::io::Result<u32> {
    yield_!(Ok(text.parse::<u32>()?));
}

fn main() {}
