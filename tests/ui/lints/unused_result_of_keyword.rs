//! What was thrown at a `yield` or a delegation and is not looked at.

#![deny(unused_must_use)]

use gen_runtime::prelude::*;

generator_syntax! {
    #[async_generator(throw = String)]
    pub async fn count() -> u32 {
        yield 1;
        yield_from!(futures::stream::iter([1]));
        println!();
    }
}

fn main() {}
