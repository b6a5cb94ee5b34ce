//! A generator that is not used does nothing.

#![deny(unused_must_use)]

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    yield_!(1);
}

#[async_generator(boxed)]
async fn count_boxed() -> u32 {
    yield_!(1);
}

fn run() {
    count();
    count_boxed();
    stream! { yield 1; };
}

fn main() {
    run();
}
