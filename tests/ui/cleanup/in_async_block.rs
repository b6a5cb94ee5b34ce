//! `defer!` in an async block that is not awaited on the spot.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    let later = async {
        defer! { println!("bye"); }
    };
    later.await;
}

fn main() {}
