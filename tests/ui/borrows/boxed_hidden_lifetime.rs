//! A boxed generator of an argument whose type has a lifetime that is not seen. Nor may an `async fn` have one.

use std::slice::Iter;

use gen_runtime::prelude::*;

#[async_generator(boxed)]
async fn numbers(of: Iter<u32>) -> u32 {
    for number in of {
        yield_!(*number);
    }
}

fn main() {}
