//! An item of the wrong type: nothing.

use gen_runtime::prelude::*;

#[async_generator]
async fn words() -> String {
    yield_!();
}

fn main() {}
