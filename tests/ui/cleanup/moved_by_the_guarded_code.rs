//! What the rest of the block moves is not there for the cleanup.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    let name = String::from("name");
    defer! { println!("{name}"); }
    drop(name);
    yield_!(1);
}

fn main() {}
