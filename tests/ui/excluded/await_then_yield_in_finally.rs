//! CPython's `await_then_yield_in_finally`: the cleanup awaits, and then yields.

use gen_runtime::prelude::*;

#[async_generator]
async fn await_then_yield_in_finally() -> i64 {
    defer! {
        println!("finally-start");
        std::future::ready(()).await;
        println!("finally-awaited");
        yield_!(12);
        println!("finally-end");
    }
    yield_!(1);
    println!("unreached on close");
}

fn main() {}
