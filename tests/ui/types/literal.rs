//! An item of the wrong type: a literal.

use gen_runtime::prelude::*;

#[async_generator]
async fn words() -> String {
    yield_!("word");
}

fn main() {}
