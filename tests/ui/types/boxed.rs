//! An item of the wrong type in a boxed generator.

use gen_runtime::prelude::*;

#[async_generator(boxed)]
async fn words() -> String {
    yield_!(1);
}

fn main() {}
