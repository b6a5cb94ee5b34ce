//! A generator where a box is wanted.

use gen_runtime::{BoxGenerator, prelude::*};

#[async_generator]
async fn count(to: &u32) -> u32 {
    for n in 0..*to {
        yield_!(n);
    }
}

fn boxed(to: &u32) -> BoxGenerator<'_, u32> {
    count(to)
}

fn main() {}
