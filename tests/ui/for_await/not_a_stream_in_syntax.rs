//! The same where the keywords may be written: one error, at the source.

use gen_runtime::prelude::*;

async fn fetch() -> Vec<u32> {
    vec![1]
}

generator_syntax! {
    #[async_generator]
    async fn double() -> u32 {
        for await n in fetch() {
            yield n * 2;
        }
    }
}

fn main() {}
