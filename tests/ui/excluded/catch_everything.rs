//! CPython's `catch_everything`: a handler for the errors and the close signal alike. What a yield can
//! be thrown is the type that was declared; without `throw` it is nothing, and there is nothing to catch.

use gen_runtime::prelude::*;

#[async_generator]
async fn catch_everything() -> i64 {
    match yield_!(1) {
        Ok(()) => {}
        Err(_) => println!("caught something"),
    }
    yield_!(2);
    println!("end");
}

fn main() {}
