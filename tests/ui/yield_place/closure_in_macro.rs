//! A yield in a closure that a macro is given.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    println!("{}", (0..3).map(|n| yield_!(n)).count());
}

fn main() {}
