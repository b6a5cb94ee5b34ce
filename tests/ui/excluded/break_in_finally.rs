//! CPython's `break_in_finally`: the cleanup breaks out of the loop, which discards the error or the
//! close that was on its way.

use gen_runtime::prelude::*;

#[async_generator]
async fn break_in_finally() -> i64 {
    for i in 0..3 {
        defer! {
            println!("finally {i}");
            break;
        }
        yield_!(i);
    }
    println!("after-loop");
    yield_!(10);
    println!("end");
}

fn main() {}
