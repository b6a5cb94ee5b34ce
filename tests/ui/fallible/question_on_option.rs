//! `?` on an `Option` in a fallible generator.

use gen_runtime::prelude::*;

#[async_generator]
async fn numbers(text: &str) -> Result<u32, String> {
    let first = text.chars().next()?;
    yield_!(Ok(first as u32));
}

fn main() {}
