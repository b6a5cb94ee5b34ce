//! A yield in a future of `select!`, rather than in a branch.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    tokio::select! {
        () = async { yield_!(1) } => {}
    }
}

fn main() {}
