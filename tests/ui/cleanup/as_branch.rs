//! `defer!` guards the rest of a block: there is none after a match arm.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(open: bool) -> u32 {
    match open {
        true => defer! { println!("bye") },
        false => {}
    }
    yield_!(1);
}

fn main() {}
