//! A generator that is sent another type.

use gen_runtime::prelude::*;

#[async_generator(send = String)]
async fn inner() -> u32 {
    yield_!(1);
}

#[async_generator(send = bool)]
async fn outer() -> u32 {
    yield_from!(inner());
}

fn main() {}
