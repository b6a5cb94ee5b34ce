//! A yield in an async block that a macro spawns.

use gen_runtime::prelude::*;

macro_rules! spawn {
    ($($code:tt)*) => { tokio::spawn(async move { $($code)* }) };
}

#[async_generator]
async fn count() -> u32 {
    let _ = spawn!(yield_!(1));
}

fn main() {}
