//! A value returned inside another macro, where `Result`s are yielded.

use gen_runtime::prelude::*;

#[async_generator]
async fn count() -> Result<u32, String> {
    yield_!(Ok(1));
    println!("{}", if true { return 2 } else { 3 });
}

fn main() {}
