//! `&self` outside an impl.

use gen_runtime::prelude::*;

#[async_generator(boxed)]
async fn rows(&self) -> u32 {
    yield_!(1);
}

fn main() {}
