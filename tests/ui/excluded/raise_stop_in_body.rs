//! CPython's `raise_stop_in_body`: the body raises the end-of-iteration signal. The end of a stream is
//! `None`, and `?` does not raise it.

use gen_runtime::prelude::*;

#[async_generator]
async fn raise_stop_in_body() -> Result<i64, &'static str> {
    yield_!(Ok(1));
    println!("raising");
    None::<i64>?;
    yield_!(Ok(2));
}

fn main() {}
