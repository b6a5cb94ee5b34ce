//! `defer!` is a statement.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    let guard = defer! { println!("bye") };
    yield_!(1);
}

fn main() {}
