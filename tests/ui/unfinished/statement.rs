//! A statement without its semicolon.

use gen_runtime::prelude::*;

generator_syntax! {
    #[async_generator]
    async fn count(limit: u32) -> u32 {
        let half = limit / 2
        yield half;
    }
}

fn main() {
    let _ = count(1);
}
