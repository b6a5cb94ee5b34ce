//! An unfinished signature.

use gen_runtime::prelude::*;

generator_syntax! {
    #[async_generator]
    async fn count(limit: u32) -> {
        yield limit;
    }
}

fn main() {}
