//! A value returned inside `select!`.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    tokio::select! {
        () = std::future::ready(()) => return 5,
    }
}

fn main() {}
