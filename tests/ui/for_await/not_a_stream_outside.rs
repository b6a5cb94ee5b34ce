//! `for_await!` over something that is no stream.

use gen_runtime::prelude::*;

async fn sum(numbers: Vec<u32>) -> u32 {
    let mut sum = 0;
    for_await!(n in numbers {
        sum += n;
    });
    sum
}

fn main() {}
