//! A cleanup may defer, too, and neither of the two yields.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    defer! {
        defer! { yield_!(0); }
        println!("bye");
    }
    yield_!(1);
}

fn main() {}
