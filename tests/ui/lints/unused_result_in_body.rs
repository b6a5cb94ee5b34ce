//! A `Result` in the body that is not looked at.

#![deny(unused_must_use)]

use gen_runtime::prelude::*;

fn save() -> Result<(), String> {
    Ok(())
}

#[async_generator]
pub async fn count() -> u32 {
    save();
    yield_!(1);
    defer! { save(); }
    std::future::ready(1);
    async { save() }.await;
    std::future::ready(save()).await;
}

fn main() {}
