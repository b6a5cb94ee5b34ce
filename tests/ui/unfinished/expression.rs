//! An unfinished expression: the function is still there, for its callers.

use gen_runtime::prelude::*;

generator_syntax! {
    #[async_generator]
    async fn count(limit: u32) -> u32 {
        let half = limit.
    }
}

fn main() {
    let _ = count(1);
}
