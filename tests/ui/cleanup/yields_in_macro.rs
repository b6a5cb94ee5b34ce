//! A cleanup cannot yield, whoever hides it.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    defer! { println!("{:?}", yield_!(0)); }
    yield_!(1);
}

fn main() {}
