//! In `generator_syntax!` an unfinished function leaves the others as they are.

use gen_runtime::prelude::*;

generator_syntax! {
    #[async_generator]
    async fn unfinished() -> u32 {
        yield 1 +;
    }

    #[async_generator]
    async fn finished() -> u32 {
        yield 1;
    }
}

fn main() {
    let _ = (unfinished(), finished());
}
