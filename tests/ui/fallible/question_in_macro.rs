//! `?` hidden in a macro, where the items are no `Result`s.

use gen_runtime::prelude::*;

#[async_generator]
async fn numbers(text: &str) -> u32 {
    println!("{}", text.parse::<u32>()?);
    yield_!(1);
}

fn main() {}
