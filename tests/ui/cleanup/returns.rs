//! A cleanup cannot return.

use gen_runtime::prelude::*;

#[async_generator]
async fn count(open: bool) -> u32 {
    defer! {
        if !open {
            return;
        }
        println!("bye");
    }
    yield_!(1);
}

fn main() {}
