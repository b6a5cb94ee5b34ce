//! A `return` in Python's `finally` discards the error or the close that was on its way.

use gen_runtime::prelude::*;

#[async_generator]
async fn return_in_finally() -> i64 {
    {
        defer! {
            println!("finally");
            return;
        }
        yield_!(1);
    }
    println!("after");
}

fn main() {}
