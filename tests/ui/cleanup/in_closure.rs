//! `defer!` in a closure.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    let mut close = || {
        defer! { println!("bye"); }
    };
    close();
    yield_!(1);
}

fn main() {}
