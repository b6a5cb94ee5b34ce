//! CPython's `raise_in_finally`: the cleanup raises an error in place of what was on its way.

use gen_runtime::prelude::*;

fn raise(error: &'static str) -> Result<(), &'static str> {
    Err(error)
}

#[async_generator]
async fn raise_in_finally() -> Result<i64, &'static str> {
    {
        defer! {
            println!("finally-start");
            std::future::ready(()).await;
            raise("from finally")?;
        }
        yield_!(Ok(1));
        yield_!(Ok(2));
    }
    println!("after");
}

fn main() {}
