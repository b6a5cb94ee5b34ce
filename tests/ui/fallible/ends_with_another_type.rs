//! A fallible body that ends with a call of which only the type tells that it gives no `Result`.

use gen_runtime::prelude::*;

fn count() -> u32 {
    1
}

#[async_generator]
async fn numbers() -> Result<u32, String> {
    yield_!(Ok(1));
    count()
}

fn main() {}
