//! A `?` on an `Option` where it leaves guarded code: one error.

use gen_runtime::prelude::*;

async fn first() -> Option<u32> {
    None
}

#[async_generator]
async fn rows() -> Result<u32, String> {
    defer! { println!("closed"); }
    let row = first().await?;
    yield_!(Ok(row));
}

fn main() {}
