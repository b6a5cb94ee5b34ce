//! An item of the wrong type, with the keyword.

use gen_runtime::prelude::*;

generator_syntax! {
    #[async_generator]
    async fn words() -> String {
        yield 1;
    }
}

fn main() {}
