//! `#[for_await]` on a block and on an expression.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> u32 {
    #[for_await]
    {
        yield_!(1);
    }
    #[for_await]
    println!("two");
}

fn main() {}
