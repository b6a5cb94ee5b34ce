//! CPython's `yield_in_finally`: the cleanup itself yields.

use gen_runtime::prelude::*;

#[async_generator]
async fn yield_in_finally() -> i64 {
    {
        defer! {
            println!("finally-start");
            yield_!(2);
            println!("finally-middle");
            yield_!(3);
            println!("finally-end");
        }
        yield_!(1);
    }
    println!("after");
}

fn main() {}
