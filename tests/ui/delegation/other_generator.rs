//! A generator that yields another type.

use gen_runtime::prelude::*;

#[async_generator]
async fn numbers() -> u32 {
    yield_!(1);
}

#[async_generator]
async fn words() -> String {
    yield_from!(numbers());
}

fn main() {}
