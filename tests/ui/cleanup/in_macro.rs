//! `defer!` in the arguments of another macro.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    tokio::select! {
        () = std::future::ready(()) => {
            defer! { println!("bye"); }
            yield_!(1);
        }
    }
}

fn main() {}
