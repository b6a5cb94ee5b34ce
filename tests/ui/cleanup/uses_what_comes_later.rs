//! A cleanup sees what was declared before it.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    defer! { println!("{name}"); }
    let name = String::from("late");
    yield_!(name.len() as u32);
}

fn main() {}
